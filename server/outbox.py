"""The one way out of a connection: acks, pings, events and snapshots stand in it in one order (O2).

Before the upgrade polls take from it; after it, what gathered during one turn of the event loop leaves in one write,
whole frames by reference (O1). `server/fanout.py` fills many of them at once.
"""

import asyncio
from collections.abc import Callable
from typing import Protocol

from engineio.packet import Packet

from server.packets import texts, wire

POLL_PACKETS = 16  # clients of python-engineio drop a poll response that holds more (T17)
LOW_WATER = 64 * 1024  # below this many unsent bytes a connection is drained
BURST = 64 * 1024  # about this much is handed over before the transport is asked again whether it is full
HARD_CAP = 8 * 1024 * 1024
DEAF_S = 40  # who accepts nothing for so long is gone; whoever hears the feed is cut by it after 30 s, as `slow` (F1)


class Sink(Protocol):
    """What an Outbox writes to once there is a WebSocket."""

    @property
    def full(self) -> bool: ...  # noqa: D102  # as its name says
    @property
    def buffered(self) -> int: ...  # noqa: D102  # as its name says
    def write(self, pieces: list[bytes]) -> None: ...  # noqa: D102  # as its name says
    def when_drained(self, callback: Callable[[], None]) -> None: ...  # noqa: D102  # as its name says


class Turn:
    """The outboxes that woke during this turn of the loop, and the one call that lets them all write (O1)."""

    __slots__ = ("_woken",)

    def __init__(self) -> None:
        self._woken: list[Outbox] = []

    def wake(self, outbox: "Outbox") -> None:
        """Let it write when this turn is over."""
        if not self._woken:
            asyncio.get_running_loop().call_soon(self._over)
        self._woken.append(outbox)

    def _over(self) -> None:
        woken, self._woken = self._woken, []
        woken.reverse()
        try:
            while woken:
                woken.pop().flush()
        finally:
            for outbox in woken:  # where one has failed, the others are not forgotten
                self.wake(outbox)


def nobody() -> None:
    """Stands where nobody asked to be told."""


class Outbox:
    """What one connection has still to be sent, in order.

    Text packets go in by `append`, whole frames by `add`, without a copy; `stalled_since` says how the client keeps up.
    """

    __slots__ = (
        "_above", "_accepted", "_awake", "_left", "_poll", "_sealed", "_sink", "_size", "_stalled_at", "_turn", "_waiting",
        "on_drain", "on_overflow", "spill",
    )  # fmt: skip

    def __init__(self, turn: Turn | None = None) -> None:
        self.on_drain: Callable[[], None] | None = None
        self.on_overflow: Callable[[], None] = nobody
        self._turn = turn or Turn()
        self._waiting: list[bytes] = []  # whole WebSocket frames, whatever the transport
        self._size = 0  # bytes in _waiting
        self._left = 0  # bytes that ever left _waiting
        self._sink: Sink | None = None
        self._poll: asyncio.Future[None] | None = None
        self.spill: Callable[[], None] | None = None  # somebody holds frames for us: he adds them before anything else
        self._awake = True  # somebody comes for what is put in; False: he wants to be called
        self._sealed = False
        self._above = False  # somebody saw LOW_WATER or more unsent and waits for on_drain
        self._stalled_at: float | None = None
        self._accepted = 0

    def append(self, packet: bytes) -> None:
        """Put one text packet at the end."""
        self.add(wire(packet))

    def add(self, frames: bytes) -> None:
        """Put whole frames at the end; nothing where the outbox is sealed. Over HARD_CAP the connection is lost."""
        if self.spill is not None:
            self.spill()
        if self._sealed:
            return
        self._waiting.append(frames)
        self._size += len(frames)
        if not self._awake:
            self._wake()
        if self._size > HARD_CAP:
            overflown = self.on_overflow
            self.drop()
            overflown()

    def pour(self, frames: bytes) -> None:
        """As add, at the end of a turn: into the WebSocket at once, where nothing waits before it."""
        sink = self._sink
        if sink is None or self._waiting or sink.full or self.spill is not None:
            self.add(frames)
        elif not self._sealed:
            self._left += len(frames)
            sink.write([frames])

    def _settle(self) -> None:
        if self.spill is not None:
            self.spill()

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def unsent(self) -> int:
        """Bytes that wait here or in the transport. Who is told LOW_WATER or more will hear `on_drain`."""
        unsent = self._size + (self._sink.buffered if self._sink else 0)
        if unsent >= LOW_WATER:
            self._above = True
        return unsent

    @property
    def stalled_since(self) -> float | None:
        """Loop time since which nothing was accepted though something is unsent; None while it flows."""
        return self.look()

    def look(self) -> float | None:
        """Judge the flow between this look and the last: the first look at a stalled connection only remembers."""
        buffered = self._sink.buffered if self._sink else 0
        accepted = self._left - buffered
        if not self._size + buffered:
            self._stalled_at = None
        elif self._stalled_at is not None and accepted == self._accepted:
            return self._stalled_at
        else:
            self._stalled_at = asyncio.get_running_loop().time()
        self._accepted = accepted
        return None

    def open(self, sink: Sink) -> None:
        """From now on write to a WebSocket; a waiting poll ends empty."""
        self._sink = sink
        self.end_poll()
        self.flush()

    def seal(self) -> None:
        """Take nothing more; what waits can still be polled."""
        self._settle()
        self._sealed = True

    def finish(self) -> None:
        """Take nothing more and hand all that waits to the WebSocket, full or not."""
        self.seal()
        if self._sink and self._waiting:
            self._sink.write(self._all())

    def drop(self) -> None:
        """Take nothing more, and forget what waits and who would hear of too much."""
        self.seal()
        self._waiting.clear()
        self._size = 0
        self._sink = None
        self.on_overflow = nobody
        self.end_poll()

    # -- polls -----------------------------------------------------------------------------------------------------

    async def filled(self) -> None:
        """Wait until there is something to take, or `end_poll`."""
        if self._waiting or self._sealed:
            return
        self._poll = asyncio.get_running_loop().create_future()
        self._awake = False
        try:
            await self._poll
        finally:
            self._awake = True
            self._poll = None

    def take(self, most: int = POLL_PACKETS) -> list[bytes]:
        """The next packets for a poll response."""
        self._settle()
        packets: list[bytes] = []
        pieces = 0
        while pieces < len(self._waiting) and len(packets) < most:
            packets += texts(self._waiting[pieces])
            pieces += 1
        rest = b"".join(map(wire, packets[most:]))  # of a piece that holds more than this poll takes
        self._taken(pieces)
        if rest:
            self._waiting.insert(0, rest)
            self._count(-len(rest))
        self._tell_drained()
        return packets[:most]

    def end_poll(self) -> None:
        """Let a waiting poll go, with nothing."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def put_nowait(self, packet: Packet | None) -> None:
        """python-engineio's own packets; None is its word for the end."""
        if packet is None:
            self.seal()
            self.end_poll()
            return
        text = packet.encode()
        if isinstance(text, bytes):
            raise TypeError("binary packets are not spoken here")  # T11
        self.append(text.encode())

    async def put(self, packet: Packet | None) -> None:
        """As put_nowait."""
        self.put_nowait(packet)

    # -- writing ---------------------------------------------------------------------------------------------------

    def _wake(self) -> None:
        self._awake = True
        if self._sink is not None:
            self._turn.wake(self)
        else:
            self.end_poll()

    def flush(self) -> None:
        """Write what gathered, as far as the transport wants it; the rest when it has drained."""
        sink = self._sink
        if sink is None:
            return
        if self._size >= LOW_WATER:
            self._above = True
        while self._waiting and not sink.full:
            sink.write(self._burst())
        self._awake = sink.full
        if self._awake:
            self._above = True
            sink.when_drained(self.flush)
        self._tell_drained()

    def _burst(self) -> list[bytes]:
        """The next frames: all where they are small together, else the first until BURST bytes are reached."""
        if self._size <= BURST:
            return self._all()
        size = count = 0
        while size < BURST:
            size += len(self._waiting[count])
            count += 1
        return self._taken(count)

    def _taken(self, count: int) -> list[bytes]:
        taken, self._waiting = self._waiting[:count], self._waiting[count:]
        self._count(sum(map(len, taken)))
        return taken

    def _all(self) -> list[bytes]:
        taken, self._waiting = self._waiting, []
        self._count(self._size)
        return taken

    def _count(self, left: int) -> None:
        self._size -= left
        self._left += left

    def _tell_drained(self) -> None:
        if self._above and self._size + (self._sink.buffered if self._sink else 0) < LOW_WATER:
            self._above = False
            if self.on_drain is not None and not self._sealed:
                self.on_drain()


class Outgoing:
    """What a link shows of its outbox, at whatever door."""

    __slots__ = ()
    outbox: Outbox

    @property
    def unsent(self) -> int:
        """Bytes in the outbox and in the transport's write buffer."""
        return self.outbox.unsent

    @property
    def stalled_since(self) -> float | None:
        """Loop time since which the client accepted nothing though something is unsent; see Outbox.stalled_since."""
        return self.outbox.stalled_since

    @property
    def on_drain(self) -> Callable[[], None] | None:
        """Called, with nothing, when `unsent` has fallen below 64 KiB after `unsent` said 64 KiB or more."""
        return self.outbox.on_drain

    @on_drain.setter
    def on_drain(self, told: Callable[[], None] | None) -> None:
        self.outbox.on_drain = told
