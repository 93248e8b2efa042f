"""Asking the road a thousand things without writing any: each answer is taken back, so the next one starts the same."""

from dataclasses import dataclass
from typing import Any

from premises import id_of

from events.actor import SYSTEM, Caller
from events.desk import Desk
from events.errors import CallboardError
from events.road import Request
from stores.change import Change
from stores.clock import new_id
from stores.record import Record

LETTERS = {"A": "alice", "D": "dora", "E": "bob", "F": "fred", "V": "vera"}
"""The letters of DOMAIN.md's role table and who stands for each."""


@dataclass
class Answer:
    """`code` is `ok` or the error's; `changes` and `entries` are those of the change set."""

    code: str
    message: str = ""
    error: CallboardError | None = None
    changes: tuple[Change, ...] = ()
    entries: tuple[Any, ...] = ()

    @property
    def after(self) -> Any:
        """The one record changed."""
        (change,) = self.changes
        return change.after


class Deciding:
    """The road of a desk, asked and taken back."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.road = desk, desk.road

    def put(self, plural: str, **fields: Any) -> Record:
        """A record straight into the memory, in whatever state it is wanted."""
        at, number = self.desk.clock.now(), len(self.desk.stores[plural]) + 1
        stamps = {"created_at": at, "updated_at": at, "created_by": "nobody", "updated_by": "nobody"}
        place = {"id": new_id(), "tenant_id": self.desk.tenant.tenant_id, "number": number, "version": 1}
        record = self.desk.catalog.resources[plural].record(**{**place, **stamps, **fields})
        self.desk.stores[plural].put(Change(plural, None, record))
        return record

    def remove(self, plural: str, record: Record) -> None:
        """Out of the memory again."""
        self.desk.stores[plural].put(Change(plural, record, None))

    def ask(self, who: str, command: str, record: Any = None, /, **fields: Any) -> Answer:
        """What would come of it, for `who` by name (or "system")."""
        caller = SYSTEM if who == "system" else Caller(id_of(who))
        record_id = record.id if isinstance(record, Record) else record
        counters = dict(self.road.counters)
        request = Request(caller, self.desk.catalog.command(command), record_id, fields)
        try:
            done = self.road.decide(request)
        except CallboardError as error:
            return Answer(error.code, error.message, error)
        self.road.take_back(done)
        self.road.counters, self.road.seq = counters, self.desk.journal.head
        return Answer("ok", "", None, done.changes, done.entries)

    def why(self, who: str, command: str, record: Record) -> str | None:
        """What `explain` says."""
        road = self.road
        work = road.work(road.resolve(Caller(id_of(who))))
        return road.explain(self.desk.catalog.command(command), record, work)
