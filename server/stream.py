"""One event stream: the queue of bytes that the feed writes to (`Sink`), and the one writer that empties it.

Between the SSE door, which opens and ends streams, and the feed's `Reader`, which knows places in the journal.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web

from events.reader import Reader
from events.telling import Telling
from server.driver import Pipe
from server.outbox import BURST, HARD_CAP, LOW_WATER
from stores.record import encode

LAST_WORDS_S = 3  # that long a client may take for what waits when its stream has been ended


def message(event: str, data: bytes, cursor: str | None = None) -> bytes:
    """One message of a stream; `data` is JSON, so it is one line. With a cursor it moves the client's Last-Event-ID."""
    place = b"" if cursor is None else b"id: %b\n" % cursor.encode()
    return b"%bevent: %b\ndata: %b\n\n" % (place, event.encode(), data)


class StreamEncoder:
    """Events as messages of a stream, made once for all streams (O1)."""

    def event(self, telling: Telling) -> bytes:
        """`data: {"data": record, "meta": meta}`."""
        return message(telling.event, b'{"data":%b,"meta":%b}' % (telling.data, telling.meta), telling.cursor)

    def cursor(self, cursor: str) -> bytes:
        """The heartbeat."""
        return message("cursor", encode({"cursor": cursor}), cursor)

    def snapshot_required(self, reason: str) -> bytes:
        """Without an id: whoever comes back with the cursor he has is told so again."""
        return message("snapshot_required", encode({"reason": reason}))

    def signal(self, event: str, data: bytes) -> bytes:
        """What is told without meta."""
        return message(event, data)

    def join(self, frames: Sequence[bytes]) -> bytes:
        """Several of these as one piece."""
        return b"".join(frames)


class Stream:
    """What is still to be written to one client. `reader` is there once the lane has let it in, `welcome` before."""

    def __init__(self, request: web.Request, response: web.StreamResponse, encoder: StreamEncoder) -> None:
        self.encoder = encoder
        self.reader: Reader | None = None
        self.welcome: Mapping[str, Any] = {}
        self.is_over = False
        self._response, self._writer, self._pipe = response, request.writer, Pipe(request)
        self._waiting: list[bytes] = []
        self._size = self._accepted = 0
        self._stalled_at: float | None = None
        self._something = asyncio.Event()  # to write, or the end
        self._last_words: asyncio.TimerHandle | None = None

    # -- Sink ------------------------------------------------------------------------------------------------------

    @property
    def unsent(self) -> int:
        """Bytes in the queue and in the transport."""
        return self._size + self._pipe.buffered

    @property
    def stalled_s(self) -> float:
        """Seconds since the first of the looks between which nothing was accepted though something is unsent."""
        now = asyncio.get_running_loop().time()
        accepted = self._writer.output_size - self._pipe.buffered
        if not self.unsent:
            self._stalled_at = None
        elif self._stalled_at is None or accepted != self._accepted:
            self._stalled_at = now
        self._accepted = accepted
        return 0.0 if self._stalled_at is None else now - self._stalled_at

    def send(self, frame: bytes) -> None:
        """Put bytes into the queue; nothing where the stream is over. Over HARD_CAP the client is lost."""
        if self.is_over:
            return
        self._waiting.append(frame)
        self._size += len(frame)
        self._something.set()
        if self._size > HARD_CAP:
            self.cut("too much")

    def ready(self) -> None:
        """The replay is over."""
        reader = self.reader
        if reader is not None:
            said = {"cursor": reader.cursor, "resumed": reader.resumed, "snapshot_required": not reader.resumed}
            self.send(message("ready", encode({**said, **self.welcome}), reader.cursor))

    def moved(self) -> None:
        """No acks wait here."""

    def end(self, reason: str) -> None:
        """The session is over."""
        self.finish(message("session_ended", encode({"reason": reason})))

    def cut(self, _: str) -> None:
        """End it now; what waits is freed."""
        self._waiting.clear()
        self._size = 0
        self._stop()
        self._pipe.abort()

    # -- writing and ending ----------------------------------------------------------------------------------------

    async def write(self) -> None:
        """Write what gathers until the stream is over, or the client has left: what came in one turn in one piece."""
        try:
            while self._waiting or not self.is_over:
                await self._something.wait()
                self._something.clear()
                while self._waiting:
                    await self._response.write(self._burst())
                    await self._writer.drain()
                    # Neither suspends while the network takes all: once a stream was told 4 MB in one turn of the loop,
                    # and each of hundreds had its passages made anew.
                    await asyncio.sleep(0)
                    self._tell_drained()
        except ConnectionError:
            self.cut("gone")

    def _burst(self) -> bytes:
        size = count = 0
        while count < len(self._waiting) and size < BURST:
            size += len(self._waiting[count])
            count += 1
        burst = b"".join(self._waiting[:count])
        del self._waiting[:count]
        self._size -= size
        return burst

    def _tell_drained(self) -> None:
        if self.reader is not None and self.unsent < LOW_WATER:
            self.reader.go_on()

    def finish(self, last: bytes) -> None:
        """The last that this client is told; then the stream ends."""
        if not self.is_over:
            self.send(last)
            self._stop()
            self._last_words = asyncio.get_running_loop().call_later(LAST_WORDS_S, self.cut, "slow")

    def _stop(self) -> None:
        self.is_over = True
        self._something.set()
        if self.reader is not None:
            self.reader.close()

    def close(self) -> None:
        """It has been written to the end."""
        self._stop()
        if self._last_words is not None:
            self._last_words.cancel()
        self.reader = None
