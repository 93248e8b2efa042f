"""A reader: one connection's place in the journal, and whether it is pulled along or pushed to (F1).

It is *catching up* (the journal is read for it, a passage whenever little is unsent), *live* (pushed to as the lane tells),
or *held* (a snapshot's pages are on their way). Its cursor is its queue: who cannot keep up goes back to catching up, so
nobody's slowness costs memory, and resume, slow readers, bulk changes and imports are one mechanism. Catching up needs no
task: a reader goes on when its sink has room again, or when what it waits for has come.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable
from enum import Enum
from functools import partial
from typing import Protocol

from events.actor import Actor, Caller
from events.desk import Desk
from events.errors import Unauthenticated
from events.passage import Passage
from events.replay import Replay
from events.telling import Sink, end_reason
from events.view import View
from stores.change import Entry
from stores.journal import Journal

FULL_QUEUE = 256 * 1024  # bytes unsent at which a live reader goes back to catching up
LITTLE = 64 * 1024  # bytes unsent below which it is told more


class Rooms(Protocol):
    """What a reader needs of its feed."""

    desk: Desk
    journal: Journal
    replay: Replay
    told: int
    """The last entry that all live readers have been told."""
    resets: Counter[str]
    """How often a client was told that a snapshot is required, by reason."""

    def now(self) -> float:
        """The event loop's clock."""

    def enter_rooms(self, reader: "Reader") -> None:
        """Push to it from now on."""

    def leave_rooms(self, reader: "Reader") -> None:
        """Push to it no more."""

    def leave(self, reader: "Reader") -> None:
        """It is gone."""


class State(Enum):
    """What a reader is doing."""

    WAITING = "waiting"
    CATCHING_UP = "catching up"
    LIVE = "live"
    HELD = "held"
    CLOSED = "closed"


class Reader:
    """One connection's place in the journal: `caller` and the `keys` he holds, the `resources` he listens to."""

    __slots__ = (
        "_is_waiting", "_live", "_position", "actor", "caller", "encoder", "feed", "is_ready", "last_told", "resources",
        "resumed", "sink", "state",
    )  # fmt: skip

    def __init__(
        self, feed: Rooms, sink: Sink, caller: Caller, actor: Actor, resources: Iterable[str], position: int
    ) -> None:
        self.feed, self.sink, self.caller, self.actor = feed, sink, caller, actor
        self.encoder = sink.encoder
        self.resources = frozenset(resources)
        self.state = State.WAITING
        self.resumed = False
        self.is_ready = False
        self.last_told = 0.0
        self._position = position
        self._is_waiting = False  # for the table, or for the lane
        self._live: asyncio.Event | None = None  # while somebody waits for it

    @property
    def position(self) -> int:
        """The last entry this connection has been told, or that was not for it."""
        return self.feed.told if self.state is State.LIVE else self._position

    @property
    def cursor(self) -> str:
        """The position as a client keeps it (F5)."""
        return self.feed.journal.cursor(self.position)

    def start(self) -> None:
        """Begin to tell: the connection has been acknowledged (O3)."""
        if self.state is State.WAITING:
            self._catch_up()

    def close(self) -> None:
        """The connection is gone."""
        self.feed.leave(self)
        self._settle(State.CLOSED)

    async def live(self) -> None:
        """Wait until the reader is live (or gone)."""
        while self.state not in {State.LIVE, State.CLOSED}:
            self._live = self._live or asyncio.Event()
            await self._live.wait()

    def _settle(self, state: State) -> None:
        self.state = state
        if self._live is not None:
            self._live.set()
            self._live = None

    def hold(self) -> None:
        """Stand still here: what follows is told after the snapshot's last page (F4)."""
        self._fall_back(State.HELD)

    def release(self) -> None:
        """The last page is in the queue: go on."""
        if self.state is State.HELD:
            self._catch_up()

    def listen_to(self, resources: Iterable[str]) -> None:
        """Change the subscription, at this place in the feed."""
        was_live = self.state is State.LIVE
        self.feed.leave_rooms(self)
        self.resources = frozenset(resources)
        if was_live:
            self.feed.enter_rooms(self)

    def fall_back(self) -> None:
        """Too much is unsent: from push back to pull (F1)."""
        self._fall_back(State.CATCHING_UP)
        self._catch_up()

    def rebase(self, actor: Actor, reason: str) -> None:
        """Another actor than the replica was made for: a snapshot is needed, and what follows is told to his new keys (V4)."""
        at = self.position
        was_live = self.state is State.LIVE
        self.feed.leave_rooms(self)
        self.actor, self._position = actor, at
        self._require_snapshot(reason)
        if was_live:
            self.feed.enter_rooms(self)

    # -- catching up -----------------------------------------------------------------------------------------------

    def _fall_back(self, state: State) -> None:
        self._position = self.position
        self.feed.leave_rooms(self)
        if self.state is not State.CLOSED:
            self.state = state

    def _catch_up(self) -> None:
        self.state = State.CATCHING_UP
        self.go_on()

    def go_on(self) -> None:
        """Tell what comes next for as long as little is unsent, and go live in the same synchronous step that finds
        nothing more (F1). The sink calls this when it has room again."""
        while self.state is State.CATCHING_UP and not self._is_waiting:
            unsent, at_head = self.sink.unsent, self._position == self.feed.told
            if unsent >= (FULL_QUEUE if at_head else LITTLE):
                return
            if at_head:
                self._go_live()
            else:
                self._tell_more()

    def _tell_more(self) -> None:
        if self._position < self.feed.journal.floor:
            self._reset("journal")
            return
        passage = self.feed.replay.after(self._position, self.feed.told)
        if passage is None:
            self._is_waiting = True
            self.feed.replay.read(self._position, self)
        else:
            self._tell(passage)

    def arrived(self, found: bool) -> None:
        """The table has been read: what follows is there, or it has gone."""
        self._is_waiting = False
        if self.state is State.CATCHING_UP and not found:
            self._reset("journal")
        self.go_on()

    def _tell(self, passage: Passage) -> None:
        pattern = passage.after(passage.pattern(self.actor.keys, self.caller.user_id), self._position)
        self._position = passage.last
        if pattern:
            self.hear(passage.piece(self.encoder, self.resources, pattern), self.feed.now())
        self.sink.moved()
        if passage.rights_of == self.caller.user_id:
            self._meet_rights(passage.entries[-1])

    def hear(self, piece: bytes, now: float) -> None:
        """Be told this; nothing is no piece."""
        if piece:
            self.last_told = now
            self.sink.send(piece)

    def _meet_rights(self, entry: Entry) -> None:
        """The entry changed who this is to us: as of now, in the lane, who is he? (V4)"""
        self._is_waiting = True
        self.feed.desk.look(self.caller, self._rebase_in_lane, partial(self._met, entry))

    def _rebase_in_lane(self, view: View) -> None:
        if self.state is State.CATCHING_UP and view.actor.keys != self.actor.keys:
            self._position = view.seq
            self.rebase(view.actor, "rights")

    def _met(self, entry: Entry, result: Exception | None) -> None:
        self._is_waiting = False
        if isinstance(result, Unauthenticated):
            self.sink.end(end_reason(entry))
        elif result is None:
            self.go_on()

    def _reset(self, reason: str) -> None:
        """Fell out of the journal: only a snapshot helps; what follows is told from here."""
        self._position = self.feed.told
        self._require_snapshot(reason)

    def _require_snapshot(self, reason: str) -> None:
        # `ready` must not give it a place again that its replica has no base for. Once it did: whoever was cut before his
        # snapshot came went on from there, with a gap (schedule 12 of the feed's properties, under load).
        self.resumed = False
        self.feed.resets[reason] += 1
        self.sink.send(self.encoder.snapshot_required(reason))

    def _go_live(self) -> None:
        self.feed.enter_rooms(self)
        self._settle(State.LIVE)
        if not self.is_ready:
            self.is_ready = True
            self.last_told = self.feed.now()
            self.sink.ready()
        self.sink.moved()
