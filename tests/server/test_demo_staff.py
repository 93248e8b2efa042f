"""The made-up staff of the demo."""

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from events.actor import SYSTEM
from events.desk import Desk
from events.request import Request
from server import demo_staff
from server.demo import staff_of
from stores.change import Entry

OPEN = {"new", "assigned", "in_progress", "on_hold"}


@pytest.fixture
def heard(desk: Desk) -> list[Entry]:
    entries: list[Entry] = []
    desk.listeners.append(entries.extend)
    return entries


async def test_it_works_as_the_users_themselves_and_does_what_they_may(desk: Desk, heard: list[Entry]) -> None:
    staff = staff_of(desk, 7)
    done = Counter([await staff.work_once() for _ in range(400)])

    users: set[str] = {user.id for user in desk.stores["users"].all()}
    assert {entry.actor_id for entry in heard} <= users
    assert done[None] < 40
    assert len(done) > 12
    assert done["create_call"] > 20
    assert done["complete_call"] > 5
    assert done["deliver_service"] > 0


async def test_the_board_stays_small_enough_to_be_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_staff, "MOST_OPEN", 5)
    staff = staff_of(desk, 7)
    open_calls = []
    for _ in range(200):
        await staff.work_once()
        calls: list[Any] = list(desk.stores["calls"].all())
        open_calls.append(sum(call.status in OPEN for call in calls))

    assert max(open_calls) == 5


async def test_with_nobody_there_nothing_is_done(desk: Desk) -> None:
    users: list[Any] = list(desk.stores["users"].all())
    for user in users:
        if user.role not in {"admin", "viewer"}:
            request = Request(SYSTEM, desk.catalog.command("deactivate_user"), user.id)
            await desk.submit(request)

    staff = staff_of(desk, 7)
    assert {await staff.work_once() for _ in range(30)} == {None}


async def test_who_finds_that_somebody_was_quicker_goes_on(desk: Desk) -> None:
    """Two staffs of one mind: each step but the creations succeeds for one of them alone."""
    first, second = staff_of(desk, 1), staff_of(desk, 1)
    done = [await asyncio.gather(first.work_once(), second.work_once()) for _ in range(60)]

    assert any(None in pair for pair in done)
    assert any(any(pair) for pair in done[-5:])


def test_its_sample_is_part_of_the_program() -> None:
    assert (Path(__file__).parents[2] / "server" / "samples" / "repairs.csv").is_file()
