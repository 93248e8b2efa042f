"""What really happened: the journal and the operations, read from the database past the server.

Read between rounds, when nothing is under way, and after the end. What clients were told must agree with this, and nothing
else decides.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson

from events.catalog import Catalog
from stores.change import Entry, Operation
from stores.database import Database
from torture.replica import Key, digest_of

PAGE, PAGE_BYTES = 2_000, 16 * 2**20


class Fact(NamedTuple):
    """One entry of the journal, as far as anybody asks."""

    seq: int
    first: int
    last: int
    resource: str
    id: str
    event: str
    kind: str
    actor: str
    op: str | None
    version: int
    digest: str
    personal: tuple[str, str] | None
    active: bool
    """Of a user: whether he may still come in."""


class Ledger:
    """One tenant's facts; `facts[seq - 1]` is the one at seq. `state` is what all of them together make."""

    def __init__(self, tenant_id: str) -> None:
        self.tenant_id = tenant_id
        self.facts: list[Fact] = []
        self.state: dict[Key, str] = {}
        self.sets: dict[tuple[str, str], list[tuple[int, int]]] = {}
        """(actor id, op_id) → the change sets that carry it."""
        self.members: dict[str, list[tuple[int, bool]]] = {}
        """User id → (seq, whether he is active from then on)."""

    @property
    def head(self) -> int:
        """The last seq."""
        return len(self.facts)

    def at(self, seq: int) -> Fact | None:
        """The fact at this seq, or None where there is none."""
        return self.facts[seq - 1] if 0 < seq <= len(self.facts) else None

    def add(self, fact: Fact, *, is_public: bool) -> None:
        """The next one."""
        self.facts.append(fact)
        if fact.op is not None and fact.seq == fact.last:
            self.sets.setdefault((fact.actor, fact.op), []).append((fact.first, fact.last))
        if fact.resource == "users":
            self.members.setdefault(fact.id, []).append((fact.seq, fact.active and fact.kind != "deleted"))
        if fact.kind == "deleted":
            self.state.pop((fact.resource, fact.id), None)
        elif is_public:
            self.state[fact.resource, fact.id] = fact.digest

    def is_member(self, user_id: str, seq: int) -> bool:
        """Whether this user was an active one right before this seq."""
        return next((active for at, active in reversed(self.members.get(user_id, [])) if at < seq), False)


Find = Callable[[str, tuple[str, str]], Operation | None]


@dataclass
class Truth:
    """All tenants' ledgers by slug. `public` are the kinds of record that clients know of, `ids` user ids by `tenant/name`;
    `find` looks an operation up by tenant id and (actor id, op_id)."""

    public: frozenset[str]
    ids: Mapping[str, str]
    ledgers: dict[str, Ledger]
    find: Find

    def of(self, who: str) -> Ledger:
        """The ledger of somebody's team."""
        return self.ledgers[who.partition("/")[0]]

    def operation(self, who: str, op_id: str) -> Operation | None:
        """What the database keeps of a command that was accepted."""
        return self.find(self.of(who).tenant_id, (self.ids[who], op_id))


class Witness:
    """Reads the truth from a database, on and on."""

    def __init__(self, url: str, catalog: Catalog, ids: Mapping[str, str]) -> None:
        self._database = Database(url, catalog.record_classes)
        ledgers = {tenant.slug: Ledger(tenant.tenant_id) for tenant in self._database.tenants()}
        self.truth = Truth(frozenset(catalog.wire_plurals), ids, ledgers, self._find)

    def read(self) -> Truth:
        """Take in what is new; the truth as it is now."""
        for ledger in self.truth.ledgers.values():
            while page := self._database.journal_page(ledger.tenant_id, ledger.head, PAGE, PAGE_BYTES):
                for entry in page:
                    ledger.add(fact_of(entry), is_public=entry.resource in self.truth.public)
        return self.truth

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def _find(self, tenant_id: str, pair: tuple[str, str]) -> Operation | None:
        return self._database.find_operations(tenant_id, [pair]).get(pair)


def fact_of(entry: Entry) -> Fact:
    """What is asked of an entry."""
    record: Any = orjson.loads(entry.record)
    meta: Any = orjson.loads(entry.meta)
    return Fact(
        entry.seq, entry.first, entry.last, entry.resource, entry.record_id, entry.event, entry.kind, entry.actor_id,
        meta.get("op_id"), record["version"], digest_of(record), entry.personal, bool(record.get("active", True)),
    )  # fmt: skip
