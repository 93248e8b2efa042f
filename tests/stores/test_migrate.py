"""A database of any release becomes one of this release, and Alembic finds nothing left to do."""

import pytest
from things import CLASSES, Other, Thing, Writer, everything, thing

from stores.database import Database
from stores.errors import CommitFailed
from stores.migrate import changes_needed, missing_tables


def test_a_new_database_equals_its_tables(open_database, empty_url):
    assert open_database(empty_url).schema_differences() == []
    assert open_database("sqlite://").schema_differences() == []


def test_migrating_twice_changes_nothing_and_loses_nothing(database, writer):
    writer.create(thing(1))
    database.migrate()
    database.migrate()
    assert database.open_desk("t").records["things"] == [thing(1)]


def test_a5_a_new_kind_of_record_gets_its_table_at_start(open_database, empty_url):
    old = open_database(empty_url, {"things": Thing})
    Writer(old).create(thing(1))
    old.close()
    new = open_database(empty_url, CLASSES)
    assert new.schema_differences() == []
    desk = new.open_desk("t")
    assert desk.records == {"things": [thing(1)], "others": []}


def test_a5_the_table_of_a_kind_that_is_gone_is_left_alone(open_database, empty_url):
    open_database(empty_url, CLASSES).close()
    fewer = open_database(empty_url, {"others": Other})
    assert fewer.schema_differences() == []
    assert "things" not in fewer.open_desk("t").records
    fewer.close()
    assert "things" in open_database(empty_url, CLASSES).open_desk("t").records


def test_a_column_that_differs_is_found_and_its_migration_written(open_database, url):
    database = open_database(url)
    with database.connections.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE things DROP COLUMN price")
    assert "price" in str(database.schema_differences())
    with database.connections.reading() as connection:
        assert "sa.Column('price', sa.BigInteger(), nullable=True)" in changes_needed(connection, database.metadata)


def test_the_first_migration_makes_all_tables_of_the_desk(empty_url):
    database = Database(empty_url, {})
    with database.connections.reading() as connection:
        assert len(missing_tables(connection, database.metadata)) == 6
    database.migrate()
    with database.connections.reading() as connection:
        assert missing_tables(connection, database.metadata) == []
        marks = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
    assert len(marks) == 1
    database.close()


def test_a_migration_that_fails_leaves_the_database_as_it_was(open_database, empty_url):
    database = Database(empty_url, CLASSES)
    with database.connections.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE operations (odd TEXT)")
    with pytest.raises(CommitFailed, match="operations"):
        database.migrate()
    assert everything(database) == {"operations": []}
    database.close()
