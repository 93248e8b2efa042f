"""Those who leave in silence are noticed, once, and while nobody is watched there is no timer."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from server import departures
from server.departures import Departures


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(departures, "LOOK_S", 0)


async def test_who_leaves_is_noticed_and_who_stays_is_not():
    leaving: Any = SimpleNamespace(transport="here")
    staying: Any = SimpleNamespace(transport="here")
    watching, gone, told = Departures(), asyncio.Event(), []
    with watching.watched(staying, lambda: told.append("stays")), watching.watched(leaving, gone.set):
        leaving.transport = None
        await asyncio.wait_for(gone.wait(), 10)
    assert told == []


async def test_without_anybody_there_is_no_timer():
    request: Any = SimpleNamespace(transport=None)
    watching, told = Departures(), []
    with watching.watched(request, lambda: told.append(1)):
        pass
    while watching._timer is not None:  # noqa: ASYNC110  # no event tells this
        await asyncio.sleep(0)
    assert told == []
    gone = asyncio.Event()
    with watching.watched(request, gone.set):
        await asyncio.wait_for(gone.wait(), 10)
