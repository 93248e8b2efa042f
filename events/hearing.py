"""Why somebody hears an event, or does not: the rule that tells it, put into words (V2, V3, V5). What `callboard why` says.

The journal keeps the audience keys of those who could read a record before and after each change. A user's keys are those
that he holds now: where they have changed since, it says so.
"""

from dataclasses import dataclass
from typing import Any

from events.actor import member_actor
from events.desk import Desk
from events.errors import NotFound
from events.resource import Resource
from events.telling import how_told
from events.watching import told
from stores.change import Entry
from stores.record import fold

FORMER = "He is not in the team any more, and hears nothing."
INACTIVE = "He is deactivated: he has no session, and hears nothing now."
NEWER = "He came to the team after it: he has what came of it from his first snapshot."


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may have heard it: `keys` are those of now; `notes` are what is not as it was then."""

    id: str
    name: str
    role: str
    keys: frozenset[str]
    notes: tuple[str, ...]


async def hearing(desk: Desk, cursor: str, user: str) -> dict[str, Any]:
    """`{event, user: {id, name, role}, heard, because, rule, keys_before, keys_after, keys, meet, notes}`: `heard` is `full`,
    `hidden`, `personal` or None. `user` is an e-mail address or an id. NotFound where there is no such event or user."""
    entry = await _entry_at(desk, cursor)
    person = await desk.read(None, lambda _: _person(desk, user, entry))
    resource = desk.catalog.resources[entry.resource]
    heard = how_told(entry, person.keys, frozenset(desk.catalog.wire_plurals), person.id)
    asked = entry.keys_before if entry.kind == "deleted" or heard == "hidden" else entry.keys_after
    meet = [key for key in asked if key in person.keys]
    return {
        "event": told(desk, entry), "user": {"id": person.id, "name": person.name, "role": person.role}, "heard": heard,
        "because": _because(entry, resource, person, heard, meet), "rule": _rule(resource),
        "keys_before": list(entry.keys_before), "keys_after": list(entry.keys_after), "keys": sorted(person.keys),
        "meet": meet, "notes": list(person.notes),
    }  # fmt: skip


async def _entry_at(desk: Desk, cursor: str) -> Entry:
    seq = desk.journal.seq_of(cursor)
    page = await desk.entries_after(seq - 1, 1) if seq else ()
    if not page or page[0].seq != seq:
        raise NotFound(f"There is no event at {cursor}.")
    return page[0]


def _person(desk: Desk, user: str, entry: Entry) -> Person:
    """By id or by e-mail address; called in the lane."""
    everybody: Any = desk.stores["users"].all()
    found = next((each for each in everybody if each.id == user or fold(each.email) == fold(user)), None)
    if found is not None:
        keys = member_actor(found.id, found.display_name, found.role).keys
        return Person(found.id, found.display_name, found.role, keys, tuple(_notes(desk, found, entry)))
    former: Any = desk.stores["former_users"].get(user)
    if former is None:
        raise NotFound(f"There is no user {user} in this team: name him by his e-mail address or his id.")
    return Person(former.id, former.display_name, "", frozenset(), (FORMER,))


def _notes(desk: Desk, user: Any, entry: Entry) -> list[str]:
    notes = [] if user.active else [INACTIVE]
    if user.created_at > entry.at:
        notes.append(NEWER)
    elif user.rights_seq > entry.seq:
        at = desk.journal.cursor(user.rights_seq)
        notes.append(f"His rights have changed since, at {at}: before that he held other keys than these.")
    return notes


def _rule(resource: Resource) -> str:
    """The read rule, said aloud."""
    kinds = resource.plural.replace("_", " ")
    if resource.private:
        return f"Nobody: {kinds} are the program's own, and no door tells of them."
    return f"{kinds.capitalize()} are told to {resource.read}."


def _because(entry: Entry, resource: Resource, person: Person, heard: str | None, meet: list[str]) -> str:
    """The sentence that answers."""
    noun, held = resource.noun.replace("_", " "), " and ".join(meet)
    said = {
        "full": f"{person.name} hears it: he holds {held}, and so do those who may read this {noun}.",
        "hidden": f"{person.name} hears record_hidden instead: holding {held} he could read this {noun} before, and now no more.",
        "personal": f"{person.name} alone hears it as {entry.personal[1] if entry.personal else ''}: it is about himself.",
    }
    no = f"{person.name} does not hear it: he holds no key of those who may read this {noun}."
    return said.get(heard or "", no if not resource.private else f"Nobody hears it: no door tells of a {noun}.")
