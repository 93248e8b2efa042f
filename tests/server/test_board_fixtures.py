"""The board's replica is tested on what this server really tells: the recording is fresh, and right (WEB L2, F7).

`RECORD=1 .venv/bin/pytest tests/server/test_board_fixtures.py` writes the recording anew.
"""

import os
from pathlib import Path
from typing import Any

import orjson
import pytest
from caller import Caller
from opening import OpenBoard
from premises import id_of
from recording import Watcher, held_of, told_alike
from speech import Heard, Said, apply

FIXTURE = Path(__file__).parents[2] / "web" / "src" / "realtime" / "fixtures" / "feed.jsonl"
WATCHERS = ("alice", "bob", "vera", "carol")


async def a_working_day(alice: Caller, bob: Caller, fred: Caller) -> None:
    """Something of everything: made, changed, moved along, merged, handed over, deleted, brought back."""
    fuses = await make(alice, "categories", name="Fuses")
    cables = await make(alice, "categories", name="Cables")
    ann = await make(fred, "customers", name="Ann Gray", phone="+44 1632 960001")
    twin = await make(fred, "customers", name="A. Gray")
    first = await make(fred, "calls", title="No power", customer_id=ann, category_id=fuses)
    second = await make(fred, "calls", title="It hums", customer_id=twin, category_id=cables)
    await alice.does(f"calls/{first}/assign", assignee_id=id_of("bob"))
    await bob.does(f"calls/{first}/start")
    await make(bob, "notes", text="The fuse is gone.", resource="calls", record_id=first)
    await alice.asks("PATCH", f"calls/{first}", {"priority": "urgent"})
    await bob.does(f"calls/{first}/convert", device_type="Radio")
    await bob.does(f"calls/{first}/hold", reason="waiting_parts")
    await alice.does(f"calls/{second}/assign", assignee_id=id_of("carol"))
    await alice.does(f"customers/{twin}/merge", into=ann)
    await alice.asks("DELETE", f"categories/{fuses}?reassign_to={cables}")
    await alice.does(f"users/{id_of('bob')}/set_role", role="dispatcher")


async def its_evening(alice: Caller, bob: Caller, fred: Caller) -> None:
    """What comes after somebody's rights changed: the end of a call, of a repair, and of a colleague."""
    first, second = named("calls", "No power"), named("calls", "It hums")
    radio = await make(fred, "services", device_type="Toaster", reported_fault="Burns", customer_name="Ivan")
    await bob.does(f"services/{radio}/assign", technician_id=id_of("carol"))
    await bob.does(f"services/{radio}/advance", status="in_repair")
    await bob.does(f"services/{radio}/complete", outcome="repaired", work_done="A new element.")
    await bob.does(f"calls/{first}/complete", resolution="A new fuse.")
    deleted = await alice.asks("DELETE", f"calls/{first}")
    await alice.posts("undo", {"cursor": deleted.body["cursor"]})
    await alice.asks("DELETE", f"users/{id_of('carol')}?reassign_to={id_of('bob')}")
    await bob.does(f"calls/{second}/complete", resolution="It hums no more.")
    await bob.does(f"calls/{second}/close")


def named(plural: str, name: str) -> str:
    """The id of what somebody makes under this name."""
    return id_of(f"{plural}/{name}")


async def make(who: Caller, plural: str, **fields: Any) -> str:
    name = next(value for value in fields.values())
    record = await who.does(plural, id=named(plural, name), **fields)
    return str(record["id"])


@pytest.fixture
async def recorded(open_board: OpenBoard, at: Any) -> list[dict[str, Any]]:
    """Everybody's stretches, each from a snapshot to the next."""
    door = at(await open_board())
    people = {name: await door.signs_in(name) for name in {*WATCHERS, "fred"}}
    watchers = [Watcher(name, people[name]) for name in WATCHERS]
    doing = (people["alice"], people["bob"], people["fred"])
    for watcher in watchers:
        await watcher.begins()
    await a_working_day(*doing)
    for watcher in watchers:
        await watcher.looks()
    await its_evening(*doing)
    for watcher in watchers:
        await watcher.looks()
        await watcher.ends()
    return [{"name": watcher.name, **stretch} for watcher in watchers for stretch in watcher.stretches]


def stretches() -> list[dict[str, Any]]:
    """The recording: one stretch a line."""
    return [orjson.loads(line) for line in FIXTURE.read_bytes().splitlines()]


async def test_l2_the_recording_is_what_the_server_tells_today(recorded: list[dict[str, Any]]):
    if os.environ.get("RECORD"):
        FIXTURE.parent.mkdir(exist_ok=True)
        FIXTURE.write_bytes(told_alike(recorded))
    assert FIXTURE.read_bytes() == told_alike(recorded), "feed.jsonl is stale: run this test with RECORD=1"


def test_f7_the_recorded_events_lead_from_one_snapshot_to_the_next():
    for stretch in (each for each in stretches() if each["after"] is not None):
        held = held_of(stretch["before"])
        for told in stretch["events"]:
            apply(held, Heard(told["event"], Said(told["data"]), Said(told["meta"])))
        assert held == held_of(stretch["after"])


def test_the_recording_has_something_of_everything():
    names = {told["event"] for each in stretches() for told in each["events"]}
    assert {"call_created", "call_assigned", "call_deleted", "customer_deleted", "user_deleted_broadcast"} <= names
    ends = {(each["name"], place) for place, each in enumerate(stretches()) if each["after"] is not None}
    assert [name for name, _ in sorted(ends)] == ["alice", "bob", "vera"]
    assert [each["name"] for each in stretches()] == ["alice", "bob", "bob", "vera", "carol"]
    assert stretches()[0]["after"]["former_users"] == [{"id": id_of("carol"), "display_name": "Carol"}]
