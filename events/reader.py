"""A reader: one connection's place in the journal, and whether it is pulled along or pushed to (F1).

It is *catching up* (the journal is read for it, a page whenever little is unsent), *live* (pushed to as the lane tells),
or *held* (a snapshot's pages are on their way). Its cursor is its queue: who cannot keep up goes back to catching up, so
nobody's slowness costs memory, and resume, slow readers, bulk changes and imports are one mechanism.
"""

import asyncio
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Protocol

from events.actor import Actor, Caller
from events.desk import Desk
from events.errors import Unauthenticated
from events.telling import Sink, end_reason, how_told, telling
from events.view import View
from stores.change import Entry
from stores.journal import Journal

FULL_QUEUE = 256 * 1024  # bytes unsent at which a live reader goes back to catching up


class Rooms(Protocol):
    """What a reader needs of its feed."""

    desk: Desk
    journal: Journal

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

    def __init__(
        self, feed: Rooms, sink: Sink, caller: Caller, actor: Actor, resources: Iterable[str], position: int
    ) -> None:
        self.feed, self.sink, self.caller, self.actor = feed, sink, caller, actor
        self.resources = frozenset(resources)
        self.state = State.WAITING
        self.resumed = False
        self.is_ready = False
        self.last_told = 0.0
        self._position = position
        self._pump: asyncio.Task[None] | None = None
        self._live = asyncio.Event()

    @property
    def position(self) -> int:
        """The last entry this connection has been told, or that was not for it."""
        return self.feed.journal.head if self.state is State.LIVE else self._position

    @property
    def cursor(self) -> str:
        """The position as a client keeps it (F5)."""
        return self.feed.journal.cursor(self.position)

    def start(self) -> None:
        """Begin to tell: the connection has been acknowledged (O3)."""
        if self.state is State.WAITING:
            self._catch_up(self._position)

    def close(self) -> None:
        """The connection is gone."""
        self.feed.leave(self)
        self.state = State.CLOSED
        if self._pump is not None:
            self._pump.cancel()
        self._live.set()

    async def live(self) -> None:
        """Wait until the reader is live (or gone)."""
        while self.state not in {State.LIVE, State.CLOSED}:
            await self._live.wait()

    def hold(self) -> None:
        """Stand still here: what follows is told after the snapshot's last page (F4)."""
        self._fall_back(State.HELD)

    def release(self) -> None:
        """The last page is in the queue: go on."""
        if self.state is State.HELD:
            self._catch_up(self._position)

    def listen_to(self, resources: Iterable[str]) -> None:
        """Change the subscription, at this place in the feed."""
        was_live = self.state is State.LIVE
        self.feed.leave_rooms(self)
        self.resources = frozenset(resources)
        if was_live:
            self.feed.enter_rooms(self)

    def fall_back_at(self, seq: int) -> None:
        """Too much is unsent: from push back to pull, from the entry it has really been told (F1)."""
        self._fall_back(State.CATCHING_UP)
        self._catch_up(seq)

    def rebase(self, actor: Actor, reason: str) -> None:
        """Another actor than the replica was made for: a snapshot is needed, and what follows is told to his new keys (V4)."""
        at = self.position
        was_live = self.state is State.LIVE
        self.feed.leave_rooms(self)
        self.actor, self._position = actor, at
        self.sink.send(self.sink.encoder.snapshot_required(reason))
        if was_live:
            self.feed.enter_rooms(self)

    # -- catching up -----------------------------------------------------------------------------------------------

    def _fall_back(self, state: State) -> None:
        self._position = self.position
        self.feed.leave_rooms(self)
        self._live.clear()
        if self.state is not State.CLOSED:
            self.state = state

    def _catch_up(self, position: int) -> None:
        self._position, self.state = position, State.CATCHING_UP
        if position == self.feed.journal.head and self.sink.unsent < FULL_QUEUE:
            self._go_live()
        elif self._pump is None or self._pump.done():
            self._pump = asyncio.get_running_loop().create_task(self._run(), name="catching up")

    async def _run(self) -> None:
        while self.state is State.CATCHING_UP:
            await self.sink.room()
            if self._position < self.feed.journal.floor:
                self._reset("journal")
            page = await self.feed.desk.entries_after(self._position)
            if self.state is State.CATCHING_UP:
                await self._take(page)

    def _is_next(self, page: Sequence[Entry]) -> bool:
        """F2: only position + 1 comes next; rows may have been pruned while they were asked for."""
        return page[0].seq == self._position + 1 if page else self._position == self.feed.journal.head

    async def _take(self, page: Sequence[Entry]) -> None:
        """Tell a page; in the same synchronous step that finds nothing more, go live (F1)."""
        if not self._is_next(page):
            self._reset("journal")
            page = ()
        for entry in page:
            self._position = entry.seq
            self._tell(entry)
            if entry.rights_of == self.caller.user_id:
                await self._meet_rights(entry)
                break
            if self.sink.unsent >= FULL_QUEUE:
                break
        self.sink.moved()
        if self.state is State.CATCHING_UP and self._position == self.feed.journal.head:
            self._go_live()

    def _tell(self, entry: Entry) -> None:
        how = how_told(entry, self.actor.keys, self.resources, self.caller.user_id)
        if how is not None:
            self.last_told = self.feed.now()
            self.sink.send(self.sink.encoder.event(telling(entry, how)))

    async def _meet_rights(self, entry: Entry) -> None:
        """The entry changed who this is to us: as of now, in the lane, who is he? (V4)"""
        try:
            await self.feed.desk.read(self.caller, self._rebase_in_lane)
        except Unauthenticated:
            self.sink.end(end_reason(entry))

    def _rebase_in_lane(self, view: View) -> None:
        if self.state is State.CATCHING_UP and view.actor.keys != self.actor.keys:
            self._position = view.seq
            self.rebase(view.actor, "rights")

    def _reset(self, reason: str) -> None:
        """Fell out of the journal: only a snapshot helps; what follows is told from here."""
        self._position = self.feed.journal.head
        self.sink.send(self.sink.encoder.snapshot_required(reason))

    def _go_live(self) -> None:
        self.state = State.LIVE
        self.feed.enter_rooms(self)
        self._live.set()
        if not self.is_ready:
            self.is_ready = True
            self.last_told = self.feed.now()
            self.sink.ready()
        self.sink.moved()
