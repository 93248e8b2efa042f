"""What everybody in a torment shares: the people and their passwords, what is known of each team's records, and when to
work and when to rest.

The book is gossip, not truth: whatever any of a team heard last of a record. Intentions are made from it; no check asks it.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from torture.premises import PASSWORD, Person

MOST_PASSWORDS = 5
KEPT = 300  # records of a kind that are remembered: enough to choose from


class Book:
    """What a team was told last of its records, the newest of each kind; and the cursors of change sets."""

    def __init__(self) -> None:
        self._of: dict[str, OrderedDict[str, Mapping[str, Any]]] = {}
        self.cursors: list[str] = []

    def learn(self, resource: str, record: Mapping[str, Any]) -> None:
        """Remember this version, unless a newer one is known."""
        known = self._of.setdefault(resource, OrderedDict())
        before = known.get(record["id"])
        if before is None or before["version"] <= record["version"]:
            known[record["id"]] = record
            known.move_to_end(record["id"])
        if len(known) > KEPT and resource != "users":
            known.popitem(last=False)

    def forget(self, resource: str, record_id: str) -> None:
        """It is gone."""
        self._of.get(resource, OrderedDict()).pop(record_id, None)

    def all(self, resource: str) -> list[Mapping[str, Any]]:
        """What is known of this kind."""
        return list(self._of.get(resource, {}).values())

    def any(self, random: Random, resource: str) -> Mapping[str, Any] | None:
        """One of them."""
        found = self._of.get(resource)
        return random.choice(list(found.values())) if found else None

    def get(self, resource: str, record_id: str) -> Mapping[str, Any] | None:
        """This one, where it is known."""
        return self._of.get(resource, OrderedDict()).get(record_id)

    def ended_at(self, cursor: str) -> None:
        """A change set that could be undone."""
        self.cursors.append(cursor)
        del self.cursors[:-50]


@dataclass
class Crew:
    """Everybody. `at_work` is set while commands are to be sent, `over` when it is time to go."""

    people: list[Person]
    at_work: asyncio.Event = field(default_factory=asyncio.Event)
    is_over: bool = False

    def __post_init__(self) -> None:
        self.books = {person.tenant: Book() for person in self.people}
        self.passwords = {person.id: [PASSWORD] for person in self.people}
        """By user id, those that may be his, the likeliest last."""

    @property
    def stewards(self) -> frozenset[str]:
        """The first of each team: an admin to whom nobody does anything, so that the team can be put in order again."""
        first = {person.tenant: person.id for person in reversed(self.people)}
        return frozenset(first.values())

    def hopes(self, user_id: str, password: str) -> None:
        """This will be his password, if what is asked is done."""
        self.passwords[user_id].append(password)

    def settled(self, user_id: str, password: str, *, is_so: bool) -> None:
        """It is, or most likely it is not: what is tried last is forgotten first."""
        candidates = self.passwords[user_id]
        if password in candidates:
            candidates.remove(password)
        candidates.insert(len(candidates) if is_so else 0, password)
        del candidates[:-MOST_PASSWORDS]

    def book(self, tenant: str) -> Book:
        """What is known of this team."""
        return self.books[tenant]

    def others_of(self, tenant: str) -> list[str]:
        """The other teams."""
        return sorted(name for name in self.books if name != tenant)
