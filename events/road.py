"""The one road, its deciding half: find → see → allow → perform → check → apply (DESIGN D).

`Road.decide` takes one request to a change set, applied to the memory and ready to be written, or raises. It is
synchronous and looks at nothing but the memory; the lane in `desk.py` calls it, writes what came of it, and tells.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

from pydantic import BaseModel, ValidationError

from events.actor import SYSTEM_ACTOR, Actor, Caller, member_actor
from events.catalog import Catalog
from events.entry import differs, entry_of
from events.errors import Conflict, Forbidden, Invalid, NotFound, Refused, Taken, Unauthenticated
from events.request import Request, wrong_envelope
from events.resource import Command, Refers, Resource
from events.search import Search
from events.undo import UNDO, undoing
from events.work import Intent, Stores, Work, build, invalid_from, revise
from stores.change import Change, Entry, Operation
from stores.clock import Clock, new_id
from stores.desks import Tenant
from stores.journal import Journal
from stores.record import Record, stamp


@dataclass(slots=True)
class ChangeSet:
    """What one command did: changes in the order they are told, their journal entries, and how to take them back."""

    actor: Actor
    primary: tuple[str, str]
    changes: tuple[Change, ...] = ()
    entries: tuple[Entry, ...] = ()
    operation: Operation | None = None
    touched_before: dict[tuple[str, str], dict[str, int] | None] = field(default_factory=dict)

    @property
    def is_written(self) -> bool:
        """Whether there is anything to write: a command that changed nothing is remembered by its op_id alone (D6)."""
        return bool(self.changes) or self.operation is not None


class Road:
    """Decides requests one after the other against the memory of one desk."""

    def __init__(self, tenant: Tenant, catalog: Catalog, stores: Stores, journal: Journal, clock: Clock) -> None:
        self.tenant, self.catalog, self.stores, self.journal, self.clock = tenant, catalog, stores, journal, clock
        self.counters: dict[str, int] = {}
        self.seq = journal.head
        self.search = Search(catalog.resources)

    @property
    def cursor(self) -> str:
        """The cursor of the last seq decided."""
        return self.journal.cursor(self.seq) if self.seq <= self.journal.head else f"{self.journal.epoch}.{self.seq}"

    # -- who -------------------------------------------------------------------------------------------------------

    def resolve(self, caller: Caller) -> Actor:
        """The actor behind a caller as of now (V4); `Unauthenticated` where he has gone or his session has ended."""
        if caller.user_id == SYSTEM_ACTOR.id:
            return SYSTEM_ACTOR
        user: Any = self.stores["users"].get(caller.user_id)
        if user is None or not user.active or caller.user_epoch not in {None, user.session_epoch}:
            raise Unauthenticated("This session has ended. Please sign in again.")
        return member_actor(user.id, user.display_name, user.role)

    def work(self, actor: Actor) -> Work:
        """A fresh change set in the making."""
        return Work(self.catalog, self.stores, self.tenant, actor, self.clock.now())

    # -- the road --------------------------------------------------------------------------------------------------

    def decide(self, request: Request) -> ChangeSet:
        """Carry one request out in memory. Raises a CallboardError and leaves no trace where it is refused."""
        actor = self.resolve(request.caller)
        work = self.work(actor)
        if request.command is UNDO:
            cursor = self._given(request)["cursor"]
            intents, chosen = undoing(work, self.catalog, request.prepared, cursor)
        else:
            intents, chosen = self._commanded(request, work)
        changed = [each for each in intents if each.before is not each.after]
        changed.sort(key=attrgetter("order"))
        self._check_left_behind(changed, work)
        self._check_taken(changed)
        done = ChangeSet(actor, chosen)
        self._apply(request, work, changed, done)
        return done

    def _commanded(self, request: Request, work: Work) -> tuple[list[Intent], tuple[str, str]]:
        """What a command of a resource wishes to change, and the record it is about."""
        before, given = self.admit(request, work)
        work.prepared = request.prepared
        command, resource = request.command, self.catalog.resources[request.command.plural]
        own = Intent(resource, before, None, command.event, command.personal)
        self._perform(command, own, work, given)
        for intent in work.intents.values():
            if intent.before is not None and intent.after is not None:
                revise(intent, intent.after.__dict__)
        chosen = own.after or own.before
        assert chosen is not None  # noqa: S101  # a command has a record before it or makes one
        return [own, *work.intents.values()], (resource.plural, chosen.id)

    def admit(self, request: Request, work: Work) -> tuple[Record | None, dict[str, Any]]:
        """find → see → allow → valid → current → not refused: all that is known before the function runs."""
        command, resource = request.command, self.catalog.resources[request.command.plural]
        before = None if command.kind == "create" else self._found(resource, request.record_id, work)
        self._allow(command, work, before)
        self._guard(request, work, before)
        given = self._given(request)
        self._check_references(command, before, given, work)
        if before is not None:
            self._check_version(request, resource, before, given)
            refusal = self.refusal(command, before, work)
            if refusal is not None:
                raise Refused(refusal)
        return before, given

    def explain(self, command: Command, record: Record | None, work: Work) -> str | None:
        """The sentence a refusal of this command would carry now, or None where it is allowed."""
        try:
            self._allow(command, work, record)
        except Forbidden as error:
            return error.message
        return self.refusal(command, record, work) if record is not None else None

    def refusal(self, command: Command, record: Record, work: Work) -> str | None:
        """Why the record's own rules say no, if they do."""
        move = command.move
        if move is not None and record.__dict__["status"] not in move.sources:
            status = str(record.__dict__["status"]).replace("_", " ")
            return f"This {command.noun.replace('_', ' ')} is {status}: you cannot {command.spoken} now."
        for unless in command.unless:
            sentence = unless(record, work)
            if sentence is not None:
                return sentence
        return None

    # -- its steps -------------------------------------------------------------------------------------------------

    def _found(self, resource: Resource, record_id: Any, work: Work) -> Record:
        record: Record | None = work.find(resource.plural, record_id) if isinstance(record_id, str) else None
        if record is None:
            raise NotFound(f"There is no such {resource.noun.replace('_', ' ')}.")
        return record

    def _allow(self, command: Command, work: Work, record: Record | None) -> None:
        if not command.may.allows(work.actor, record):
            raise Forbidden(command.sentence)

    def _guard(self, request: Request, work: Work, before: Record | None) -> None:
        """Fields that not everyone who may use the command may set (prices, an assignee); before the values are looked
        at, as what is forbidden is said before what is invalid (DESIGN E)."""
        guards, held = request.command.guards, {} if before is None else before.__dict__
        if not guards:
            return
        wished = SimpleNamespace(**{name: request.payload.get(name, held.get(name)) for name in guards})
        for name, guard in guards.items():
            if getattr(wished, name) != held.get(name) and not guard.allows(work.actor, wished):
                raise Forbidden(f"Only {guard} may set the {name.removesuffix('_id').replace('_', ' ')}.")

    def _given(self, request: Request) -> dict[str, Any]:
        """The payload, checked; only what was sent. Which fields a text was sent in, not what it was, is told."""
        wrong = wrong_envelope(request)
        if wrong:
            raise Invalid("Some fields need another look.", wrong)
        try:
            payload: BaseModel = request.command.payload.model_validate(dict(request.payload))
        except ValidationError as error:
            raise invalid_from(error) from None
        return {name: payload.__dict__[name] for name in payload.model_fields_set}

    def _check_references(self, command: Command, before: Record | None, given: Mapping[str, Any], work: Work) -> None:
        """What an update leaves as it is may stay, archived or not: forms send back what they were opened with."""
        held = before.__dict__ if before is not None and command.kind == "update" else {}
        wrong = {}
        for name, refers in command.references.items():
            value = given.get(name)
            if value is not None and held.get(name) != value and not _fits(refers, work.find(refers.to, value)):
                wrong[name] = f"must be {refers.need}"
        if wrong:
            raise Invalid("Some fields need another look.", wrong)

    def _check_version(self, request: Request, resource: Resource, record: Record, given: Mapping[str, Any]) -> None:
        """D6: an update whose fields nobody has changed since is merged, anything else that is stale is a conflict."""
        expected = request.expected_version
        if expected is None or expected == record.version:
            return
        stale = self._overlap(resource, record, given, expected) if request.command.kind == "update" else True
        if stale or expected > record.version:
            raise Conflict("Somebody changed this meanwhile.", current=record)

    def _overlap(self, resource: Resource, record: Record, given: Mapping[str, Any], expected: int) -> bool:
        touched = self.stores[resource.plural].touched.get(record.id, {})
        differing = {name for name, value in given.items() if record.__dict__[name] != value}
        watched = differing.union(
            *(resource.companions.get(name, ()) for name in differing), ["id"] if differing else []
        )
        return any(touched.get(name, 0) > expected for name in watched)

    def _perform(self, command: Command, own: Intent, work: Work, given: dict[str, Any]) -> None:
        """Have the command's function make of the record what it will, and check it."""
        if command.kind == "create":
            own.after = self._created(own.resource, command, work, given)
        elif command.kind == "update":
            revise(own, command.perform(own.before, work, given))
        elif command.kind == "delete":
            command.perform(own.before, work, **given)
        else:
            revise(own, command.perform(own.before, work, **given).__dict__)
            self._check_arrived(command, own)

    def _created(self, resource: Resource, command: Command, work: Work, given: dict[str, Any]) -> Record:
        extra = {name: given.pop(name) for name in list(given) if name not in resource.record.model_fields}
        record_id = given.pop("id", None)
        fields = command.perform(given, work, **extra)
        return build(resource, {"id": record_id or new_id(), **fields}, work)

    def _check_arrived(self, command: Command, own: Intent) -> None:
        """The transition table (R6) is kept by the command itself."""
        target = command.move.target if command.move else None
        status = None if own.after is None else own.after.__dict__.get("status")
        if own.after is not own.before and target not in {None, status}:
            raise ValueError(f"{command.name} led to {status}, its table says {target}")

    def _check_left_behind(self, intents: list[Intent], work: Work) -> None:
        """Nothing may name a record that is gone, except former ones, whose ids are kept. Resource files take care of what
        they know of; this is for the kinds of record that were added later."""
        after = {intent.before.id: intent.after for intent in intents if intent.before is not None}
        for intent in intents:
            if intent.before is None or intent.after is not None or intent.resource.former:
                continue
            left = [(after.get(record.id, record), name) for record, name in work.referring(intent.before)]
            naming = [
                record for record, name in left if record is not None and getattr(record, name) == intent.before.id
            ]
            if naming:
                raise Refused(f"This {intent.resource.noun.replace('_', ' ')} is in use by {work.tally(naming)}.")

    def _check_taken(self, intents: list[Intent]) -> None:
        """Unique values and ids (DOMAIN.md), against the memory and within the change set."""
        leaving = {id(intent.before) for intent in intents if intent.after is None}
        for intent in intents:
            store, after = self.stores[intent.resource.plural], intent.after
            if after is None:
                continue
            former = self.stores[intent.resource.former].get(after.id) if intent.resource.former else None
            if intent.before is None and (after.id in store or (former is not None and id(former) not in leaving)):
                raise Taken("This id is in use.", {"id": "is in use"})
            name = store.taken_by(after)
            holder = store.holder(name, getattr(after, name)) if name else None
            if name and holder is not None and id(holder) not in leaving:
                raise Taken(
                    f"Another {intent.resource.noun.replace('_', ' ')} has this {name.replace('_', ' ')}.",
                    {name: "is in use"},
                )

    # -- applying --------------------------------------------------------------------------------------------------

    def _apply(self, request: Request, work: Work, intents: list[Intent], done: ChangeSet) -> None:
        first, last = self.seq + 1, self.seq + len(intents)
        changes, told = [self._stamped(intent, work, seq) for seq, intent in enumerate(intents, first)], request.told
        done.entries = tuple(
            entry_of(change, intent, work, told, self.journal.epoch, (seq, first, last))
            for seq, (change, intent) in enumerate(zip(changes, intents, strict=True), first)
        )
        done.changes = tuple(changes)
        for seq, change, intent in zip(range(first, last + 1), changes, intents, strict=True):
            chosen = request.command is UNDO or change.id == request.payload.get("id")
            self._touch(change, intent.changed, seq, done, chosen=chosen)
            self.stores[change.resource].put(change)
        self.seq = last
        if request.op_id is not None:
            done.operation = Operation(
                done.actor.id, request.op_id, request.fingerprint(), first, last, done.primary[0], done.primary[1]
            )

    def _stamped(self, intent: Intent, work: Work, seq: int) -> Change:
        after = intent.after
        if after is not None and intent.before is None:
            stamp(after, number=after.number or self._next_number(intent.resource), version=seq)
        elif after is not None:
            stamp(after, version=seq, updated_at=work.at, updated_by=work.actor.id)
        if after is not None and differs(intent, intent.resource.rights_fields):
            stamp(after, rights_seq=seq)
        return Change(intent.resource.plural, intent.before, after)

    def _next_number(self, resource: Resource) -> int:
        number = self.counters.get(resource.plural, 0) + 1
        self.counters[resource.plural] = number
        return number

    def _touch(self, change: Change, changed: Iterable[str], seq: int, done: ChangeSet, *, chosen: bool) -> None:
        """Which field changed last when, beside the record (D6). An id that a client chose may have been another record's
        before: then its own seq is kept too, so that a version of the first is stale for the second."""
        touched, record_id = self.stores[change.resource].touched, change.id
        done.touched_before[change.resource, record_id] = before = touched.get(record_id)
        if change.after is None:
            touched.pop(record_id, None)
        elif change.before is None and chosen:
            touched[record_id] = {"id": seq}
        elif change.before is not None:
            touched[record_id] = {**(before or {}), **dict.fromkeys(changed, seq)}

    def take_back(self, done: ChangeSet) -> None:
        """Undo a change set whose batch did not become durable (D4); several are undone in reverse order."""
        for change in reversed(done.changes):
            self.stores[change.resource].take_back(change)
            touched, before = self.stores[change.resource].touched, done.touched_before[change.resource, change.id]
            if before is None:
                touched.pop(change.id, None)
            else:
                touched[change.id] = before


def _fits(refers: Refers, target: Any) -> bool:
    """Whether a record may be referred to: it is there, in use, and of the kind that is wanted (R6)."""
    if target is None or getattr(target, "archived", False):
        return False
    return refers.fits is None or refers.fits(target)
