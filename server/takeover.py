"""A WebSocket taken over from aiohttp: its handshake is aiohttp's, what comes after is ours alone.

aiohttp keeps two tasks, the request and its parsers for as long as a handler serves a WebSocket: 20 KB for each client.
Here the transport gets another protocol, and nothing of aiohttp is left. Above stands a `Listener`: a session, or a link.
"""

import asyncio
import base64
import binascii
import hashlib
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from aiohttp import hdrs, web

from server.bucket import Bucket
from server.driver import HIGH, LOW
from server.frames import CLOSE, PING, PONG, TOO_BIG, BrokenFrame, Messages
from server.packets import control
from server.refusals import Refusals

BACKLOG = 128 * 1024  # bytes of messages that wait for the work before them; then nothing more is read
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
SWITCHING = (
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %b\r\n\r\n"
)

Work = Coroutine[Any, Any, None]


class Listener(Protocol):
    """Who reads a socket."""

    def said(self, kind: int, content: str | bytes) -> Work | None:
        """One message, or pong. What is returned is awaited before the next message is told (O6); it must not raise."""

    def lost(self) -> None:
        """Nothing more will be said: the client has closed, or is gone."""


class Taken(web.StreamResponse):
    """What aiohttp's handler gives back for a request whose connection is not aiohttp's any more."""

    def __init__(self) -> None:
        super().__init__(status=101)

    @property
    def prepared(self) -> bool:
        """Its head has been sent."""
        return True

    async def prepare(self, request: web.BaseRequest) -> None:
        """It is ours to send."""

    async def write_eof(self, data: bytes = b"") -> None:
        """There is no end of it here."""


class OpenSockets:
    """The sockets of one door, each until its connection is gone. A client that sends more than `bytes_per_second` is read
    as slowly as that, 0 being no limit; `refusals` hears of it, and of messages that are too large."""

    __slots__ = ("_emptied", "_sockets", "bytes_per_second", "refusals")

    def __init__(self, bytes_per_second: int = 0, refusals: Refusals | None = None) -> None:
        self.bytes_per_second, self.refusals = bytes_per_second, refusals or Refusals()
        self._sockets: set[Socket] = set()
        self._emptied: asyncio.Future[None] | None = None

    def __len__(self) -> int:
        return len(self._sockets)

    def add(self, socket: "Socket") -> None:
        """One more."""
        self._sockets.add(socket)

    def discard(self, socket: "Socket") -> None:
        """It is gone."""
        self._sockets.discard(socket)
        if not self._sockets and self._emptied is not None and not self._emptied.done():
            self._emptied.set_result(None)

    async def emptied(self, within: float) -> None:
        """Wait until there is none, at most so many seconds; those that are left are aborted (T19)."""
        if self._sockets:
            self._emptied = asyncio.get_running_loop().create_future()
            await asyncio.wait((self._emptied,), timeout=within)
        for socket in list(self._sockets):
            socket.abort()


class Socket(asyncio.Protocol):
    """One WebSocket: a `server.outbox.Sink` for whole frames, and the reader of what the client sends."""

    __slots__ = (
        "_among", "_backlog", "_bucket", "_drained", "_held", "_last", "_listener", "_messages", "_rest", "_transport",
        "_work", "full",
    )  # fmt: skip

    def __init__(self, transport: asyncio.Transport, most: int, among: OpenSockets, begun: bytes = b"") -> None:
        self._transport, self._messages, self._among = transport, Messages(most, begun), among
        self._listener: Listener | None = None
        self._drained: Callable[[], None] | None = None
        self._last: asyncio.TimerHandle | None = None  # the abort that ends a closing that nobody answers
        self._work: asyncio.Task[None] | None = None
        self._backlog: deque[tuple[int, str | bytes]] | None = None
        self._held = 0  # bytes in _backlog
        self._bucket = Bucket(among.bytes_per_second) if among.bytes_per_second else None
        self._rest: asyncio.TimerHandle | None = None  # while it is not read because it has sent too much
        self.full = False
        among.add(self)

    # -- writing ---------------------------------------------------------------------------------------------------

    def write(self, pieces: list[bytes]) -> None:
        """Hand whole frames to the transport, by reference; silently nothing where it is closing."""
        if self._transport.is_closing():
            return
        if len(pieces) == 1:
            self._transport.write(pieces[0])
        else:
            self._transport.writelines(pieces)

    @property
    def buffered(self) -> int:
        """Bytes that the transport holds."""
        return self._transport.get_write_buffer_size()

    def when_drained(self, callback: Callable[[], None]) -> None:
        """Call back once the transport takes more, or is gone."""
        self._drained = callback

    def pause_writing(self) -> None:
        """The transport holds more than HIGH bytes."""
        self.full = True

    def resume_writing(self) -> None:
        """It holds at most LOW again."""
        self.full = False
        self._tell_drained()

    def _tell_drained(self) -> None:
        drained, self._drained = self._drained, None
        if drained is not None:
            drained()

    # -- reading ---------------------------------------------------------------------------------------------------

    def listen(self, listener: Listener) -> None:
        """From now on this one is told."""
        self._listener = listener

    def start(self, listener: Listener) -> None:
        """As listen, for the first; what came together with the handshake is told at once."""
        self._listener = listener
        self.data_received(b"")

    @property
    def is_busy(self) -> bool:
        """True while what the client says waits for work of ours, rather than we for him."""
        return self._work is not None or self._rest is not None

    def data_received(self, data: bytes) -> None:
        """Bytes of the client."""
        if self._bucket is not None:
            self._slow_down(self._bucket, len(data))
        try:
            for kind, content in self._messages.cut(data):
                if self._work is None:
                    self._take(kind, content)
                else:
                    self._hold(kind, content)
        except BrokenFrame as broken:
            if broken.code == TOO_BIG and self._last is None:  # what still comes of it is read and thrown away
                self._among.refusals.add("message", "too_large")
            self.shut(broken.code)
            self._tell_lost()

    def _slow_down(self, bucket: Bucket, size: int) -> None:
        """Who sends faster than he may is not read until he may have sent as much: TCP tells him, and nothing is lost."""
        loop = asyncio.get_running_loop()
        wait = bucket.spend(loop.time(), size)
        if wait and self._rest is None:
            self._among.refusals.add("message", "too_much")
            self._rest = loop.call_later(wait, self._rested)
            if self._transport.is_reading():
                self._transport.pause_reading()

    def _rested(self) -> None:
        self._rest = None
        if self._held <= BACKLOG:
            self._go_on_reading()

    def begin(self, work: Work | None) -> None:
        """Do this before the next message is told."""
        if work is not None:
            self._work = asyncio.get_running_loop().create_task(self._run(work))

    def _take(self, kind: int, content: str | bytes) -> None:
        work = self._heard(kind, content)
        if work is not None:
            self.begin(work)

    def _heard(self, kind: int, content: str | bytes) -> Work | None:
        if kind == CLOSE:
            self._answer_close()
        elif kind == PING:
            if not self.full:  # a client that reads no answers is given none (T9)
                self.write([control(PONG, bytes(content))])  # type: ignore[arg-type]
        elif self._listener is not None and self._last is None:
            return self._listener.said(kind, content)
        return None

    async def _run(self, work: Work | None) -> None:
        """Work, and what was said meanwhile, one after the other."""
        try:
            while work is not None:
                await work
                work = self._next()
        finally:
            self._work = self._backlog = None
        if self._transport.is_closing():
            self._tell_lost()
        else:
            self._go_on_reading()

    def _next(self) -> Work | None:
        """Tell what waits, up to the next message that makes work."""
        work = None
        while work is None and self._backlog:
            kind, content = self._backlog.popleft()
            self._held -= len(content)
            work = self._heard(kind, content)
        return work

    def _hold(self, kind: int, content: str | bytes) -> None:
        if self._backlog is None:
            self._backlog = deque()
        self._backlog.append((kind, content))
        self._held += len(content)
        if self._held > BACKLOG and self._transport.is_reading():
            self._transport.pause_reading()

    # -- the end ---------------------------------------------------------------------------------------------------

    def shut(self, code: int = 1000, linger: float = 2.0) -> None:
        """Say `code`, give the client `linger` seconds to answer and to take what waits, then abort."""
        if self._last is None and not self._transport.is_closing():
            self.write([control(CLOSE, code.to_bytes(2, "big"))])
            self._last = asyncio.get_running_loop().call_later(linger, self._transport.abort)
            self._go_on_reading()  # the client's own close is still to come

    def abort(self) -> None:
        """Close the connection now; what is unsent is lost and freed (T9)."""
        self._transport.abort()

    def _go_on_reading(self) -> None:
        if self._rest is None and not self._transport.is_reading() and not self._transport.is_closing():
            self._transport.resume_reading()

    def _answer_close(self) -> None:
        """The client's close: an answer to ours, or the first word of the end."""
        self.shut()
        self._tell_lost()
        self._transport.close()

    def _tell_lost(self) -> None:
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.lost()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # the shape of every protocol
        """The connection is gone; what was said before that is still heard."""
        self._among.discard(self)
        for clock in (self._last, self._rest):
            if clock is not None:
                clock.cancel()
        self._tell_drained()
        if self._work is None:
            self._tell_lost()


def take_over(request: web.Request, most: int, among: OpenSockets) -> Socket:
    """Accept the upgrade and leave aiohttp nothing of the connection; raises HTTPBadRequest, or ConnectionResetError.

    Messages of more than `most` bytes end it with 1009. The handler's answer is then `Taken()`.
    """
    accepted = SWITCHING % _accepted(request)
    transport, handler = request.transport, request.protocol
    if transport is None or transport.is_closing():
        raise ConnectionResetError("gone before it was accepted")
    socket = Socket(transport, most, among, handler._message_tail)
    transport.set_protocol(socket)
    transport.set_write_buffer_limits(HIGH, LOW)
    handler.transport = None  # else it would close it, now and when the request is over
    handler.connection_lost(None)
    transport.write(accepted)
    if not transport.is_reading():
        transport.resume_reading()
    return socket


def _accepted(request: web.Request) -> bytes:
    """What proves to the client that his handshake was read."""
    headers = request.headers
    if (
        headers.get(hdrs.UPGRADE, "").lower() != "websocket"
        or "upgrade" not in headers.get(hdrs.CONNECTION, "").lower()
    ):
        raise web.HTTPBadRequest(text="Not a WebSocket request")
    if headers.get(hdrs.SEC_WEBSOCKET_VERSION) != "13":
        raise web.HTTPBadRequest(text="WebSocket version 13 only", headers={hdrs.SEC_WEBSOCKET_VERSION: "13"})
    key = headers.get(hdrs.SEC_WEBSOCKET_KEY, "").encode(errors="replace")
    if not _is_key(key):
        raise web.HTTPBadRequest(text="Not a WebSocket key")
    return base64.b64encode(hashlib.sha1(key + GUID, usedforsecurity=False).digest())


def _is_key(key: bytes) -> bool:
    try:
        return len(base64.b64decode(key, validate=True)) == 16
    except binascii.Error:
        return False
