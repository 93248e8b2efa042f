"""The desks of all tenants: making one, opening it at start, and its durable marks.

Opening reads everything that the memory of a desk holds, in one transaction, and begins a new epoch (rule D7): a copy
of the database that is restored and opened elsewhere can then never be taken for this one.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from stores.change import Entry
from stores.connections import Connections
from stores.errors import Unreachable
from stores.history import History
from stores.record import Record, trusted
from stores.rows import Rows

EPOCH_BYTES = 6
"""8 url-safe characters, none of them a dot."""


@dataclass(frozen=True, slots=True)
class Tenant:
    """One team or company; nothing crosses between tenants."""

    tenant_id: str
    slug: str
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class LoadedDesk:
    """All that a desk starts with; records, touched and counters by plural, `entries` the newest of the journal."""

    head: int
    floor: int
    epochs: list[tuple[str, int]]
    counters: dict[str, int]
    schema_mark: str
    records: dict[str, list[Record]]
    touched: dict[str, dict[str, dict[str, int]]]
    entries: list[Entry]


class Desks:
    """The tables `desks`, `epochs` and `counters`, and the records when a desk is opened."""

    def __init__(
        self,
        connections: Connections,
        tables: Mapping[str, Rows],
        record_classes: Mapping[str, type[Record]],
        history: History,
    ) -> None:
        self._connections = connections
        self._tables = tables
        self._desks, self._epochs, self._counters = tables["desks"], tables["epochs"], tables["counters"]
        self._record_classes = record_classes
        self._history = history

    def create(self, tenant: Tenant) -> None:
        """A new tenant with an empty desk; DataRejected where its id or slug is in use."""
        row = {"seq": 0, "epoch": "", "floor": 0, "schema_mark": ""}
        names = {"tenant_id": tenant.tenant_id, "slug": tenant.slug, "name": tenant.name}
        with self._connections.writing() as connection:
            connection.execute(insert(self._desks.table).values(**names, created_at=tenant.created_at, **row))

    def all(self) -> list[Tenant]:
        """All tenants, oldest first."""
        desks = self._desks.c
        columns = (desks.tenant_id, desks.slug, desks.name, desks.created_at)
        with self._connections.reading() as connection:
            return [Tenant(*row) for row in connection.execute(select(*columns).order_by(desks.created_at))]

    def open(self, tenant_id: str, window: int, window_bytes: int) -> LoadedDesk:
        """Begin a new epoch and read everything, in one transaction; LookupError for an unknown tenant."""
        with self._connections.writing() as connection:
            head, floor, mark = self._desk(connection, tenant_id)
            self._begin_epoch(connection, tenant_id, head)
            loaded = {name: self._load(connection, tenant_id, name) for name in self._record_classes}
            return LoadedDesk(
                head=head,
                floor=floor,
                epochs=self._pairs(connection, tenant_id, self._epochs.table, "first"),
                counters=dict(self._pairs(connection, tenant_id, self._counters.table, "last")),
                schema_mark=mark,
                records={name: records for name, (records, _) in loaded.items()},
                touched={name: touched for name, (_, touched) in loaded.items()},
                entries=self._history.newest(connection, tenant_id, window, window_bytes),
            )

    def head(self, tenant_id: str) -> tuple[int, str]:
        """(seq, epoch) of the desk, in a fresh connection: what is true after a commit that failed (rule D4). A commit that was
        cut off and goes on without us holds this row: its end is waited for."""
        desks = self._desks.c
        statement = select(desks.seq, desks.epoch).where(desks.tenant_id == tenant_id).with_for_update(read=True)
        with self._connections.fresh() as connection:
            row = connection.execute(statement).one_or_none()
        if row is None:
            raise Unreachable(f"there is no desk {tenant_id}")
        return row.seq, row.epoch

    def raise_floor(self, tenant_id: str, seq: int) -> None:
        """Entries up to this seq are promised to nobody any more; a floor never falls."""
        desks = self._desks.table
        with self._connections.writing() as connection:
            here = (desks.c.tenant_id == tenant_id, desks.c.floor < seq)
            connection.execute(update(desks).where(*here).values(floor=seq))

    def mark_schema(self, tenant_id: str, mark: str) -> None:
        """Note the schema in which the events from here on are stored (rule F8)."""
        desks = self._desks.table
        with self._connections.writing() as connection:
            connection.execute(update(desks).where(desks.c.tenant_id == tenant_id).values(schema_mark=mark))

    def _desk(self, connection: Connection, tenant_id: str) -> tuple[int, int, str]:
        """From here on nobody else moves its head."""
        desks = self._desks.c
        statement = select(desks.seq, desks.floor, desks.schema_mark).where(desks.tenant_id == tenant_id)
        row = connection.execute(statement.with_for_update()).one_or_none()
        if row is None:
            raise LookupError(f"there is no desk {tenant_id}")
        return row.seq, row.floor, row.schema_mark

    def _begin_epoch(self, connection: Connection, tenant_id: str, head: int) -> None:
        """Epochs that wrote nothing go: no cursor names them, and a desk restarted often keeps few."""
        epoch, epochs, desks = secrets.token_urlsafe(EPOCH_BYTES), self._epochs.table, self._desks.table
        connection.execute(delete(epochs).where(epochs.c.tenant_id == tenant_id, epochs.c.first > head))
        connection.execute(insert(epochs).values(tenant_id=tenant_id, epoch=epoch, first=head + 1))
        connection.execute(update(desks).where(desks.c.tenant_id == tenant_id).values(epoch=epoch))

    def _pairs(self, connection: Connection, tenant_id: str, table: Table, value: str) -> list[tuple[str, int]]:
        key = next(column for column in table.primary_key.columns if column.name != "tenant_id")
        statement = select(key, table.c[value]).where(table.c.tenant_id == tenant_id).order_by(table.c[value])
        return [(name, number) for name, number in connection.execute(statement)]

    def _load(self, connection: Connection, tenant_id: str, name: str) -> tuple[list[Record], dict[str, Any]]:
        """(records in order of creation, their touched maps where they are not empty)."""
        rows, record_class = self._tables[name], self._record_classes[name]
        statement = select(rows.table).where(rows.c.tenant_id == tenant_id).order_by(rows.c.number)
        fields = tuple(record_class.model_fields)
        records: list[Record] = []
        touched: dict[str, Any] = {}
        for row in rows.read(connection, statement):
            seqs = row.pop()
            record = trusted(record_class, dict(zip(fields, row, strict=True)))
            records.append(record)
            if seqs:
                touched[record.id] = seqs
        return records, touched
