"""Lists: filters on any public scalar field, sorting, and keyset paging that stays right while records come and go.

A query arrives as text (HTTP) or JSON (sockets) and is checked against the record's declaration; hidden fields cannot be
asked about (R5). `comma = any of`, `empty = null`, `field.from` and `field.to` bound a range, `me` is the one who asks.
"""

import base64
import binascii
import heapq
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate
from typing import Any, Literal

import orjson

from events.actor import Actor
from events.errors import Invalid
from events.resource import Resource
from stores.clock import parse_rfc3339
from stores.record import Record, encode, public_json

MOST_ITEMS = 200
MOST_BYTES = 512 * 1024
Test = Callable[[Record], bool]


@dataclass(frozen=True, slots=True)
class Query:
    """A checked list query. `any_of` are the equalities (an index may answer them), `tests` all conditions."""

    any_of: Mapping[str, tuple[Any, ...]]
    tests: tuple[Test, ...]
    words: str
    sort: str
    descending: bool
    limit: int
    after: tuple[Any, ...] | None


@dataclass(frozen=True, slots=True)
class Page:
    """`items` in order; `next` is what to ask with `after`, None at the end; `total` counts without paging."""

    items: list[Record]
    next: str | None
    total: int


def parse_query(resource: Resource, wanted: Mapping[str, Any], actor: Actor) -> Query:
    """Check a query's parameters; `Invalid` names the ones that are wrong."""
    rest, wrong = dict(wanted), dict[str, str]()
    sort = str(rest.pop("sort", None) or "-number")
    limit, after, words = rest.pop("limit", None), rest.pop("after", None), rest.pop("q", None)
    conditions = _Conditions(resource, actor)
    for name, value in rest.items():
        try:
            conditions.add(name, value)
        except (ValueError, TypeError, OverflowError) as error:
            wrong[name] = str(error) or "does not fit"
    if sort.lstrip("-") not in scalar_fields(resource):
        wrong["sort"] = "is not a field to sort by"
    parsed_limit, place = _limit(limit, wrong), _place(after, wrong)
    if wrong:
        raise Invalid("The list cannot be made this way.", wrong)
    return Query(
        any_of=conditions.any_of, tests=tuple(conditions.tests), words=str(words or ""), sort=sort.lstrip("-"),
        descending=sort.startswith("-"), limit=parsed_limit, after=place,
    )  # fmt: skip


def page_of(records: Iterable[Record], query: Query) -> Page:
    """The page of records that stand after `query.after` in its order. `records` already meet its conditions."""
    found = list(records)

    def key(record: Record) -> tuple[Any, ...]:
        value = record.__dict__[query.sort]
        missing = value is None
        return (missing != query.descending, 0 if missing else _comparable(value), record.id)

    left = found if query.after is None else [r for r in found if _beyond(key(r), query.after, query.descending)]
    pick = heapq.nlargest if query.descending else heapq.nsmallest
    items = pick(query.limit + 1, left, key=key)
    shown = _fitting(items[: query.limit])
    more = len(shown) < len(items)
    return Page(shown, _token(key(shown[-1])) if more else None, len(found))


def _fitting(items: list[Record]) -> list[Record]:
    """As many as make a page of half a MiB, one at least: 200 records of the longest texts once made an answer that
    clients refuse."""
    sizes = accumulate(len(public_json(record)) for record in items)
    return items[: max(1, sum(1 for size in sizes if size <= MOST_BYTES))]


def scalar_fields(resource: Resource) -> dict[str, Any]:
    """Public field → its plain Python type, for those that can be compared."""
    kinds = {name: plain_type(resource.record.model_fields[name].annotation) for name in resource.public_fields}
    return {name: kind for name, kind in kinds.items() if kind in {str, int, bool, datetime, date}}


def plain_type(annotation: Any) -> Any:
    """`Annotated[str | None, …]` → str; a Literal of texts is str."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return plain_type(typing.get_args(annotation)[0])
    if origin is Literal:
        return type(typing.get_args(annotation)[0])
    if origin in {typing.Union, types.UnionType}:
        return next(plain_type(part) for part in typing.get_args(annotation) if part is not type(None))
    return annotation


class _Conditions:
    """Collects the conditions of one query."""

    def __init__(self, resource: Resource, actor: Actor) -> None:
        self.any_of: dict[str, tuple[Any, ...]] = {}
        self.tests: list[Test] = []
        self._resource, self._actor, self._kinds = resource, actor, scalar_fields(resource)

    def add(self, name: str, value: Any) -> None:
        field, _, edge = name.partition(".")
        if name == "open" and self._resource.open_states:
            self._open(_needed(bool, value))
        elif field not in self._kinds or edge not in {"", "from", "to"}:
            raise ValueError("is not a field to filter by")
        elif edge:
            self._bound(field, edge, _needed(self._kinds[field], value))
        else:
            self._equal(field, value)

    def _open(self, wanted: bool) -> None:  # the value of the filter
        states = frozenset(self._resource.open_states)
        if wanted:
            self.any_of["status"] = self._resource.open_states
        self.tests.append(lambda record: (record.__dict__["status"] in states) == wanted)

    def _bound(self, field: str, edge: str, bound: Any) -> None:
        def within(record: Record) -> bool:
            value = record.__dict__[field]
            return value is not None and (value >= bound if edge == "from" else value <= bound)

        self.tests.append(within)

    def _equal(self, field: str, value: Any) -> None:
        raw = value if isinstance(value, list) else value.split(",") if isinstance(value, str) else [value]
        values = tuple(self._mine(field, _parsed(self._kinds[field], one)) for one in raw)
        allowed = frozenset(values)
        self.any_of[field] = values
        self.tests.append(lambda record: record.__dict__[field] in allowed)

    def _mine(self, field: str, value: Any) -> Any:
        return (
            self._actor.id
            if value == "me" and self._resource.references.get(field, _NO_REFERENCE).to == "users"
            else value
        )


class _NoReference:
    to = ""


_NO_REFERENCE = _NoReference()


def _parsed(kind: Any, value: Any) -> Any:
    """A filter's value as its field holds it; empty is null."""
    if value is None or value == "":
        return None
    if type(value) is kind and kind is not datetime:
        return value
    if not isinstance(value, str):
        raise TypeError("has a value of another type")
    return _PARSERS[kind](value)


def _needed(kind: Any, value: Any) -> Any:
    """As `_parsed`, where null makes no sense."""
    parsed = _parsed(kind, value)
    if parsed is None:
        raise ValueError("needs a value")
    return parsed


def _flag(text: str) -> bool:
    if text not in {"true", "false"}:
        raise ValueError("must be true or false")
    return text == "true"


def _number(text: str) -> int:
    if not (text.lstrip("-").isascii() and text.lstrip("-").isdigit() and len(text) < 18):
        raise ValueError("must be a whole number")
    return int(text)


def _moment(text: str) -> datetime:
    try:
        return parse_rfc3339(text)
    except ValueError:
        raise ValueError("must be a time such as 2026-11-20T04:39:00.000Z") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("must be a day such as 2026-11-20") from None


_PARSERS: Mapping[Any, Callable[[str], Any]] = {str: str, bool: _flag, int: _number, datetime: _moment, date: _day}


def _comparable(value: Any) -> Any:
    """Texts sort without regard to case; times as the text that also stands in a token."""
    if isinstance(value, str):
        return value.casefold()
    return orjson.loads(encode(value)) if isinstance(value, (datetime, date)) else value


def _beyond(key: tuple[Any, ...], after: tuple[Any, ...], descending: bool) -> bool:  # of the query
    try:
        return key < after if descending else key > after
    except TypeError:
        raise Invalid("The list cannot be made this way.", {"after": "belongs to another list"}) from None


def _token(key: tuple[Any, ...]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(key)).decode().rstrip("=")


def _place(token: Any, wrong: dict[str, str]) -> tuple[Any, ...] | None:
    if token is None or token == "":
        return None
    try:
        place = orjson.loads(base64.urlsafe_b64decode(str(token) + "=="))
        if isinstance(place, list) and len(place) == 3:
            return tuple(place)
    except (binascii.Error, ValueError):
        pass
    wrong["after"] = "is not a place in a list"
    return None


def parse_limit(value: Any, default: int = 50) -> int:
    """How many are wanted at most: 1 to 200; `Invalid` for anything else."""
    text = str(default if value is None else value)
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= MOST_ITEMS):
        raise Invalid("The list cannot be made this way.", {"limit": f"must be 1 to {MOST_ITEMS}"})
    return int(text)


def _limit(value: Any, wrong: dict[str, str]) -> int:
    try:
        return parse_limit(value)
    except Invalid as error:
        wrong.update(error.fields)
        return 0
