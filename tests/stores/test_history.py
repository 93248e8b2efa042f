"""The journal table: pages, activity, operations, and forgetting without breaking a promise (rules F3, D5)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event
from things import NOON, thing

from stores.change import Change, Operation


def test_d5_operations_are_found_by_actor_and_op_id_within_the_tenant(database, writer):
    mine = Operation("u1", "op", "f1", 1, 1, "things", "thing-1")
    theirs = Operation("u2", "op", "f2", 2, 1, "things", "thing-1")
    writer.commit(Change("things", None, thing(1)), operations=(mine, theirs))
    database.create_tenant("t2", "second", "Second", NOON)
    asked = [("u1", "op"), ("u2", "op"), ("u1", "other")]
    assert database.find_operations("t", asked) == {("u1", "op"): mine, ("u2", "op"): theirs}
    assert database.find_operations("t2", asked) == {}
    assert database.find_operations("t", []) == {}


def seqs(entries):
    return [each.seq for each in entries]


def filled(writer, count):
    writer.create(*(thing(number) for number in range(1, count + 1)))
    return writer.database


def test_f3_pages_follow_each_other_without_hole_or_double(writer):
    database = filled(writer, 25)
    after, read = 0, []
    while page := database.journal_page("t", after, 7, 10**6):
        assert len(page) <= 7
        read += seqs(page)
        after = read[-1]
    assert read == list(range(1, 26))


def test_f3_a_page_ends_at_its_bytes_but_holds_one_entry_in_any_case(writer):
    database = filled(writer, 5)
    size = database.journal_page("t", 0, 1, 1)[0].size
    assert seqs(database.journal_page("t", 0, 10, 3 * size)) == [1, 2, 3]
    assert seqs(database.journal_page("t", 2, 10, 1)) == [3]


def test_a_change_set_is_read_whole(writer):
    assert seqs(filled(writer, 9).journal_set("t", 3, 5)) == [3, 4, 5]


def test_a_desk_opens_with_the_newest_window_of_its_journal(writer):
    database = filled(writer, 9)
    assert seqs(database.open_desk("t", 4, 10**6).entries) == [6, 7, 8, 9]
    assert seqs(database.open_desk("t", 4, 1).entries) == [9]


def test_activity_is_told_newest_first_by_resource_record_and_actor(database, writer):
    one, two = thing(1), thing(2)
    writer.create(one, two)
    writer.update(one, status="done")
    assert seqs(database.activity("t", limit=2)) == [3, 2]
    assert seqs(database.activity("t", resource="things", record_id="thing-1", limit=9)) == [3, 1]
    assert seqs(database.activity("t", record_id="thing-1", before_seq=3, limit=9)) == [1]
    assert seqs(database.activity("t", actor_id="u1", limit=9)) == [3, 2, 1]
    assert seqs(database.activity("t", actor_id="u2", limit=9)) == []
    assert seqs(database.activity("t", resource="others", limit=9)) == []


def at_hours(writer, *hours):
    """One entry for each of these hours after noon; equal hours are one change set."""
    changes = [Change("things", None, thing(number + 1)) for number in range(len(hours))]
    batch = writer.batch(*changes)
    first = {hour: hours.index(hour) + 1 for hour in hours}
    last = {hour: first[hour] + hours.count(hour) - 1 for hour in hours}
    entries = tuple(
        each._replace(at=NOON + timedelta(hours=hour), first=first[hour], last=last[hour])
        for each, hour in zip(batch.entries, hours, strict=True)
    )
    writer.database.commit(replace(batch, entries=entries))


def test_seq_at_is_the_last_seq_before_which_nothing_is_younger(database, writer):
    at_hours(writer, 1, 2, 2, 3)
    places = [database.seq_at("t", NOON + timedelta(hours=hour)) for hour in (0, 1, 1.5, 2, 3, 4)]
    assert places == [0, 1, 1, 3, 4, 4]


def test_f3_rows_go_only_after_the_floor_was_raised(database, writer):
    operations = tuple(Operation("u1", f"op{seq}", "f", seq, seq, "things", "x") for seq in (1, 2, 3, 4))
    writer.commit(*(Change("things", None, thing(seq)) for seq in (1, 2, 3, 4)), operations=operations)
    with pytest.raises(ValueError, match="promised"):
        database.drop_journal("t", 2)
    database.raise_floor("t", 2)
    database.raise_floor("t", 1)
    database.drop_journal("t", 2)
    desk = database.open_desk("t")
    assert desk.floor == 2
    assert seqs(desk.entries) == [3, 4]
    assert len(desk.records["things"]) == 4
    asked = [("u1", f"op{seq}") for seq in (1, 2, 3, 4)]
    assert database.find_operations("t", asked).keys() == {("u1", "op3"), ("u1", "op4")}


def test_a_long_journal_is_dropped_in_chunks_and_to_the_end(monkeypatch, database, writer):
    monkeypatch.setattr("stores.history.CHUNK", 3)
    filled(writer, 20)
    database.raise_floor("t", 19)
    written = []
    event.listen(database.connections.engine, "commit", written.append)
    database.drop_journal("t", 19)
    assert seqs(database.journal_page("t", 0, 99, 10**6)) == [20]
    assert len(written) > 5
    database.drop_journal("t", 19)


def test_d5_many_operations_are_found_at_once(database, writer):
    asked = [(f"u{number % 2}", f"op{number}") for number in range(20)]
    writer.commit(operations=tuple(Operation(actor, op_id, "f", 1, 0, "things", "x") for actor, op_id in asked))
    assert database.find_operations("t", asked).keys() == set(asked)
