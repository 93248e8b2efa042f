"""Polling: asked again and again, it tells what the streams tell (PROTOCOL section 5)."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from caller import Answer, Caller
from opening import Moved, OpenBoard
from premises import counted

from server import departures
from server.app import Callboard
from server.polling import last_states

CALL = {"title": "No power", "customer_name": "Ms. Gray"}


async def here(caller: Caller) -> str:
    """The present place in the feed."""
    return str((await caller.gets("/api/me")).body["cursor"])


async def changes(caller: Caller, since: str, **query: Any) -> Answer:
    asked = "".join(f"&{name}={value}" for name, value in query.items())
    return await caller.gets(f"changes?since={since}{asked}")


def names(answer: Answer) -> list[str]:
    return [told["event"] for told in answer.body["events"]]


async def eventually(condition: Any) -> None:
    """Until something that no event tells has come true."""
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


@pytest.fixture
async def waits(board: Callboard) -> AsyncIterator[Any]:
    """Begins polls that wait, and returns when each does."""
    begun: list[asyncio.Task[Answer]] = []

    async def begins(caller: Caller, since: str, **query: Any) -> "asyncio.Task[Answer]":
        before = len(board.polls._waiters)
        begun.append(asyncio.create_task(changes(caller, since, wait=25, **query)))
        await eventually(lambda: len(board.polls._waiters) > before)
        return begun[-1]

    yield begins
    for task in begun:
        task.cancel()
    await asyncio.gather(*begun, return_exceptions=True)


# -- what has happened ---------------------------------------------------------------------------------------------


async def test_what_has_happened_is_told_as_everywhere(alice: Caller, bob: Caller):
    since = await here(bob)
    call = await alice.does("calls", **CALL)
    await alice.does(f"calls/{call['id']}/assign", assignee_id=bob.user["id"])
    answer = await changes(bob, since)
    assert answer.status == 200
    assert names(answer) == ["call_created", "call_assigned"]
    first = answer.body["events"][0]
    assert first["data"] == call
    assert first["meta"]["id"] == call["id"]
    assert first["meta"]["action"] == "create_call"
    assert answer.body["more"] is False
    assert answer.body["cursor"] == await here(bob)


async def test_nothing_is_204_with_the_position(alice: Caller, bob: Caller):
    since = await here(bob)
    await alice.does("customers", name="Ms. Gray")
    answer = await changes(bob, since, resources="calls,users")
    assert (answer.status, answer.raw) == (204, b"")
    assert answer.headers["Callboard-Cursor"] == await here(bob) != since
    assert (await changes(bob, answer.headers["Callboard-Cursor"])).status == 204


async def test_only_what_is_listened_to_is_told(alice: Caller, bob: Caller):
    since = await here(bob)
    await alice.does("customers", name="Ms. Gray")
    await alice.does("calls", **CALL)
    assert names(await changes(bob, since, resources="calls")) == ["call_created"]
    assert (await changes(bob, since, resources="unicorns")).code == "not_found"
    assert (await changes(bob, since, resources="former_users")).code == "not_found"


@pytest.mark.parametrize("query", ["", "?since=", "?since=garbled", "?since=e.1", "?since=0.99999999999999999999"])
async def test_f2_a_cursor_that_is_none_needs_a_snapshot(bob: Caller, query: str):
    for path in ("changes", "calls/realtime-status"):
        answer = await bob.gets(path + query)
        assert (answer.status, answer.code) == (410, "snapshot_required")


async def test_f2_more_than_20000_behind_needs_a_snapshot(alice: Caller, bob: Caller, monkeypatch):
    since = await here(bob)
    monkeypatch.setattr("events.feed.FARTHEST", 2)
    for _ in range(2):
        await alice.does("calls", **CALL)
    assert (await changes(bob, since)).status == 200
    await alice.does("calls", **CALL)
    assert (await changes(bob, since)).status == 410


async def test_v4_rights_that_changed_need_a_snapshot(alice: Caller, bob: Caller):
    since = await here(bob)
    await alice.does(f"users/{bob.user['id']}/set_role", role="dispatcher")
    assert (await changes(bob, since)).status == 410
    assert (await changes(bob, await here(bob))).status == 204


async def test_f8_what_does_not_fit_is_told_with_the_next_poll(alice: Caller, bob: Caller, monkeypatch):
    since = await here(bob)
    monkeypatch.setattr("events.changes.MOST_BYTES", 1_000)
    for _ in range(5):
        await alice.does("calls", **CALL)
    told, more = 0, True
    while more:
        answer = await changes(bob, since)
        assert 0 < len(names(answer)) < 5
        told, more, since = told + len(names(answer)), answer.body["more"], answer.body["cursor"]
    assert told == 5


@pytest.mark.parametrize("query", ["wait=26", "wait=-1", "wait=x", "limit=1", "since=a&since=b"])
async def test_what_is_asked_wrongly_is_said(bob: Caller, query: str):
    assert (await bob.gets(f"changes?{query}")).code == "invalid"


async def test_who_is_nobody_hears_nothing(somebody: Caller, bob: Caller):
    assert (await somebody.gets("changes?since=x")).status == 401
    assert (await bob.gets("/api/tenants/other/changes?since=x")).status == 404


# -- waiting -------------------------------------------------------------------------------------------------------


async def test_a_waiting_poll_is_answered_at_once_when_something_happens(alice: Caller, bob: Caller, waits):
    poll = await waits(bob, await here(bob))
    await alice.does("calls", **CALL)
    assert names(await asyncio.wait_for(poll, 10)) == ["call_created"]


async def test_what_is_not_for_him_does_not_wake_him(alice: Caller, bob: Caller, waits):
    poll = await waits(bob, await here(bob), resources="calls")
    await alice.does("customers", name="Ms. Gray")
    await alice.does("calls", **CALL)
    assert names(await asyncio.wait_for(poll, 10)) == ["call_created"]


async def test_a_wait_in_vain_is_204_with_the_newest_position(board: Callboard, alice: Caller, bob: Caller):
    since = await here(bob)
    poll = asyncio.create_task(changes(bob, since, resources="calls", wait=1))
    await eventually(lambda: board.polls._waiters)
    await alice.does("customers", name="Ms. Gray")
    answer = await poll
    assert answer.status == 204
    assert answer.headers["Callboard-Cursor"] == await here(bob)
    assert not board.polls._waiters


async def test_a_session_that_ends_ends_the_wait(bob: Caller, waits):
    poll = await waits(bob, await here(bob))
    assert (await bob.posts("/api/logout")).status == 204
    assert (await asyncio.wait_for(poll, 10)).status == 401


async def test_an_idle_session_ends_the_wait(board: Callboard, bob: Caller, clock: Moved, waits):
    poll = await waits(bob, await here(bob))
    clock.by = timedelta(hours=13)
    board.identity.sweep()
    assert (await asyncio.wait_for(poll, 10)).status == 401


async def test_v4_a_deactivated_user_waits_no_more(alice: Caller, bob: Caller, waits):
    poll = await waits(bob, await here(bob))
    await alice.does(f"users/{bob.user['id']}/deactivate")
    assert (await asyncio.wait_for(poll, 10)).status == 401


async def test_v4_whose_rights_change_needs_a_snapshot_at_once(alice: Caller, bob: Caller, waits):
    poll = await waits(bob, await here(bob))
    await alice.does(f"users/{bob.user['id']}/set_role", role="dispatcher")
    assert (await asyncio.wait_for(poll, 10)).status == 410


async def test_v5_a_deleted_user_is_told_so_and_then_nothing(alice: Caller, bob: Caller, waits):
    since = await here(bob)
    poll = await waits(bob, since)
    assert (await alice.asks("DELETE", f"users/{bob.user['id']}")).status == 200
    answer = await asyncio.wait_for(poll, 10)
    assert names(answer) == ["user_deleted"]
    assert (await changes(bob, answer.body["cursor"])).status == 401


async def test_o7_a_server_that_stops_answers_who_waits(board: Callboard, bob: Caller, waits):
    poll = await waits(bob, await here(bob))
    await board.stop()
    answer = await asyncio.wait_for(poll, 10)
    assert (answer.status, answer.code) == (503, "unavailable")
    assert "Retry-After" in answer.headers


async def test_a_client_that_leaves_is_noticed(board: Callboard, bob: Caller, waits, monkeypatch):
    monkeypatch.setattr(departures, "LOOK_S", 0)
    poll = await waits(bob, await here(bob))
    assert board.census.of_user(counted("bob")) == 1
    poll.cancel()
    await eventually(lambda: not board.polls._waiters)
    assert board.census.of_user(counted("bob")) == 0


async def test_waiting_polls_are_counted_with_the_connections(open_board: OpenBoard, at):
    board = await open_board(connections_per_user=1)
    bob = await at(board).signs_in("bob")
    since = await here(bob)
    first = asyncio.create_task(changes(bob, since, wait=25))
    await eventually(lambda: board.polls._waiters)
    assert (await changes(bob, since, wait=25)).status == 429
    assert (await changes(bob, since)).status == 204, "one that does not wait is no connection"
    await bob.does("calls", **CALL)
    assert names(await asyncio.wait_for(first, 10)) == ["call_created"]


async def test_polls_of_one_desk_share_one_listener(board: Callboard, alice: Caller, bob: Caller, waits):
    (desk,) = board.desks.values()
    first = await waits(bob, await here(bob))
    listeners = len(desk.listeners)
    rest = [await waits(bob, await here(bob)) for _ in range(5)]
    assert len(desk.listeners) == listeners
    await alice.does("calls", **CALL)
    for poll in (first, *rest):
        assert names(await asyncio.wait_for(poll, 10)) == ["call_created"]


# -- one resource --------------------------------------------------------------------------------------------------


async def test_the_status_of_a_resource_names_each_record_once_by_its_last_state(alice: Caller, bob: Caller):
    since = await here(bob)
    first, second = await alice.does("calls", **CALL), await alice.does("calls", **CALL)
    changed = await alice.does(f"calls/{first['id']}/assign", assignee_id=bob.user["id"])
    await alice.asks("DELETE", f"calls/{second['id']}")
    answer = await bob.gets(f"calls/realtime-status?since={since}")
    assert answer.body == {
        "cursor": await here(bob), "changed": [changed], "deleted": [second["id"]], "more": False,
    }  # fmt: skip
    nothing = await bob.gets(f"calls/realtime-status?since={answer.body['cursor']}")
    assert nothing.body == {"cursor": answer.body["cursor"], "changed": [], "deleted": [], "more": False}


async def test_the_status_of_a_resource_that_does_not_exist_is_not_found(bob: Caller):
    for plural in ("unicorns", "former_users"):
        assert (await bob.gets(f"{plural}/realtime-status?since={await here(bob)}")).status == 404


def test_v3_what_may_no_longer_be_read_is_gone_for_the_reader():
    def told(record_id: str, how: str, kind: str = "updated") -> Any:
        return SimpleNamespace(record_id=record_id, kind=kind, record=record_id.encode()), how

    seen = [told("a", "full"), told("b", "hidden"), told("c", "full"), told("a", "hidden"), told("b", "full")]
    assert last_states(seen) == ([b"c", b"b"], ["a"])
    assert last_states([told("a", "full", "created"), told("a", "full", "deleted")]) == ([], ["a"])
    assert last_states([told("a", "personal", "deleted")]) == ([], ["a"])
