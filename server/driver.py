"""The WebSocket under an Engine.IO session: aiohttp's, without compression and with an end that always comes.

python-engineio finds its driver in a table (`eio._async`); `guarded` gives a copy of that table with ours in it.
`Pipe` is the only place that touches the transport and flow control of aiohttp; the Outbox writes through it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import WSMessage, WSMsgType, web

# Above HIGH bytes in its buffer the transport asks us to wait, at LOW it takes more.
HIGH, LOW = 64 * 1024 - 1, 32 * 1024

_WAKE = WSMessage(WSMsgType.TEXT, "", "")


class Pipe:
    """What is written to one WebSocket: raw frames in, and how many bytes of them nobody has accepted yet."""

    __slots__ = ("_loop", "_protocol", "_transport")

    def __init__(self, request: web.Request) -> None:
        if request.transport is None:
            raise ConnectionResetError("gone before it was accepted")
        self._loop = asyncio.get_running_loop()
        self._transport = request.transport
        self._protocol = request.protocol
        self._transport.set_write_buffer_limits(HIGH, LOW)

    def write(self, frames: bytes) -> None:
        """Hand whole frames to the transport; silently nothing where it is closing."""
        if not self._transport.is_closing():
            self._transport.write(frames)

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
            waiter = self._protocol._drain_waiter = self._loop.create_future()

        def drained(done: asyncio.Future[None]) -> None:
            if not done.cancelled():
                done.exception()  # a lost connection is no news to us
            callback()

        waiter.add_done_callback(drained)

    def abort(self) -> None:
        """Close the connection now; what is unsent is lost and freed (T9)."""
        self._transport.abort()


class GuardedWebSocket:
    """The driver that python-engineio calls: `await GuardedWebSocket(handler, server)(environ)` serves one client."""

    autoping = True  # aiohttp answers the client's pings, and keeps his pongs to itself

    def __init__(self, handler: Callable[["GuardedWebSocket"], Awaitable[None]], server: Any) -> None:
        self._handler = handler
        self._linger = float(getattr(server, "linger", 2.0))
        # aiohttp refuses a message of exactly its limit; ours may be as large as we say.
        self._sock = web.WebSocketResponse(
            compress=False,
            timeout=self._linger,
            max_msg_size=server.max_http_buffer_size + 1,
            autoping=self.autoping,
        )
        self._code = 1000
        self._abort: asyncio.TimerHandle | None = None
        self.pipe: Pipe

    async def __call__(self, environ: dict[str, Any]) -> web.WebSocketResponse:
        """Accept the upgrade, let the handler live its life, and end the connection with it."""
        request = environ["aiohttp.request"]
        await self._sock.prepare(request)
        self.pipe = Pipe(request)
        try:
            await self._handler(self)
        finally:
            await self._finish()
        return self._sock

    async def wait(self) -> str | bytes:
        """The next message; raises OSError when there will be none."""
        message = await self._sock.receive()
        if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
            raise OSError("the WebSocket has ended")
        return message.data  # type: ignore[no-any-return]

    async def send(self, message: str | bytes) -> None:
        """Send one message past the Outbox: for what is said before the Outbox is opened."""
        await (self._sock.send_bytes(message) if isinstance(message, bytes) else self._sock.send_str(message))

    async def close(self) -> None:
        """python-engineio's way of closing."""
        await self._sock.close()

    @property
    def reading(self) -> bool:
        """True while the reader waits for the client rather than works for it."""
        return self._sock._waiting

    def shut(self, code: int, linger: float | None = None) -> None:
        """Begin the end: the reader wakes, says `code` and waits `linger` seconds for the client, then aborts."""
        self._code = code
        self._abort = asyncio.get_running_loop().call_later(self._linger if linger is None else linger, self.pipe.abort)
        if self._sock._reader is not None:  # aiohttp's own close() wakes its reader in the same way
            self._sock._reader.feed_data(_WAKE, 0)

    async def _finish(self) -> None:
        try:
            await self._sock.close(code=self._code)
        finally:
            if self._abort is not None:
                self._abort.cancel()
            if self.pipe.buffered:
                self.pipe.abort()  # nobody takes it: closing would wait for ever


def guarded(driver: dict[str, Any]) -> dict[str, Any]:
    """A copy of python-engineio's aiohttp driver with our WebSocket; the table of the library stays as it is (O2)."""
    return {**driver, "websocket": GuardedWebSocket}
