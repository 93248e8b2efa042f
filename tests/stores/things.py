"""A little world for the memory: two kinds of things, and one who commits changes of them as a desk would."""

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from sqlalchemy import inspect

from stores.change import Batch, Change, Entry, Operation
from stores.database import Database
from stores.record import Hidden, Indexed, Record, Unique, with_fields

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Thing(Record):
    """Has a field of every type that a column can hold."""

    name: Annotated[str, Unique()] | None = None
    status: Annotated[Literal["new", "done"], Indexed()] = "new"
    owner_id: Annotated[str | None, Indexed()] = None
    secret: Annotated[str, Hidden()] = ""
    due_at: datetime | None = None
    day: date | None = None
    urgent: bool = False
    price: int | None = None
    tags: list[str] = []
    extra: dict[str, Any] | None = None


class Other(Record):
    """A second resource."""

    text: str = ""


CLASSES = {"things": Thing, "others": Other}


def thing(number: int, **fields: Any) -> Thing:
    made = {"created_at": NOON, "created_by": "u1", "updated_at": NOON, "updated_by": "u1"}
    return Thing(id=f"thing-{number}", tenant_id="t", number=number, version=number, **made, **fields)


def entry(seq: int, epoch: str = "e", **fields: Any) -> Entry:
    usual = {
        "first": seq,
        "last": seq,
        "resource": "things",
        "record_id": "thing-1",
        "event": "thing_created",
        "actor_id": "u1",
        "at": NOON,
        "kind": "created",
        "keys_before": (),
        "keys_after": ("member", "user:u1"),
        "personal": None,
        "rights_of": None,
        "record": b'{"id":"thing-1"}',
        "meta": b"{}",
        "was": b"{}",
    }
    return Entry(seq=seq, epoch=epoch, **(usual | fields))


def everything(database: Database) -> dict[str, list]:
    """All rows of all tables, in no promised order, as the driver gives them."""
    with database.connections.fresh() as connection:
        names = inspect(connection).get_table_names()
        return {name: sorted(connection.exec_driver_sql(f"SELECT * FROM {name}").all(), key=repr) for name in names}


def rows_of(path: Path) -> dict[str, list]:
    """All rows of all tables of a file, read past our own code."""
    with sqlite3.connect(path) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}
    connection.close()
    return rows


class Writer:
    """Commits changes one after the other as a desk would, and keeps the place."""

    def __init__(self, database: Database, tenant_id: str = "t") -> None:
        self.database = database
        self.tenant_id = tenant_id
        desk = database.open_desk(tenant_id)
        self.seq, self.epoch = desk.head, desk.epochs[-1][0]

    def batch(self, *changes: Change, operations: tuple[Operation, ...] = (), **fields: Any) -> Batch:
        places = range(self.seq + 1, self.seq + 1 + len(changes))
        entries = tuple(self._entry(seq, change) for seq, change in zip(places, changes, strict=True))
        usual = {
            "tenant_id": self.tenant_id,
            "epoch": self.epoch,
            "old_seq": self.seq,
            "new_seq": self.seq + len(changes),
            "counters": {"things": self.seq + len(changes)},
            "touched": {},
        }
        return Batch(changes=changes, entries=entries, operations=operations, **(usual | fields))

    def commit(self, *changes: Change, **fields: Any) -> None:
        batch = self.batch(*changes, **fields)
        self.database.commit(batch)
        self.seq = batch.new_seq

    def create(self, *things: Record) -> None:
        self.commit(*(Change("things", None, each) for each in things))

    def update(self, record: Thing, **fields: Any) -> Thing:
        after = with_fields(record, **fields)
        self.commit(Change("things", record, after))
        return after

    def delete(self, record: Record) -> None:
        self.commit(Change("things", record, None))

    def _entry(self, seq: int, change: Change) -> Entry:
        told = b'{"id":"%s"}' % change.id.encode()
        return entry(seq, self.epoch, record_id=change.id, kind=change.kind, record=told)
