"""Writing a batch: the rows, the journal, the operations and the head of the desk, in ONE transaction (D1, D8)."""

from collections.abc import Mapping
from operator import itemgetter

from sqlalchemy import Connection, bindparam, update

from stores.change import Batch, Change
from stores.connections import Connections
from stores.errors import LostDesk
from stores.record import Record
from stores.rows import Rows

EncodedRows = list[tuple[object, ...]]


class Committer:
    """Writes batches; statements are compiled once."""

    def __init__(
        self, connections: Connections, tables: Mapping[str, Rows], record_classes: Mapping[str, type[Record]]
    ) -> None:
        self._connections = connections
        self._tables = tables
        self._fields = {name: itemgetter(*each.model_fields) for name, each in record_classes.items()}
        desks = tables["desks"]
        mine = (
            desks.c.tenant_id == bindparam("t"),
            desks.c.seq == bindparam("old"),
            desks.c.epoch == bindparam("mine"),
        )
        fence = update(desks.table).where(*mine).values(seq=bindparam("new"))
        self._fence = str(fence.compile(dialect=connections.engine.dialect))

    def write(self, batch: Batch) -> None:
        """All of it or a StoreError; LostDesk where another process has moved the head."""
        with self._connections.writing() as connection:
            self._move_head(connection, batch)
            with self._connections.together(connection):
                self._put(connection, batch)

    def _put(self, connection: Connection, batch: Batch) -> None:
        upserts, deletes = self._records(batch)
        for name, rows in upserts.items():
            self._tables[name].upsert(connection, rows)
        for name, keys in deletes.items():
            self._tables[name].delete(connection, keys)
        self._tables["journal"].insert(connection, self._entries(batch))
        self._tables["operations"].insert(connection, self._operations(batch))
        self._tables["counters"].upsert(connection, self._counters(batch))

    def _move_head(self, connection: Connection, batch: Batch) -> None:
        cursor = connection.connection.cursor()
        # In the order of the statement: what is set, then the conditions.
        cursor.execute(self._fence, (batch.new_seq, batch.tenant_id, batch.old_seq, batch.epoch))
        if cursor.rowcount != 1:
            raise LostDesk(f"the desk is no longer at {batch.epoch}.{batch.old_seq}")

    def _records(self, batch: Batch) -> tuple[dict[str, EncodedRows], dict[str, EncodedRows]]:
        """(rows to put in, keys to take out) by table: of several changes of one record only its last state."""
        last: dict[tuple[str, str], Change] = {(change.resource, change.id): change for change in batch.changes}
        upserts: dict[str, EncodedRows] = {}
        deletes: dict[str, EncodedRows] = {}
        for (name, record_id), change in last.items():
            if change.after is None:
                deletes.setdefault(name, []).append((batch.tenant_id, record_id))
            else:
                values = self._fields[name](change.after.__dict__)
                touched = batch.touched.get((name, record_id), {})
                upserts.setdefault(name, []).append(self._tables[name].encoded((*values, touched)))
        return upserts, deletes

    def _entries(self, batch: Batch) -> EncodedRows:
        encoded = self._tables["journal"].encoded
        return [encoded((batch.tenant_id, *entry)) for entry in batch.entries]

    def _operations(self, batch: Batch) -> EncodedRows:
        return [(batch.tenant_id, *operation) for operation in batch.operations]

    def _counters(self, batch: Batch) -> EncodedRows:
        return [(batch.tenant_id, name, last) for name, last in batch.counters.items()]
