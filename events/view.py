"""What one actor sees: every way of reading, through the one read rule of each resource (V1).

A `View` is given to whoever reads in the lane; it stands at one place of the journal, its `cursor`, and must not be kept.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import orjson

from events.actor import SYSTEM_ACTOR, Actor
from events.errors import Invalid, NotFound
from events.outcome import Outcome, unchanged
from events.query import Page, page_of, parse_limit, parse_query
from events.resource import Resource
from events.road import Road
from events.search import Needle, said_number
from stores.change import Entry, Operation
from stores.record import Record, public_json


class View:
    """The desk through one actor's eyes, at `cursor`."""

    def __init__(self, road: Road, actor: Actor | None) -> None:
        self.actor = actor or SYSTEM_ACTOR
        self._road, self._catalog, self._stores = road, road.catalog, road.stores

    @property
    def seq(self) -> int:
        """The last entry that this view has seen."""
        return self._road.journal.head

    @property
    def cursor(self) -> str:
        """The place in the journal that this view stands at."""
        return self._road.journal.cursor(self.seq)

    @property
    def user(self) -> Any:
        """The actor's own record."""
        return self._stores["users"].get(self.actor.id)

    def may_read(self, plural: str) -> Callable[[Record], bool]:
        """The read rule of a resource, for this actor."""
        resource, keys = self._catalog.resources[plural], self.actor.keys
        if self.actor.is_system or not keys.isdisjoint(resource.open_keys):
            return lambda _: True
        return lambda record: not keys.isdisjoint(resource.keys_of(record))

    def get(self, plural: Any, record_id: Any) -> Record:
        """One record; `NotFound` also where it may not be read."""
        resource = self._catalog.wire_resource(plural)
        record = self._stores[resource.plural].get(record_id) if isinstance(record_id, str) else None
        if record is None or not self.may_read(resource.plural)(record):
            raise NotFound(f"There is no such {resource.noun.replace('_', ' ')}.")
        return record

    def page(self, plural: Any, wanted: Mapping[str, Any]) -> Page:
        """A page of the records that meet the query (PROTOCOL section 2)."""
        resource = self._catalog.wire_resource(plural)
        query = parse_query(resource, wanted, self.actor)
        records: Iterable[Record] = filter(self.may_read(resource.plural), self._candidates(resource, query.any_of))
        for test in query.tests:
            records = filter(test, records)
        needle = Needle(query.words)
        if needle:
            records = self._road.search.haystacks[resource.plural].find(needle, records)
        return page_of(records, query)

    def count(self, plural: Any, wanted: Mapping[str, Any]) -> int:
        """How many records meet the query."""
        return self.page(plural, {**wanted, "limit": 1, "after": None}).total

    def search(self, text: Any, limit: Any = None) -> list[dict[str, Any]]:
        """Everything that holds the words, best first; `limit` up to 200, 20 when left out."""
        if not isinstance(text, str):
            raise Invalid("Some fields need another look.", {"q": "must be the words to look for"})
        most, needle = parse_limit(limit, 20), Needle(text)
        found: list[tuple[tuple[int, int], str, Record]] = []
        if not needle:
            return []
        for plural, hay in self._road.search.haystacks.items():
            may_read = self.may_read(plural)
            found += [
                (hay.rank(record, needle), plural, record)
                for record in hay.find(needle, self._stores[plural].all()) if may_read(record)
            ]  # fmt: skip
        found.sort(key=lambda result: result[0])
        return [self._result(plural, record) for _, plural, record in found[:most]]

    def snapshot(self, plurals: Iterable[str]) -> dict[str, list[Record]]:
        """All that the actor may read of these resources, in order of creation (F4)."""
        wanted = [self._catalog.wire_resource(plural).plural for plural in plurals]
        return {plural: list(filter(self.may_read(plural), self._stores[plural].all())) for plural in wanted}

    def former_users(self) -> list[dict[str, str]]:
        """Those who are gone but still stand in records."""
        gone: Any = self._stores["former_users"].all()
        return [{"id": user.id, "display_name": user.display_name} for user in gone]

    def explain(self, plural: Any, record_id: Any = None) -> list[dict[str, Any]]:
        """Which commands the actor may use now, and the sentence why not."""
        resource = self._catalog.wire_resource(plural)
        record = self.get(plural, record_id) if record_id is not None else None
        work = self._road.work(self.actor)
        said = []
        for command in resource.commands.values():
            if command.on_wire and (command.kind == "create") == (record is None):
                why = self._road.explain(command, record, work)
                said.append({"command": command.name, "allowed": why is None, "why": why})
        return said

    def unchanged(self, operation: Operation) -> Outcome:
        """The outcome, once more, of a command that changed nothing (D5)."""
        record = self._stores[operation.resource].get(operation.record_id)
        readable = record is not None and self.may_read(operation.resource)(record)
        data = public_json(record) if record is not None and readable else b"null"
        return unchanged(data, self._road.journal.cursor(operation.last), operation.last, repeated=True)

    def _candidates(self, resource: Resource, any_of: Mapping[str, tuple[Any, ...]]) -> Iterable[Record]:
        """The smallest set that an index knows to hold all matches, else everything."""
        store = self._stores[resource.plural]
        indexed = [(sum(store.count(f, v) for v in vs), f) for f, vs in any_of.items() if f in resource.indexed]
        return store.where_any(min(indexed)[1], any_of[min(indexed)[1]]) if indexed else store.all()

    def _result(self, plural: str, record: Record) -> dict[str, Any]:
        resource, hay = self._catalog.resources[plural], self._road.search.haystacks[plural]
        return {
            "resource": plural, "id": record.id, "number": said_number(resource, record), "title": hay.title(record),
            "subtitle": str(getattr(record, resource.subtitle, "") or ""),
        }  # fmt: skip


def changes_since(
    version: int, entries: Sequence[Entry], record: Record, asked: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """What a conflict tells: who changed which of the asked fields since `version`. `entries` are the newest first."""
    found: dict[str, dict[str, Any]] = {}
    for entry in entries:
        if entry.seq <= version or entry.kind != "updated":
            continue
        meta, was = orjson.loads(entry.meta), orjson.loads(entry.was)
        for name in meta["changed"]:
            said = found.setdefault(
                name, {"field": name, "now": record.__dict__[name], "by": meta["actor"], "at": meta["at"]}
            )
            said["was"] = was[name]
    overlapping = [said for name, said in found.items() if name in asked]
    return overlapping or list(found.values())
