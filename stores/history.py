"""The journal as the database keeps it: pages for readers behind the window, activity, and forgetting (F3, D5)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, func, select

from stores.change import Entry, Operation
from stores.connections import Connections
from stores.rows import Rows

CHUNK = 1_000
"""Rows deleted in one transaction: commits slip in between."""


class History:
    """The tables `journal` and `operations`."""

    def __init__(self, connections: Connections, tables: Mapping[str, Rows]) -> None:
        self._connections = connections
        self._journal = tables["journal"]
        self._operations = tables["operations"]
        self._desks = tables["desks"]

    def page(self, tenant_id: str, after: int, limit: int, max_bytes: int) -> list[Entry]:
        """Entries after this seq, oldest first: at most so many and so many bytes, but one in any case."""
        statement = self._of(tenant_id).where(self._journal.c.seq > after).order_by(self._journal.c.seq).limit(limit)
        with self._connections.reading() as connection:
            return _fitting(self._entries(connection, statement), max_bytes)

    def newest(self, connection: Connection, tenant_id: str, limit: int, max_bytes: int) -> list[Entry]:
        """The last entries, oldest first: at most so many and so many bytes, but one in any case."""
        statement = self._of(tenant_id).order_by(self._journal.c.seq.desc()).limit(limit)
        return _fitting(self._entries(connection, statement), max_bytes)[::-1]

    def between(self, tenant_id: str, first: int, last: int) -> list[Entry]:
        """The entries `first` to `last`, both included."""
        seq = self._journal.c.seq
        return self._all(self._of(tenant_id).where(seq.between(first, last)).order_by(seq))

    def activity(self, tenant_id: str, limit: int, before_seq: int | None, **fields: str | None) -> list[Entry]:
        """Entries with these fields (those not None) before this seq, newest first."""
        journal = self._journal.c
        conditions = [journal[name] == value for name, value in fields.items() if value is not None]
        if before_seq is not None:
            conditions.append(journal.seq < before_seq)
        return self._all(self._of(tenant_id).where(*conditions).order_by(journal.seq.desc()).limit(limit))

    def operations(self, tenant_id: str, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Operation]:
        """(actor id, op_id) -> the accepted command that carried it, for those that were seen (rule D5)."""
        keys = [(tenant_id, *pair) for pair in pairs]
        with self._connections.reading() as connection:
            found = [Operation(*row[1:]) for row in self._operations.by_key(connection, keys)]
        return {(each.actor_id, each.op_id): each for each in found}

    def seq_at(self, tenant_id: str, moment: datetime) -> int:
        """The last seq of the journal's beginning that is not younger than this moment, never inside a change set."""
        journal = self._journal.c
        younger = select(journal.first).where(journal.tenant_id == tenant_id, journal.at > moment)
        head = select(self._desks.c.seq).where(self._desks.c.tenant_id == tenant_id)
        with self._connections.reading() as connection:
            first = connection.execute(younger.order_by(journal.seq).limit(1)).scalar()
            return int(connection.execute(head).scalar_one()) if first is None else int(first) - 1

    def drop(self, tenant_id: str, upto: int) -> None:
        """Delete what nobody is promised any more, in chunks; ValueError above the floor: raise it first (rule F3)."""
        desk = select(self._desks.c.floor).where(self._desks.c.tenant_id == tenant_id)
        with self._connections.reading() as connection:
            floor = int(connection.execute(desk).scalar_one())
        if upto > floor:
            raise ValueError(f"entries after {floor} are still promised")
        self._drop(self._journal, self._journal.c.seq, tenant_id, upto)
        self._drop(self._operations, self._operations.c.last, tenant_id, upto)

    def _drop(self, rows: Rows, place: Any, tenant_id: str, upto: int) -> None:
        oldest = select(func.min(place)).where(rows.c.tenant_id == tenant_id)
        last = -1
        while last < upto:
            with self._connections.writing() as connection:
                first = connection.execute(oldest).scalar()
                last = upto if first is None else min(upto, int(first) + CHUNK)
                connection.execute(delete(rows.table).where(rows.c.tenant_id == tenant_id, place <= last))

    def _of(self, tenant_id: str) -> Select[Any]:
        return select(self._journal.table).where(self._journal.c.tenant_id == tenant_id)

    def _all(self, statement: Select[Any]) -> list[Entry]:
        with self._connections.reading() as connection:
            return list(self._entries(connection, statement))

    def _entries(self, connection: Connection, statement: Select[Any]) -> Iterator[Entry]:
        return (Entry(*row[1:]) for row in self._journal.read(connection, statement))


def _fitting(entries: Iterable[Entry], max_bytes: int) -> list[Entry]:
    """The first entries that fit, but one in any case; what follows is not even read."""
    fitting: list[Entry] = []
    size = 0
    for entry in entries:
        size += entry.size
        if fitting and size > max_bytes:
            break
        fitting.append(entry)
    return fitting
