"""What only SQLite does: files, their faults, and the way it begins to write (rules D2, D4)."""

import resource
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event
from things import CLASSES, everything, thing

from stores.database import Database
from stores.errors import CommitFailed, Damaged, Unreachable


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/data/board.db"


@contextmanager
def every_connection(database: Database, pragma: str):
    def set_up(connection, _record):
        connection.execute(pragma)

    event.listen(database.connections.engine, "connect", set_up)
    database.connections.close()
    yield
    event.remove(database.connections.engine, "connect", set_up)


def test_d4_a_full_database_fails_the_commit_and_changes_nothing(database, writer):
    writer.create(thing(1))
    before = everything(database)
    with every_connection(database, "PRAGMA max_page_count = 1"), pytest.raises(CommitFailed, match="full"):
        writer.create(*(thing(number, name="x" * 4000 + str(number)) for number in range(2, 50)))
    assert everything(database) == before
    assert database.head("t") == (1, writer.epoch)


def test_d4_an_io_error_is_damage_and_nothing_is_written_any_more(database, writer):
    writer.create(thing(1))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (Path(f"{database.path}-wal").stat().st_size, hard))
    try:
        with pytest.raises(Damaged):
            writer.create(*(thing(number, name="x" * 4000 + str(number)) for number in range(2, 400)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    with pytest.raises(Damaged):
        writer.create(thing(2))
    assert database.head("t") == (1, writer.epoch)


def test_a_folder_or_file_that_cannot_be_opened_is_unreachable(tmp_path):
    (tmp_path / "file").write_text("no database, but long enough to look like one" * 100)
    with pytest.raises(Unreachable):
        Database(f"sqlite:///{tmp_path}/file/board.db", CLASSES)
    for url in (f"sqlite:///{tmp_path}/file", f"sqlite:///{tmp_path}"):
        database = Database(url, CLASSES)
        with pytest.raises(Unreachable):
            database.migrate()
        with pytest.raises(Unreachable):
            database.tenants()
        database.close()


def test_d4_what_is_committed_is_on_the_disk_before_it_is_told(database):
    for opened in (database.connections.writing, database.connections.reading, database.connections.fresh):
        with opened() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL


def test_d2_a_writing_transaction_holds_the_database_from_its_beginning(database):
    with database.connections.writing(), closing(sqlite3.connect(database.path, timeout=0)) as other:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        assert other.execute("SELECT count(*) FROM desks").fetchone() == (1,)


def test_d5_operations_are_looked_up_by_their_whole_key(database):
    statements = []
    event.listen(database.connections.engine, "connect", lambda one, _: one.set_trace_callback(statements.append))
    database.connections.close()
    database.find_operations("t", [("u1", "a")])
    asked = next(sql for sql in statements if "FROM operations" in sql)
    with database.connections.reading() as connection:
        plan = str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}").all())
    assert "tenant_id=? AND actor_id=? AND op_id=?" in plan
