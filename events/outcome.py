"""What a command came to: the answer its sender gets, made from the very bytes that the journal keeps (PROTOCOL section 2)."""

from collections.abc import Sequence
from typing import NamedTuple

from events.actor import Actor
from stores.change import Entry
from stores.record import encode

MOST_ALSO = 100


class Outcome(NamedTuple):
    """An accepted command. `data` and `also` are JSON; `seq` is the last of the change set, `cursor` its cursor."""

    data: bytes
    also: bytes
    also_total: int
    cursor: str
    seq: int
    repeated: bool = False

    def json(self) -> bytes:
        """The ack or body: `{"ok": true, "data", "also", "also_total", "cursor"}` and `"repeated"` where it was seen before."""
        return b'{"ok":true,"data":%b,"also":%b,"also_total":%d,"cursor":"%b"%b}' % (
            self.data, self.also, self.also_total, self.cursor.encode(), b',"repeated":true' if self.repeated else b"",
        )  # fmt: skip


def outcome_of(entries: Sequence[Entry], primary: tuple[str, str], actor: Actor, *, repeated: bool = False) -> Outcome:
    """The answer for a change set that changed something."""
    own, others = None, []
    for entry in entries:
        if own is None and (entry.resource, entry.record_id) == primary:
            own = entry
        elif _readable(entry, actor):
            others.append(entry)
    data = own.record if own is not None and own.kind != "deleted" and _readable(own, actor) else b"null"
    also = b"[%b]" % b",".join(map(_other, others[:MOST_ALSO])) if others else b"[]"
    last = entries[-1]
    return Outcome(data, also, len(others), f"{last.epoch}.{last.seq}", last.seq, repeated)


def unchanged(data: bytes, cursor: str, seq: int, *, repeated: bool = False) -> Outcome:
    """The answer of a command that changed nothing: no event, no version (D6)."""
    return Outcome(data, b"[]", 0, cursor, seq, repeated)


def _readable(entry: Entry, actor: Actor) -> bool:
    keys = entry.keys_before if entry.kind == "deleted" else entry.keys_after
    return actor.is_system or not actor.keys.isdisjoint(keys)


def _other(entry: Entry) -> bytes:
    said = encode({"resource": entry.resource, "id": entry.record_id, "event": entry.event})
    return b'%b,"data":%b}' % (said[:-1], entry.record)
