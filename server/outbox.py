"""The one way out of a Socket.IO connection, and the manager that fans an event out into many of them.

An Outbox is the queue of one Engine.IO session: acks, pings, events and snapshots stand in it in one order (O2). Before
the upgrade polls take from it; after it, what gathered during one turn of the event loop leaves in one write (O1).
`FanoutManager` encodes an emit once and puts the same bytes into every outbox of a room.
"""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import orjson
import socketio
from engineio.packet import MESSAGE as MESSAGE_TYPE
from engineio.packet import Packet

from server.driver import guarded
from server.packets import Frame, frame, unwired, wire

POLL_PACKETS = 16  # clients of python-engineio drop a poll response that holds more (T17)
LOW_WATER = 64 * 1024  # below this many unsent bytes a connection is drained
BURST = 64 * 1024  # at most about this much is joined into one write
HARD_CAP = 8 * 1024 * 1024


class Sink(Protocol):
    """What an Outbox writes to once there is a WebSocket: `server.driver.Pipe`."""

    @property
    def full(self) -> bool: ...  # noqa: D102
    @property
    def buffered(self) -> int: ...  # noqa: D102
    def write(self, frames: bytes) -> None: ...  # noqa: D102
    def when_drained(self, callback: Callable[[], None]) -> None: ...  # noqa: D102


def nobody() -> None:
    """Stands where nobody asked to be told."""


class Outbox:
    """What one connection has still to be sent, in order.

    Text packets go in by `append` (a Frame costs no copy); `taken` and `stalled_since` say how the client keeps up.
    """

    def __init__(self) -> None:
        self.on_drain: Callable[[], None] | None = None
        self.on_overflow: Callable[[], None] = nobody
        self._loop = asyncio.get_running_loop()
        self._waiting: list[bytes] = []  # WebSocket frames, whatever the transport
        self._size = 0  # bytes in _waiting
        self._left = 0  # bytes that ever left _waiting
        self._sink: Sink | None = None
        self._poll: asyncio.Future[None] | None = None
        self._awake = True  # somebody comes for what is put in; False: he wants to be called
        self._sealed = False
        self._above = False  # somebody saw LOW_WATER or more unsent and waits for on_drain
        self._stalled_at: float | None = None
        self._accepted = 0

    def append(self, packet: bytes) -> None:
        """Put one text packet at the end; nothing where the outbox is sealed. Over HARD_CAP the connection is lost."""
        if self._sealed:
            return
        framed = packet.wire if type(packet) is Frame else wire(packet)
        self._waiting.append(framed)
        self._size += len(framed)
        if not self._awake:
            self._wake()
        if self._size > HARD_CAP:
            self.drop()
            self.on_overflow()

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
            self._stalled_at = self._loop.time()
        self._accepted = accepted
        return None

    def open(self, sink: Sink) -> None:
        """From now on write to a WebSocket; a waiting poll ends empty."""
        self._sink = sink
        self.end_poll()
        self._flush()

    def seal(self) -> None:
        """Take nothing more; what waits can still be polled."""
        self._sealed = True

    def finish(self) -> None:
        """Take nothing more and hand all that waits to the WebSocket, full or not."""
        self.seal()
        if self._sink and self._waiting:
            self._sink.write(self._burst(self._size))

    def drop(self) -> None:
        """Take nothing more and forget what waits."""
        self.seal()
        self._waiting.clear()
        self._size = 0
        self._sink = None
        self.end_poll()

    async def filled(self) -> None:
        """Wait until there is something to take, or `end_poll`."""
        if self._waiting or self._sealed:
            return
        self._poll = self._loop.create_future()
        self._awake = False
        try:
            await self._poll
        finally:
            self._awake = True
            self._poll = None

    def take(self, most: int = POLL_PACKETS) -> list[bytes]:
        """The next text packets for a poll response."""
        taken = self._waiting[:most]
        del self._waiting[:most]
        self._count(sum(map(len, taken)))
        self._tell_drained()
        return [unwired(framed) for framed in taken]

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

    def _wake(self) -> None:
        self._awake = True
        if self._sink is not None:
            self._loop.call_soon(self._flush)
        else:
            self.end_poll()

    def _flush(self) -> None:
        """Write what gathered, as far as the transport wants it; the rest when it has drained."""
        sink = self._sink
        if sink is None:
            return
        if self._size + sink.buffered >= LOW_WATER:
            self._above = True
        while self._waiting and not sink.full:
            sink.write(self._burst(BURST))
        self._awake = sink.full
        if self._awake:
            sink.when_drained(self._flush)
        self._tell_drained()

    def _burst(self, most: int) -> bytes:
        """The next frames joined: all where they are small together, else the first until `most` bytes are reached."""
        waiting = self._waiting
        count = len(waiting)
        if self._size > most:
            size = count = 0
            while size < most:
                size += len(waiting[count])
                count += 1
        burst = b"".join(waiting[:count]) if count > 1 else waiting[0]
        del waiting[:count]
        self._count(len(burst))
        return burst

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


class StockOutbox(Outbox):
    """An Outbox that a session of plain python-engineio reads through the methods of asyncio.Queue."""

    def __init__(self) -> None:
        super().__init__()
        self._batch = 0

    async def get(self) -> Packet | None:
        """The next packet, None at the end."""
        await self.filled()
        self._batch = 0
        return self.get_nowait() if self._waiting else None

    def get_nowait(self) -> Packet:
        """The next packet of this batch; raises QueueEmpty after POLL_PACKETS of them (T17)."""
        if not self._waiting or self._batch == POLL_PACKETS:
            raise asyncio.QueueEmpty
        self._batch += 1
        packet = Packet(MESSAGE_TYPE)
        packet.encode_cache = self.take(1)[0].decode()
        return packet

    def task_done(self) -> None:
        """Nobody waits for it."""

    async def join(self) -> None:
        """A queue nobody reads would be waited for without end (T18)."""


class FanoutManager(socketio.AsyncManager):  # type: ignore[misc]
    """A client manager for which an emit is one encoding and one append per recipient, without tasks (T33).

    Works under GuardedServer and under a plain `socketio.AsyncServer(client_manager=FanoutManager())`.
    """

    def __init__(self) -> None:
        super().__init__()
        self._rooms_of: dict[tuple[str, str], set[str | None]] = {}

    def set_server(self, server: Any) -> None:
        """Put our outbox and driver into the server's engine; `initialize` would come too late for them (O2)."""
        super().set_server(server)
        if not hasattr(server.eio, "create_outbox"):  # a plain engine, not the guarded one
            server.eio.create_queue = StockOutbox
            server.eio._async = guarded(server.eio._async)

    async def emit(
        self,
        event: str,
        data: Any,
        namespace: str,
        *,
        room: str | list[str] | None = None,
        skip_sid: str | list[str] | None = None,
        callback: Any = None,
        to: str | list[str] | None = None,
        **_: Any,
    ) -> None:
        """Emit to the members of a room; `data` as in python-socketio (a tuple is several arguments)."""
        room = to or room
        if room is None:
            raise ValueError("an event is told to a room: all would include who is not yet let in (T23)")
        if callback is not None or namespace != "/":
            raise ValueError("no acknowledgements from clients and no namespace but /")
        arguments = data if isinstance(data, tuple) else () if data is None else (data,)
        made = frame(event, *map(orjson.dumps, arguments))
        for outbox in self._outboxes(room, [skip_sid] if isinstance(skip_sid, str) else skip_sid or ()):
            outbox.append(made)

    def _outboxes(self, room: str | list[str], skipped: list[str] | tuple[()]) -> Iterator[Outbox]:
        sessions = self.server.eio.sockets
        pending = self.pending_connect.get("/", ())
        for sid, eio_sid in self.get_participants("/", room):
            if eio_sid in sessions and sid not in skipped and sid not in pending:
                yield sessions[eio_sid].queue

    def basic_enter_room(self, sid: str, namespace: str, room: str | None, eio_sid: str | None = None) -> None:
        """Put a client into a room, and remember that he is in it."""
        super().basic_enter_room(sid, namespace, room, eio_sid=eio_sid)
        self._rooms_of.setdefault((namespace, sid), set()).add(room)

    def basic_leave_room(self, sid: str, namespace: str, room: str | None) -> None:
        """Take a client out of a room."""
        super().basic_leave_room(sid, namespace, room)
        self._rooms_of.get((namespace, sid), set()).discard(room)

    def basic_disconnect(self, sid: str, namespace: str, **_: Any) -> None:
        """Take a client out of his own rooms; the others are not looked at (O4)."""
        for room in self._rooms_of.pop((namespace, sid), set()):
            super().basic_leave_room(sid, namespace, room)
        self.callbacks.pop(sid, None)
        for pending in (self.pending_connect, self.pending_disconnect):
            if sid in pending.get(namespace, ()):
                pending[namespace].remove(sid)

    def get_rooms(self, sid: str, namespace: str) -> list[str]:
        """The rooms a client is in."""
        return [room for room in self._rooms_of.get((namespace, sid), ()) if room is not None]
