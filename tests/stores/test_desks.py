"""Opening a desk gives back everything that was committed, under an epoch of its own (rule D7)."""

from datetime import date, timedelta

import pytest
from things import CLASSES, NOON, Other, Writer, thing

from stores.change import Change
from stores.copying import copy as copy_rows
from stores.database import Database
from stores.desks import Tenant
from stores.errors import DataRejected, Unreachable
from stores.journal import Journal

FULL_THING = {
    "name": "Größe",
    "status": "done",
    "owner_id": "u2",
    "secret": "hash",
    "due_at": NOON + timedelta(microseconds=1),
    "day": date(2026, 2, 28),
    "urgent": True,
    "price": 2**52,
    "tags": ["a", "ü"],
    "extra": {"deep": [1, None]},
}


@pytest.mark.parametrize("where", ["kept", "memory"])
def test_a_desk_opens_with_everything_that_was_committed(open_database, url, where):
    database = open_database(url if where == "kept" else "sqlite://")
    writer = Writer(database)
    full, bare = thing(1, **FULL_THING), thing(2)
    other = Other(**{name: getattr(bare, name) for name in Other.model_fields if name != "text"}, text="x")
    changes = (Change("things", None, full), Change("things", None, bare), Change("others", None, other))
    writer.commit(*changes, touched={("things", "thing-1"): {"status": 1}}, counters={"things": 2, "others": 1})

    desk = database.open_desk("t", 100, 10**6)
    assert desk.head == 3
    assert desk.floor == 0
    assert desk.counters == {"things": 2, "others": 1}
    assert desk.records == {"things": [full, bare], "others": [other]}
    assert desk.touched == {"things": {"thing-1": {"status": 1}}, "others": {}}
    assert [each.seq for each in desk.entries] == [1, 2, 3]
    assert desk.records["things"][0].due_at.tzinfo is not None


def test_records_are_loaded_in_the_order_of_their_creation(database, writer):
    writer.create(thing(2), thing(10), thing(1))
    assert [each.number for each in database.open_desk("t").records["things"]] == [1, 2, 10]


def test_tenants_see_nothing_of_each_other(database, writer):
    writer.create(thing(1))
    later = NOON + timedelta(seconds=1)
    database.create_tenant("t2", "second", "Second", later)
    desk = database.open_desk("t2")
    assert (desk.head, desk.counters, desk.entries, desk.records["things"]) == (0, {}, [], [])
    assert database.tenants() == [Tenant("t", "main", "Main", NOON), Tenant("t2", "second", "Second", later)]


def test_a_slug_in_use_is_rejected(database):
    with pytest.raises(DataRejected):
        database.create_tenant("t2", "main", "Second", NOON)


def test_an_unknown_tenant_has_no_desk(database):
    with pytest.raises(LookupError):
        database.open_desk("nobody")
    with pytest.raises(Unreachable):
        database.head("nobody")


def journal_of(desk):
    return Journal(desk.head, desk.floor, desk.epochs, desk.entries)


def test_d7_each_opening_makes_a_new_epoch_and_keeps_old_cursors_good(database, writer):
    writer.create(thing(1), thing(2))
    journal = journal_of(database.open_desk("t"))
    assert journal.epoch != writer.epoch
    assert len(journal.epoch) == 8
    assert "." not in journal.epoch
    assert journal.seq_of(f"{writer.epoch}.2") == 2
    assert database.head("t") == (2, journal.epoch)


def test_d7_epochs_that_wrote_nothing_are_forgotten(database, writer):
    writer.create(thing(1))
    for _ in range(5):
        desk = database.open_desk("t")
    assert [first for _, first in desk.epochs] == [1, 2]


def test_d7_a_restored_copy_refuses_the_cursors_of_what_it_never_saw(open_database, database, writer, new_url):
    writer.create(thing(1))
    elsewhere = new_url("copy")
    empty = Database(elsewhere, CLASSES)
    empty.migrate()
    with database.connections.reading() as here, empty.connections.writing() as there:
        copy_rows(here, there, database.metadata, lambda _: None)
    empty.close()
    writer.create(thing(2))
    told = f"{writer.epoch}.2"

    copy = open_database(elsewhere)
    Writer(copy).create(thing(2))
    journal = journal_of(copy.open_desk("t"))
    assert journal.seq_of(told) is None
    assert journal.seq_of(f"{writer.epoch}.1") == 1
    assert journal_of(database.open_desk("t")).seq_of(told) == 2


def test_the_schema_mark_is_kept(database):
    assert database.open_desk("t").schema_mark == ""
    database.mark_schema("t", "abc")
    assert database.open_desk("t").schema_mark == "abc"
