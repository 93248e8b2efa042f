"""Everything of one database into another, whichever two they are, and proof that it arrived."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, update
from things import CLASSES, NOON, Writer, thing

from stores.change import Change, Operation
from stores.copying import PAGE, CopyDiffers, Tally, compare, copy, count_rows
from stores.database import Database, Session

FULL = {
    "name": "Größe", "status": "done", "owner_id": "u2", "secret": "hash", "due_at": NOON + timedelta(microseconds=1),
    "day": date(2026, 2, 28), "urgent": True, "price": 2**52, "tags": ["a", "ü"], "extra": {"deep": [1, None, "\n"]},
}  # fmt: skip
EVERY_TABLE = {"counters", "desks", "epochs", "journal", "operations", "sessions", "things", "others"}


def nothing(_: int) -> None:
    """Nobody watches."""


def fill(database: Database) -> Database:
    """Something in each table, with every type of value, and missing ones."""
    writer, full = Writer(database), thing(1, **FULL)
    operation = Operation("u1", "op 1", "f", 1, 2, "things", "thing-1")
    changes = (Change("things", None, full), Change("things", None, thing(2)))
    writer.commit(*changes, operations=(operation,), touched={("things", "thing-1"): {"name": 1}})
    writer.update(full, price=None)
    later = NOON + timedelta(days=1)
    database.put_session(Session("s1", "0" * 64, "t", "u1", 0, NOON, NOON, later, "127.0.0.1", "ü"))
    return database


@pytest.fixture
def source(database):
    return fill(database)


@pytest.fixture(params=["to sqlite", "to postgresql"])
def target(request, tmp_path):
    """Another database, of which only the tables are made."""
    is_file = request.param == "to sqlite"
    url = f"sqlite:///{tmp_path}/other.db" if is_file else request.getfixturevalue("postgres").new_database()
    database = Database(url, CLASSES)
    database.migrate()
    yield database
    database.close()


def copied(source, target, progress=nothing, **how):
    with source.connections.reading() as reading, target.connections.writing() as writing:
        sent = copy(reading, writing, source.metadata, progress, **how)
        compare(writing, source.metadata, sent, progress)
    return sent


def everything_of(database):
    with database.connections.reading() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(table.select())))
            for table in database.metadata.sorted_tables
        }


def test_everything_arrives(source, target):
    sent = copied(source, target)
    assert set(sent) == EVERY_TABLE
    assert everything_of(target) == everything_of(source)
    assert {name: tally.rows for name, tally in sent.items()} == {
        "counters": 1, "desks": 1, "epochs": 1, "journal": 3, "operations": 1, "sessions": 1, "things": 2, "others": 0,
    }  # fmt: skip


def test_a_desk_opens_there_as_it_would_have_opened_here(source, target):
    copied(source, target)
    here, there = source.open_desk("t"), target.open_desk("t")
    assert there.records == here.records
    assert there.touched == here.touched
    assert there.entries == here.entries
    assert (there.head, there.epochs[0]) == (here.head, here.epochs[0])


def test_and_back_again(source, target):
    """From the file into a database such as the first one."""
    copied(source, target)
    expected = everything_of(source)
    with source.connections.writing() as connection:
        for table in source.metadata.sorted_tables:
            connection.execute(delete(table))
    copied(target, source)
    assert everything_of(source) == expected


def test_tables_named_are_left_out(source, target):
    sent = copied(source, target, leaving=("sessions",))
    assert "sessions" not in sent
    assert target.sessions() == []
    assert target.open_desk("t").head == 3


def test_a_table_that_the_source_lacks_is_an_empty_one(open_database, new_url, target):
    older = fill(open_database(new_url("older"), {"things": CLASSES["things"]}))
    with older.connections.reading() as reading, target.connections.writing() as writing:
        sent = copy(reading, writing, target.metadata, nothing)
        compare(writing, target.metadata, sent, nothing)
    assert set(sent) == EVERY_TABLE - {"others"}


def test_rows_beyond_a_page_all_arrive_and_progress_is_told(source, target):
    writer = Writer(source)
    writer.create(*(thing(n, name=f"n {n}") for n in range(10, 10 + PAGE + 5)))
    with source.connections.reading() as connection:
        total = count_rows(connection, source.metadata)
        fewer = count_rows(connection, source.metadata, leaving=("sessions",))
    told = []
    copied(source, target, told.append)
    assert sum(told) == 2 * total
    assert max(told) == PAGE
    assert fewer == total - 1


def test_what_is_written_meanwhile_is_not_in_it(source, target):
    with source.connections.reading() as reading, target.connections.writing() as writing:
        count_rows(reading, source.metadata)
        Writer(source).create(thing(3))
        copy(reading, writing, source.metadata, nothing)
    assert [record.id for record in target.open_desk("t").records["things"]] == ["thing-1", "thing-2"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda things: update(things).where(things.c.id == "thing-1").values(secret="hasH"),
        lambda things: update(things).where(things.c.id == "thing-2").values(price=0),
        lambda things: delete(things).where(things.c.id == "thing-2"),
    ],
)
def test_what_arrives_otherwise_is_found_and_nothing_is_kept(source, target, damage):
    def copied_with_damage():
        with source.connections.reading() as reading, target.connections.writing() as writing:
            sent = copy(reading, writing, source.metadata, nothing)
            writing.execute(damage(source.metadata.tables["things"]))
            compare(writing, source.metadata, sent, nothing)

    with pytest.raises(CopyDiffers, match="things"):
        copied_with_damage()
    assert target.tenants() == []


def test_a_tally_is_the_same_in_any_order_and_counts_doubles():
    rows = [("a", 1), ("b", None), ("a", 1)]
    assert Tally().with_rows(rows) == Tally().with_rows(rows[:1]).with_rows(reversed(rows[1:]))
    assert Tally().with_rows(rows) != Tally().with_rows([("a", 1), ("b", None), ("b", None)])
    assert Tally().with_rows([("a", 1)]) != Tally().with_rows([("a", "1")])
