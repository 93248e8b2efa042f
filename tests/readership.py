"""Readers of a feed without any door or database: a journal, a feed, and ears that note what reaches them.

house = Readership()
bob = house.opens("bob", keys=("member",))
house.tells(entry(1), entry(2))
assert bob.heard == ["1 full", "2 full"]
"""

from collections.abc import Callable, Sequence
from random import Random
from types import SimpleNamespace
from typing import Any

import orjson

from events.actor import Actor, Caller
from events.errors import Unauthenticated
from events.feed import Feed
from events.reader import Reader
from events.telling import Telling
from stores.change import Entry
from stores.clock import Clock
from stores.journal import Journal

KINDS = ("calls", "users")
KEYS = ("member", "role:admin", "user:ann", "user:bob")
HOWS = {"record_hidden": "hidden", "user_deleted": "personal"}


def entry(seq: int, *keys: str, size: int = 0, **more: Any) -> Entry:
    """An update that all members hear, or the holders of these keys."""
    held = keys or ("member",)
    plain = Entry(
        seq=seq, epoch="e", first=seq, last=seq, resource="calls", record_id=f"c{seq}", event="call_updated",
        actor_id="u", at=Clock().now(), kind="updated", keys_before=held, keys_after=held, personal=None, rights_of=None,
        record=b"{}", meta=orjson.dumps({"cursor": f"e.{seq}", "pad": "x" * size}), was=b"{}",
    )  # fmt: skip
    return plain._replace(**more)


def random_entry(dice: Random, seq: int) -> Entry:
    """Any kind of entry, for any audience: its keys are out of `KEYS`, whom it is told to personally is ann or bob."""
    before, after = (tuple(dice.sample(KEYS, dice.randrange(3))) for _ in range(2))
    kind: Any = dice.choice(["created", "updated", "updated", "deleted"])
    return entry(
        seq, kind=kind, resource=dice.choice(["calls", "users"]), keys_before=() if kind == "created" else before,
        keys_after=() if kind == "deleted" else dice.choice([before, after]),
        personal=(dice.choice(["ann", "bob"]), "user_deleted") if dice.random() < 0.1 else None,
    )  # fmt: skip


class Slate:
    """An encoder that writes one line for each event, `<seq> <how>`, as large as the event; `made` counts them."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def event(self, telling: Telling) -> bytes:
        said = f"{telling.cursor.rpartition('.')[2]} {HOWS.get(telling.event, 'full')}"
        self.made.append(said)
        return said.encode().ljust(len(telling.meta)) + b"\n"

    def cursor(self, cursor: str) -> bytes:
        return f"at {cursor}\n".encode()

    def snapshot_required(self, reason: str) -> bytes:
        return f"snapshot: {reason}\n".encode()

    def signal(self, event: str, data: bytes) -> bytes:
        return event.encode() + b"\n"

    def join(self, frames: Sequence[bytes]) -> bytes:
        return b"".join(frames)


class Ear:
    """A sink: `pieces` are what was sent, `unsent` what has not been taken; one that is not `slow` takes all at once."""

    def __init__(self, encoder: Slate, *, slow: bool = False) -> None:
        self.encoder, self.slow = encoder, slow
        self.pieces: list[bytes] = []
        self.unsent = self.most = 0
        self.stalled_s = 0.0
        self.is_ready = False
        self.over: str | None = None
        self.reader: Reader

    @property
    def heard(self) -> list[str]:
        """All lines, in order."""
        return [line.strip() for line in b"".join(self.pieces).decode().splitlines()]

    def send(self, frame: bytes) -> None:
        self.pieces.append(frame)
        if self.slow:
            self.unsent += len(frame)
            self.most = max(self.most, self.unsent)

    def takes(self) -> None:
        """What waits has been accepted."""
        self.unsent = 0
        self.reader.go_on()

    def ready(self) -> None:
        self.is_ready = True
        self.pieces.append(b"ready\n")

    def moved(self) -> None:
        assert self.unsent < 2**30

    def end(self, reason: str) -> None:
        self.over = reason
        self.reader.close()

    cut = end


class Table:
    """Stands where the desk stands. Entries up to `older` are in the table alone; `reads` are the places it was asked for."""

    def __init__(self, older: Sequence[Entry] = ()) -> None:
        self.older = list(older)
        self.journal = Journal(len(self.older), 0, [("e", 1)])
        self.listeners: list[Callable[[Sequence[Entry]], None]] = []
        self.catalog = SimpleNamespace(wire_plurals=KINDS)
        self.keys: dict[str, frozenset[str] | None] = {}
        self.reads: list[int] = []
        self.fails: Exception | None = None

    def actor(self, caller: Caller) -> Actor:
        """Who he is now; None stands for nobody any more."""
        keys = self.keys[caller.user_id]
        if keys is None:
            raise Unauthenticated("Please sign in.")
        return Actor(caller.user_id, caller.user_id, "engineer", keys)

    def look(self, caller: Caller, look: Callable[[Any], Any], settle: Callable[[Any], None]) -> None:
        """In the lane, which is free at once."""
        try:
            result = look(SimpleNamespace(actor=self.actor(caller), seq=self.journal.head))
        except Unauthenticated as error:
            result = error
        settle(result)

    async def entries_after(self, seq: int, limit: int = 5) -> Sequence[Entry]:
        """A page of the table."""
        self.reads.append(seq)
        if self.fails is not None:
            raise self.fails
        return self.older[seq : seq + limit]


class Readership:
    """A feed and those who read it."""

    def __init__(self, older: Sequence[Entry] = ()) -> None:
        self.desk = Table(older)
        self.slate = Slate()
        self.feed = Feed(self.desk)  # type: ignore[arg-type]

    def opens(
        self, user: str, keys: Sequence[str] = ("member",), *, at: int | None = None, slow: bool = False,
        resources: Sequence[str] = KINDS, encoder: Slate | None = None, start: bool = True,
    ) -> Ear:  # fmt: skip
        """Somebody comes, and reads on from this place or from the head."""
        ear = Ear(encoder or self.slate, slow=slow)
        self.desk.keys[user] = held = frozenset(keys)
        place = self.desk.journal.head if at is None else at
        view: Any = SimpleNamespace(actor=Actor(user, user, "engineer", held), user=SimpleNamespace(rights_seq=0))
        ear.reader = self.feed.open(view, ear, Caller(user), self.desk.journal.cursor(place), resources)
        if start:
            ear.reader.start()
        return ear

    def tells(self, *entries: Entry) -> None:
        """The lane has made these durable."""
        self.desk.journal.append(entries)
        for listener in self.desk.listeners:
            listener(entries)
