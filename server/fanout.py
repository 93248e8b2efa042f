"""Telling many at once: a client manager that encodes an emit once and puts the same bytes into every outbox of a room.

`socketio.AsyncServer(client_manager=FanoutManager())` is all it takes. What is emitted during one turn of the loop goes
into each outbox as one piece, before anything else that is put there: each client gets everything in the order called.
"""

import asyncio
from collections.abc import Callable, Hashable, Iterator
from functools import partial
from heapq import merge
from typing import Any

import socketio
from engineio.packet import MESSAGE as MESSAGE_TYPE
from engineio.packet import Packet
from socketio.packet import EVENT

from server.driver import driven
from server.outbox import BURST, POLL_PACKETS, Outbox, Turn
from server.packets import binary_wire, wire


class StockOutbox(Outbox):
    """An Outbox that a session of plain python-engineio reads through the methods of asyncio.Queue; binary too."""

    __slots__ = ("_batch", "_end")

    def __init__(self, turn: Turn) -> None:
        super().__init__(turn)
        self._batch = 0
        self._end = asyncio.Event()

    def seal(self) -> None:
        """Take nothing more, and tell who waits for that."""
        super().seal()
        self._end.set()

    async def ended(self) -> None:
        """Wait until it takes nothing more."""
        await self._end.wait()

    def put_nowait(self, packet: Packet | None) -> None:
        """python-engineio's packets; None, its word for the end, hands over what waits."""
        if packet is None:
            self.finish()
            self.end_poll()
        else:
            self.add(_framed(packet.data if packet.binary else packet.encode()))

    async def get(self) -> Packet | None:
        """The next packet, None at the end."""
        await self.filled()
        self._batch = 0
        return self.get_nowait() if self else None

    def get_nowait(self) -> Packet:
        """The next packet of this batch; raises QueueEmpty after POLL_PACKETS of them (T17)."""
        if not self or self._batch == POLL_PACKETS:
            raise asyncio.QueueEmpty
        self._batch += 1
        packet = Packet(MESSAGE_TYPE)
        packet.encode_cache = self.take(1)[0].decode()
        return packet

    def task_done(self) -> None:
        """Nobody waits for it."""

    async def join(self) -> None:
        """A queue nobody reads would be waited for without end (T18)."""


class Burst:
    """What was emitted to whom during one turn of the loop, until it goes into the outboxes.

    It costs an entry for each emit and one piece for each recipient, however many emits there were.
    """

    def __init__(self) -> None:
        self._emitted: dict[Hashable, list[tuple[int, bytes]]] = {}  # by audience, numbered in the order called
        self._outboxes: dict[Hashable, list[Outbox]] = {}  # of these audiences, and of those of the burst before
        self._number = self._size = 0

    def emit(self, audience: Hashable, members: Callable[[], list[Outbox]], frames: bytes) -> bool:
        """Keep `frames` for an audience; `members` is asked where it is not known. True where so much is kept that the
        caller should give way to the network."""
        if not self._emitted:
            asyncio.get_running_loop().call_soon(self._over)
        if audience not in self._emitted:
            self._emitted[audience] = []
            if audience not in self._outboxes:
                self._outboxes[audience] = members()
            for outbox in self._outboxes[audience]:
                outbox.spill = self.spill
        self._number += 1
        self._size += len(frames)
        self._emitted[audience].append((self._number, frames))
        if self._size < BURST:
            return False
        self.spill()
        return True

    def changes(self) -> None:
        """Somebody comes or goes: what was emitted before is not for him, or for him too."""
        self.spill()
        self._outboxes = {}

    def spill(self) -> None:
        """Put into every outbox what it hears."""
        for outbox, piece in self._pieces():
            outbox.add(piece)

    def _over(self) -> None:
        """The turn is over: write it at once where nothing else waits (a microsecond less for each recipient)."""
        for outbox, piece in self._pieces():
            outbox.pour(piece)

    def _pieces(self) -> Iterator[tuple[Outbox, bytes]]:
        """Each recipient and all that he hears, in the order emitted; the same bytes for all who hear the same."""
        if not self._emitted:
            return
        emitted, self._emitted, self._size = self._emitted, {}, 0
        outboxes = self._outboxes = {audience: self._outboxes[audience] for audience in emitted}
        heard: dict[Outbox, tuple[Hashable, ...]] = {}
        if len(emitted) == 1:
            (audience,) = emitted
            heard = dict.fromkeys(outboxes[audience], (audience,))
        else:
            for audience in emitted:
                for outbox in outboxes[audience]:
                    heard[outbox] = (*heard.get(outbox, ()), audience)
        pieces = {
            audiences: _joined([emitted[audience] for audience in audiences]) for audiences in set(heard.values())
        }
        for outbox, audiences in heard.items():
            outbox.spill = None
            yield outbox, pieces[audiences]


def _joined(emitted: list[list[tuple[int, bytes]]]) -> bytes:
    return b"".join([frames for _, frames in merge(*emitted)])


class FanoutManager(socketio.AsyncManager):  # type: ignore[misc]
    """A client manager for which an emit is one encoding and a burst one piece per recipient, without tasks (T33).

    Works under GuardedServer and under a plain `socketio.AsyncServer(client_manager=FanoutManager())`. It differs from
    the stock manager in that who is not let in yet is told nothing before he is: what was meant for him follows his
    CONNECT, or is forgotten with him (T23).
    """

    def __init__(self) -> None:
        super().__init__()
        self._rooms_of: dict[tuple[str, str], set[Hashable]] = {}  # beside his own and that of all
        self._untold: dict[tuple[str, str], list[bytes]] = {}  # by who is not let in yet
        self._burst = Burst()

    def set_server(self, server: Any) -> None:
        """Put our outbox and driver into the server's engine; `initialize` would come too late for them (O2)."""
        super().set_server(server)
        if not hasattr(server.eio, "create_outbox"):  # a plain engine, not the guarded one
            server.eio.create_queue = partial(StockOutbox, Turn())
            server.eio._async = driven(server.eio._async)

    # -- emitting --------------------------------------------------------------------------------------------------

    async def emit(
        self,
        event: str,
        data: Any,
        namespace: str,
        room: Any = None,
        skip_sid: str | list[str] | None = None,
        callback: Any = None,
        to: Any = None,
        **_: Any,
    ) -> None:
        """Emit to the members of a room, of several, or to all; `data` as in python-socketio (a tuple: several arguments)."""
        room = to or room
        skipped = skip_sid if isinstance(skip_sid, list) else [skip_sid]
        arguments = list(data) if isinstance(data, tuple) else [] if data is None else [data]
        if namespace not in self.rooms:
            return
        if callback:
            self._call(namespace, room, skipped, [event, *arguments], callback)
            return
        frames = self._encoded(namespace, [event, *arguments])
        for sid in self.pending_connect.get(namespace, ()):
            if sid not in skipped and self._is_in(sid, namespace, room):
                self._untold.setdefault((namespace, sid), []).append(frames)
        key = (namespace, tuple(room) if _is_several(room) else room, *skipped)
        if self._burst.emit(key, lambda: self._outboxes(namespace, room, skipped), frames):
            await asyncio.sleep(0)

    def _call(self, namespace: str, room: Any, skipped: list[Any], content: list[Any], callback: Any) -> None:
        """Each recipient's packet bears an id of his own."""
        pending = self.pending_connect.get(namespace, ())
        for sid, outbox in list(self._members(namespace, room, skipped)):
            frames = self._encoded(namespace, content, self._generate_ack_id(sid, callback))
            if sid in pending:
                self._untold.setdefault((namespace, sid), []).append(frames)
            else:
                outbox.add(frames)

    def _encoded(self, namespace: str, content: list[Any], ack_id: int | None = None) -> bytes:
        """The frames of an event; binary content makes several."""
        encoded = self.server.packet_class(EVENT, namespace=namespace, data=content, id=ack_id).encode()
        parts = encoded if isinstance(encoded, list) else [encoded]
        return b"".join([_framed(part if isinstance(part, bytes) else f"4{part}") for part in parts])

    def _members(self, namespace: str, room: Any, skipped: list[Any]) -> Iterator[tuple[str, Outbox]]:
        sessions = self.server.eio.sockets
        for sid, eio_sid in self.get_participants(namespace, room):
            session = sessions.get(eio_sid)
            if session is not None and not session.closed and sid not in skipped:
                yield sid, session.queue

    def _outboxes(self, namespace: str, room: Any, skipped: list[Any]) -> list[Outbox]:
        pending = frozenset(self.pending_connect.get(namespace, ()))
        return [outbox for sid, outbox in self._members(namespace, room, skipped) if sid not in pending]

    def _is_in(self, sid: str, namespace: str, room: Any) -> bool:
        """Whether a client is in a room, or in one of several."""
        rooms = self.rooms[namespace]
        return any(each == sid or sid in rooms.get(each, ()) for each in (room if _is_several(room) else [room]))

    # -- coming and going ------------------------------------------------------------------------------------------

    async def connect(self, sid: str, namespace: str) -> str | None:
        """Let a client in, and tell him what was meant for him meanwhile."""
        self._burst.changes()
        sid = await super().connect(sid, namespace)
        untold = self._untold.pop((namespace, sid), None)
        session = self.server.eio.sockets.get(self.eio_sid_from_sid(sid, namespace))
        if untold is not None and session is not None:
            session.queue.add(b"".join(untold))
        return sid

    def get_participants(self, namespace: str, room: Any) -> Iterator[tuple[str, str]]:
        """(sid, Engine.IO sid) of the members of a room, or of several, each once."""
        if _is_several(room):
            yield from {
                sid: eio_sid for each in room for sid, eio_sid in self.get_participants(namespace, each)
            }.items()
        elif room is not None and self.is_sid_room(namespace, room):
            yield room, self.rooms[namespace][None][room]
        else:
            yield from super().get_participants(namespace, room)

    def basic_enter_room(self, sid: str, namespace: str, room: Any, eio_sid: str | None = None) -> None:
        """Put a client into a room, and remember that he is in it. His own is made of nothing but his sid."""
        self._burst.changes()
        if room != sid:
            super().basic_enter_room(sid, namespace, room, eio_sid=eio_sid)
        if room is not None and room != sid:
            self._rooms_of.setdefault((namespace, sid), set()).add(room)

    def basic_leave_room(self, sid: str, namespace: str, room: Any) -> None:
        """Take a client out of a room."""
        self._burst.changes()
        super().basic_leave_room(sid, namespace, room)
        self._rooms_of.get((namespace, sid), set()).discard(room)

    def basic_disconnect(self, sid: str, namespace: str, **_: Any) -> None:
        """Take a client out of his own rooms; the others are not looked at (O4)."""
        for room in self._rooms_of.pop((namespace, sid), set()):
            self.basic_leave_room(sid, namespace, room)
        self.basic_leave_room(sid, namespace, None)
        self._untold.pop((namespace, sid), None)
        self.callbacks.pop(sid, None)
        for pending in (self.pending_connect, self.pending_disconnect):
            if sid in pending.get(namespace, ()):
                pending[namespace].remove(sid)

    def get_rooms(self, sid: str, namespace: str) -> list[Any]:
        """The rooms a client is in, his own among them."""
        own = [sid] if self.is_sid_room(namespace, sid) else []
        return [*own, *self._rooms_of.get((namespace, sid), ())]


def _is_several(room: Any) -> bool:
    return hasattr(room, "__len__") and not isinstance(room, str)


def _framed(packet: str | bytes) -> bytes:
    """The frame of an Engine.IO packet; bytes are binary content."""
    return wire(packet.encode()) if isinstance(packet, str) else binary_wire(packet)
