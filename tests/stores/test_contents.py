"""What a database holds, in figures."""

from things import CLASSES, NOON, Writer, thing

from stores.contents import Contents, contents
from stores.database import Database


def found(database):
    with database.connections.reading() as connection:
        return contents(connection, database.metadata, CLASSES)


def test_each_tenant_is_told_of_with_its_place_and_its_records(database, writer):
    database.create_tenant("t2", "second", "Second", NOON.replace(hour=13))
    writer.create(thing(1), thing(2))
    writer.delete(thing(1))
    assert found(database) == [
        Contents("main", "Main", 3, NOON, {"things": 1, "others": 0}),
        Contents("second", "Second", 0, None, {"things": 0, "others": 0}),
    ]


def test_where_no_tables_are_there_is_nothing(empty_url):
    database = Database(empty_url, CLASSES)
    assert found(database) == []
    database.close()


def test_a_kind_of_record_without_a_table_is_not_counted(open_database, empty_url):
    fewer = open_database(empty_url, {"things": CLASSES["things"]})
    Writer(fewer).create(thing(1))
    (main,) = found(fewer)
    assert main.records == {"things": 1}
