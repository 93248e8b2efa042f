"""A door over which one can speak: what a subscription brings is taken whole, or not at all (PROTOCOL 4)."""

import asyncio
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest

from torture.crew import Book
from torture.doors.door import GoneError, SpeakingDoor, Way
from torture.doors.sockets import SocketPollingDoor
from torture.history import History, lines_of
from torture.replica import Replica
from torture.secrecy import Secrecy

KINDS = ("calls", "notes", "users")
UNAVAILABLE = {"ok": False, "error": {"code": "unavailable", "retry": True}}


class Door(SpeakingDoor):
    """What is put on it is kept."""

    is_open = True

    async def put(self, ref: int, command: str, message: object) -> None:
        if not self.is_open:
            raise ConnectionError("not open")
        self.sent = [*getattr(self, "sent", []), (ref, command, message)]


def page(seq: int, kind: str, record: str, after: str | None = None, **more: object) -> dict:
    records = {kind: [{"id": record, "version": seq}]}
    return {"ok": True, "data": {"cursor": f"e.{seq}", "records": records, "next": after, **more}}


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path)


@pytest.fixture
async def door(history: History):
    """It holds calls."""
    secrecy = Secrecy(Random(1), ("north", "south"))
    replica = Replica("north/ann", history, secrecy, Book(), KINDS)
    replica.replace("c", [page(2, "calls", "c1")["data"]])
    door = Door(Way("", "north", ""), replica, "c")
    yield door
    await door.close()


async def asks(door: Door, kinds: list[str]) -> int:
    await door.send("subscribe", {"resources": kinds})
    return door.sent[-1][0]


async def test_what_is_newly_heard_is_held_once_all_of_its_pages_are_there(door):
    ref = await asks(door, ["notes"])
    assert not door.is_settled
    door.answered(ref, page(5, "notes", "n1", "next", resources=["notes"]))
    assert (set(door.replica.held), door.replica.cursor) == ({("calls", "c1")}, "e.2")
    await asyncio.sleep(0)
    more, name, message = door.sent[-1]
    assert (name, message) == ("snapshot", {"after": "next"})
    door.answered(more, page(5, "notes", "n2"))
    assert set(door.replica.held) == {("notes", "n1"), ("notes", "n2")}
    assert (door.replica.cursor, door.replica.selection, door.is_settled) == ("e.5", ["notes"], True)


async def test_a_refused_one_changes_nothing(door):
    door.answered(await asks(door, ["notes"]), UNAVAILABLE)
    assert (door.replica.selection, door.is_settled, door.over.is_set()) == (["calls"], True, False)


async def test_one_that_could_not_be_sent_is_not_waited_for(door):
    door.is_open = False
    with pytest.raises(GoneError):
        await asks(door, ["notes"])
    assert door.is_settled


async def test_a_page_that_does_not_come_ends_the_connection(door):
    door.answered(await asks(door, ["notes"]), page(5, "notes", "n1", "next", resources=["notes"]))
    await asyncio.sleep(0)
    door.answered(door.sent[-1][0], UNAVAILABLE)
    assert (door.replica.selection, door.replica.cursor, door.over.is_set()) == (["calls"], "e.2", True)


async def test_where_the_base_is_lost_meanwhile_the_snapshot_says_what_is_held(door):
    ref = await asks(door, ["notes"])
    door.lost("rights")
    await asyncio.sleep(0)
    door.answered(ref, page(5, "notes", "n1", resources=["notes"]))
    assert (door.replica.selection, door.replica.cursor) == (["calls"], None)
    door.answered(door.sent[-1][0], page(6, "notes", "n1"))
    assert (set(door.replica.held), door.replica.cursor) == ({("notes", "n1")}, "e.6")
    assert door.replica.selection == ["notes"]


async def test_without_a_base_it_is_answered_and_changes_nothing(door, history):
    door.replica.lost("c", "rights")
    future = await door.send("subscribe", {"resources": ["notes"]})
    door.answered(door.sent[-1][0], page(5, "notes", "n1", resources=["notes"]))
    assert (await future)["ok"]
    assert door.replica.selection == ["calls"]
    assert "subscribed" not in [line["kind"] for line in lines_of(history.turn())]


async def ended() -> None:
    """A loop of a client that has nothing more to do."""


@pytest.mark.parametrize("ends", ["read_loop_task", "write_loop_task"])
async def test_a_client_that_reads_or_writes_no_more_is_taken_for_cut(door, history, ends):
    silent = SocketPollingDoor(door.way, door.replica, "c2")
    loops = {name: asyncio.create_task(asyncio.sleep(60)) for name in ("read_loop_task", "write_loop_task")}
    loops[ends].cancel()
    loops[ends] = asyncio.create_task(ended())
    silent._sio = SimpleNamespace(eio=SimpleNamespace(state="connected", queue=asyncio.Queue(), **loops))
    await asyncio.wait_for(silent._listen(), 5)
    assert silent.over.is_set()
    assert "ended" in silent.state
    assert "sleep" in silent.state
    assert [line["why"] for line in lines_of(history.turn()) if line["kind"] == "cut"]
    for loop in loops.values():
        loop.cancel()
    silent._sio = None
    await silent.close()
