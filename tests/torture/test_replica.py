"""A replica is a client's side of the contract: cursors order, deletions remove, a snapshot replaces (F4, F5)."""

from pathlib import Path
from random import Random

import pytest

from torture.crew import Book
from torture.history import History, lines_of
from torture.replica import Replica, digest_of
from torture.secrecy import Secrecy

KINDS = ("calls", "notes", "users")
CALL = {"id": "c1", "version": 2, "title": "No power"}


@pytest.fixture
def replica(tmp_path: Path) -> Replica:
    return Replica("north/ann", History(tmp_path), Secrecy(Random(1), ("north", "south")), Book(), KINDS)


def page(seq: int, *calls: dict) -> dict:
    return {"cursor": f"e.{seq}", "records": {"calls": list(calls)}, "next": None}


def meta(seq: int, last: int | None = None) -> dict:
    return {"cursor": f"e.{seq}", "resource": "calls", "id": "c1", "set": {"first": seq, "last": last or seq}}


def test_f4_a_snapshot_replaces_what_was_held(replica: Replica):
    replica.replace("c", [page(2, CALL)])
    replica.replace("c", [page(3)])
    assert (replica.held, replica.cursor) == ({}, "e.3")


def test_f5_an_event_moves_the_place_and_an_older_one_does_not(replica: Replica):
    replica.replace("c", [page(2, CALL)])
    newer = {**CALL, "version": 3}
    replica.told("c", "call_updated", newer, meta(3))
    replica.told("c", "call_updated", CALL, meta(2))
    assert (replica.held, replica.cursor) == ({("calls", "c1"): digest_of(newer)}, "e.3")


@pytest.mark.parametrize("event", ["call_deleted", "record_hidden", "user_deleted", "user_deleted_broadcast"])
def test_f5_what_is_gone_or_hidden_leaves_no_mark(replica: Replica, event: str):
    replica.replace("c", [page(2, CALL)])
    replica.told("c", event, CALL, meta(3))
    assert replica.held == {}


def test_without_a_base_events_and_places_move_nothing(replica: Replica):
    replica.told("c", "call_updated", CALL, meta(2))
    replica.stands("c", "e.2")
    assert (replica.held, replica.cursor) == ({}, None)


NOTE = {"id": "n1", "version": 4, "text": "Paper was missing"}


def subscription(seq: int, *kinds: str, notes: tuple[dict, ...] = ()) -> dict:
    records = {"notes": list(notes)} if "notes" in kinds else {}
    return {"cursor": f"e.{seq}", "resources": list(kinds), "records": records, "next": None}


def test_a_snapshot_says_which_kinds_are_held(replica: Replica):
    assert replica.selection is None
    replica.replace("c", [page(2, CALL)])
    assert replica.selection == ["calls"]
    replica.replace("c", [{**page(2), "records": {kind: [] for kind in KINDS}}])
    assert replica.selection is None


def test_a_subscription_brings_what_is_new_and_takes_what_is_heard_no_more(replica: Replica):
    replica.replace("c", [page(2, CALL)])
    replica.subscribed("c", [subscription(5, "calls", "notes", notes=(NOTE,))])
    assert set(replica.held) == {("calls", "c1"), ("notes", "n1")}
    replica.subscribed("c", [subscription(6, "notes")])
    assert (set(replica.held), replica.cursor, replica.selection) == ({("notes", "n1")}, "e.6", ["notes"])


def test_a_digest_does_not_depend_on_the_order_of_members():
    assert digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1}) != digest_of({"a": 1, "b": 3})


def test_a_foreign_word_in_what_is_told_is_noted_at_once(replica: Replica):
    word = Secrecy(Random(1), ("north", "south")).words["south"]
    replica.told("c", "call_updated", {**CALL, "title": f"{word} 1"}, meta(2))
    assert [line.get("leak") for line in lines_of(replica.history.turn())] == [word]
