"""One connection: where the feed writes to (`Sink`), where its acks line up, and the snapshot it is reading.

Between a door's `Link`, which knows bytes, and the feed's `Reader`, which knows places in the journal.
"""

import asyncio
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Protocol

from events.actor import Caller
from events.desk import Desk
from events.outcome import Outcome
from events.reader import Reader
from events.telling import Encoder
from server.ackline import AckLine, Slot
from server.bucket import Bucket
from server.outbox import LOW_WATER
from server.pages import Pages
from server.replies import socket_failure
from stores.record import encode

MOST_UNANSWERED = 1_000
MOST_LOOKS = 4  # reads under way: the answer of each may be large
MOST_WAITING = 2**20  # bytes of answers and events that wait: who does not take them is not read
LAST_ANSWERS_S = 5  # that long the answers to what it asked may take when its session has ended
NOTHING: Mapping[str, Any] = MappingProxyType({})
PAGE_WAIT_S = 30  # a snapshot whose next page nobody asks for ends, and the feed goes on


def nobody(_: object) -> None:
    """Stands where nobody asked to be told."""


class Link(Protocol):
    """What a connection writes to: the bytes of one client at some door. Sending to one that has ended does nothing."""

    is_open: bool
    context: Any
    on_drain: Callable[[], None] | None
    send_frame: Callable[[bytes], None]

    @property
    def request(self) -> Any:
        """The handshake's request."""

    @property
    def cookies(self) -> Mapping[str, str]:
        """The handshake's cookies."""

    @property
    def origin(self) -> str | None:
        """The handshake's Origin."""

    @property
    def unsent(self) -> int:
        """Bytes not yet accepted by the other side."""

    @property
    def stalled_since(self) -> float | None:
        """The loop's time since which nothing was accepted though something is unsent."""

    def ack(self, ack_id: Any, payload: bytes) -> None:
        """Answer what was sent under this id."""

    def emit(self, event: str, *json_args: bytes) -> None:
        """Tell this client alone."""

    def close(self) -> None:
        """Send what waits, then end it."""

    def abort(self, reason: str) -> None:
        """End it now."""


class Connection:
    """What the server knows of one client. `reader` is there once it has been let in. `on_flow` is told when it can take
    signals: after `ready`, and whenever little is unsent again; `on_gone` when it is told nothing more. `welcome` is what
    `ready` says beside the place. Ten thousand sit idle: what only some need is made when they need it."""

    __slots__ = (
        "_abandon", "_flows", "_last_answers", "_over", "_pages", "_turns", "address", "bucket", "caller", "desk", "encoder",
        "is_closed", "line", "link", "looking", "on_flow", "on_gone", "reader", "session_id", "slow", "welcome",
    )  # fmt: skip

    def __init__(
        self, link: Link, desk: Desk, caller: Caller, session_id: str, address: str, encoder: Encoder, rate: int
    ) -> None:
        self.link, self.desk, self.caller, self.encoder = link, desk, caller, encoder
        self.session_id, self.address = session_id, address
        self.reader: Reader | None = None
        self.welcome: Mapping[str, Any] = NOTHING
        self.bucket = Bucket(rate) if rate else None
        self.line = AckLine(link.ack, self._position)
        self.slow = self.looking = 0
        self.is_closed = False
        self.on_flow: Callable[[Connection], None] = nobody
        self.on_gone: Callable[[Connection], None] = nobody
        self._over: str | None = None
        self._last_answers: asyncio.TimerHandle | None = None
        self._turns: list[Callable[[], None]] = []  # snapshots asked for, the one under way first
        self._pages: Pages | None = None
        self._abandon: asyncio.TimerHandle | None = None
        self._flows: asyncio.Event | None = None  # while somebody waits for it
        link.on_drain = self._has_room

    def _position(self) -> int:
        if self.is_over:
            return self.desk.journal.head  # it is told nothing more that its acks could wait for
        return self.reader.position if self.reader is not None else 0

    # -- Sink ------------------------------------------------------------------------------------------------------

    @property
    def unsent(self) -> int:
        """Bytes that have not left."""
        return self.link.unsent

    @property
    def stalled_s(self) -> float:
        """Seconds since which nothing was accepted."""
        since = self.link.stalled_since
        return 0.0 if since is None else asyncio.get_running_loop().time() - since

    def send(self, data: bytes) -> None:
        """Put a frame into the outbox."""
        self.link.send_frame(data)

    def _has_room(self) -> None:
        self._wake()
        self.on_flow(self)
        if self.reader is not None:
            self.reader.go_on()

    @property
    def takes_signals(self) -> bool:
        """Whether it is ready and keeps up: what is not journaled is the first to be dropped (F6)."""
        return self.reader is not None and self.reader.is_ready and self.link.unsent < LOW_WATER

    def ready(self) -> None:
        """The replay is over."""
        reader = self.reader
        if reader is not None:
            said = {"cursor": reader.cursor, "resumed": reader.resumed, "snapshot_required": not reader.resumed}
            self.link.emit("ready", encode({**said, **self.welcome}))
            self.welcome = NOTHING
            self.on_flow(self)

    def moved(self) -> None:
        """Acks may have waited for this."""
        self.line.flush()
        self._wake()

    @property
    def is_over(self) -> bool:
        """Whether its session has ended."""
        return self._over is not None

    def end(self, reason: str) -> None:
        """The session is over: it is told nothing more, and closed as soon as all that it asked is answered. Once who
        changed his own password never got the ack of it (T1)."""
        if not self.link.is_open or self.is_over:
            return
        self._over = reason
        if self.reader is not None:
            self.reader.close()
        self.on_gone(self)
        self._last_answers = asyncio.get_running_loop().call_later(LAST_ANSWERS_S, self._part)
        self.line.flush()
        self._part_if_answered()

    def _part_if_answered(self) -> None:
        if self.is_over and not len(self.line):
            self._part()

    def _part(self) -> None:
        if self.link.is_open:
            self.link.emit("session_ended", encode({"reason": self._over}))
            self.link.close()

    def cut(self, reason: str) -> None:
        """It does not listen."""
        self.link.abort(reason)

    # -- back-pressure (O6) ----------------------------------------------------------------------------------------

    @property
    def is_busy(self) -> bool:
        """Whether its next packet must wait: too much is unanswered or not taken, or a slow command is on its way. Once
        a hundred lists asked for in one breath overflowed the outbox."""
        full = self.looking >= MOST_LOOKS or len(self.line) >= MOST_UNANSWERED
        return self.link.is_open and (full or self.slow > 0 or self.link.unsent + self.line.size >= MOST_WAITING)

    async def ready_to_read(self) -> None:
        """Wait until it may send the next command."""
        while self.is_busy:
            self._flows = self._flows or asyncio.Event()
            await self._flows.wait()

    def _wake(self) -> None:
        if self._flows is not None:
            self._flows.set()
            self._flows = None

    def answer(self, slot: Slot, result: Outcome | bytes | Exception) -> None:
        """What a command came to: its ack takes the place that was kept for it."""
        self.line.fill(slot, _written(result), result.seq if isinstance(result, Outcome) else 0)
        self._wake()
        self._part_if_answered()

    # -- snapshots (F4) --------------------------------------------------------------------------------------------

    def take_turn(self, start: Callable[[], None]) -> None:
        """Begin a snapshot now, or when those asked for before it have their first page in the outbox."""
        self._turns.append(start)
        if len(self._turns) == 1:
            start()

    def turn_over(self) -> None:
        """The snapshot under way has its answer."""
        self._turns.pop(0)
        if self._turns:
            self._turns[0]()

    def begin_pages(self, pages: Pages) -> None:
        """The first page is in the outbox: hold the feed until the last one is, or go on at once. So too where another
        snapshot is asked for already, as that one needs the feed."""
        self._pages = pages if pages.more and len(self._turns) == 1 and not self.is_closed else None
        self._page_sent()
        self.turn_over()

    def next_page(self, token: object) -> bytes | None:
        """The page this token asks for, or None where there is no such snapshot (any more)."""
        pages = self._pages
        return pages.next() if pages is not None and pages.token == token else None

    def page_sent(self) -> None:
        """A further page is in the outbox."""
        if self._pages is not None and not self._pages.more:
            self._pages = None
        self._page_sent()

    def _page_sent(self) -> None:
        self._stop_waiting()
        if self._pages is None:
            self.abandon_pages()
        else:
            self._abandon = asyncio.get_running_loop().call_later(PAGE_WAIT_S, self.abandon_pages)

    def abandon_pages(self) -> None:
        """No page of that snapshot will be asked for: the feed goes on."""
        self._stop_waiting()
        self._pages = None
        if self.reader is not None:
            self.reader.release()

    def _stop_waiting(self) -> None:
        if self._abandon is not None:
            self._abandon.cancel()
            self._abandon = None

    def close(self) -> None:
        """The link is gone. All that know this connection let go of it, so that it goes at once, with what it was to be told:
        half a snapshot waited for the garbage collector."""
        self.is_closed = True
        self._stop_waiting()
        if self._last_answers is not None:
            self._last_answers.cancel()
        self._wake()
        if self.reader is not None:
            self.reader.close()
        self.on_gone(self)
        self.line.close()
        self.reader = self.link.on_drain = None


def _written(result: Outcome | bytes | Exception) -> bytes:
    """The ack of it. One that cannot be written is `internal`: a place left empty would hold up all acks behind it (T1)."""
    try:
        if isinstance(result, bytes):
            return result
        return result.json() if isinstance(result, Outcome) else socket_failure(result)
    except Exception as error:  # noqa: BLE001  # whatever it was, the client is answered
        return socket_failure(error)
