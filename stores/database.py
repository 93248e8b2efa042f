"""The durable memory: everything that survives a restart, behind one door.

The lane of a desk commits batches here from its writer thread, the start opens desks, readers behind the window page
through the journal. Each of these has a file of its own; which database it is only stores/connections.py knows.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from stores.backend import Lost
from stores.change import Batch, Entry, Operation
from stores.commit import Committer
from stores.connections import Connections
from stores.desks import Desks, LoadedDesk, Tenant
from stores.errors import LostDesk, NewerRelease
from stores.history import History
from stores.migrate import differences, migrate
from stores.record import Record
from stores.release import is_newer
from stores.rows import Rows
from stores.sessions import Session, Sessions
from stores.tables import all_tables

__all__ = ["Database", "LoadedDesk", "Session", "Tenant"]


class Database:
    """One database for all tenants. Methods block; writes wait for each other, reads may come from several threads.

    `record_classes` maps the plural of each resource to its record. Reads raise Unreachable; writes raise LostDesk,
    Damaged, DataRejected or CommitFailed and then nothing of them was written (but see rule D4: ask `head`).
    """

    def __init__(self, url: str, record_classes: Mapping[str, type[Record]]) -> None:
        self.metadata = all_tables(record_classes)
        self._connections = Connections(url)
        dialect = self._connections.engine.dialect
        tables = {table.name: Rows(table, dialect) for table in self.metadata.sorted_tables}
        self._history = History(self._connections, tables)
        self._desks = Desks(self._connections, tables, record_classes, self._history)
        self._sessions = Sessions(self._connections, tables)
        self._committer = Committer(self._connections, tables, record_classes)
        self._lock = self._connections.backend.lock(self._lost)
        self._on_lost: Lost | None = None

    @property
    def path(self) -> Path | None:
        """The file, where the database is one."""
        return self._connections.backend.path

    @property
    def connections(self) -> Connections:
        """The connections, for a backup or a probe."""
        return self._connections

    # The process that may write.

    def lock(self, lost: Lost | None = None, *, knock: bool = False) -> None:
        """Take the lock for life, or raise Locked (rule D8); with `knock` whoever has it is asked for it, until we have it or
        `unlock`. Should it be lost, nothing is written any more, and `lost` is told, from any thread: this process must end."""
        self._on_lost = lost
        if self._lock:
            self._lock.take(knock=knock)

    @property
    def is_wanted(self) -> bool:
        """Whether another process knocks: it waits for the lock, and has reason to have it now."""
        return self._lock is not None and self._lock.is_wanted

    def unlock(self) -> None:
        """Give the lock back, and want it no more."""
        if self._lock:
            self._lock.release()

    def close(self) -> None:
        """Give back all connections, then the lock."""
        self._connections.close()
        self.unlock()

    def migrate(self) -> None:
        """Bring the tables up to this release; NewerRelease where they are ahead of it."""
        with self._connections.writing() as connection:
            if is_newer(connection):
                raise NewerRelease("the database is of a newer release of Callboard than this program")
            self._connections.backend.unhurried(connection)
            migrate(connection, self.metadata)

    def schema_differences(self) -> list[Any]:
        """What Alembic finds different between the tables and the database; empty after `migrate`."""
        with self._connections.reading() as connection:
            return differences(connection, self.metadata)

    # Tenants and their desks.

    def create_tenant(self, tenant_id: str, slug: str, name: str, at: datetime) -> None:
        """A new tenant with an empty desk; DataRejected where its id or slug is in use."""
        self._desks.create(Tenant(tenant_id, slug, name, at))

    def tenants(self) -> list[Tenant]:
        """All tenants, oldest first."""
        return self._desks.all()

    def open_desk(self, tenant_id: str, window: int = 10_000, window_bytes: int = 32 * 2**20) -> LoadedDesk:
        """Begin a new epoch (rule D7) and read the whole desk; LookupError for an unknown tenant."""
        return self._desks.open(tenant_id, window, window_bytes)

    def commit(self, batch: Batch) -> None:
        """Write a batch in one transaction, if the head is still where it begins (rule D8)."""
        self._committer.write(batch)

    def head(self, tenant_id: str) -> tuple[int, str]:
        """(seq, epoch) in a fresh connection: what is true after a commit that failed (rule D4)."""
        return self._desks.head(tenant_id)

    def mark_schema(self, tenant_id: str, mark: str) -> None:
        """Note the schema in which the events from here on are stored (rule F8)."""
        self._desks.mark_schema(tenant_id, mark)

    # The journal.

    def find_operations(self, tenant_id: str, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Operation]:
        """(actor id, op_id) -> the accepted command that carried it, for those that were seen (rule D5)."""
        return self._history.operations(tenant_id, pairs)

    def journal_page(self, tenant_id: str, after: int, limit: int, max_bytes: int) -> list[Entry]:
        """Entries after this seq, oldest first: at most so many and so many bytes, but one in any case."""
        return self._history.page(tenant_id, after, limit, max_bytes)

    def journal_set(self, tenant_id: str, first: int, last: int) -> list[Entry]:
        """The entries `first` to `last`, both included."""
        return self._history.between(tenant_id, first, last)

    def activity(
        self,
        tenant_id: str,
        *,
        resource: str | None = None,
        record_id: str | None = None,
        actor_id: str | None = None,
        before_seq: int | None = None,
        limit: int,
    ) -> list[Entry]:
        """Entries of a resource, a record or an actor before this seq, newest first."""
        fields = {"resource": resource, "record_id": record_id, "actor_id": actor_id}
        return self._history.activity(tenant_id, limit, before_seq, **fields)

    def raise_floor(self, tenant_id: str, seq: int) -> None:
        """Entries up to this seq are promised to nobody any more; comes before `drop_journal` (rule F3)."""
        self._desks.raise_floor(tenant_id, seq)

    def drop_journal(self, tenant_id: str, upto: int) -> None:
        """Delete journal and operations rows up to this seq, in chunks; ValueError above the floor."""
        self._history.drop(tenant_id, upto)

    def seq_at(self, tenant_id: str, moment: datetime) -> int:
        """The last seq such that nothing up to it is younger than this moment."""
        return self._history.seq_at(tenant_id, moment)

    # Who is signed in.

    def sessions(self) -> list[Session]:
        """All sessions, also expired ones."""
        return self._sessions.all()

    def put_session(self, session: Session) -> None:
        """Keep a session, in place of the one with its id."""
        self._sessions.put(session)

    def end_sessions(self, ids: Sequence[str]) -> None:
        """Forget these sessions; unknown ids are none."""
        self._sessions.end(ids)

    def touch_sessions(self, seen: Mapping[str, datetime]) -> None:
        """Note when sessions were last seen."""
        self._sessions.touch(seen)

    def _lost(self, error: LostDesk) -> None:
        self._connections.refuse(error)
        if self._on_lost is not None:
            self._on_lost(error)
