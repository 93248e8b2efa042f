"""Following a desk's journal as the program itself."""

import asyncio
from contextlib import aclosing
from datetime import timedelta
from typing import Any

import pytest
from premises import id_of

from events import watching
from events.actor import SYSTEM, Caller
from events.desk import Desk
from events.errors import Invalid, NotFound, SnapshotRequired
from events.watching import watched

CALL = {"title": "No heat", "customer_name": "Ms. Gray"}


async def first(count: int, desk: Desk, *args: Any) -> list[Any]:
    """The first so many that are told; signs of life are none."""
    found: list[Any] = []
    async with asyncio.timeout(10), aclosing(watched(desk, *args)) as events:
        async for event in events:
            found += [event] if event is not None else []
            if len(found) == count:
                return found
    return found


async def test_what_came_before_is_told_first_then_what_happens(desk: Desk):
    start = desk.journal.cursor(desk.journal.head)
    outcome = await desk.do(Caller(id_of("dora")), "create_call", **CALL)
    async with asyncio.timeout(10), aclosing(watched(desk, start)) as events:
        created: Any = await anext(events)
        await desk.do(Caller(id_of("bob")), "claim_call", created["id"])
        claimed: Any = await anext(events)

    assert created["cursor"] == outcome.cursor
    assert created.keys() == {
        "cursor", "at", "actor", "action", "event", "resource", "id", "number", "title", "changed"
    }  # fmt: skip
    assert (created["number"], created["title"], created["actor"]["name"]) == ("C-0001", "No heat", "Dora")
    assert (claimed["action"], claimed["event"], claimed["actor"]["name"]) == ("claim_call", "call_assigned", "Bob")
    assert set(claimed["changed"]) == {"status", "assignee_id", "assigned_at"}


async def test_only_the_resources_named_are_told_and_never_private_ones(desk: Desk):
    start = desk.journal.cursor(desk.journal.head)
    await desk.do(SYSTEM, "create_call", **CALL)
    await desk.do(SYSTEM, "create_customer", name="Ms. Gray")
    await desk.do(SYSTEM, "delete_user", id_of("vera"))
    await desk.do(SYSTEM, "create_call", **CALL)

    assert [event["event"] for event in await first(1, desk, start, ["customers"])] == ["customer_created"]
    everything = [event["resource"] for event in await first(4, desk, start)]
    assert everything == ["calls", "customers", "users", "calls"]


async def test_who_follows_no_more_is_forgotten(desk: Desk):
    before = list(desk.listeners)
    start = desk.journal.cursor(desk.journal.head)
    await desk.do(SYSTEM, "create_call", **CALL)
    await first(1, desk, start)
    assert desk.listeners == before


async def test_silence_is_broken_by_a_sign_of_life(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(watching, "SILENCE_S", 0.01)
    async with asyncio.timeout(10), aclosing(watched(desk)) as events:
        assert await anext(events) is None


@pytest.mark.parametrize("cursor", ["", "x", "other.1", 7])
async def test_a_cursor_that_is_none_is_refused(desk: Desk, cursor: Any):
    with pytest.raises(Invalid):
        await first(1, desk, cursor)


async def test_a_kind_of_record_that_is_none_is_refused(desk: Desk):
    for plural in ("orders", "former_users"):
        with pytest.raises(NotFound):
            await first(1, desk, None, [plural])


async def test_who_reads_on_from_before_the_floor_is_told_so(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    start = desk.journal.cursor(desk.journal.head)
    await desk.do(SYSTEM, "create_call", **CALL)
    async with aclosing(watched(desk, start)) as events:
        await anext(events)
        for _ in range(2):
            await desk.do(SYSTEM, "create_call", **CALL)
        await desk.forget_before(desk.clock.now() + timedelta(minutes=1))
        with pytest.raises(SnapshotRequired):
            await anext(events)
