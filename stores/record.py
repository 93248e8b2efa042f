"""A record: one immutable version of one thing, and what is known about its fields.

Resources subclass Record and mark fields in their annotations: `Annotated[str, Indexed()]`. The markers are found here
for everyone: the database derives its columns, the memory its indexes, and all doors leave hidden fields out (rule R5).
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar, get_args

import orjson
from sqlmodel import SQLModel

from stores.clock import rfc3339


@dataclass(frozen=True)
class Hidden:
    """The field never leaves the row: no event, reply, export, log, filter or sorting shows it (rule R5)."""


@dataclass(frozen=True)
class Indexed:
    """The memory keeps a secondary index over the field."""


@dataclass(frozen=True)
class Unique:
    """No two records of a tenant hold the same value, compared by `fold`; None is never compared."""


class Record(SQLModel):
    """One immutable version of one thing (rule R1). Never a table: those are mutable and skip validation."""

    model_config = {"frozen": True, "extra": "forbid", "hide_input_in_errors": True, "validate_default": False}

    id: str
    tenant_id: str
    number: int
    version: int
    created_at: datetime
    created_by: str
    updated_at: datetime
    updated_by: str

    def __repr_args__(self) -> Sequence[tuple[str | None, Any]]:
        """A record that ends in a log or an error text does not show its hidden fields (rule R5)."""
        return list(public(self).items())


RecordType = TypeVar("RecordType", bound=Record)
MarkerType = TypeVar("MarkerType")


@cache
def marked(record_class: type[Record], marker: type[MarkerType]) -> dict[str, MarkerType]:
    """Field -> its marker of this type (or a subclass of it), however deep in the annotation it stands."""
    found: dict[str, MarkerType] = {}
    for name, field in record_class.model_fields.items():
        for thing in (*field.metadata, *_inside(field.annotation)):
            if isinstance(thing, marker):
                found.setdefault(name, thing)
    return found


@cache
def markers(record_class: type[Record], marker: Any) -> tuple[str, ...]:
    """Names of the fields that carry a marker of this type, in the order of the class."""
    return tuple(marked(record_class, marker))


def public(record: Record) -> dict[str, Any]:
    """The fields without the hidden ones, in the order of the class, values as they are."""
    values, hidden = record.__dict__, marked(type(record), Hidden)
    return {name: value for name, value in values.items() if name not in hidden} if hidden else values.copy()


def public_json(record: Record) -> bytes:
    """The record as JSON, without hidden fields."""
    return encode(public(record))


def encode(value: Any) -> bytes:
    """JSON: moments as RFC 3339 in UTC with three digits, days as YYYY-MM-DD, records without their hidden fields."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_PASSTHROUGH_DATETIME)


def kept(encoded: bytes) -> bytes:
    """The same bytes, for whoever keeps them: the encoder leaves them all the room it had asked for, ten times what it wrote
    where a text is long."""
    return bytes(memoryview(encoded))


def with_fields(record: RecordType, **fields: Any) -> RecordType:
    """A new record with these fields changed. NOT validated: whoever takes values from outside validates them first."""
    old = record.__dict__
    new = {**old, **fields}
    if len(new) != len(old):
        raise TypeError(f"{type(record).__name__} has no field {sorted(fields.keys() - old.keys())}")
    return _built(type(record), new, record.__pydantic_fields_set__)


def stamp(record: Record, **fields: Any) -> None:
    """Put the road's own fields into a record that was made a moment ago and that nobody has seen yet."""
    record.__dict__.update(fields)


def trusted(record_class: type[RecordType], fields: dict[str, Any]) -> RecordType:
    """A record of known-good values, for all fields in the order of the class, without validation.

    All records of a class share one set of field names; that and the skipped validation make 100,000 of them cheap.
    """
    return _built(record_class, fields, _all_fields(record_class))


def fold(text: str) -> str:
    """The form in which unique names are compared: NFKC, case-folded, NFKC again as folding can undo it."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _built(record_class: type[RecordType], fields: dict[str, Any], names: set[str]) -> RecordType:
    record = object.__new__(record_class)
    put = object.__setattr__  # the class is frozen
    put(record, "__dict__", fields)
    put(record, "__pydantic_fields_set__", names)
    put(record, "__pydantic_extra__", None)
    put(record, "__pydantic_private__", None)
    return record


@cache
def _all_fields(record_class: type[Record]) -> set[str]:
    return set(record_class.model_fields)


def _inside(annotation: Any) -> Iterator[Any]:
    """Everything an annotation is made of: members of unions, metadata of Annotated, values of type aliases."""
    for part in (*get_args(annotation), *filter(None, [getattr(annotation, "__value__", None)])):
        yield part
        yield from _inside(part)


def _plain(value: Any) -> Any:
    """What orjson does not write by itself, or not our way."""
    if isinstance(value, datetime):
        return rfc3339(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Record):
        return public(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
