"""What one client holds of the records, and where it stands in the feed (F4, F5): the contract from the client's side.

A door tells it what arrives, in the order in which it arrives. Records are held as digests: thousands of them in dozens of
clients, and all that is asked in the end is whether two of them are the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

import orjson

from torture.crew import Book
from torture.history import History
from torture.secrecy import Secrecy

Key = tuple[str, str]


def is_gone(event: str) -> bool:
    """Whether this event removes its record."""
    return event.endswith(("_deleted", "_deleted_broadcast", "_hidden"))


def digest_of(record: Any) -> str:
    """The same for the same record, whatever the order of its members."""
    return blake2b(orjson.dumps(record, option=orjson.OPT_SORT_KEYS), digest_size=8).hexdigest()


def seq_of(cursor: str) -> int:
    """The place in the journal that a cursor names."""
    return int(cursor.rpartition(".")[2])


def held_in(pages: Sequence[Mapping[str, Any]]) -> dict[Key, str]:
    """The records of all pages of a snapshot, as digests."""
    return {
        (plural, record["id"]): digest_of(record)
        for page in pages
        for plural, records in page["records"].items()
        for record in records
    }


def sum_of(held: Mapping[Key, str]) -> str:
    """One digest of all of them."""
    return digest_of(sorted((*key, digest) for key, digest in held.items()))


class Replica:
    """One client's records and cursor, over all the doors it goes through; `cursor` is None while it holds no base.
    `kinds` are all kinds of record that there are, `resources` those that it holds and listens to."""

    def __init__(self, who: str, history: History, secrecy: Secrecy, book: Book, kinds: Iterable[str]) -> None:
        self.who, self.history, self._secrecy, self._book = who, history, secrecy, book
        self._kinds = self.resources = frozenset(kinds)
        self.cursor: str | None = None
        self.held: dict[Key, str] = {}
        self.heard = 0

    @property
    def selection(self) -> list[str] | None:
        """The kinds that it listens to, where they are not simply all."""
        return None if self.resources == self._kinds else sorted(self.resources)

    def told(self, conn: str, event: str, data: Mapping[str, Any], meta: Mapping[str, Any]) -> None:
        """An event of a record."""
        digest, seq = digest_of(data), seq_of(meta["cursor"])
        leak = self._secrecy.leak(self.who, data, meta)
        self.heard += 1
        self.history.note(
            "heard", self.who, conn=conn, event=event, seq=seq, resource=meta["resource"], id=meta["id"],
            digest=digest, held=self.cursor is not None, **leak,
        )  # fmt: skip
        if self.cursor is not None and seq > seq_of(self.cursor):
            self.cursor = meta["cursor"]
            self._apply(event, (meta["resource"], meta["id"]), digest)
        self._gossip(event, data, meta)

    def overheard(self, conn: str, event: str, data: Any) -> None:
        """A signal of people, not of records: presence, typing, a lease. Only what is not for him is written down."""
        leak = self._secrecy.leak(self.who, data)
        if leak:
            self.history.note("overheard", self.who, conn=conn, event=event, **leak)

    def stands(self, conn: str, cursor: str) -> None:
        """The connection's own position: after silence, or with `ready`."""
        self.history.note("stands", self.who, conn=conn, seq=seq_of(cursor), held=self.cursor is not None)
        if self.cursor is not None:
            self.cursor = cursor

    def lost(self, conn: str, reason: str) -> None:
        """What is held is no base any more (`snapshot_required`)."""
        self.history.note("lost", self.who, conn=conn, reason=reason)
        self.cursor = None

    def replace(self, conn: str, pages: Sequence[Mapping[str, Any]]) -> None:
        """All pages of a snapshot: they replace what was held, and say which kinds that is."""
        self.held, self.cursor = held_in(pages), str(pages[0]["cursor"])
        self.resources = frozenset(pages[0]["records"])
        self._took("snapshot", conn, pages)

    def subscribed(self, conn: str, pages: Sequence[Mapping[str, Any]]) -> None:
        """All pages of what is newly listened to: what is listened to no more is forgotten, the rest stays."""
        self.resources = frozenset(pages[0]["resources"])
        kept = {key: digest for key, digest in self.held.items() if key[0] in self.resources}
        self.held, self.cursor = kept | held_in(pages), str(pages[0]["cursor"])
        self._took("subscribed", conn, pages)

    def _took(self, kind: str, conn: str, pages: Sequence[Mapping[str, Any]]) -> None:
        for page in pages:
            for plural, records in page["records"].items():
                for record in records[-100:]:
                    self._book.learn(plural, record)
        self.history.note(
            kind, self.who, conn=conn, seq=seq_of(self.cursor or ""), records=len(self.held),
            resources=sorted(self.resources), **self._secrecy.leak(self.who, *pages),
        )  # fmt: skip

    def _gossip(self, event: str, data: Mapping[str, Any], meta: Mapping[str, Any]) -> None:
        if is_gone(event):
            self._book.forget(meta["resource"], meta["id"])
        else:
            self._book.learn(meta["resource"], data)
        if meta["set"]["last"] == seq_of(meta["cursor"]):
            self._book.ended_at(meta["cursor"])

    def _apply(self, event: str, key: Key, digest: str) -> None:
        if is_gone(event):
            self.held.pop(key, None)
        else:
            self.held[key] = digest
