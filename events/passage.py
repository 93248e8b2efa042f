"""A passage: some entries of the journal in a row, and what each reader hears of them, in one piece (V3, V5, O1).

What a reader hears is a pattern, one whole number: for each entry one bit that says *in full*, one that says *hidden* and one
that says *personally*. All readers at one door with one pattern get the same bytes, joined once, so that telling a passage
costs one send per reader, however many entries it has. Live readers and those that catch up are told in this one way.
"""

from collections.abc import Iterable, Iterator, Sequence

from events.telling import Encoder, telling
from stores.change import Entry

MOST_BYTES = 64 * 1024  # of entries in one passage: a quarter of what a queue may hold
MOST_ENTRIES = 64
MOST_HELD = 2**20  # bytes of pieces that one passage keeps


class Passage:
    """Entries in a row. `by_key` and `by_user` say what a holder of an audience key, and a user himself, may hear: patterns
    that are joined with `|`; only `piece` decides between full, hidden and personal, as V3 and V5 want it."""

    __slots__ = ("_by_resource", "_frames", "_held", "_pieces", "by_key", "by_user", "entries", "first", "last", "size")

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.first, self.last = entries[0].seq, entries[-1].seq
        self.size = sum(entry.size for entry in entries)
        self.by_key: dict[str, int] = {}
        self.by_user: dict[str, int] = {}
        self._by_resource: dict[str, int] = {}
        self._frames: dict[tuple[Encoder, int, str], bytes] = {}
        self._pieces: dict[tuple[Encoder, frozenset[str], int], bytes] = {}
        self._held = 0  # bytes in _pieces
        for place, entry in enumerate(entries):
            self._note(entry, 1 << place)

    def _note(self, entry: Entry, bit: int) -> None:
        self._by_resource[entry.resource] = self._by_resource.get(entry.resource, 0) | bit
        for key in entry.keys_before if entry.kind == "deleted" else entry.keys_after:
            self.by_key[key] = self.by_key.get(key, 0) | bit
        if entry.kind == "updated" and entry.keys_before != entry.keys_after:
            for key in entry.keys_before:
                self.by_key[key] = self.by_key.get(key, 0) | bit << len(self.entries)
        if entry.personal is not None:
            user_id = entry.personal[0]
            self.by_user[user_id] = self.by_user.get(user_id, 0) | bit << 2 * len(self.entries)

    @property
    def rights_of(self) -> str | None:
        """The user whose rights its last entry changed: no other entry of it changes any."""
        return self.entries[-1].rights_of

    def pattern(self, keys: Iterable[str], user_id: str) -> int:
        """What somebody with these keys may hear."""
        pattern = self.by_user.get(user_id, 0)
        for key in keys:
            pattern |= self.by_key.get(key, 0)
        return pattern

    def after(self, pattern: int, seq: int) -> int:
        """The same without the entries up to this seq."""
        count, gone = len(self.entries), max(0, seq + 1 - self.first)
        rest = ((1 << count) - 1) >> gone << gone
        return pattern & (rest | rest << count | rest << 2 * count)

    def piece(self, encoder: Encoder, resources: frozenset[str], pattern: int) -> bytes:
        """The events of this pattern for those who listen to these resources, in order, for one send; empty where there
        are none. The same bytes for all who ask alike."""
        asked = (encoder, resources, pattern)
        piece = self._pieces.get(asked)
        if piece is None:
            if self._held > MOST_HELD:
                self._pieces.clear()
                self._held = 0
            piece = self._pieces[asked] = self._made(encoder, self._told(resources, pattern))
            self._held += len(piece)
        return piece

    def _told(self, resources: frozenset[str], pattern: int) -> list[tuple[int, str]]:
        """(place, how) of what is told, in order; one entry in one way."""
        count = len(self.entries)
        personal = pattern >> 2 * count
        heard = sum(places for resource, places in self._by_resource.items() if resource in resources) & ~personal
        full = pattern & heard
        hidden = pattern >> count & heard & ~full
        hows = ((full, "full"), (hidden, "hidden"), (personal, "personal"))
        return sorted((place, how) for places, how in hows if places for place in range(count) if places >> place & 1)

    def _made(self, encoder: Encoder, told: list[tuple[int, str]]) -> bytes:
        frames = [self._frame(encoder, *each) for each in told]
        return encoder.join(frames) if len(frames) > 1 else frames[0] if frames else b""

    def _frame(self, encoder: Encoder, place: int, how: str) -> bytes:
        frame = self._frames.get((encoder, place, how))
        if frame is None:
            frame = self._frames[encoder, place, how] = encoder.event(telling(self.entries[place], how))
        return frame


def passages(entries: Iterable[Entry]) -> Iterator[Passage]:
    """These entries, cut where one is large enough, and after each that changes somebody's rights: who may hear what
    follows it has to be asked anew (V4)."""
    row: list[Entry] = []
    size = 0
    for entry in entries:
        row.append(entry)
        size += entry.size
        if size >= MOST_BYTES or len(row) == MOST_ENTRIES or entry.rights_of is not None:
            yield Passage(row)
            row, size = [], 0
    if row:
        yield Passage(row)
