"""How an entry of the journal is told: to whom in full, hidden, or personally, and what a door must offer for it (V3, V5).

Between the feed, which knows who listens where, and the doors, which know how bytes go out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import orjson

from stores.change import Entry
from stores.record import encode


@dataclass(frozen=True, slots=True)
class Telling:
    """One entry as one audience hears it; `data` and `meta` are JSON."""

    event: str
    data: bytes
    meta: bytes
    cursor: str


class Encoder(Protocol):
    """How a door puts things on its wire; called once for all its readers (O1)."""

    def event(self, telling: Telling) -> bytes:
        """An event."""

    def cursor(self, cursor: str) -> bytes:
        """The heartbeat."""

    def snapshot_required(self, reason: str) -> bytes:
        """What the client holds is no longer a base to go on from."""

    def signal(self, event: str, data: bytes) -> bytes:
        """Something that is told without meta: presence, typing, a lock (F6)."""

    def join(self, frames: Sequence[bytes]) -> bytes:
        """Several of these as one piece, for one send."""


class Sink(Protocol):
    """One connection, as the feed writes to it. Who was told that 64 KiB or more are unsent hears when they are fewer: the
    sink calls its reader's `go_on`."""

    @property
    def encoder(self) -> Encoder:
        """How its door writes."""

    @property
    def unsent(self) -> int:
        """Bytes not yet accepted by the other side."""

    @property
    def stalled_s(self) -> float:
        """For how long it has accepted nothing though something is unsent; 0 when it flows."""

    def send(self, frame: bytes) -> None:
        """Put bytes into its queue: an event, or several of them joined."""

    def ready(self) -> None:
        """The replay is over: say so, at this place in the feed."""

    def moved(self) -> None:
        """The reader's position has changed: acks may have waited for it (D3)."""

    def end(self, reason: str) -> None:
        """The session is over: say so and close."""

    def cut(self, reason: str) -> None:
        """Close without a word: it does not listen."""


def how_told(entry: Entry, keys: frozenset[str], resources: frozenset[str], user_id: str) -> str | None:
    """How one connection hears an entry: `full`, `hidden`, `personal` or not at all (V3, V5)."""
    if entry.personal is not None and entry.personal[0] == user_id:
        return "personal"
    if entry.resource not in resources:
        return None
    if can_hear(entry, keys):
        return "full"
    return "hidden" if entry.kind == "updated" and not keys.isdisjoint(entry.keys_before) else None


def can_hear(entry: Entry, keys: frozenset[str]) -> bool:
    """Whether the entry is told in full to a holder of these keys (V3)."""
    return not keys.isdisjoint(entry.keys_before if entry.kind == "deleted" else entry.keys_after)


def telling(entry: Entry, how: str) -> Telling:
    """What is said of an entry to those who hear it so."""
    cursor = f"{entry.epoch}.{entry.seq}"
    if how == "hidden":
        return Telling(
            "record_hidden", encode({"resource": entry.resource, "id": entry.record_id}), _veiled(entry), cursor
        )
    event = entry.personal[1] if how == "personal" and entry.personal is not None else entry.event
    return Telling(event, entry.record, entry.meta, cursor)


def end_reason(entry: Entry) -> str:
    """Why a session ended, as `session_ended` says it."""
    if entry.kind == "deleted":
        return "deleted"
    return "deactivated" if "active" in orjson.loads(entry.was) else "password"


def _veiled(entry: Entry) -> bytes:
    """Meta without what the reader may no longer know: which fields changed, and by which request."""
    meta = orjson.loads(entry.meta)
    meta.pop("op_id", None)
    return encode({**meta, "changed": []})
