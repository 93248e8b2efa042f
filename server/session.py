"""One Engine.IO session, by polling and WebSocket, whose every end is quick, final and told once.

It stands between the engine, which brings it requests, and the guard, to which it hands the Socket.IO packets: one
after the other and without a task for each (T22). It owns two clocks: for the first packet (T8) and for pings.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Protocol

import orjson
from aiohttp import web
from engineio.packet import Packet

from server.arrivals import nobody
from server.frames import PONG
from server.outbox import DEAF_S, Outbox
from server.packets import CLOSE, NOOP, OPEN, PING, BadPacket
from server.probing import Probe
from server.refusals import Refusals
from server.takeover import OpenSockets, Socket, Taken, Work, take_over

POST_PACKETS = 1024  # in one request; the JavaScript client sends all it has at once (T17)

CLIENT_DISCONNECT = "client disconnect"
SERVER_DISCONNECT = "server disconnect"
PING_TIMEOUT = "ping timeout"
TRANSPORT_CLOSE = "transport close"
BAD_PACKET = "bad packet"
SILENT = "connect timeout"
OVERFLOW = "outbox overflow"
DRAINING = "server draining"


class Reader(Protocol):
    """Who reads what the sessions receive: the guard."""

    def message(self, session: "Session", text: str) -> Work | None:
        """One Socket.IO packet "4…"; raises BadPacket where the session must end. Work is awaited before the next."""

    def gone(self, session: "Session", reason: str) -> None:
        """The session has ended; called once, in a turn of the loop of its own."""


class Engine(Protocol):
    """What a session needs of the engine that holds it; times are seconds."""

    ping_interval: int
    ping_timeout: int
    max_http_buffer_size: int
    connect_timeout: float
    linger: float
    logger: logging.Logger
    reader: Reader
    sockets: dict[str, "Session"]
    open: OpenSockets
    refusals: Refusals

    def create_queue(self) -> Outbox: ...  # noqa: D102  # as its name says
    def generate_id(self) -> str: ...  # noqa: D102  # as its name says
    def complain(self, session: "Session", reason: str) -> None: ...  # noqa: D102  # as its name says


class Session:
    """One Engine.IO session: by polling, by WebSocket, or first one and then the other."""

    __slots__ = (
        "_clock", "_first", "_loop", "_pinged", "_polling", "_posting", "_told", "_ws", "closed", "closing", "connected",
        "deadline", "link", "on_heard", "peer", "queue", "request", "server", "session", "sid", "upgraded", "upgrading",
    )  # fmt: skip

    def __init__(self, server: Engine, request: web.Request, upgrades: list[str]) -> None:
        self.server, self.sid, self.queue = server, server.generate_id(), server.create_queue()
        self.session: dict[str, Any] = {}  # python-socketio's get_session looks for it here
        self.request: web.Request | None = request
        self.peer = request.remote or ""  # at the other end of the real transport; a Unix socket has none (T28)
        self.link: Any = None  # the guard's object
        self.on_heard: Callable[[], None] = nobody  # called once, when the client has spoken, or will not any more
        self.queue.on_overflow = self._overflow
        self._loop = asyncio.get_running_loop()
        self._ws: Socket | None = None
        self._told: tuple[str, bytes] | None = None  # the last poll's own mark, and what it was answered
        self.connected = self.upgrading = self.upgraded = self.closing = self.closed = False
        self._polling = self._posting = self._pinged = False
        self.deadline = self._loop.time() + server.connect_timeout
        self._first: asyncio.TimerHandle | None = self._loop.call_at(self.deadline, self._silent)
        self._clock = self._loop.call_later(server.ping_interval, self._ping)
        self.queue.append(OPEN + self._welcome(upgrades))

    def _welcome(self, upgrades: list[str]) -> bytes:
        return orjson.dumps(
            {
                "sid": self.sid,
                "upgrades": upgrades,
                "pingInterval": self.server.ping_interval * 1000,
                "pingTimeout": self.server.ping_timeout * 1000,
                "maxPayload": self.server.max_http_buffer_size,
            }
        )

    def listened(self) -> None:
        """The client has spoken: from here on the guard looks after the deadline (T8)."""
        if self._first is not None:
            self._first.cancel()
            self._first = None
            heard, self.on_heard = self.on_heard, nobody
            heard()

    def _silent(self) -> None:
        self.server.refusals.add("connection", "silent")
        self.shut(1008, SILENT)

    def _overflow(self) -> None:
        self.abort(OVERFLOW)

    # Reading

    def receive(self, text: str | bytes) -> Work | None:
        """One Engine.IO packet; what is returned is to be awaited before the next. A bad one ends the session (T15)."""
        try:
            if isinstance(text, bytes):
                raise BadPacket("a binary frame")  # noqa: TRY301 - T11: one place ends all bad packets
            if text[:1] == "4":
                work = self.server.reader.message(self, text)
                return None if work is None else self._safely(work)
            self._control(text)
        except Exception as error:  # noqa: BLE001 - whatever it was, the session ends in good order
            self._failed(error)
        return None

    async def _safely(self, work: Work) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001 - as above
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, BadPacket):
            self.server.complain(self, str(error))
            self.shut(1002, BAD_PACKET)
        else:
            self.server.logger.error("reading a packet failed", exc_info=error)
            self.shut(1011, SERVER_DISCONNECT)

    def _control(self, text: str) -> None:
        if text == "3":
            self._pong()
        elif text == "1":
            self.shut(1000, CLIENT_DISCONNECT)
        else:
            raise BadPacket("not an Engine.IO packet of a client")

    async def send(self, pkt: Packet) -> None:
        """python-engineio's way of sending."""
        self.queue.put_nowait(pkt)

    # Clocks

    def _ping(self) -> None:
        self._pinged = True
        self.queue.append(PING)
        self.queue.look()
        self._clock = self._loop.call_later(self.server.ping_timeout, self._unanswered)

    def _pong(self) -> None:
        if self._pinged:  # an unasked PONG winds no clock (T10)
            self._pinged = False
            self._clock.cancel()
            self._clock = self._loop.call_later(self.server.ping_interval, self._ping)

    def _unanswered(self) -> None:
        if self._excused:
            self._clock = self._loop.call_later(self.server.ping_timeout, self._unanswered)
        else:
            self.abort(PING_TIMEOUT)

    @property
    def _excused(self) -> bool:
        """True where the PONG may be late through us: unread behind commands, or its PING still under way."""
        stalled = self.queue.look()
        flows = stalled is None or self._loop.time() - stalled < DEAF_S
        return self._posting or (self._ws is not None and self._ws.is_busy) or (self.queue.unsent > 0 and flows)

    # The end

    def shut(self, code: int = 1000, reason: str = SERVER_DISCONNECT, linger: float | None = None) -> None:
        """Send what waits, then end: a WebSocket by a close frame with `code`, polling by a CLOSE packet."""
        if not self._end(reason):
            return
        if self._ws is not None:
            self.queue.finish()
            self._ws.shut(code, self.server.linger if linger is None else linger)
            self._forget()
        else:
            self.queue.append(CLOSE)
            self.queue.seal()
            self._clock = self._loop.call_later(self.server.linger if linger is None else linger, self._forget)

    def abort(self, reason: str) -> None:
        """End now: the transport is gone and what waits is freed (T9)."""
        self._end(reason)
        if self._ws is not None:
            self._ws.abort()
        self._forget()

    async def close(self, wait: bool = True, abort: bool = False, reason: str | None = None) -> None:  # noqa: ARG002, FBT  # the shape of python-engineio
        """python-engineio's way of ending."""
        self.shut(1000, reason or SERVER_DISCONNECT)

    def _end(self, reason: str) -> bool:
        if self.closing:
            return False
        self.closing = True
        self.listened()
        self._clock.cancel()
        self._loop.call_soon(self.server.reader.gone, self, reason)
        return True

    def _forget(self) -> None:
        self.closed = True
        self._clock.cancel()
        self.queue.drop()
        self.server.sockets.pop(self.sid, None)

    # WebSocket

    def upgrade(self, request: web.Request) -> web.StreamResponse:
        """Take over another connection of a polling session, and see whether the client means it."""
        if self.upgrading or self.upgraded or self.closing:
            return web.Response(status=400, text="No upgrade now")
        ws = take_over(request, self.server.max_http_buffer_size, self.server.open)
        Probe(self, ws, self.server.connect_timeout)
        return Taken()

    def start(self, ws: Socket) -> None:
        """The WebSocket is the only way from now on."""
        self.connected = self.upgraded = True
        self._ws, self._told = ws, None
        self.queue.open(ws)
        ws.start(self)

    def said(self, kind: int, content: str | bytes) -> Work | None:
        """One message of the WebSocket."""
        return None if kind == PONG or self.closing else self.receive(content)

    def lost(self) -> None:
        """The client has left."""
        self._end(TRANSPORT_CLOSE)
        self._forget()

    # Polling

    async def poll(self, request: web.Request) -> web.Response:
        """Answer a GET: what waits, at most 16 packets of it (T17), as soon as there is something. The same GET again is
        answered the same: browsers and aiohttp repeat one by themselves where its connection ended under it, with the
        mark `t` that makes each poll another, and what the first answer held was lost to them."""
        mark = request.query.get("t")
        if self._told is not None and mark == self._told[0] and not self._polling:
            return _polled(self._told[1])
        if self._polling or self.upgraded:
            self.shut(1002, BAD_PACKET)
            return web.Response(status=400, text="One poll at a time")
        self._polling, self._told = True, None  # who asks for the next has the last
        try:
            if not self.upgrading:
                await self.queue.filled()
        except asyncio.CancelledError:
            self.lost()
            raise
        finally:
            self._polling = False
        if request.transport is None:
            self.lost()  # nobody is there to take what he asked for
        packets = [] if self.upgraded else self.queue.take()
        if self.closing and not self.queue:
            self._forget()
        body = b"\x1e".join(packets or [CLOSE if self.closing else NOOP])
        if mark is not None and not self.upgraded:
            self._told = (mark, body)
        return _polled(body)

    async def post(self, request: web.Request) -> web.Response:
        """Take a POST: its packets are read in order, and the answer comes when they are."""
        if self._posting or self.upgraded or self.closing:
            self.shut(1002, BAD_PACKET)
            return web.Response(status=400, text="Not now")
        self._posting = True
        try:
            for text in await self._packets(request):
                work = None if self.closing else self.receive(text)
                if work is not None:
                    await work
        except web.HTTPException as refused:
            if refused.status == 413:
                self.server.refusals.add("message", "too_large")
            self.server.complain(self, refused.reason)
            self.shut(1009, BAD_PACKET)
            return web.Response(status=refused.status, text=refused.reason)
        finally:
            self._posting = False
        return web.Response(text="ok")

    async def _packets(self, request: web.Request) -> list[str]:
        """The packets of a POST, whether it names its length or not (T18); raises HTTPException."""
        body = bytearray()
        try:
            async with asyncio.timeout(self.server.connect_timeout):
                async for chunk in request.content.iter_any():
                    body += chunk
                    if len(body) > self.server.max_http_buffer_size:
                        raise web.HTTPRequestEntityTooLarge(self.server.max_http_buffer_size, len(body))
            packets = body.decode().split("\x1e")
        except (UnicodeDecodeError, TimeoutError, web.RequestPayloadError, ConnectionError):
            raise web.HTTPBadRequest from None
        if len(packets) > POST_PACKETS:
            raise web.HTTPRequestEntityTooLarge(POST_PACKETS, len(packets))
        return packets


def _polled(body: bytes) -> web.Response:
    return web.Response(body=body, content_type="text/plain", charset="utf-8")
