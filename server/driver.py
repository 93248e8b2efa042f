"""The WebSocket under a plain python-engineio session: aiohttp's, without compression, written to by the Outbox alone.

python-engineio finds its driver in a table (`eio._async`); `driven` gives a copy of that table with ours in it. Only
`server.fanout.FanoutManager` as a guest in a plain server needs it: the sessions of our own engine take over the whole
connection (`server/takeover.py`). `Pipe` is the only place that touches the flow control of aiohttp.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from aiohttp import WSMsgType, web

# Above HIGH bytes in its buffer the transport asks us to wait, at LOW it takes more.
HIGH, LOW = 64 * 1024 - 1, 32 * 1024
LINGER = 2.0  # seconds a client may take for its close frame


class Pipe:
    """What is written to one connection: whole frames in, and how many bytes of them nobody has accepted yet."""

    __slots__ = ("_protocol", "_transport")

    def __init__(self, request: web.Request) -> None:
        if request.transport is None:
            raise ConnectionResetError("gone before it was accepted")
        self._transport = request.transport
        self._protocol = request.protocol
        self._transport.set_write_buffer_limits(HIGH, LOW)

    def write(self, pieces: list[bytes]) -> None:
        """Hand whole frames to the transport, by reference; silently nothing where it is closing."""
        if self._transport.is_closing():
            return
        if len(pieces) == 1:
            self._transport.write(pieces[0])
        else:
            self._transport.writelines(pieces)

    @property
    def full(self) -> bool:
        """True while the transport holds more than HIGH bytes that the network has not taken."""
        return self._protocol.writing_paused

    @property
    def buffered(self) -> int:
        """Bytes that the transport holds."""
        return self._transport.get_write_buffer_size()

    def when_drained(self, callback: Callable[[], None]) -> None:
        """Call back once the transport takes more, or is gone; without the task that `_drain_helper` would cost."""
        waiter = self._protocol._drain_waiter
        if waiter is None or waiter.done():
            waiter = self._protocol._drain_waiter = asyncio.get_running_loop().create_future()

        def drained(done: asyncio.Future[None]) -> None:
            if not done.cancelled():
                done.exception()  # a lost connection is no news to us
            callback()

        waiter.add_done_callback(drained)

    def abort(self) -> None:
        """Close the connection now; what is unsent is lost and freed (T9)."""
        self._transport.abort()


class FanoutWebSocket:
    """The driver that python-engineio calls: `await FanoutWebSocket(handler, server)(environ)` serves one client.

    The session's writer task asks for packets once, when the WebSocket is the way: from then on the Outbox writes by
    itself, and the writer hears of the end alone.
    """

    def __init__(self, handler: Callable[["FanoutWebSocket"], Awaitable[None]], server: Any) -> None:
        self._handler = handler
        # aiohttp refuses a message of exactly its limit; python-engineio takes it.
        most = server.max_http_buffer_size + 1
        self._sock = web.WebSocketResponse(compress=False, timeout=LINGER, max_msg_size=most)
        self._pipe: Pipe

    async def __call__(self, environ: dict[str, Any]) -> web.WebSocketResponse:
        """Accept the upgrade, let the handler live its life, and end the connection with it."""
        request = environ["aiohttp.request"]
        await self._sock.prepare(request)
        self._pipe = Pipe(request)
        session: Any = self._handler.__self__  # type: ignore[attr-defined]
        session.poll = partial(self._poll, session, session.poll)
        try:
            await self._handler(self)
        finally:
            await self.close()
        return self._sock

    async def _poll(self, session: Any, poll: Callable[[], Awaitable[list[Any]]]) -> list[Any]:
        """What polls and the writer task get: until the upgrade as ever, then the end, when it comes."""
        if not session.upgraded:
            return await poll()
        session.queue.on_overflow = self._pipe.abort
        session.queue.open(self._pipe)
        await session.queue.ended()
        return []

    async def wait(self) -> str | bytes:
        """The next message; raises OSError when there will be none."""
        message = await self._sock.receive()
        if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
            raise OSError("the WebSocket has ended")
        return message.data  # type: ignore[no-any-return]

    async def send(self, message: str | bytes) -> None:
        """Send one message past the Outbox: for what is said before it is opened."""
        await (self._sock.send_bytes(message) if isinstance(message, bytes) else self._sock.send_str(message))

    async def close(self) -> None:
        """End it; a client that takes nothing is not waited for."""
        try:
            await self._sock.close()
        finally:
            if self._pipe.buffered:
                self._pipe.abort()


def driven(driver: dict[str, Any]) -> dict[str, Any]:
    """A copy of python-engineio's aiohttp driver with our WebSocket; the table of the library stays as it is (O2)."""
    return {**driver, "websocket": FanoutWebSocket}
