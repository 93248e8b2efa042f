"""Permissions as words joined by `|`, `&` and `~`, that can say themselves aloud (R4) and compile to audience keys (V2).

A permission is an OR of *ways*, each an AND of words. A word is either an *identity* (a role, "its assignee": who someone
is) or a *condition* on the record ("while it is open"). The same value allows a command, writes the sentence of its
refusal, and, for a read rule, tells which audience keys a record's readers hold.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from events.actor import Actor


@dataclass(frozen=True, slots=True)
class Word:
    """One word: `noun` names people ("a dispatcher"), `clause` says when ("while it is open"); exactly one is set."""

    holds: Callable[[Actor, Any], bool]
    noun: str = ""
    clause: str = ""
    key: Callable[[Any], str | None] | None = None
    constant: str = ""


Way = tuple[Word, ...]


class Permission:
    """An OR of ways. `record` may be None where there is no record yet (creation): then only roles hold."""

    def __init__(self, ways: Iterable[Way]) -> None:
        self.ways = tuple(ways)

    def __or__(self, other: "Permission") -> "Permission":
        return Permission((*self.ways, *other.ways))

    def __and__(self, other: "Permission") -> "Permission":
        return Permission((*left, *right) for left in self.ways for right in other.ways)

    def __invert__(self) -> "Permission":
        """Not this: by De Morgan, an AND over the ways of the OR of their negated words."""
        negated = Permission([()])
        for way in self.ways:
            negated = negated & Permission([(_opposite(word),) for word in way])
        return negated

    def allows(self, actor: Actor, record: Any) -> bool:
        """Whether the actor may; the system itself always may."""
        if actor.is_system:
            return True
        for way in self.ways:
            for word in way:
                if not word.holds(actor, record):
                    break
            else:
                return True
        return False

    def __str__(self) -> str:
        """The people this permits: `an admin, or its assignee while it is open`."""
        ways = list(dict.fromkeys(_spoken(way) for way in self.ways))
        if len(ways) < 3:
            return " or ".join(ways)
        return ", ".join(ways[:-1]) + ", or " + ways[-1]

    def audience(self) -> Callable[[Any], tuple[str, ...]]:
        """The compiled read rule: record → the audience keys of its readers. ValueError where it does not compile (V2)."""
        compiled = [_compiled(way) for way in self.ways]
        if all(len(way) == 1 and way[0].constant for way in self.ways):
            always = tuple(dict.fromkeys(way[0].constant for way in self.ways))
            return lambda _: always

        def keys_of(record: Any) -> tuple[str, ...]:
            found = (key_of(record) for key_of in compiled)
            return tuple(dict.fromkeys(key for key in found if key is not None))

        return keys_of

    @property
    def open_keys(self) -> frozenset[str]:
        """The keys whose holders read every record, whatever is in it: those of ways that are one plain role."""
        alone = (way[0] for way in self.ways if len(way) == 1)
        return frozenset(word.constant for word in alone if word.constant)


def _opposite(word: Word) -> Word:
    """The word's negation: a condition, as nobody is known by what he is not."""
    said = word.clause or f"who is {word.noun}"
    return Word(lambda actor, record: not word.holds(actor, record), clause=f"not {said}")


def _spoken(way: Way) -> str:
    nouns = [word.noun for word in way if word.noun]
    clauses = [word.clause for word in way if word.clause]
    who = " who is ".join(nouns) or "anyone"
    return " ".join([who, " and ".join(clauses)]) if clauses else who


def _compiled(way: Way) -> Callable[[Any], str | None]:
    identities = [word.key for word in way if word.key is not None]
    conditions = [word for word in way if word.key is None]
    if len(identities) != 1:
        raise ValueError(f"a way of reading needs exactly one identity: {_spoken(way)}")
    key = identities[0]

    def key_of(record: Any) -> str | None:
        # Conditions of a read rule look at the record alone, so any actor may stand in for the reader.
        return key(record) if all(word.holds(_NOBODY, record) for word in conditions) else None

    return key_of


_NOBODY = Actor("", "", "", frozenset())


def role(name: str, noun: str) -> Permission:
    """Everyone who holds this role."""
    return _holders(f"role:{name}", noun)


def _holders(key: str, noun: str) -> Permission:
    return Permission([(Word(lambda actor, _: key in actor.keys, noun=noun, key=lambda _: key, constant=key),)])


def is_me(field: str, noun: str) -> Permission:
    """The user whose id stands in this field of the record."""

    def key(record: Any) -> str | None:
        value = getattr(record, field)
        return None if value is None else f"user:{value}"

    def holds(actor: Actor, record: Any) -> bool:
        return record is not None and getattr(record, field) == actor.id

    return Permission([(Word(holds, noun=noun, key=key),)])


def when(field: str, values: Iterable[Any], clause: str) -> Permission:
    """A condition: the record's field holds one of these values."""
    allowed = frozenset(values)

    def holds(_: Actor, record: Any) -> bool:
        return record is not None and getattr(record, field) in allowed

    return Permission([(Word(holds, clause=clause),)])


admin = role("admin", "an admin")
dispatcher = role("dispatcher", "a dispatcher")
engineer = role("engineer", "an engineer")
front_desk = role("front_desk", "the front desk")
viewer = role("viewer", "a viewer")
member = _holders("member", "a member of the team")
system = _holders("user:system", "the program itself")
nobody = Permission(())
lead = admin | dispatcher

ROLES = ("admin", "dispatcher", "engineer", "front_desk", "viewer")
