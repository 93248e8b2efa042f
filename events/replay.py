"""The replay: passages of the journal for readers that catch up, each made once for all who come by (F1, F3, O1).

What is in memory is there at once; what is older is read from the table, one page for all who wait at the same place. The
passages are kept while readers ask for them: thousands who come back together are told what a few had to be made of.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile
from typing import Protocol

from events.desk import Desk
from events.passage import MOST_ENTRIES, Passage, passages
from stores.change import Entry
from stores.errors import StoreError

log = logging.getLogger("callboard.replay")

MOST_KEPT = 2 * 2**20  # bytes of entries in all passages
SLICE = 100  # readers that go on in one turn of the loop
MEMORY, TABLE = "memory", "table"


class Waiting(Protocol):
    """A reader that waits for a page of the table."""

    def arrived(self, found: bool) -> None:
        """The page is there, or nothing follows the reader's place."""


class Replay:
    """The passages of one desk's journal that are being asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._at: dict[int, Passage] = {}  # by the seq of each of its entries
        self._kept: dict[Passage, None] = {}  # the oldest first
        self._size = 0
        self._is_asked = False
        self._waiting: dict[int, list[Waiting]] = {}
        self._reading: set[asyncio.Task[None]] = set()
        self.pages = Counter({MEMORY: 0, TABLE: 0})  # made for those who catch up, by where the entries were

    def after(self, seq: int, told: int) -> Passage | None:
        """The passage with the entry that comes after `seq`, none of it beyond `told`; None where the table must be read."""
        self._is_asked = True
        passage = self._at.get(seq + 1)
        if passage is None:
            page = self._desk.journal.page(seq, min(MOST_ENTRIES, told - seq))
            passage = self._keep(page)[0] if page else None
            self.pages[MEMORY] += passage is not None
        return passage

    def read(self, seq: int, reader: Waiting) -> None:
        """Read what comes after `seq` from the table; the reader is told when it is there."""
        waiting = self._waiting.setdefault(seq, [])
        waiting.append(reader)
        if len(waiting) == 1:
            task = asyncio.get_running_loop().create_task(self._read(seq), name="replay")
            self._reading.add(task)
            task.add_done_callback(self._reading.discard)

    def close(self) -> None:
        """Nobody waits any more."""
        for task in self._reading:
            task.cancel()

    def rest(self) -> None:
        """Let go of all that nobody has asked for since the last call."""
        if not self._is_asked:
            self._at.clear()
            self._kept.clear()
            self._size = 0
        self._is_asked = False

    async def _read(self, seq: int) -> None:
        try:
            page = await self._desk.entries_after(seq)
        except StoreError as error:
            log.warning("the journal cannot be read: %s", error)
            page = ()
        readers = self._waiting.pop(seq)
        is_next = bool(page) and page[0].seq == seq + 1  # rows may have been pruned meanwhile (F2)
        if is_next:
            self._keep(page)
            self.pages[TABLE] += 1
        for start in range(0, len(readers), SLICE):
            for reader in readers[start : start + SLICE]:
                reader.arrived(is_next)
            await asyncio.sleep(0)

    def _keep(self, page: Sequence[Entry]) -> list[Passage]:
        """Keep the page as passages, up to where one begins that is kept already: nothing is made twice."""
        made = list(passages(takewhile(lambda entry: entry.seq not in self._at, page)))
        for passage in made:
            self._kept[passage] = None
            self._size += passage.size
            self._at.update(dict.fromkeys(range(passage.first, passage.last + 1), passage))
        while self._size > MOST_KEPT and len(self._kept) > len(made):
            self._forget(next(iter(self._kept)))
        return made

    def _forget(self, passage: Passage) -> None:
        del self._kept[passage]
        self._size -= passage.size
        for seq in range(passage.first, passage.last + 1):
            del self._at[seq]
