"""The lock on a PostgreSQL database: one session has it, and losing it is noticed (rule D8)."""

import queue
import subprocess
import sys

import pytest
from sqlalchemy import StaticPool, create_engine
from things import CLASSES, Writer, thing

from stores.advisory import AdvisoryLock
from stores.connections import Connections
from stores.database import Database
from stores.errors import Locked, LostDesk, Unreachable

HOLDER = """
import sys
from stores.database import Database
Database(sys.argv[1], {}).lock()
print("taken", flush=True)
sys.stdin.read()
"""
UNLOCKED = """
    SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database ON oid = database
    WHERE locktype = 'advisory' AND datname = current_database()
"""


@pytest.fixture
def url(ready_postgres_url):
    return ready_postgres_url


def end_its_session(database):
    """Of the holder of the lock."""
    with database.connections.writing() as connection:
        assert len(connection.exec_driver_sql(UNLOCKED).all()) == 1


def test_d8_it_ends_with_the_process_that_held_it(open_database, url):
    command = [sys.executable, "-c", HOLDER, url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"taken\n"
        database = open_database(url)
        with pytest.raises(Locked, match="another process"):
            database.lock()
        holder.kill()
        holder.wait(10)
    taken = False
    while not taken:  # until the server has noticed
        try:
            database.lock()
            taken = True
        except Locked:
            pass


def test_d8_taken_twice_it_is_taken_once_and_given_back_it_is_free(open_database, url):
    one, two = open_database(url), open_database(url)
    one.lock()
    one.lock()
    one.unlock()
    two.lock()
    two.unlock()
    one.lock()


def test_d8_lost_it_is_noticed_and_nothing_is_written_any_more(open_database, url):
    database, lost = open_database(url), queue.Queue()
    writer = Writer(database)
    database.lock(lost.put)
    writer.create(thing(1))
    end_its_session(database)
    told = lost.get(timeout=10)
    assert isinstance(told, LostDesk)
    assert str(told).startswith("the lock on the database is lost: ")
    with pytest.raises(LostDesk, match="lock"):
        writer.create(thing(2))
    assert database.head("t") == (1, writer.epoch)


def test_d8_given_back_it_is_not_lost(open_database, url):
    database, lost = open_database(url), queue.Queue()
    database.lock(lost.put)
    database.unlock()
    Writer(database).create(thing(1))
    assert lost.empty()


def test_d8_each_schema_of_a_database_has_a_lock_of_its_own(url, postgres):
    name = postgres.name_of(url)
    postgres.does("CREATE SCHEMA two", name)
    one, two = Database(url, CLASSES), Database(f"{url}&options=-csearch_path%3Dtwo", CLASSES)
    for database in (one, two):
        database.migrate()
        database.lock()
    assert [len(one.tenants()), len(two.tenants())] == [1, 0]
    one.close()
    two.close()


def test_a_pooler_that_changes_connections_between_transactions_is_refused(url):
    """As behind one, both sides of the lock are one session."""
    connections = Connections(url)
    engine = create_engine(url, poolclass=StaticPool, isolation_level="AUTOCOMMIT")
    lock = AdvisoryLock(engine, connections.backend, lambda _: None)
    with pytest.raises(Unreachable, match="pooler"):
        lock.take()
    with engine.connect() as connection:
        assert connection.exec_driver_sql(UNLOCKED).all() == []
    engine.dispose()
    connections.close()
