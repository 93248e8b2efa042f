"""What a database says about itself."""

from datetime import UTC, datetime, timedelta

from things import NOON, thing

from stores.probe import KeptJournal, clock, kept_journal, version


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
