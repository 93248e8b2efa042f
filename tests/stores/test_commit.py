"""What a commit promises: all or nothing, and only for whom the desk is (rules D1, D4, D8)."""

from traceback import format_exception

import pytest
from things import NOON, Writer, entry, everything, thing

from stores.change import Change, Operation
from stores.errors import DataRejected, LostDesk
from stores.record import with_fields

HIDDEN = "a-hidden-word"


def test_an_update_replaces_and_a_deletion_removes_the_row(database, writer):
    one, two = thing(1), thing(2)
    writer.create(one, two)
    changed = writer.update(one, status="done", price=7)
    writer.delete(two)
    assert database.open_desk("t").records["things"] == [changed]


def test_of_several_changes_of_one_record_in_a_batch_the_last_state_is_kept(database, writer):
    one = thing(1)
    two = with_fields(one, status="done")
    brief = thing(2)
    back = thing(3)
    writer.create(back)
    writer.commit(
        Change("things", None, one),
        Change("things", one, two),
        Change("things", None, brief),
        Change("things", brief, None),
        Change("things", back, None),
        Change("things", None, back),
    )
    desk = database.open_desk("t")
    assert desk.records["things"] == [two, back]
    assert [each.seq for each in desk.entries] == list(range(1, 8))


def test_entries_come_back_as_they_were_written(database, writer):
    told = entry(
        1, writer.epoch, personal=("u9", "user_deleted"), rights_of="u9", keys_before=("member",), was=b'{"a":1}'
    )
    batch = writer.batch(Change("things", None, thing(1)))
    database.commit(type(batch)(**{name: getattr(batch, name) for name in batch.__slots__} | {"entries": (told,)}))
    assert database.journal_page("t", 0, 10, 1000) == [told]


@pytest.mark.parametrize("wrong", [{"old_seq": 5}, {"epoch": "stranger"}, {"tenant_id": "nobody"}])
def test_d8_a_commit_from_another_place_or_epoch_is_a_lost_desk_and_writes_nothing(database, writer, wrong):
    writer.create(thing(1))
    before = everything(database)
    with pytest.raises(LostDesk):
        writer.commit(Change("things", None, thing(2)), **wrong)
    assert everything(database) == before


def test_d8_a_process_loses_the_desk_when_another_opens_it(database, writer):
    Writer(database).create(thing(1))
    with pytest.raises(LostDesk):
        writer.create(thing(1))


def test_d5_an_accepted_command_that_changed_nothing_is_committed_too(database, writer):
    nothing = Operation("u1", "op", "f", 1, 0, "things", "thing-1")
    writer.commit(operations=(nothing,))
    assert database.find_operations("t", [("u1", "op")]) == {("u1", "op"): nothing}
    assert database.head("t") == (0, writer.epoch)


def test_d5_the_same_op_id_cannot_be_committed_twice(database, writer):
    once = Operation("u1", "op", "f", 1, 1, "things", "thing-1")
    writer.commit(Change("things", None, thing(1)), operations=(once,))
    with pytest.raises(DataRejected):
        writer.commit(Change("things", None, thing(2)), operations=(once,))
    assert database.head("t") == (1, writer.epoch)


@pytest.mark.parametrize("value", [2**70, "\ud800", NOON.replace(tzinfo=None)])
def test_d4_data_that_the_database_cannot_hold_is_rejected_and_harms_nobody_else(database, writer, value):
    field = {int: "price", str: "name"}.get(type(value), "due_at")
    with pytest.raises(DataRejected):
        writer.create(with_fields(thing(1), **{field: value}))
    writer.create(thing(1))
    assert database.open_desk("t").head == 1


def test_a_missing_required_value_is_rejected_without_showing_the_row(database, writer):
    with pytest.raises(DataRejected) as caught:
        writer.create(with_fields(thing(1, secret=HIDDEN), status=None))
    told = "".join(format_exception(caught.value))
    assert "DataRejected" in told
    assert HIDDEN not in told
