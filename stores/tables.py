"""The tables of one database, derived from the records (rule R1).

Each Database has a MetaData of its own, so that two may live in one process. Alembic compares the same MetaData with
what a file holds. The one place that knows which Python type becomes which column.
"""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import orjson
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Index,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from stores.clock import in_utc
from stores.record import Indexed, Record, encode, markers


class Moment(TypeDecorator[datetime]):
    """An aware moment, in UTC. SQLite has no such type: there it is sortable text, `2026-11-20T04:39:00.000000Z`."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text where the database cannot keep a time zone."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ARG002  # the shape of every type
        """Text is what either takes. A moment without a time zone is a ValueError."""
        return None if value is None else _sortable(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Always aware, in UTC."""
        if value is None:
            return None
        return datetime.fromisoformat(value) if dialect.name == "sqlite" else in_utc(value)


@lru_cache(maxsize=4096)  # 1.2 µs a moment, and a change writes three, most of them again and again
def _sortable(moment: datetime) -> str:
    return in_utc(moment).isoformat(timespec="microseconds")[:-6] + "Z"


class Json(TypeDecorator[Any]):
    """A list or a mapping as JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002  # the shape of every type
        """Written as the wire writes it."""
        return None if value is None else encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002  # the shape of every type
        """Lists come back as lists, also where they went in as tuples."""
        return None if value is None else orjson.loads(value)


class Words(Json):
    """A few words as a JSON list, a tuple in Python."""

    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002  # the shape of every type
        """A tuple, so that what holds it stays immutable."""
        return None if value is None else tuple(orjson.loads(value))


COLUMN_TYPES: Mapping[Any, type[TypeEngine[Any]]] = {
    str: Text,
    int: BigInteger,
    bool: Boolean,
    datetime: Moment,
    date: Date,
    Literal: Text,
    list: Json,
    dict: Json,
}

REPEATED = ("tenant_id", "created_by", "updated_by", "actor_id", "epoch", "resource", "event", "kind")
"""Texts that come again and again: read back as one object each, they cost a third less memory."""


def all_tables(record_classes: Mapping[str, type[Record]]) -> MetaData:
    """The desks' own tables and one per resource, named by its plural; ValueError where a name is used twice."""
    metadata = MetaData()
    _desks(metadata)
    _journal(metadata)
    _operations(metadata)
    _sessions(metadata)
    for name, record_class in record_classes.items():
        _records(metadata, name, record_class)
    return metadata


def _desks(metadata: MetaData) -> None:
    _table(metadata, "epochs", ("tenant_id", "epoch"), first=BigInteger)
    _table(metadata, "counters", ("tenant_id", "resource"), last=BigInteger)
    slug = Column("slug", Text, nullable=False, unique=True)
    texts = {"name": Text, "epoch": Text, "schema_mark": Text}
    _table(metadata, "desks", ("tenant_id",), slug, created_at=Moment, seq=BigInteger, floor=BigInteger, **texts)


def _journal(metadata: MetaData) -> None:
    table = Table(
        "journal",
        metadata,
        Column("tenant_id", Text, primary_key=True),
        Column("seq", BigInteger, primary_key=True, autoincrement=False),
        *_required(epoch=Text, first=BigInteger, last=BigInteger, resource=Text, record_id=Text, event=Text),
        *_required(actor_id=Text, at=Moment, kind=Text, keys_before=Words, keys_after=Words),
        Column("personal", Words),
        Column("rights_of", Text),
        *_required(record=LargeBinary, meta=LargeBinary, was=LargeBinary),
    )
    Index("journal_by_record", table.c.tenant_id, table.c.resource, table.c.record_id, table.c.seq)
    Index("journal_by_actor", table.c.tenant_id, table.c.actor_id, table.c.seq)


def _operations(metadata: MetaData) -> None:
    key = ("tenant_id", "actor_id", "op_id")
    place = {"first": BigInteger, "last": BigInteger}
    table = _table(metadata, "operations", key, fingerprint=Text, **place, resource=Text, record_id=Text)
    Index("operations_by_last", table.c.tenant_id, table.c.last)


def _sessions(metadata: MetaData) -> None:
    token = Column("token_sha256", Text, nullable=False, unique=True)
    user = {"tenant_id": Text, "user_id": Text, "user_epoch": BigInteger}
    moments = {"created_at": Moment, "seen_at": Moment, "expires_at": Moment}
    _table(metadata, "sessions", ("id",), token, **user, **moments, address=Text, agent=Text)


def _records(metadata: MetaData, name: str, record_class: type[Record]) -> None:
    """All fields, hidden ones too, and `touched`: field -> seq of its last change (rule D6)."""
    if name in metadata.tables:
        raise ValueError(f"a resource cannot be called {name}: a table of the desk is")
    columns = [_column(record_class, field) for field in record_class.model_fields]
    touched = Column("touched", Json, nullable=False, server_default="{}")
    Table(name, metadata, *columns, touched, PrimaryKeyConstraint("tenant_id", "id"))


def _table(
    metadata: MetaData, name: str, key: tuple[str, ...], /, *more: Column[Any], **required: type[TypeEngine[Any]]
) -> Table:
    """A table whose key is text."""
    keys = [Column(each, Text, primary_key=True, info={"repeated": each in REPEATED}) for each in key]
    return Table(name, metadata, *keys, *more, *_required(**required))


def _required(**columns: type[TypeEngine[Any]]) -> list[Column[Any]]:
    return [Column(name, kind, nullable=False, info={"repeated": name in REPEATED}) for name, kind in columns.items()]


def _column(record_class: type[Record], name: str) -> Column[Any]:
    """One field's column; TypeError naming the field where no column can hold it."""
    annotation = _plain(record_class.model_fields[name].annotation)
    choices = [_plain(each) for each in get_args(annotation)] if _is_union(annotation) else [annotation]
    kinds = {COLUMN_TYPES.get(get_origin(each) or each) for each in choices if each is not NoneType}
    kind = kinds.pop() if len(kinds) == 1 else None
    if kind is None:
        raise TypeError(f"{record_class.__name__}.{name}: no column can hold {annotation}")
    few = any(get_origin(each) is Literal for each in choices)
    repeated = few or name in REPEATED or (name in markers(record_class, Indexed) and kind is Text)
    return Column(name, kind, nullable=NoneType in choices, info={"repeated": repeated})


def _plain(annotation: Any) -> Any:
    """The annotation without the markers and names around it."""
    while hasattr(annotation, "__metadata__") or hasattr(annotation, "__value__"):
        annotation = getattr(annotation, "__value__", None) or get_args(annotation)[0]
    return annotation


def _is_union(annotation: Any) -> bool:
    return get_origin(annotation) in (Union, UnionType)
