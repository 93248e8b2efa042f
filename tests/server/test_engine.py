import asyncio
import json
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from server.engine import GuardedEngine
from server.session import Session


class Echo:
    """A reader that sends back what it hears, and remembers who ended why."""

    def __init__(self) -> None:
        self.ends: list[str] = []

    def message(self, session: Session, text: str) -> None:
        session.listened()
        session.queue.append(text.encode())

    def gone(self, session: Session, reason: str) -> None:
        self.ends.append(reason)


@asynccontextmanager
async def serving(**options: Any):
    """An engine at an address, with a browser's session to reach it."""
    engine = GuardedEngine(
        **{
            "async_mode": "aiohttp",
            "monitor_clients": False,
            "allowed_origins": lambda origin, request: origin in {None, "http://board"},
            "connect_timeout": 5,
            "max_connections": 10,
            "linger": 0.5,
            **options,
        }
    )
    engine.reader = Echo()
    app = web.Application()
    engine.attach(app, "/engine/")
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        async with aiohttp.ClientSession() as http:
            yield engine, http, f"http://127.0.0.1:{runner.addresses[0][1]}/engine/?EIO=4&transport="
        await engine.drain(0.5)
    finally:
        await runner.cleanup()


async def handshake(http: aiohttp.ClientSession, url: str) -> str:
    """The address of a new polling session."""
    async with http.get(f"{url}polling") as answer:
        opened = json.loads((await answer.text())[1:])
    return f"{url}polling&sid={opened['sid']}"


async def test_a_polling_session_is_posted_to_and_polled_from():
    async with serving() as (_, http, url):
        address = await handshake(http, url)
        async with http.post(address, data="4a\x1e4b") as answer:
            assert (answer.status, await answer.text()) == (200, "ok")
        async with http.get(address) as answer:
            assert (answer.content_type, await answer.text()) == ("text/plain", "4a\x1e4b")


async def test_t29_an_allowed_foreign_page_may_read_the_answer_and_another_may_not():
    async with serving() as (_, http, url):
        async with http.get(f"{url}polling", headers={"Origin": "http://board"}) as answer:
            assert answer.headers["Access-Control-Allow-Origin"] == "http://board"
            assert answer.headers["Access-Control-Allow-Credentials"] == "true"
            assert answer.headers["Vary"] == "Origin"
        async with http.get(f"{url}polling", headers={"Origin": "http://evil"}) as answer:
            assert answer.status == 403
            assert "Access-Control-Allow-Origin" not in answer.headers
        async with http.options(f"{url}polling", headers={"Origin": "http://board"}) as answer:
            assert answer.headers["Access-Control-Allow-Methods"] == "GET, POST"


async def test_the_answers_are_not_kept_by_anyone():
    async with serving() as (_, http, url), http.get(f"{url}polling") as answer:
        assert answer.headers["Cache-Control"] == "no-store"


async def test_a_session_nobody_knows_is_refused():
    async with serving() as (_, http, url):
        for method in ("GET", "POST"):
            async with http.request(method, f"{url}polling&sid=nobody") as answer:
                assert answer.status == 400


async def test_t19_a_drained_engine_is_empty_and_lets_nobody_in():
    async with serving() as (engine, http, url):
        address = await handshake(http, url)
        poll = asyncio.create_task(http.get(address))
        ws = await http.ws_connect(f"{url}websocket")
        assert (await ws.receive_str()).startswith("0{")
        end = asyncio.create_task(ws.receive())
        await asyncio.sleep(0)
        await engine.drain(0.8)
        assert (await end).data == 1012
        assert await (await poll).text() == "1"
        assert engine.sockets == {}
        assert engine.reader.ends == ["server draining"] * 2
        async with http.get(f"{url}polling") as answer:
            assert answer.status == 503
        await ws.close()


@pytest.mark.parametrize("whom", ["one", "all", "nobody"])
async def test_t21_the_librarys_own_disconnect_ends_whom_it_names(whom):
    async with serving() as (engine, http, url):
        await handshake(http, url)
        sid = {"one": next(iter(engine.sockets)), "all": None, "nobody": "nobody"}[whom]
        await engine.disconnect(sid)
        await asyncio.sleep(0)
        assert engine.reader.ends == [] if whom == "nobody" else ["server disconnect"]
