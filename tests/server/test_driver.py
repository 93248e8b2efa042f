import asyncio
import socket
from contextlib import asynccontextmanager
from types import SimpleNamespace

import aiohttp
import pytest
from aiohttp import WSMsgType, web

from server.driver import GuardedWebSocket, Pipe, guarded
from server.packets import wire


@asynccontextmanager
async def serving(handler, linger: float = 1.0):
    """An address at which every WebSocket is given to the handler; and the tasks that serve them."""
    engine = SimpleNamespace(linger=linger, max_http_buffer_size=1000)
    served: list[asyncio.Task] = []

    async def serve(request: web.Request) -> web.StreamResponse:
        served.append(asyncio.current_task())
        return await GuardedWebSocket(handler, engine)({"aiohttp.request": request})

    app = web.Application()
    app.router.add_get("/", serve)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        async with aiohttp.ClientSession() as http:
            yield http, f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


async def test_a_pipe_writes_whole_frames_beside_what_the_driver_sends():
    async def handler(ws: GuardedWebSocket) -> None:
        await ws.send("first")
        ws.pipe.write(wire(b"second") + wire(b"third"))
        await ws.wait()

    async with serving(handler) as (http, url), http.ws_connect(url) as ws:
        assert [(await ws.receive(5)).data for _ in range(3)] == ["first", "second", "third"]


async def test_the_end_of_the_handler_closes_with_the_code_it_was_shut_with():
    async def handler(ws: GuardedWebSocket) -> None:
        asyncio.get_running_loop().call_soon(ws.shut, 1012)
        assert await ws.wait() == ""

    async with serving(handler) as (http, url), http.ws_connect(url) as ws:
        assert (await ws.receive(5)).type is WSMsgType.CLOSE
        assert ws.close_code == 1012


async def test_wait_raises_when_the_client_has_gone():
    ended = asyncio.get_running_loop().create_future()

    async def handler(ws: GuardedWebSocket) -> None:
        with pytest.raises(OSError, match="ended"):
            await ws.wait()
        ended.set_result(True)

    async with serving(handler) as (http, url):
        ws = await http.ws_connect(url)
        await ws.close()
        assert await asyncio.wait_for(ended, 5)


async def test_t9_a_client_that_takes_nothing_is_aborted_after_the_linger():
    drained = asyncio.Event()
    gone = asyncio.Event()

    async def handler(ws: GuardedWebSocket) -> None:
        ws.pipe.write(wire(b"x" * 20_000_000))
        assert ws.pipe.full
        assert ws.pipe.buffered > 1_000_000
        ws.pipe.when_drained(drained.set)
        ws.shut(1000, 0.1)
        await drained.wait()
        gone.set()

    async with serving(handler) as (_, url):
        endpoint = socket.create_connection(("127.0.0.1", int(url.rsplit(":", 1)[1][:-1])))
        endpoint.sendall(
            b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        await asyncio.wait_for(gone.wait(), 5)
        endpoint.close()


async def test_a_pipe_needs_a_transport():
    with pytest.raises(ConnectionResetError):
        Pipe(SimpleNamespace(transport=None))  # type: ignore[arg-type]


def test_o2_the_table_is_copied():
    table = {"asyncio": True, "websocket": object}
    assert guarded(table) == {"asyncio": True, "websocket": GuardedWebSocket}
    assert table["websocket"] is object
