"""What a database says about itself."""

from datetime import UTC, datetime, timedelta

from things import NOON, thing

from stores.connections import Connections
from stores.probe import KeptJournal, clock, commits, kept_journal, version


def asked(database, question, *more):
    with database.connections.reading() as connection:
        return question(connection, *more)


def test_its_version_has_a_name_and_a_number(database):
    name, number = asked(database, version).split(maxsplit=1)
    assert name in {"SQLite", "PostgreSQL"}
    assert number.split(".")[0].isdigit()


def test_its_clock_is_this_machines_or_near_it(database):
    told = asked(database, clock)
    assert told is None or abs(told - datetime.now(UTC)) < timedelta(minutes=5)


def test_the_journal_is_counted_and_weighed(database, writer):
    assert asked(database, kept_journal, database.metadata) == KeptJournal(0, 0, None, None)
    writer.create(thing(1), thing(2))
    entries = database.journal_page("t", 0, 10, 10**6)
    kept = asked(database, kept_journal, database.metadata)
    assert kept == KeptJournal(2, sum(entry.size for entry in entries), NOON, NOON)


def test_a_commit_is_measured_where_that_leaves_nothing(database, kind):
    took = list(commits(database.connections, 3))
    assert len(took) == (3 if kind == "postgresql" else 0)
    assert all(each > 0 for each in took)


def test_a_role_without_rights_of_its_own_can_measure_it(postgres, ready_postgres):
    name = postgres.name_of(ready_postgres())
    postgres.does("CREATE ROLE plain LOGIN", name)
    connections = Connections(postgres.url_of(name).replace("callboard@", "plain@"))
    assert len(list(commits(connections, 1))) == 1
    connections.close()


def test_what_is_measured_is_flushed(postgres, ready_postgres):
    """Otherwise it would tell only the way there and back."""
    url = ready_postgres()
    connections = Connections(url)

    def flushed():
        return postgres.does("SELECT pg_current_wal_flush_lsn() - '0/0'")[0][0]

    before = flushed()
    list(commits(connections, 1))
    assert flushed() > before
    connections.close()
