"""A real aiohttp server whose WebSockets are taken over, and clients that say anything."""

import asyncio
import socket
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import WSMsgType, web

from server.frames import TEXT
from server.packets import wire
from server.takeover import OpenSockets, Taken, take_over

PATIENCE = 5
HANDSHAKE = (
    b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


class Ear:
    """A listener that remembers what it is told, and works where `work` says so."""

    def __init__(self) -> None:
        self.heard: list[tuple[int, str | bytes]] = []
        self.losses = 0
        self.changed = asyncio.Event()
        self.work = lambda content: None

    def said(self, kind, content):
        self.heard.append((kind, content))
        self.changed.set()
        return self.work(content)

    def lost(self) -> None:
        self.losses += 1
        self.changed.set()

    async def until(self, condition) -> None:
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self.changed.clear()
                await self.changed.wait()


class Served:
    """The server's side: the door's open sockets, the newest of them, its ear."""

    def __init__(self, http: aiohttp.ClientSession) -> None:
        self.http, self.url = http, ""
        self.open, self.ear = OpenSockets(), Ear()
        self.socket = None

    async def serve(self, request: web.Request) -> web.StreamResponse:
        self.socket = take_over(request, 1000, self.open)
        self.socket.start(self.ear)
        return Taken()

    async def raw(self, more: bytes = b"") -> socket.socket:
        """A client that has sent its handshake and more in one piece."""
        endpoint = socket.create_connection(("127.0.0.1", int(self.url.rsplit(":", 1)[1][:-1])))
        endpoint.sendall(HANDSHAKE + more)
        async with asyncio.timeout(PATIENCE):
            while self.socket is None:  # noqa: ASYNC110
                await asyncio.sleep(0.001)
        return endpoint


@pytest.fixture
async def served():
    async with aiohttp.ClientSession() as http, _serving(http) as made:
        yield made


@asynccontextmanager
async def _serving(http):
    served, app = Served(http), web.Application()
    app.router.add_get("/", served.serve)
    runner = served.runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    served.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    yield served
    await served.open.emptied(0)
    await runner.cleanup()


def masked(content: bytes, first: int = 0x81) -> bytes:
    return bytes((first, 0x80 | len(content))) + bytes(4) + content


async def test_what_is_said_is_heard_and_whole_frames_are_written(served):
    async with served.http.ws_connect(served.url) as ws:
        await ws.send_str("hello")
        await served.ear.until(lambda: served.ear.heard)
        assert served.ear.heard == [(TEXT, "hello")]
        served.socket.write([wire(b"one"), wire(b"two") + wire(b"three")])
        served.socket.write([wire(b"four")])
        assert [(await ws.receive(PATIENCE)).data for _ in range(4)] == ["one", "two", "three", "four"]


async def test_nothing_of_aiohttp_is_left_of_a_connection(served):
    async with served.http.ws_connect(served.url) as ws:
        await ws.send_str("hello")
        await served.ear.until(lambda: served.ear.heard)
        assert served.runner.server.connections == []
        assert len(served.open) == 1
    await served.ear.until(lambda: served.ear.losses)
    async with asyncio.timeout(PATIENCE):
        while len(served.open):  # noqa: ASYNC110
            await asyncio.sleep(0.001)


async def test_what_came_with_the_handshake_is_heard(served):
    client = await served.raw(masked(b"at once"))
    await served.ear.until(lambda: served.ear.heard)
    assert served.ear.heard == [(TEXT, "at once")]
    client.close()


@pytest.mark.parametrize(
    "headers",
    [
        {"Upgrade": "h2c"},
        {"Sec-WebSocket-Version": "12"},
        {"Sec-WebSocket-Key": "short"},
        {"Sec-WebSocket-Key": "not base64, no"},
        {"Connection": "close"},
    ],
)
async def test_a_handshake_that_is_none_is_answered_and_the_connection_is_aiohttps(served, headers):
    proper = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    async with served.http.get(served.url, headers=proper | headers) as answer:
        assert answer.status == 400
    assert len(served.open) == 0


async def test_the_clients_ping_is_answered(served):
    async with served.http.ws_connect(served.url, autoping=False) as ws:
        await ws.ping(b"there?")
        answer = await ws.receive(PATIENCE)
        assert (answer.type, answer.data) == (WSMsgType.PONG, b"there?")


async def test_the_clients_close_is_answered_and_told_as_the_end(served):
    ws = await served.http.ws_connect(served.url)
    await ws.close()
    assert ws.close_code == 1000
    await served.ear.until(lambda: served.ear.losses)


async def test_ours_says_its_code_and_ends_with_the_clients_answer(served):
    async with served.http.ws_connect(served.url) as ws:
        served.socket.write([wire(b"last words")])
        served.socket.shut(1012)
        assert await ws.receive_str() == "last words"
        assert (await ws.receive(PATIENCE)).type is WSMsgType.CLOSE
        assert ws.close_code == 1012
    await served.open.emptied(PATIENCE)
    assert served.ear.losses


async def test_t9_a_client_that_takes_nothing_is_aborted_after_the_linger(served):
    client = await served.raw()
    drained = asyncio.Event()
    served.socket.write([wire(b"x" * 20_000_000)])
    assert served.socket.full
    assert served.socket.buffered > 1_000_000
    served.socket.when_drained(drained.set)
    served.socket.shut(1000, 0.05)
    await asyncio.wait_for(drained.wait(), PATIENCE)
    await served.ear.until(lambda: served.ear.losses)
    client.close()


async def test_t9_no_pongs_for_a_client_that_takes_nothing(served):
    client = await served.raw()
    served.socket.write([wire(b"x" * 20_000_000)])
    held = served.socket.buffered
    client.sendall(masked(b"ping", 0x89) * 100 + masked(b"done"))
    await served.ear.until(lambda: served.ear.heard)
    assert served.socket.buffered <= held
    client.close()


async def test_o1_who_waits_for_the_transport_is_told_when_it_has_drained(served):
    async with served.http.ws_connect(served.url, max_msg_size=0) as ws:
        drained = asyncio.Event()
        served.socket.write([wire(b"x" * 20_000_000)])
        served.socket.when_drained(drained.set)
        assert not drained.is_set()
        assert len((await ws.receive(PATIENCE)).data) == 20_000_000
        await asyncio.wait_for(drained.wait(), PATIENCE)
        assert not served.socket.full


async def test_t15_a_broken_frame_ends_it_with_its_code(served):
    async with served.http.ws_connect(served.url) as ws:
        await ws.send_str("x" * 1001)
        assert (await ws.receive(PATIENCE)).type is WSMsgType.CLOSE
        assert ws.close_code == 1009
    await served.ear.until(lambda: served.ear.losses)
    assert served.ear.heard == []


async def test_o6_what_is_said_during_work_is_heard_after_it_in_order(served):
    gate = asyncio.Event()
    served.ear.work = lambda content: gate.wait() if content == "work" else None
    async with served.http.ws_connect(served.url) as ws:
        for text in ("before", "work", "after", "work", "last"):
            await ws.send_str(text)
        await served.ear.until(lambda: len(served.ear.heard) == 2)
        assert served.socket.is_busy
        await ws.ping()
        gate.set()
        await served.ear.until(lambda: len(served.ear.heard) == 5)
        assert [content for _, content in served.ear.heard] == ["before", "work", "after", "work", "last"]
        assert not served.socket.is_busy


async def test_o6_who_says_too_much_during_work_is_not_read(served):
    gate = asyncio.Event()
    served.ear.work = lambda content: gate.wait() if content == "work" else None
    async with served.http.ws_connect(served.url) as ws:
        await ws.send_str("work")
        for number in range(300):
            await ws.send_str(f"{number:1000}")
        async with asyncio.timeout(PATIENCE):
            while served.socket._transport.is_reading():  # noqa: ASYNC110
                await asyncio.sleep(0.001)
        assert served.socket._held < 400_000
        gate.set()
        await served.ear.until(lambda: len(served.ear.heard) == 301)
        assert [int(content) for _, content in served.ear.heard[1:]] == list(range(300))


async def test_what_was_said_before_the_client_left_is_heard_before_the_end_is_told(served):
    gate = asyncio.Event()
    served.ear.work = lambda content: gate.wait() if content == "work" else None
    client = await served.raw(masked(b"work") + masked(b"after"))
    await served.ear.until(lambda: served.ear.heard)
    client.close()
    await served.open.emptied(PATIENCE)
    assert served.ear.losses == 0
    gate.set()
    await served.ear.until(lambda: served.ear.losses)
    assert [content for _, content in served.ear.heard] == ["work", "after"]


async def test_t19_a_door_is_empty_when_it_has_waited_long_enough(served):
    client = await served.raw()
    assert len(served.open) == 1
    await served.open.emptied(0.01)
    await served.ear.until(lambda: served.ear.losses)
    assert len(served.open) == 0
    client.close()
