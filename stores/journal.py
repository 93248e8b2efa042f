"""The newest part of a tenant's journal, in memory and encoded (rule F3), and the cursors that point into it (rule D7).

Entries come here once they are durable. A reader inside the window is served without the database; one before it is
told so by None and reads the table.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from stores.change import Entry

MAX_DIGITS = 16


class Journal:
    """A window over the journal: entries `start + 1` to `head`, at most so many and so many bytes.

    `epochs` are (epoch, first seq it may write) in the order in which they were made; the last is the present one.
    """

    def __init__(
        self,
        head: int,
        floor: int,
        epochs: Sequence[tuple[str, int]],
        entries: Iterable[Entry] = (),
        *,
        max_entries: int = 10_000,
        max_bytes: int = 32 * 2**20,
    ) -> None:
        self._entries = list(entries)
        self._bytes = sum(entry.size for entry in self._entries)
        self._names = [name for name, _ in epochs]
        self._firsts = [first for _, first in epochs]
        self._max_entries = max_entries
        self._max_bytes = max_bytes
        self.head = head
        self.floor = floor
        self._check_ends_at_head()
        self._trim()

    @property
    def epoch(self) -> str:
        """The present epoch."""
        return self._names[-1]

    @property
    def start(self) -> int:
        """The seq of the last entry not in memory."""
        return self.head - len(self._entries)

    def epoch_at(self, seq: int) -> str:
        """The epoch under which the entry at this seq was, or would be, written."""
        return self._names[bisect_right(self._firsts, max(seq, 1)) - 1]

    def cursor(self, seq: int) -> str:
        """The place of this seq as a client keeps it: `<epoch>.<seq>`."""
        return f"{self.epoch_at(seq)}.{seq}"

    def seq_of(self, cursor: object) -> int | None:
        """The seq that a client's cursor names; None unless it is well-formed, in reach and of the right epoch (D7)."""
        if not isinstance(cursor, str):
            return None
        digits = cursor.rpartition(".")[2]
        if not (digits.isascii() and digits.isdigit() and len(digits) <= MAX_DIGITS):
            return None
        seq = int(digits)
        return seq if self.floor <= seq <= self.head and cursor == self.cursor(seq) else None

    def append(self, entries: Iterable[Entry]) -> None:
        """Add durable entries; a hole or a double is a ValueError and nothing is added (rule F2)."""
        new = list(entries)
        expected = range(self.head + 1, self.head + 1 + len(new))
        if [entry.seq for entry in new] != list(expected):
            raise ValueError(f"the journal stands at {self.head}: its next entries must follow without a hole")
        self._entries += new
        self._bytes += sum(entry.size for entry in new)
        self.head += len(new)
        self._trim()

    def page(self, after: int, limit: int) -> tuple[Entry, ...] | None:
        """At most `limit` entries after this seq; None where they must be read from the database."""
        start = self.start
        if after < start:
            return None
        return tuple(self._entries[after - start : after - start + limit])

    def raise_floor(self, seq: int) -> None:
        """Entries up to this seq are told to nobody any more."""
        self.floor = max(self.floor, seq)
        gone = max(0, self.floor - self.start)
        self._forget(gone, self._bytes - sum(entry.size for entry in self._entries[:gone]))

    def _trim(self) -> None:
        excess, size = 0, self._bytes
        while len(self._entries) - excess > self._max_entries or size > self._max_bytes:
            size -= self._entries[excess].size
            excess += 1
        self._forget(excess, size)

    def _forget(self, count: int, size: int) -> None:
        """The oldest `count` go, `size` bytes are left."""
        del self._entries[:count]
        self._bytes = size

    def _check_ends_at_head(self) -> None:
        if self._entries and self._entries[-1].seq != self.head:
            raise ValueError(f"the journal stands at {self.head}, its entries end at {self._entries[-1].seq}")
