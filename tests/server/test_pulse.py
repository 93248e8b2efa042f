"""How late the event loop is."""

import asyncio
import time

from server import pulse
from server.pulse import Pulse


async def beats(running: Pulse, count: int) -> None:
    async with asyncio.timeout(30):
        while sum(running.lags.counts) < count:  # noqa: ASYNC110
            await asyncio.sleep(0.001)


async def test_whatever_keeps_the_loop_from_its_turn_is_seen(monkeypatch):
    monkeypatch.setattr(pulse, "EVERY_S", 0.001)
    running = Pulse()
    running.start()
    time.sleep(0.3)  # noqa: ASYNC251  # somebody holds up the loop
    await beats(running, 3)
    running.stop()
    assert running.lags.total > 0.25


async def test_once_stopped_it_beats_no_more(monkeypatch):
    monkeypatch.setattr(pulse, "EVERY_S", 0.001)
    running = Pulse()
    running.start()
    await beats(running, 1)
    running.stop()
    count = sum(running.lags.counts)
    await asyncio.sleep(0.01)
    assert sum(running.lags.counts) == count
