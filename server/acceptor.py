"""What stands at the port: each connection is counted before anything of it is read, and given only so much time.

Between the listening socket and aiohttp, which by itself waits for a request for an hour, for half a request as long, and
for ever for a client that does not take its answer. What becomes a WebSocket leaves here (`takeover.py`). A trusted
proxy is no client: its connections are neither counted by address nor hurried before they have said something.
"""

import asyncio
import logging
from typing import Any

from aiohttp import web

from events.errors import CallboardError, RateLimited, Unavailable
from server.address import TrustedProxies, network_of
from server.arrivals import Arrivals, Leave, nobody
from server.refusals import Refusals
from server.replies import NOT_NOW, problem
from server.settings import Settings
from server.socketlog import ServerLog

KEEP_ALIVE_S = 30  # without a request, that long a connection may stay; of a proxy's, the proxy decides
LINGER_S = 2.0  # that long what is left of a refused body is read, so that the client can read the answer
LOOK_S = 30.0  # who has taken nothing of his answer between two looks is gone

LATE = b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Acceptor:
    """Makes the protocol of each connection of an aiohttp server, and refuses those that are too many."""

    def __init__(self, settings: Settings, proxies: TrustedProxies, refusals: Refusals) -> None:
        self.within, self.refusals = settings.connect_seconds, refusals
        self.is_proxy = proxies.trusts
        self.open = 0
        self.log = ServerLog(logging.getLogger("callboard.requests"))
        self._most = settings.max_connections
        self._arrivals = Arrivals(settings, refusals)

    def enter(self, peer: str) -> Leave:
        """One more connection; `RateLimited` or `Unavailable` where it is one too many."""
        if self.open >= self._most:
            self.refusals.add("connection", "server_full")
            raise Unavailable(NOT_NOW)
        return nobody if self.is_proxy(peer) else self._arrivals.enter(network_of(peer))

    def protocol(self, server: web.Server) -> "Visit":
        """For one connection."""
        loop = asyncio.get_running_loop()
        return Visit(self, server, loop=loop, access_log=None, logger=self.log, lingering_time=LINGER_S)


class Visit(web.RequestHandler):
    """aiohttp's protocol of one connection, for as long as it speaks HTTP; here it learns the time."""

    __slots__ = ("_acceptor", "_has_spoken", "_is_proxy", "_leave", "_look_clock", "_unsent", "_wire")

    def __init__(self, acceptor: Acceptor, server: web.Server, **options: Any) -> None:
        super().__init__(server, **options)
        self._acceptor = acceptor
        self._has_spoken = self._is_proxy = False
        self._leave: Leave | None = None
        self._look_clock: asyncio.TimerHandle | None = None
        self._unsent = 0  # bytes that waited at the last look, where nothing could be added to them
        self._wire: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody has come: aiohttp learns of it only where he may."""
        wire: Any = transport  # that of TCP; uvloop's is no subclass of asyncio's
        self._wire = wire
        peer = _peer(wire)
        try:
            self._leave = self._acceptor.enter(peer)
        except CallboardError as refusal:
            wire.write(_answer(refusal))
            wire.close()
            return
        self._acceptor.open += 1
        self._is_proxy = self._acceptor.is_proxy(peer)
        if not self._is_proxy:
            self._keepalive_timeout = KEEP_ALIVE_S
        self._look_again(LOOK_S if self._is_proxy else self._acceptor.within)
        super().connection_made(transport)

    async def start(self) -> None:
        """Serve one request after the other. aiohttp takes `CONNECT` to nowhere for a request and then fails at its address,
        outside of all that answers: once that left a connection that nobody served any more, and a traceback."""
        try:
            await super().start()
        except AttributeError:
            self._acceptor.log.complaints.add(_peer(self._wire), "it is no HTTP")
            self.force_close()

    def data_received(self, data: bytes) -> None:
        """Bytes of the client."""
        self._has_spoken = True
        super().data_received(data)

    def resume_writing(self) -> None:
        """He has taken nearly all that waited: as much at the next look is not the same."""
        self._unsent = 0
        super().resume_writing()

    def connection_lost(self, exc: BaseException | None) -> None:
        """The client has gone, or has become a WebSocket."""
        if self._look_clock is not None:
            self._look_clock.cancel()
        if self._leave is not None:
            self._leave()
            self._leave = None
            self._acceptor.open -= 1
        super().connection_lost(exc)

    def _look_again(self, seconds: float) -> None:
        self._look_clock = asyncio.get_running_loop().call_later(seconds, self._look)

    def _look(self) -> None:
        """Has he asked for anything; and does he take what he asked for (T8, T9)?"""
        self._look_again(LOOK_S)
        is_closing = self._wire.is_closing()
        if not is_closing and self._request_count == 0 and self._is_late:
            self._end_late()
        elif is_closing or self.writing_paused:
            waited, self._unsent = self._unsent, self._wire.get_write_buffer_size()
            if 0 < waited <= self._unsent:
                self._acceptor.refusals.add("connection", "deaf")
                self._wire.abort()
        else:
            self._unsent = 0

    @property
    def _is_late(self) -> bool:
        """A proxy may open connections ahead of those who will need them."""
        return self._has_spoken or not self._is_proxy

    def _end_late(self) -> None:
        self._acceptor.refusals.add("request", "too_slow")
        if self._has_spoken:  # a browser that opens connections ahead would take it as the answer to what it asks next
            self._wire.write(LATE)
        self.force_close()


class GuardedSite(web.SockSite):
    """A listening socket of a runner whose connections come through the acceptor."""

    def __init__(self, runner: web.AppRunner, sock: Any, acceptor: Acceptor, backlog: int) -> None:
        super().__init__(runner, sock, backlog=backlog)
        self._acceptor = acceptor

    async def start(self) -> None:
        """Accept."""
        await super(web.SockSite, self).start()
        server = self._runner.server
        assert server is not None  # noqa: S101  # the runner has been set up
        self._server = await asyncio.get_running_loop().create_server(
            lambda: self._acceptor.protocol(server), sock=self._sock, backlog=self._backlog
        )


def _peer(wire: Any) -> str:
    """The address at the other end; none where it is a Unix socket."""
    return str((wire.get_extra_info("peername") or ("",))[0])


def _answer(refusal: CallboardError) -> bytes:
    """`application/problem+json` for a request that is not read."""
    response = problem(refusal)
    body = bytes(response.body)  # type: ignore[arg-type]
    wait = refusal.retry_after if isinstance(refusal, RateLimited) else 1
    head = (
        f"HTTP/1.1 {response.status} {response.reason}\r\nContent-Type: {response.content_type}\r\n"
        f"Content-Length: {len(body)}\r\nRetry-After: {wait}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body
