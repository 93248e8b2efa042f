"""What stands at the port, in front of a real aiohttp server: who comes too late, too often, or takes nothing, is gone."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

from aiohttp import web

from server import acceptor
from server.acceptor import Acceptor, GuardedSite
from server.address import TrustedProxies
from server.arrivals import SHARE
from server.refusals import Refusals
from server.takeover import OpenSockets, Taken, take_over

PATIENCE = 5
PIECE = 40_000  # less than pauses a transport
ASK = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
UPGRADE = (
    b"GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
DEFAULTS = {
    "connect_seconds": 0.2, "max_connections": 100, "connections_per_address": 0, "new_connections_per_second": 0,
}  # fmt: skip


class Visitor:
    """A TCP connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    def says(self, text: bytes) -> None:
        self.writer.write(text)

    async def hears(self) -> bytes:
        """The head of an answer, and its body."""
        head = await asyncio.wait_for(self.reader.readuntil(b"\r\n\r\n"), PATIENCE)
        size = next((int(line[16:]) for line in head.split(b"\r\n") if line.startswith(b"Content-Length: ")), 0)
        return head + await self.reader.readexactly(size)

    async def is_left(self) -> bytes:
        """All that is said until the server ends the connection."""
        return await asyncio.wait_for(self.reader.read(), PATIENCE)


class Place:
    """A server behind an acceptor."""

    def __init__(self, settings: dict[str, Any], proxies: str) -> None:
        self.refusals, self.open = Refusals(), OpenSockets()
        asked: Any = SimpleNamespace(**{**DEFAULTS, **settings})
        self.acceptor = Acceptor(asked, TrustedProxies.parse(proxies), self.refusals)
        self.large, self.pieces = b"x" * 300_000, 50
        self.port = 0
        self.visitors: list[Visitor] = []

    async def serves(self, runner: web.AppRunner) -> None:
        listening = socket.create_server(("127.0.0.1", 0))
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)  # what the kernel holds is little, and known
        self.port = listening.getsockname()[1]
        await runner.setup()
        await GuardedSite(runner, listening, self.acceptor, 128).start()

    async def comes(self) -> Visitor:
        endpoint = socket.socket()
        endpoint.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        endpoint.setblocking(False)
        await asyncio.get_running_loop().sock_connect(endpoint, ("127.0.0.1", self.port))
        visitor = Visitor(*await asyncio.open_connection(sock=endpoint, limit=1024))
        self.visitors.append(visitor)
        return visitor

    async def answer(self, request: web.Request) -> web.StreamResponse:
        if request.path == "/ws":
            take_over(request, 1000, self.open)
            return Taken()
        if request.path == "/stream":
            return await self.stream(request)
        return web.Response(body=self.large if request.path == "/large" else b"welcome")

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Writes as soon as anything may be written."""
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(self.pieces):
            await response.write(b"x" * PIECE)
        return response

    async def until(self, condition: Any) -> None:
        """Wait for what no event tells: the state of a transport."""
        async with asyncio.timeout(PATIENCE):
            while not condition():  # noqa: ASYNC110
                await asyncio.sleep(0.005)


@asynccontextmanager
async def serving(proxies: str = "", **settings: Any) -> AsyncIterator[Place]:
    place = Place(settings, proxies)
    application = web.Application()
    application.router.add_get("/{rest:.*}", place.answer)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
    await place.serves(runner)
    try:
        yield place
        for visitor in place.visitors:
            visitor.writer.transport.abort()
        await place.until(lambda: place.acceptor.open == 0)
        assert len(place.acceptor._arrivals) == 0
    finally:
        await runner.cleanup()


async def test_who_asks_in_time_is_answered_and_may_stay_longer():
    async with serving() as place:
        visitor = await place.comes()
        for _ in range(2):
            visitor.says(ASK)
            assert (await visitor.hears()).endswith(b"welcome")
            await asyncio.sleep(1.5 * DEFAULTS["connect_seconds"])
        assert place.refusals.counts == {}


async def test_t8_who_says_nothing_is_left_without_a_word():
    async with serving() as place:
        assert await (await place.comes()).is_left() == b""
        assert place.refusals.counts == {("request", "too_slow"): 1}


async def test_t8_half_a_request_however_it_trickles_in_is_too_late():
    async with serving() as place:
        visitor, others = await place.comes(), await place.comes()
        ended = asyncio.create_task(visitor.is_left())
        visitor.says(b"GET / HTTP/1.1\r\n")
        while not ended.done():
            visitor.says(b"A: b\r\n")
            await asyncio.wait((ended,), timeout=0.02)
        # What he still says when he is left may cost him the answer: TCP resets.
        assert isinstance(ended.exception(), ConnectionError) or ended.result().startswith(b"HTTP/1.1 408 ")
        assert place.refusals.counts["request", "too_slow"] >= 1
        others.says(ASK)


async def test_t8_a_proxy_may_open_connections_ahead_but_not_dawdle_over_a_request(monkeypatch):
    monkeypatch.setattr(acceptor, "LOOK_S", 0.05)
    async with serving(proxies="127.0.0.1") as place:
        silent, slow = await place.comes(), await place.comes()
        slow.says(ASK[:10])
        assert (await slow.is_left()).startswith(b"HTTP/1.1 408 ")
        silent.says(ASK)
        assert (await silent.hears()).endswith(b"welcome")


async def test_t8_who_has_been_answered_does_not_stay_for_ever(monkeypatch):
    monkeypatch.setattr(acceptor, "KEEP_ALIVE_S", 0.1)
    async with serving() as place:
        visitor = await place.comes()
        visitor.says(ASK)
        await visitor.hears()
        assert await visitor.is_left() == b""


async def test_t9_who_does_not_take_his_answer_is_cut_and_who_takes_it_slowly_is_not(monkeypatch):
    monkeypatch.setattr(acceptor, "LOOK_S", 0.5)
    async with serving() as place:
        deaf, slow = await place.comes(), await place.comes()
        for visitor in (deaf, slow):
            visitor.says(ASK.replace(b"/ ", b"/large "))
        await slow.reader.readuntil(b"\r\n\r\n")
        taken = b""
        while len(taken) < len(place.large):
            piece = await asyncio.wait_for(slow.reader.read(2**14), PATIENCE)
            assert piece, "cut"
            taken += piece
            await asyncio.sleep(0.02)
        await place.until(lambda: place.acceptor.open == 1)
        assert place.refusals.counts == {("connection", "deaf"): 1}


async def test_t9_who_takes_a_stream_slowly_is_not_cut_though_as_much_waits_at_each_look(monkeypatch):
    """What he had taken was written anew in between: once that was taken for the same bytes."""
    monkeypatch.setattr(acceptor, "LOOK_S", 0.2)
    async with serving() as place:
        visitor, deaf = await place.comes(), await place.comes()
        for each in (visitor, deaf):
            each.says(ASK.replace(b"/ ", b"/stream "))
        await visitor.reader.readuntil(b"\r\n\r\n")
        taken = 0
        while taken < PIECE * place.pieces:
            piece = await asyncio.wait_for(visitor.reader.read(2**14), PATIENCE)
            assert piece, "cut"
            taken += len(piece)
            await asyncio.sleep(0.005)
        await place.until(lambda: place.acceptor.open == 1)
        assert place.refusals.counts == {("connection", "deaf"): 1}


async def test_t9_who_is_being_left_and_does_not_take_the_rest_is_cut_too(monkeypatch):
    """A transport that is closed sends what it holds first: once for ever."""
    monkeypatch.setattr(acceptor, "LOOK_S", 0.1)
    async with serving() as place:
        place.large = b"x" * 40_000  # less than would pause the transport
        visitor = await place.comes()
        visitor.says(ASK.replace(b"/ ", b"/large ").replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        await place.until(lambda: place.acceptor.open == 0)
        assert place.refusals.counts == {("connection", "deaf"): 1}


async def test_who_is_answered_before_his_body_has_come_is_not_waited_for_long(monkeypatch):
    monkeypatch.setattr(acceptor, "LINGER_S", 0.1)
    async with serving() as place:
        visitor = await place.comes()
        visitor.says(b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{")
        assert (await visitor.is_left()).endswith(b"welcome")


async def test_too_many_of_one_address_are_told_so_and_those_who_go_make_room():
    async with serving(connections_per_address=1) as place:
        first = [await place.comes() for _ in range(SHARE)]
        await place.until(lambda: place.acceptor.open == SHARE)
        refused = await (await place.comes()).is_left()
        assert refused.startswith(b"HTTP/1.1 429 Too Many Requests\r\n")
        assert b'"code":"rate_limited"' in refused
        assert b"\r\nRetry-After: 1\r\n" in refused
        first[0].says(ASK)
        assert (await first[0].hears()).endswith(b"welcome")
        first[1].writer.close()
        await place.until(lambda: place.acceptor.open == SHARE - 1)
        again = await place.comes()
        again.says(ASK)
        assert (await again.hears()).endswith(b"welcome")
        assert place.refusals.counts == {("connection", "address_full"): 1}


async def test_a_server_that_is_full_says_so():
    async with serving(max_connections=1) as place:
        await place.comes()
        await place.until(lambda: place.acceptor.open == 1)
        refused = await (await place.comes()).is_left()
        assert refused.startswith(b"HTTP/1.1 503 ")
        assert b'"code":"unavailable"' in refused


async def test_a_proxy_is_not_counted_as_an_address():
    async with serving(proxies="1", connections_per_address=1, new_connections_per_second=1) as place:
        visitors = [await place.comes() for _ in range(3 * SHARE)]
        for visitor in visitors:
            visitor.says(ASK)
            assert (await visitor.hears()).endswith(b"welcome")


async def test_what_has_become_a_websocket_is_not_hurried_and_not_counted_here(monkeypatch):
    monkeypatch.setattr(acceptor, "LOOK_S", 0.05)
    async with serving(connections_per_address=1) as place:
        visitor = await place.comes()
        visitor.says(UPGRADE)
        assert (await visitor.hears()).startswith(b"HTTP/1.1 101 ")
        assert place.acceptor.open == 0
        await asyncio.sleep(2 * DEFAULTS["connect_seconds"])
        assert len(place.open) == 1


async def test_a_head_that_is_too_large_is_refused_at_once():
    async with serving() as place:
        visitor = await place.comes()
        visitor.says(b"GET / HTTP/1.1\r\nHost: localhost\r\nA: " + b"x" * 100_000)
        assert (await visitor.is_left()).startswith(b"HTTP/1.0 400 ")
