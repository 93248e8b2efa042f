"""What one reader hears of a stretch of the journal, for doors that ask for it instead of being told (F2, F8, PROTOCOL
section 5). Between the journal and the polling door, which only writes it down.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from events.actor import Caller
from events.desk import Desk
from events.errors import SnapshotRequired
from events.feed import resumable
from events.telling import how_told
from events.view import View
from stores.change import Entry

MOST_BYTES = 256 * 1024  # told at once; a change set that is begun is told whole
NO_BASE = "What you hold is no base to go on from. Please take a snapshot."


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who hears: a user with the audience keys he holds now, and the resources he listens to."""

    user_id: str
    keys: frozenset[str]
    resources: frozenset[str]

    def hears(self, entry: Entry) -> str | None:
        """As `how_told`."""
        return how_told(entry, self.keys, self.resources, self.user_id)


@dataclass(slots=True)
class Changes:
    """The journal after `seq`, up to `until`, as the recipient hears it: `told` holds each entry with how it is told.

    `seq` is how far that goes; `more` says that there is something behind it that did not fit."""

    recipient: Recipient
    seq: int
    until: int
    told: list[tuple[Entry, str]] = field(default_factory=list)
    more: bool = False
    _size: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether nothing further is to be taken in."""
        return self.more or self.seq >= self.until

    def take(self, entries: Sequence[Entry]) -> Self:
        """Take the entries that come next. `SnapshotRequired` where they do not: rows may have been pruned (F2)."""
        if not entries or entries[0].seq != self.seq + 1:
            raise SnapshotRequired(NO_BASE)
        for entry in entries:
            if self.is_whole:
                break
            self._take(entry, self.recipient.hears(entry))
        return self

    def _take(self, entry: Entry, how: str | None) -> None:
        if how is not None and self._size >= MOST_BYTES and entry.first > self.told[-1][0].last:
            # F8: the set that does not fit is left whole, also what comes before this entry and is not for him.
            self.seq, self.more = entry.first - 1, True
            return
        self.seq = entry.seq
        if how is not None:
            self.told.append((entry, how))
            self._size += len(entry.record) + len(entry.meta)


async def changes_after(desk: Desk, caller: Caller, seq: int, resources: frozenset[str]) -> Changes:
    """What this caller hears of all that has happened since `seq`, as of now, in the lane: so his keys are those he held
    all the while. `SnapshotRequired` where he cannot go on from there (F2, V4)."""

    def look(view: View) -> Changes:
        if not resumable(desk.journal, view, seq):
            raise SnapshotRequired(NO_BASE)
        return Changes(Recipient(caller.user_id, view.actor.keys, resources), seq, view.seq)

    changes = await desk.read(caller, look)
    while not changes.is_whole:
        entries = await desk.entries_after(changes.seq)
        if changes.seq < desk.journal.floor:
            raise SnapshotRequired(NO_BASE)
        changes.take(entries)
    return changes


def last_words(desk: Desk, recipient: Recipient, seq: int) -> Changes | None:
    """What is still told to somebody who has gone since `seq`: up to the entry that took his rights, where something in
    it is for him alone (V5). None where nothing is, or it is out of memory already."""
    entries = desk.journal.page(seq, desk.journal.head - seq) or ()
    end = next((entry.seq for entry in entries if entry.rights_of == recipient.user_id), seq)
    if end == seq:
        return None
    changes = Changes(recipient, seq, end).take(entries)
    return changes if any(how == "personal" for _, how in changes.told) else None
