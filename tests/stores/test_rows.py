"""Rows go in and out as SQLAlchemy's own types say, and words that repeat are one object."""

from sqlalchemy import insert, select
from things import CLASSES, NOON, thing

from stores.rows import Rows
from stores.tables import all_tables

FIELDS = {"name": "x", "due_at": NOON, "urgent": True, "tags": ["a"], "extra": {"b": 1}, "status": "done"}


def values(number, **fields):
    return [*thing(number, **fields).__dict__.values(), {}]


def test_what_is_put_in_is_what_sqlalchemy_itself_reads(database):
    table = all_tables(CLASSES).tables["things"]
    rows = Rows(table, database.connections.engine.dialect)
    with database.connections.writing() as connection:
        rows.insert(connection, [rows.encoded(values(1, **FIELDS))])
        assert list(connection.execute(select(table)).one()) == values(1, **FIELDS)


def test_what_sqlalchemy_itself_puts_in_is_read(database):
    table = all_tables(CLASSES).tables["things"]
    rows = Rows(table, database.connections.engine.dialect)
    with database.connections.writing() as connection:
        names = [column.name for column in table.columns]
        connection.execute(insert(table), dict(zip(names, values(1, **FIELDS), strict=True)))
        assert list(rows.read(connection, select(table))) == [values(1, **FIELDS)]


def test_rows_are_put_over_those_of_the_same_key_and_taken_out_by_it(database):
    rows = Rows(all_tables(CLASSES).tables["things"], database.connections.engine.dialect)
    with database.connections.writing() as connection:
        rows.upsert(connection, [rows.encoded(values(1)), rows.encoded(values(2))])
        rows.upsert(connection, [rows.encoded(values(1, status="done"))])
        rows.delete(connection, [("t", "thing-2"), ("another", "thing-1")])
        rows.delete(connection, [])
        assert list(rows.read(connection, select(rows.table))) == [values(1, status="done")]


def test_words_that_repeat_are_read_as_one_object(database):
    rows = Rows(all_tables(CLASSES).tables["things"], database.connections.engine.dialect)
    with database.connections.writing() as connection:
        rows.insert(connection, [rows.encoded(values(number, owner_id="user-1")) for number in (1, 2)])
        one, two = rows.read(connection, select(rows.table))
    names = [column.name for column in rows.table.columns]
    for name in ("tenant_id", "created_by", "status", "owner_id"):
        assert one[names.index(name)] is two[names.index(name)]
