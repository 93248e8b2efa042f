"""One connection of the plain WebSocket door: what is sent to it, how it keeps up, and its end, which always comes.

It stands between the door and the socket. Everything that leaves goes through one outbox, pings too, so that
order, joined writes and the measure of what is unsent are those of Socket.IO (O1, O2). It owns two clocks: for the
first message and for pings.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import orjson
from aiohttp import hdrs, web

from server.arrivals import nobody
from server.frames import PING
from server.outbox import DEAF_S, Outbox, Outgoing
from server.packets import control, wire
from server.takeover import Socket
from stores.record import encode

PING_S, PONG_S = 20, 10  # who does not answer is gone within 35 s
SESSION_ENDED = 4401  # the close code of 401: coming back with the same token is no use


def told(event: str, data: bytes, meta: bytes | None = None) -> bytes:
    """`{"type", "data", "meta"?}` as one text message, its WebSocket frame made once for all who get it (O1)."""
    rest = b"}" if meta is None else b',"meta":%b}' % meta
    return wire(b'{"type":%b,"data":%b%b' % (orjson.dumps(event), data, rest))


class PlainLink(Outgoing):
    """A `server.connection.Link`. `gone(link, reason)` is told once, in a turn of the loop of its own."""

    def __init__(
        self, request: web.Request, socket: Socket, within: float, silent: Callable[[], None],
        gone: Callable[["PlainLink", str], None],
    ) -> None:  # fmt: skip
        self.request, self._socket, self._gone = request, socket, gone
        self.context: Any = None
        self.on_heard: Callable[[], None] = nobody  # called once, when he has said who he is, or will not any more
        self.is_open = self.is_over = False
        self.is_entering = self.has_spoken = False
        self._loop = asyncio.get_running_loop()
        self.outbox = Outbox()
        self.outbox.on_overflow = self._overflow
        self.outbox.open(socket)
        self.send_frame: Callable[[bytes], None] = self.outbox.add
        self.deadline = self._loop.time() + within
        self._first = self._loop.call_at(self.deadline, silent)
        self._pinged = False
        self._clock = self._loop.call_later(PING_S, self._ping)

    @property
    def cookies(self) -> Mapping[str, str]:
        """The cookies of the handshake."""
        return self.request.cookies

    @property
    def origin(self) -> str | None:
        """The Origin header of the handshake."""
        return self.request.headers.get(hdrs.ORIGIN)

    # -- sending ---------------------------------------------------------------------------------------------------

    def emit(self, event: str, *json_args: bytes) -> None:
        """Tell this client alone; the argument is encoded JSON."""
        self.outbox.add(told(event, json_args[0]))

    def ack(self, ack_id: Any, payload: bytes) -> None:
        """`{"type": "ack", "ref", …}`: `payload` is the JSON object that holds the rest."""
        self.outbox.append(b'{"type":"ack","ref":%b,%b' % (encode(ack_id), payload[1:]))

    def fail(self, failure: Mapping[str, Any]) -> None:
        """`{"type": "error", "error"}`: before a client is let in, or where no ack can be found for his message."""
        self.outbox.append(encode({"type": "error", "error": failure}))

    # -- clocks ----------------------------------------------------------------------------------------------------

    def listened(self) -> None:
        """It has said who it is: from here on the door looks after the deadline (T8)."""
        self._first.cancel()
        heard, self.on_heard = self.on_heard, nobody
        heard()

    def ponged(self) -> None:
        """The client lives; an unasked pong winds no clock (T10)."""
        if self._pinged and not self.is_over:
            self._pinged = False
            self._wind(PING_S, self._ping)

    def _ping(self) -> None:
        self._pinged = True
        self.outbox.add(control(PING))
        self.outbox.look()
        self._wind(PONG_S, self._unanswered)

    def _unanswered(self) -> None:
        if self._is_excused:
            self._wind(PONG_S, self._unanswered)
        else:
            self.abort("ping timeout")

    @property
    def _is_excused(self) -> bool:
        """True where the pong may be late through us: unread behind commands, or our ping still under way."""
        stalled = self.outbox.look()
        flows = stalled is None or self._loop.time() - stalled < DEAF_S
        return self._socket.is_busy or (self.outbox.unsent > 0 and flows)

    def _wind(self, seconds: float, then: Callable[[], None]) -> None:
        self._clock.cancel()
        self._clock = self._loop.call_later(seconds, then)

    # -- the end ---------------------------------------------------------------------------------------------------

    def close(self, code: int = SESSION_ENDED, reason: str = "server disconnect", linger: float = 2.0) -> None:
        """Send what waits, then a close frame with `code`."""
        if self._end(reason):
            self.outbox.finish()
            self._socket.shut(code, linger)

    def abort(self, reason: str) -> None:
        """End it now; what waits is freed (T9)."""
        self._end(reason)
        self.outbox.drop()
        self._socket.abort()

    def _overflow(self) -> None:
        self.abort("outbox overflow")

    def lost(self) -> None:
        """The socket reads nothing more."""
        self._end("transport close")
        self.outbox.drop()

    def _end(self, reason: str) -> bool:
        if self.is_over:
            return False
        self.is_over, self.is_open = True, False
        self.listened()
        self._clock.cancel()
        self._loop.call_soon(self._gone, self, reason)
        return True
