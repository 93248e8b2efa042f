"""Asking the road a thousand things without writing any: each answer is taken back, so the next one starts the same."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from premises import id_of

from events.actor import SYSTEM, Caller
from events.desk import Desk
from events.errors import CallboardError
from events.request import Request
from events.work import Work
from stores.change import Change
from stores.clock import new_id
from stores.record import Record, with_fields

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
        self._undo: list[Callable[[], None]] = []
        self._counters = dict(desk.road.counters)

    def put(self, plural: str, **fields: Any) -> Record:
        """A record straight into the memory, in whatever state it is wanted."""
        at, number = self.desk.clock.now(), len(self.desk.stores[plural]) + 1
        stamps = {"created_at": at, "updated_at": at, "created_by": "nobody", "updated_by": "nobody"}
        place = {"id": new_id(), "tenant_id": self.desk.tenant.tenant_id, "number": number, "version": 1}
        record = self.desk.catalog.resources[plural].record(**{**place, **stamps, **fields})
        self._put(Change(plural, None, record))
        return record

    def change(self, plural: str, record: Record, **fields: Any) -> Record:
        """A record in another state, whatever the rules say."""
        after = with_fields(record, **fields)
        self._put(Change(plural, record, after))
        return after

    def remove(self, plural: str, record: Record) -> None:
        """Out of the memory again."""
        self._put(Change(plural, record, None))

    def _put(self, change: Change) -> None:
        store = self.desk.stores[change.resource]
        store.put(change)
        self._undo.append(lambda: store.take_back(change))

    def clear(self) -> None:
        """Everything as it was in the beginning."""
        while self._undo:
            self._undo.pop()()
        self.road.counters = self._counters

    def does(self, who: str, command: str, record: Any = None, /, **fields: Any) -> Answer:
        """Do it and leave it so until all is cleared."""
        answer = self.ask(who, command, record, **fields)
        assert answer.code == "ok", answer.message
        for change in answer.changes:
            self._put(change)
        return answer

    def ask(self, who: str, command: str, record: Any = None, /, **fields: Any) -> Answer:
        """What would come of it, for `who` by name (or "system")."""
        caller = SYSTEM if who == "system" else Caller(id_of(who))
        record_id = record.id if isinstance(record, Record) else record
        counters = dict(self.road.counters)
        request = Request(caller, self.desk.catalog.command(command), record_id, fields)
        try:
            self._prepare(request)
            done = self.road.decide(request)
        except CallboardError as error:
            return Answer(error.code, error.message, error)
        self.road.take_back(done)
        self.road.counters, self.road.seq = counters, self.desk.journal.head
        return Answer("ok", "", None, done.changes, done.entries)

    def _prepare(self, request: Request) -> None:
        """What the desk does off the loop (R2)."""
        if request.command.prepare is not None:
            admitted = self.road.admit(request, self.road.work(self.road.resolve(request.caller)))
            request.prepared = request.command.prepare.work(*admitted)

    def why(self, who: str, command: str, record: Record) -> str | None:
        """What `explain` says."""
        return self.road.explain(self.desk.catalog.command(command), record, self.work(who))

    def work(self, who: str) -> Work:
        """The desk as a command of this person's would see it."""
        return self.road.work(self.road.resolve(Caller(id_of(who))))
