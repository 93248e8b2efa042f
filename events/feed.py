"""The feed: tells what the lane has made durable to everyone who may hear it, in one order (DESIGN F, V).

Live readers stand in rooms named by resource and audience key; an entry goes to the rooms of its readers' keys, each
connection once. A door gives each reader a `Sink` and an `Encoder`; it decides nothing.
"""

import asyncio
import logging
from collections.abc import Iterable, Sequence

from events.actor import Caller
from events.desk import Desk
from events.errors import Unauthenticated
from events.reader import FULL_QUEUE, Reader, State
from events.telling import Encoder, Sink, end_reason, telling
from events.view import View
from stores.change import Entry
from stores.journal import Journal

log = logging.getLogger("callboard.feed")

FARTHEST = 20_000  # entries behind; farther back a snapshot is cheaper for everybody
HEARTBEAT_S = 15
SLOW_S = 30
CHUNK = 64  # entries told before queues are looked at


class Feed:
    """Tells what the lane has made durable to the readers of one desk."""

    def __init__(self, desk: Desk, unsent_budget: int = 256 * 2**20) -> None:
        self.desk, self.journal = desk, desk.journal
        self.readers: dict[Reader, None] = {}
        self._rooms: dict[tuple[str, str], dict[Reader, None]] = {}
        self._of_user: dict[str, dict[Reader, None]] = {}
        self._budget = unsent_budget
        self._sweeper: asyncio.Task[None] | None = None
        self.cuts: dict[str, int] = {}
        # First of all listeners: a user is told that he was deleted before his session is ended (V5).
        desk.listeners.insert(0, self.tell)

    def start(self) -> None:
        """Begin to send heartbeats and to cut whom nothing reaches."""
        self._sweeper = asyncio.get_running_loop().create_task(self._sweep_for_ever(), name="feed sweeper")

    async def stop(self) -> None:
        """Let go of all readers."""
        if self._sweeper is not None:
            self._sweeper.cancel()
            await asyncio.gather(self._sweeper, return_exceptions=True)
        for reader in list(self.readers):
            reader.close()

    def now(self) -> float:
        """The event loop's clock, in seconds."""
        return asyncio.get_running_loop().time()

    def open(self, view: View, sink: Sink, caller: Caller, cursor: object, resources: Sequence[str] | None) -> Reader:
        """A new reader, made in the lane. Its cursor is resumed where that can be done and its user's keys have not
        changed since (V4), else it stands at the head and needs a snapshot (F2)."""
        seq = self.journal.seq_of(cursor) if cursor is not None else None
        good = seq is not None and resumable(self.journal, view, seq)
        heard = self.desk.catalog.wire_plurals if resources is None else resources
        reader = Reader(self, sink, caller, view.actor, heard, seq if good and seq is not None else self.journal.head)
        reader.resumed = good
        self.readers[reader] = None
        self._of_user.setdefault(caller.user_id, {})[reader] = None
        return reader

    def leave(self, reader: Reader) -> None:
        """A reader is gone."""
        self.leave_rooms(reader)
        self.readers.pop(reader, None)
        mine = self._of_user.get(reader.caller.user_id, {})
        mine.pop(reader, None)
        if not mine:
            self._of_user.pop(reader.caller.user_id, None)

    def enter_rooms(self, reader: Reader) -> None:
        """Push to this reader from now on. Rooms are named by resource and audience key alone (V2)."""
        for room in _rooms_of(reader):
            self._rooms.setdefault(room, {})[reader] = None

    def leave_rooms(self, reader: Reader) -> None:
        """Push to it no more."""
        for room in _rooms_of(reader):
            members = self._rooms.get(room, {})
            members.pop(reader, None)
            if not members:
                self._rooms.pop(room, None)

    def of_user(self, user_id: str) -> list[Reader]:
        """The open connections of one user."""
        return list(self._of_user.get(user_id, ()))

    # -- telling ---------------------------------------------------------------------------------------------------

    def tell(self, entries: Sequence[Entry]) -> None:
        """Push new entries to all live readers; called by the lane when they are durable. The journal's head is at the
        last of them already, so a reader that falls back in between is set to the place it has really reached."""
        for start in range(0, len(entries), CHUNK):
            chunk = entries[start : start + CHUNK]
            for entry in chunk:
                self._tell(entry)
            self._relieve(chunk[-1].seq)

    def _tell(self, entry: Entry) -> None:
        now = self.now()
        for how, readers in self._audience(entry):
            told, frames = telling(entry, how), dict[Encoder, bytes]()
            # A copy: whose queue overflows leaves its rooms while we go through them.
            for reader in list(readers):
                encoder = reader.sink.encoder
                if encoder not in frames:
                    frames[encoder] = encoder.event(told)
                reader.last_told = now
                reader.sink.send(frames[encoder])
        if entry.rights_of is not None:
            self._reconsider(entry)

    def _audience(self, entry: Entry) -> list[tuple[str, Iterable[Reader]]]:
        """Who of the live hears it how: each connection once (V3)."""
        full = self._members(entry.resource, entry.keys_before if entry.kind == "deleted" else entry.keys_after)
        said: list[tuple[str, Iterable[Reader]]] = []
        if entry.personal is not None:
            own = [r for r in self.of_user(entry.personal[0]) if r.state is State.LIVE]
            said.append(("personal", own))
            full = [reader for reader in full if reader not in own]
        said.append(("full", full))
        if entry.kind == "updated" and entry.keys_before != entry.keys_after:
            told = set(full)
            before = self._members(entry.resource, entry.keys_before)
            said.append(("hidden", [reader for reader in before if reader not in told]))
        return [(how, readers) for how, readers in said if readers]

    def _members(self, resource: str, keys: Iterable[str]) -> "dict[Reader, None] | list[Reader]":
        rooms = [self._rooms[resource, key] for key in keys if (resource, key) in self._rooms]
        if len(rooms) == 1:
            return rooms[0]
        return list(dict.fromkeys(reader for room in rooms for reader in room))

    def _reconsider(self, entry: Entry) -> None:
        """V4: open connections of a user whose rights changed follow at once; whose session ended is told so and closed."""
        for reader in self.of_user(entry.rights_of or ""):
            if reader.state is State.WAITING:
                continue  # it meets this entry when it is read for it
            try:
                actor = self.desk.actor(reader.caller)
            except Unauthenticated:
                self._part_with(reader, entry)
                continue
            if reader.state is State.LIVE and actor.keys != reader.actor.keys:
                reader.rebase(actor, "rights")

    def _part_with(self, reader: Reader, entry: Entry) -> None:
        """The end of a session. Who is not live skips what he has not been told: he may not wait for his last word (V5)."""
        if reader.state is not State.LIVE and entry.personal is not None:
            reader.sink.send(reader.sink.encoder.event(telling(entry, "personal")))
        reader.sink.end(end_reason(entry))

    def _relieve(self, seq: int) -> None:
        """Live readers with a full queue go back to catching up, from where they are."""
        for reader in [r for r in self.readers if r.state is State.LIVE and r.sink.unsent > FULL_QUEUE]:
            reader.fall_back_at(seq)

    # -- keeping ---------------------------------------------------------------------------------------------------

    async def _sweep_for_ever(self) -> None:
        while True:
            await asyncio.sleep(1)
            self.sweep()

    def sweep(self) -> None:
        """Heartbeats for the silent, an end for those who accept nothing (F1, F5)."""
        due = self.now() - HEARTBEAT_S + 1
        for reader in list(self.readers):
            if reader.sink.stalled_s > SLOW_S:
                self._cut(reader, "slow")
            elif reader.state is State.LIVE and reader.last_told < due:
                reader.last_told = self.now()
                reader.sink.send(reader.sink.encoder.cursor(reader.cursor))
        self._keep_budget()

    def _keep_budget(self) -> None:
        unsent = {reader: reader.sink.unsent for reader in self.readers}
        total = sum(unsent.values())
        for reader in sorted(unsent, key=lambda r: unsent[r], reverse=True):
            if total <= self._budget:
                return
            total -= unsent[reader]
            self._cut(reader, "budget")

    def _cut(self, reader: Reader, reason: str) -> None:
        log.warning("a connection was cut: %s", reason)
        self.cuts[reason] = self.cuts.get(reason, 0) + 1
        reader.sink.cut(reason)


def resumable(journal: Journal, view: View, seq: int) -> bool:
    """Whether this view's user can go on from there: not too far back, and with the keys that he has now (F2, V4)."""
    return journal.floor <= seq and seq >= view.user.rights_seq and journal.head - seq <= FARTHEST


def _rooms_of(reader: Reader) -> list[tuple[str, str]]:
    return [(resource, key) for resource in reader.resources for key in reader.actor.keys]
