"""The words in which tests speak of people at work (P1).

    call = await alice.does("create_call", title="No power", customer_name="Ms. Gray")
    await alice.does("assign_call", call, assignee_id=bob.id)
    await bob.hears("call_assigned")
    await carol.cannot("delete_call", call)

After every single action, everyone's replica (what he had, and the events he heard since) must equal a fresh snapshot
(F7). What is special to a door stands behind `Door`; here is the one without any network, straight to a desk.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import orjson

from events.actor import Caller
from events.desk import Desk
from events.errors import CallboardError
from events.request import Request
from stores.change import Entry
from stores.record import encode


class Said(dict[str, Any]):
    """A JSON object whose members can be read like attributes."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


@dataclass
class Heard:
    """One event as it arrived."""

    event: str
    data: Said
    meta: Said


Hear = Callable[[Heard], None]


class Door(Protocol):
    """What a door must offer so that people can work through it."""

    async def command(self, user_id: str, name: str, message: Mapping[str, Any]) -> Said:
        """The ack, whether ok or not."""

    async def snapshot(self, user_id: str) -> dict[str, list[Any]]:
        """All that this user may read, by resource."""

    async def page(self, user_id: str, plural: str, wanted: Mapping[str, Any]) -> Said:
        """`{items, next, total}`."""

    def listen(self, user_id: str, hear: Hear) -> None:
        """Have this user's events told to `hear`, in order; returns when he is live."""


class DeskDoor:
    """No network at all: commands go straight to the desk; who hears what is decided here by rule V3, independently of
    the server's own feed."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._ears: dict[str, tuple[Hear, frozenset[str]]] = {}
        desk.listeners.append(self._told)

    async def command(self, user_id: str, name: str, message: Mapping[str, Any]) -> Said:
        """The ack."""
        try:
            request = Request.of(Caller(user_id), self.desk.catalog.wire_command(name), message)
            outcome = await self.desk.submit(request)
        except CallboardError as error:
            said = {"code": error.code, "message": error.message, "retry": error.retry, **error.details()}
            return _said({"ok": False, "error": orjson.loads(encode(said))})
        return _said(orjson.loads(outcome.json()))

    async def snapshot(self, user_id: str) -> dict[str, list[Any]]:
        """All that this user may read."""
        plurals = self.desk.catalog.wire_plurals
        found = await self.desk.read(Caller(user_id), lambda view: encode(view.snapshot(plurals)))
        return orjson.loads(found)

    async def page(self, user_id: str, plural: str, wanted: Mapping[str, Any]) -> Said:
        """A page of a list."""
        found = await self.desk.read(Caller(user_id), lambda view: view.page(plural, wanted))
        return _said(orjson.loads(encode({"items": found.items, "next": found.next, "total": found.total})))

    def listen(self, user_id: str, hear: Hear) -> None:
        """From now on."""
        self._ears[user_id] = (hear, self.desk.actor(Caller(user_id)).keys)

    def _told(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            for user_id in list(self._ears):
                self._tell(user_id, entry)

    def _tell(self, user_id: str, entry: Entry) -> None:
        hear, keys = self._ears[user_id]
        heard = as_heard(entry, user_id, keys)
        if heard is not None:
            hear(heard)
        if entry.rights_of == user_id:
            self._reconsider(user_id)

    def _reconsider(self, user_id: str) -> None:
        """V4: other keys, or nobody any more."""
        hear, keys = self._ears.pop(user_id)
        try:
            now = self.desk.actor(Caller(user_id)).keys
        except CallboardError:
            hear(Heard("session_ended", Said(), Said()))
            return
        self._ears[user_id] = (hear, now)
        if now != keys:
            hear(Heard("snapshot_required", Said(reason="rights"), Said()))


def as_heard(entry: Entry, user_id: str, keys: frozenset[str]) -> Heard | None:
    """V3 and V5 once more, in the plainest way."""
    data, meta = _said(orjson.loads(entry.record)), _said(orjson.loads(entry.meta))
    if entry.personal is not None and entry.personal[0] == user_id:
        return Heard(entry.personal[1], data, meta)
    reads_before, reads_after = bool(keys & set(entry.keys_before)), bool(keys & set(entry.keys_after))
    if entry.kind == "deleted":
        return Heard(entry.event, data, meta) if reads_before else None
    if reads_after:
        return Heard(entry.event, data, meta)
    return Heard("record_hidden", Said(resource=entry.resource, id=entry.record_id), meta) if reads_before else None


Replica = dict[tuple[str, str], Any]


class Person:
    """One of the team, at work. `unheard` are the events that no test has asked for yet, `ack` the last answer."""

    def __init__(self, office: "Office", name: str, user_id: str) -> None:
        self.office, self.name, self.id = office, name, user_id
        self.replica: Replica = {}
        self.unheard: list[Heard] = []
        self.ack = Said()
        self.gone = self.stale = False

    async def does(self, command: str, record: Any = None, /, **fields: Any) -> Any:
        """Carry the command out; the record after it, or None."""
        await self._asks(command, record, fields)
        assert self.ack["ok"], f"{self.name} cannot {command}: {self.ack['error']}"
        return self.ack["data"]

    async def cannot(self, command: str, record: Any = None, /, **fields: Any) -> Said:
        """Be refused; the error. Nothing has changed and nobody has heard anything."""
        heard = {person: len(person.unheard) for person in self.office.people.values()}
        await self._asks(command, record, fields)
        assert not self.ack["ok"], f"{self.name} can {command}"
        assert heard == {person: len(person.unheard) for person in self.office.people.values()}
        return Said(self.ack["error"])

    async def hears(self, event: str) -> Heard:
        """The next event that reached this person."""
        assert self.unheard, f"{self.name} hears nothing, not {event}"
        heard = self.unheard.pop(0)
        assert heard.event == event, f"{self.name} hears {heard.event}, not {event}"
        return heard

    async def hears_nothing(self) -> None:
        """Nothing is left that was not asked for."""
        assert not self.unheard, f"{self.name} hears {[heard.event for heard in self.unheard]}"

    async def sees(self, plural: str, filters: Mapping[str, Any] | None = None, **more: Any) -> list[Said]:
        """The records this person finds so."""
        return (await self.office.door.page(self.id, plural, {**(filters or {}), **more}))["items"]

    async def _asks(self, command: str, record: Any, fields: Mapping[str, Any]) -> None:
        message = dict(fields) if record is None else {"id": _id(record), **fields}
        self.ack = await self.office.door.command(self.id, command, message)
        await self.office.verify()

    def hear(self, heard: Heard) -> None:
        """What the door tells."""
        self.unheard.append(heard)
        if heard.event == "session_ended":
            self.gone = True
        elif heard.event == "snapshot_required":
            self.stale = True
        else:
            apply(self.replica, heard)

    async def look(self) -> None:
        """Take a fresh snapshot in place of what is held (F4)."""
        self.replica, self.stale = await self._fresh(), False

    async def verify(self) -> None:
        """F7: what I held and the events since make what a fresh snapshot holds."""
        if self.gone:
            return
        if self.stale:
            await self.look()
        fresh = await self._fresh()
        assert self.replica == fresh, f"{self.name}'s replica differs: {_difference(self.replica, fresh)}"

    async def _fresh(self) -> Replica:
        found = await self.office.door.snapshot(self.id)
        return {(plural, record["id"]): record for plural, records in found.items() for record in records}


class Office:
    """The whole team at one door; `office.alice` is one of them."""

    def __init__(self, door: Door, ids: Mapping[str, str]) -> None:
        self.door = door
        self.people = {name: Person(self, name, user_id) for name, user_id in ids.items()}

    def __getattr__(self, name: str) -> Person:
        if name == "people" or name not in self.people:
            raise AttributeError(name)
        return self.people[name]

    async def opens(self) -> None:
        """Everyone takes a snapshot and listens."""
        for person in self.people.values():
            self.door.listen(person.id, person.hear)
            await person.look()

    async def moves_to(self, door: Door) -> None:
        """A restart: everyone listens there, and must find what he held."""
        self.door = door
        for person in self.people.values():
            if not person.gone:
                door.listen(person.id, person.hear)
        await self.verify()

    async def verify(self) -> None:
        """F7 for everyone."""
        for person in self.people.values():
            await person.verify()

    def hush(self) -> None:
        """Forget what has been heard so far."""
        for person in self.people.values():
            person.unheard.clear()


def apply(replica: Replica, heard: Heard) -> None:
    """What a client does with an event (F5)."""
    place = (heard.meta["resource"], heard.meta["id"])
    if heard.event == "record_hidden" or is_deletion(heard.event):
        replica.pop(place, None)
    else:
        replica[place] = heard.data


def is_deletion(event: str) -> bool:
    """Events whose name says that the record is gone."""
    return event.endswith(("_deleted", "_deleted_broadcast"))


def _id(record: Any) -> Any:
    return record["id"] if isinstance(record, dict) else record.id if isinstance(record, Person) else record


def _said(value: Any) -> Any:
    if isinstance(value, dict):
        return Said({name: _said(inner) for name, inner in value.items()})
    return [_said(inner) for inner in value] if isinstance(value, list) else value


def _difference(held: Replica, fresh: Replica) -> dict[Any, Any]:
    places = {*held, *fresh}
    return {place: (held.get(place), fresh.get(place)) for place in places if held.get(place) != fresh.get(place)}
