"""The lock on a PostgreSQL database: an advisory lock held by a session of its own (rule D8).

The server gives it back when that session ends, however it ends. So it can be lost: then another process may have it,
and this one must end. The fence in every commit holds meanwhile.
"""

import threading
from contextlib import suppress

from sqlalchemy import Connection, Engine

from stores.backend import Backend, Lost
from stores.errors import Locked, LostDesk, Unreachable

KEY = "hashtextextended('callboard ' || coalesce(current_schema(), ''), 0)"
"""Within one database; each schema of it may hold a Callboard."""
TAKE = f"SELECT pg_try_advisory_lock({KEY})"
GIVE_BACK = f"SELECT pg_advisory_unlock({KEY})"
SESSION = "SELECT pg_backend_pid()"
EVERY_S = 1.0  # that often the session is asked whether it is still the same
PATIENCE_S = 5.0

POOLED = (
    "DATABASE_URL leads to a pooler that changes connections between transactions; it must name the database itself, or a "
    "pooler that pools by session"
)


class AdvisoryLock:
    """Taken for life; `lost` is told, from a thread, when its session is gone."""

    def __init__(self, engine: Engine, backend: Backend, lost: Lost) -> None:
        self._engine, self._backend, self._lost = engine, backend, lost
        self._connection: Connection | None = None
        self._watching: threading.Thread | None = None
        self._released = threading.Event()

    def take(self) -> None:
        """Take it at once or raise Locked; taking it twice is one taking. Unreachable where it could not be held."""
        if self._connection is not None:
            return
        try:
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        except self._backend.failures as error:
            raise Unreachable(self._backend.reason(error)) from error
        try:
            session = self._taken(connection)
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        self._released.clear()
        self._watching = threading.Thread(target=self._watch, args=(connection, session), name="lock", daemon=True)
        self._watching.start()

    def release(self) -> None:
        """Give it back by ending its session."""
        self._released.set()
        if self._watching is not None and self._watching is not threading.current_thread():
            self._watching.join(PATIENCE_S)
        if self._connection is not None:
            with suppress(*self._backend.failures):  # a session that is gone has given it back
                self._connection.close()
            self._connection = None

    def _taken(self, connection: Connection) -> int:
        """The session that holds it."""
        try:
            if not connection.exec_driver_sql(TAKE).scalar():
                raise Locked(f"another process holds the lock on the database {self._engine.url.database}")
            session = _session(connection)
            with self._engine.connect() as other, other.begin():
                if _session(other) == session:
                    connection.exec_driver_sql(GIVE_BACK)
                    raise Unreachable(POOLED)
        except self._backend.failures as error:
            raise Unreachable(self._backend.reason(error)) from error
        return session

    def _watch(self, connection: Connection, session: int) -> None:
        while not self._released.wait(EVERY_S):
            try:
                same = _session(connection) == session
                why = "" if same else POOLED
            except self._backend.failures as error:
                why = self._backend.reason(error)
            if why and not self._released.is_set():
                self._lost(LostDesk(f"the lock on the database is lost: {why}"))
                return


def _session(connection: Connection) -> int:
    return int(connection.exec_driver_sql(SESSION).scalar_one())
