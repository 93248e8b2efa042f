"""The feed: tells what the lane has made durable to everyone who may hear it, in one order (DESIGN F, V).

Live readers stand in rooms named by audience key; what is new is told passage by passage to the rooms of its keys, each
connection once and in one piece. A door gives each reader a `Sink` and an `Encoder`; it decides nothing.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from events.actor import Caller
from events.desk import Desk
from events.errors import Unauthenticated
from events.passage import MOST_BYTES, Passage, passages
from events.reader import FULL_QUEUE, Reader, State
from events.replay import Replay
from events.telling import Encoder, Sink, end_reason, telling
from events.view import View
from stores.change import Entry
from stores.journal import Journal

log = logging.getLogger("callboard.feed")

FARTHEST = 20_000  # entries behind; farther back a snapshot is cheaper for everybody
HEARTBEAT_S = 15
SLOW_S = 30
SWEEP_S = 1  # in which everybody is looked at once
SLICE = 500  # readers that are swept in one turn of the loop


class Feed:
    """Tells what the lane has made durable to the readers of one desk."""

    def __init__(self, desk: Desk, unsent_budget: int = 256 * 2**20) -> None:
        self.desk, self.journal, self.replay = desk, desk.journal, Replay(desk)
        self.told = desk.journal.head
        self.readers: dict[Reader, None] = {}
        self._everything = frozenset(desk.catalog.wire_plurals)
        self._rooms: dict[str, dict[Reader, None]] = {}
        self._of_user: dict[str, dict[Reader, None]] = {}
        self._budget = unsent_budget
        self._unlooked = 0  # bytes told since queues were looked at
        self._is_over_budget = False  # as of the last sweep
        self._sweeper: asyncio.Task[None] | None = None
        # For whoever looks after the server: connections cut and replicas that lost their base, by reason; readers that
        # fell back from live; bytes unsent in the last sweep, of all and of who has most.
        self.cuts, self.resets = Counter[str](), Counter[str]()
        self.falls = self.unsent = self.most_unsent = self._most = 0
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
        self.replay.close()
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
        heard = self._everything if resources is None else resources
        reader = Reader(self, sink, caller, view.actor, heard, seq if good and seq is not None else self.journal.head)
        reader.resumed = good
        if not good and cursor is not None:
            self.resets["cursor"] += 1
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
        """Push to this reader from now on. Rooms are named by audience key alone (V2): a room for each resource as well
        cost ten times the memory."""
        for key in reader.actor.keys:
            self._rooms.setdefault(key, {})[reader] = None

    def leave_rooms(self, reader: Reader) -> None:
        """Push to it no more."""
        for key in reader.actor.keys:
            members = self._rooms.get(key, {})
            members.pop(reader, None)
            if not members:
                self._rooms.pop(key, None)

    def of_user(self, user_id: str) -> list[Reader]:
        """The open connections of one user."""
        return list(self._of_user.get(user_id, ()))

    def lag(self) -> tuple[int, float]:
        """(entries, seconds) that the slowest reader is behind; the age is that of the oldest entry in memory where what he
        hears next is older still."""
        place = min((each.position for each in self.readers if each.state is not State.LIVE), default=self.told)
        if place >= self.told:
            return 0, 0.0
        page = self.journal.page(max(place, self.journal.start), 1)  # nothing where all of it has been pruned meanwhile
        return self.told - place, (self.desk.clock.now() - page[0].at).total_seconds() if page else 0.0

    # -- telling ---------------------------------------------------------------------------------------------------

    def tell(self, entries: Sequence[Entry]) -> None:
        """Push new entries to all live readers; called by the lane when they are durable. The journal's head is at the
        last of them already, so `told` says how far the live have really been told."""
        for passage in passages(entries):
            self._tell(passage)
            if passage.rights_of is not None:
                self._reconsider(passage.entries[-1])
            self._relieve(passage.size)

    def _tell(self, passage: Passage) -> None:
        now, audience = self.now(), self._audience(passage)
        self.told = passage.last  # from here on who goes live has had this passage from the replay
        for reader, pattern in audience.items():
            reader.hear(passage.piece(reader.encoder, reader.resources, pattern), now)

    def _audience(self, passage: Passage) -> dict[Reader, int]:
        """Who of the live may hear what of it (V3). No room is walked while it is told to: who leaves leaves his rooms."""
        audience: dict[Reader, int] = {}
        for members, pattern in self._spoken_to(passage):
            for reader in members:
                audience[reader] = audience.get(reader, 0) | pattern
        return audience

    def _spoken_to(self, passage: Passage) -> Iterator[tuple[Iterable[Reader], int]]:
        for key, pattern in passage.by_key.items():
            if key in self._rooms:
                yield self._rooms[key], pattern
        for user_id, pattern in passage.by_user.items():
            yield [reader for reader in self.of_user(user_id) if reader.state is State.LIVE], pattern

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
            reader.sink.send(reader.encoder.event(telling(entry, "personal")))
        reader.sink.end(end_reason(entry))

    def _relieve(self, size: int) -> None:
        """Live readers with a full queue go back to catching up, from where they are. They are not looked at for every
        few bytes: at 500 readers the looks cost more than the telling."""
        self._unlooked += size
        if self._unlooked >= MOST_BYTES:
            self._unlooked = 0
            for reader in [r for r in self.readers if r.state is State.LIVE and r.sink.unsent > FULL_QUEUE]:
                self.falls += 1
                reader.fall_back()

    # -- keeping ---------------------------------------------------------------------------------------------------

    async def _sweep_for_ever(self) -> None:
        """Everybody is looked at, some at a time: heartbeats to thousands would hold up the loop."""
        while True:
            readers = list(self.readers)
            slices = [readers[start : start + SLICE] for start in range(0, len(readers), SLICE)] or [readers]
            unsent = 0
            for some in slices:
                await asyncio.sleep(SWEEP_S / len(slices))
                unsent += self._look_at(some)
            self._end_sweep(unsent)

    def sweep(self) -> None:
        """Heartbeats for the silent, an end for those who accept nothing (F1, F5)."""
        self._end_sweep(self._look_at(self.readers))

    def _look_at(self, readers: Iterable[Reader]) -> int:
        """Bytes unsent of them all."""
        now, cursor, total, most = self.now(), self.journal.cursor(self.told), 0, self._most
        beats: dict[Encoder, bytes] = {}
        for reader in list(readers):
            unsent = reader.sink.unsent
            total += unsent
            most = max(most, unsent)
            if unsent and reader.sink.stalled_s > SLOW_S and reader in self.readers:
                self._cut(reader, "slow")
            elif reader.state is State.LIVE and now - reader.last_told > HEARTBEAT_S - SWEEP_S:
                if reader.encoder not in beats:
                    beats[reader.encoder] = reader.encoder.cursor(cursor)
                reader.hear(beats[reader.encoder], now)
        self._most = most
        return total

    def _end_sweep(self, unsent: int) -> None:
        """One sweep over the budget is forgiven: 5,000 who come back at once have twice of it unsent for a moment, most of
        it the same bytes, and are all healthy."""
        self.replay.rest()
        self.unsent, self.most_unsent, self._most = unsent, self._most, 0
        was_over, self._is_over_budget = self._is_over_budget, unsent > self._budget
        if was_over and self._is_over_budget:
            self._keep_budget()

    def _keep_budget(self) -> None:
        """Who accepts nothing goes first, the longest stalled before the others, then who has most."""
        unsent = {reader: reader.sink.unsent for reader in self.readers}
        total = sum(unsent.values())
        for reader in sorted(unsent, key=lambda r: (r.sink.stalled_s, unsent[r]), reverse=True):
            if total <= self._budget:
                return
            total -= unsent[reader]
            self._cut(reader, "budget")

    def _cut(self, reader: Reader, reason: str) -> None:
        log.warning("a connection was cut: %s", reason)
        self.cuts[reason] += 1
        reader.sink.cut(reason)


def resumable(journal: Journal, view: View, seq: int) -> bool:
    """Whether this view's user can go on from there: not too far back, and with the keys that he has now (F2, V4)."""
    return journal.floor <= seq and seq >= view.user.rights_seq and journal.head - seq <= FARTHEST
