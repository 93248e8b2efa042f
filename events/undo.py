"""Taking a change set back: `undo {cursor}` (PROTOCOL section 2).

The journal knows what each change replaced, so its reverse is made from the entries of the set, and goes the one road as
a change set of its own. It is taken back whole or not at all, and only while nothing it touched has changed since.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict

from events.catalog import Catalog
from events.errors import Forbidden, Invalid, NotFound, Refused
from events.permission import member
from events.resource import Command, Refers, Resource
from events.telling import can_hear
from events.work import Intent, Work, revise, validated
from stores.change import Entry

WITHIN = timedelta(minutes=10)
SINCE = "Somebody has changed this since: it cannot be taken back any more."
NEVER = "This cannot be taken back."


class UndoPayload(BaseModel):
    """What undo is asked with: the cursor that the change set ended at."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    cursor: str


def _never_performed(*_: Any) -> None:
    """Undo is made from the journal, not by a function of a resource."""


UNDO = Command(
    name="undo", kind="undo", plural="", noun="", may=member, event="", payload=UndoPayload, perform=_never_performed,
    help="Take back the change set that ended at this cursor: one's own within ten minutes, an admin any.",
)  # fmt: skip


def undoing(
    work: Work, catalog: Catalog, entries: Sequence[Entry], cursor: str
) -> tuple[list[Intent], tuple[str, str]]:
    """The changes that take `entries`, one whole change set, back; and which record it was about.

    NotFound where the actor may not read it, Forbidden where it is not his to take back, Invalid where the cursor is not
    the end of a change set, Refused where something has changed since."""
    if not entries or f"{entries[-1].epoch}.{entries[-1].seq}" != cursor or entries[-1].last != entries[-1].seq:
        raise Invalid("Some fields need another look.", {"cursor": "must be where a change set ended"})
    told = [entry for entry in entries if not catalog.resources[entry.resource].private]
    if not all(work.actor.is_system or can_hear(entry, work.actor.keys) for entry in told):
        raise NotFound("There is no such change.")
    intents = [_reversed(work, catalog.resources[entry.resource], entry) for entry in entries]
    work.returning = {(i.resource.plural, i.after.id) for i in intents if i.before is None and i.after is not None}
    _allow(work, catalog, entries, intents)
    _check_rules(work, intents)
    _check_references(work, catalog, intents)
    return intents, (told[0].resource, told[0].record_id)


def _allow(work: Work, catalog: Catalog, entries: Sequence[Entry], intents: Sequence[Intent]) -> None:
    """His own within ten minutes, while he might still do what he did; an admin any."""
    last = entries[-1]
    command = catalog.commands.get(orjson.loads(last.meta)["action"])
    if command is not None and command.secret and command.kind == "act":
        raise Refused(NEVER)  # a password that was replaced is known to nobody
    if work.actor.is_system or work.actor.role == "admin":
        return
    if last.actor_id != work.actor.id or work.at - last.at > WITHIN:
        raise Forbidden("Only who did this, within ten minutes, or an admin may take it back.")
    sides = [
        record for i in intents if command and i.resource.plural == command.plural for record in (i.before, i.after)
    ]
    if command is not None and not any(command.may.allows(work.actor, record) for record in sides):
        raise Forbidden(command.sentence)


def _reversed(work: Work, resource: Resource, entry: Entry) -> Intent:
    """One change the other way round."""
    now = work.current(resource.plural, entry.record_id)
    if (now is None) != (entry.kind == "deleted") or (now is not None and now.version != entry.seq):
        raise Refused(SINCE)
    intent = Intent(resource, now, None, *_told_as(resource, entry))
    if now is None:
        # What was hidden is gone for good: no old session fits a session epoch that never was.
        fresh = dict.fromkeys(resource.session_fields, int(work.at.timestamp() * 1000))
        intent.after = validated(resource.record, {**orjson.loads(entry.record), **fresh})
    elif entry.kind == "updated":
        was = orjson.loads(entry.was)
        if not was:
            raise Refused(NEVER)
        revise(intent, was)
    return intent


def _check_rules(work: Work, intents: Sequence[Intent]) -> None:
    """What a resource's own file says against it."""
    for intent in intents:
        for unless in intent.resource.undo_unless:
            sentence = unless(intent.before, intent.after, work)
            if sentence is not None:
                raise Refused(sentence)


def _check_references(work: Work, catalog: Catalog, intents: Sequence[Intent]) -> None:
    """What comes back must not name what has gone meanwhile."""
    for intent in intents:
        held = {} if intent.before is None else intent.before.__dict__
        for name, refers in intent.resource.references.items() if intent.after is not None else ():
            value = getattr(intent.after, name)
            if value not in {None, held.get(name)} and not _fits(work, catalog, intent, refers, value):
                raise Refused(f"The {name.removesuffix('_id').replace('_', ' ')} it had is not there any more.")


def _fits(work: Work, catalog: Catalog, intent: Intent, refers: Refers, value: str) -> bool:
    """The target is there; or it is a former one, and the record is one of those that keep their names."""
    former = catalog.resources[refers.to].former
    is_open = getattr(intent.after, "status", None) in intent.resource.open_states
    return work.is_there(refers.to, value) or bool(former and not is_open and work.current(former, value) is not None)


def _told_as(resource: Resource, entry: Entry) -> tuple[str, str | None]:
    """(event, personal event) of the reverse: what was deleted is created again, and the other way round."""
    if entry.kind == "created":
        deletes = resource.commands.get(f"delete_{resource.noun}")
        return (deletes.event, deletes.personal) if deletes is not None else (f"{resource.noun}_deleted", None)
    return f"{resource.noun}_{'created' if entry.kind == 'deleted' else 'updated'}", None
