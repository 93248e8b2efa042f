"""How failures of the database are named, and that nothing of a failed write remains (rule D4)."""

import threading
from contextlib import contextmanager

import pytest
from sqlalchemy import event
from things import everything, thing

from stores.database import Database
from stores.errors import CommitFailed, Damaged, LostDesk, Unreachable

READ_ONLY = {"sqlite": "PRAGMA query_only = ON", "postgresql": "SET default_transaction_read_only = on"}
IMPATIENT = {"sqlite": "PRAGMA busy_timeout = 1", "postgresql": "SET lock_timeout = 1"}


@contextmanager
def every_connection(database: Database, statements: dict[str, str]):
    """Connections opened from now on, the writer's next one too, begin with this."""
    engine = database.connections.engine

    def set_up(connection, _record):
        connection.cursor().execute(statements[engine.dialect.name])
        connection.commit()

    event.listen(engine, "connect", set_up)
    database.connections.close()
    yield
    event.remove(engine, "connect", set_up)


def test_d4_a_read_only_database_fails_the_commit_and_changes_nothing(database, writer):
    before = everything(database)
    with every_connection(database, READ_ONLY), pytest.raises(CommitFailed, match=r"read-?only"):
        writer.create(thing(1))
    assert everything(database) == before


def test_d4_after_a_failure_the_next_commit_has_a_fresh_connection(database, writer):
    with every_connection(database, READ_ONLY), pytest.raises(CommitFailed):
        writer.create(thing(1))
    writer.create(thing(1))
    assert database.head("t") == (1, writer.epoch)


def test_d4_a_busy_database_fails_the_commit(open_database, url, database, writer):
    with open_database(url).connections.writing() as other:
        other.exec_driver_sql("UPDATE desks SET seq = seq")
        with every_connection(database, IMPATIENT), pytest.raises(CommitFailed, match="lock"):
            writer.create(thing(1))


def test_d4_once_damage_was_seen_nothing_is_written_any_more(monkeypatch, database, writer):
    monkeypatch.setattr(database.connections.backend, "named", lambda _: Damaged("the disk"))
    with pytest.raises(Damaged, match="the disk"):
        writer.create(thing(1, price=2**70))
    monkeypatch.undo()
    with pytest.raises(Damaged, match="earlier"):
        writer.create(thing(1))
    assert database.head("t") == (0, writer.epoch)


def test_d8_who_is_told_to_write_nothing_reads_on(database, writer):
    writer.create(thing(1))
    database.connections.refuse(LostDesk("gone"))
    with pytest.raises(LostDesk, match="gone"):
        writer.create(thing(2))
    assert [each.seq for each in database.journal_page("t", 0, 10, 1000)] == [1]


def test_reads_go_on_while_a_commit_is_being_written(database, writer):
    writer.create(thing(1))
    read, done = threading.Event(), []

    def page():
        done.append([each.seq for each in database.journal_page("t", 0, 10, 1000)])
        read.set()

    with database.connections.writing() as connection:
        connection.exec_driver_sql("UPDATE desks SET seq = 99")
        reader = threading.Thread(target=page)
        reader.start()
        assert read.wait(5)
        connection.exec_driver_sql("UPDATE desks SET seq = 1")
    reader.join()
    assert done == [[1]]


def test_what_a_reading_transaction_sees_does_not_change_under_it(database, writer):
    with database.connections.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM journal").scalar() == 0
        writer.create(thing(1))
        assert connection.exec_driver_sql("SELECT count(*) FROM journal").scalar() == 0
    with database.connections.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM journal").scalar() == 1


@pytest.mark.parametrize("address", ["mysql://h/d", "nonsense", ""])
def test_a_database_of_another_kind_is_unreachable(address):
    with pytest.raises(Unreachable, match="neither"):
        Database(address, {})
