"""Traps of whom something is told: T24, T32 and T33."""

import asyncio
import re
from pathlib import Path

import pytest
from probe import guarded, stock

ROOT = Path(__file__).parents[2]


async def test_t24_who_has_gone_is_told_nothing_and_nobody_waits_for_him():
    async with guarded() as served:
        client = await served.websocket()
        (link,) = served.door.links
        await client.ws.close()
        await served.door.until(lambda: served.door.ends)
        link.emit("page", b"1")
        link.ack(1, b"2")
        link.close()
        link.abort("again")
        assert link.unsent == 0
        assert len(served.door.ends) == 1


async def test_t24_nothing_of_ours_asks_a_client_and_waits_for_his_answer():
    asking = re.compile(r"\b(sio|eio|guard|server|super\(\))\.call\(")
    assert [path.name for path in (ROOT / "server").glob("*.py") if asking.search(path.read_text())] == []


async def test_t24_the_stock_server_waits_for_who_has_gone():
    async with stock() as served:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(served.sio.call("question", to="gone"), 0.3)


async def test_t32_the_stock_server_keeps_nothing_for_who_was_away():
    async with stock() as served:
        away = await served.websocket()
        await away.ws.close()
        await served.sio.emit("missed")
        back = await served.websocket()
        await served.sio.emit("now")
        assert await back.hear() == '42["now"]'


@pytest.mark.parametrize("count", [1, 20])
async def test_t33_telling_many_makes_no_task_for_each(count):
    async with guarded() as served:
        clients = [await served.websocket() for _ in range(count)]
        made = tasks_made()
        await served.sio.emit("page", 1)
        assert [await client.hear() for client in clients] == ['42["page",1]'] * count
        assert not [name for name in made if "emit" in name or "send" in name]


async def test_t33_the_stock_server_makes_one_for_each():
    async with stock() as served:
        clients = [await served.websocket() for _ in range(20)]
        made = tasks_made()
        await served.sio.emit("page", 1)
        for client in clients:
            await client.hear()
        assert len([name for name in made if "emit" in name or "send" in name]) >= 20


def tasks_made() -> list[str]:
    """The names of the coroutines that are made tasks of from now on."""
    made: list[str] = []

    def factory(loop, work, **more):
        made.append(getattr(work, "__qualname__", ""))
        return asyncio.Task(work, loop=loop, **more)

    asyncio.get_running_loop().set_task_factory(factory)
    return made
