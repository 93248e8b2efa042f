"""The lock on a PostgreSQL database: an advisory lock held by a session of its own (rule D8).

The server gives it back when that session ends, however it ends. So it can be lost: then another process may have it,
and this one must end. The fence in every commit holds meanwhile. Who wants it knocks, as in `lock.py`: the bell is a second
advisory lock, of the session that waits.
"""

import threading
from contextlib import suppress

from sqlalchemy import Connection, Engine

from stores.backend import Backend, Lost
from stores.errors import Locked, LostDesk, Unreachable

KEY, BELL = (f"hashtextextended('callboard {name}' || coalesce(current_schema(), ''), 0)" for name in ("", "bell "))
"""Within one database; each schema of it may hold a Callboard."""
TAKE = f"SELECT pg_try_advisory_lock({KEY})"
GIVE_BACK = f"SELECT pg_advisory_unlock({KEY})"
RING = f"SELECT pg_try_advisory_lock({BELL})"
HANG_UP = f"SELECT pg_advisory_unlock({BELL})"
# Shared: of two who look neither takes the other for one who knocks. A session does not hear itself.
RINGS = f"CASE WHEN pg_try_advisory_lock_shared({BELL}) THEN NOT pg_advisory_unlock_shared({BELL}) ELSE true END"
SESSION = "SELECT pg_backend_pid()"
LOOK = f"SELECT pg_backend_pid(), {RINGS}"
EVERY_S = 0.5  # that often the session is asked whether it is still the same, and whether somebody knocks
PATIENCE_S = 5.0

POOLED = (
    "DATABASE_URL leads to a pooler that changes connections between transactions; it must name the database itself, or a "
    "pooler that pools by session"
)


class AdvisoryLock:
    """Taken for life; `lost` is told, from a thread, when its session is gone. The session is there from the first try on."""

    def __init__(self, engine: Engine, backend: Backend, lost: Lost) -> None:
        self._engine, self._backend, self._lost = engine, backend, lost
        self._connection: Connection | None = None
        self._knocks = False
        self._watching: threading.Thread | None = None
        self._released = threading.Event()
        self.is_wanted = False

    def take(self, *, knock: bool = False) -> None:
        """Take it at once or raise Locked; taking it twice is one taking. Unreachable where it could not be held. `knock`:
        whoever has it is asked for it, and it is ours next, until we have it or `release`."""
        if self._watching is not None:
            return
        try:
            connection, session = self._taken(knock)
        except Locked:
            raise
        except self._backend.failures as error:
            self._end_session()
            raise Unreachable(self._backend.reason(error)) from error
        except BaseException:
            self._end_session()
            raise
        self._released.clear()
        self._watching = threading.Thread(target=self._watch, args=(connection, session), name="lock", daemon=True)
        self._watching.start()

    def release(self) -> None:
        """Give it back by ending its session, and want it no more."""
        self._released.set()
        if self._watching is not None and self._watching is not threading.current_thread():
            self._watching.join(PATIENCE_S)
        self._end_session()
        self._watching, self.is_wanted = None, False

    def _end_session(self) -> None:
        if self._connection is not None:
            with suppress(*self._backend.failures):  # a session that is gone has given it back
                self._connection.close()
        self._connection, self._knocks = None, False

    def _taken(self, knock: bool) -> tuple[Connection, int]:
        """The session that holds it."""
        name = self._engine.url.database
        connection = self._connected()
        if knock and not self._knocks:
            self._knocks = bool(connection.exec_driver_sql(RING).scalar())
        if connection.exec_driver_sql(f"SELECT {RINGS}").scalar():
            raise Locked(f"another process is to have the lock on the database {name} next")
        if not connection.exec_driver_sql(TAKE).scalar():
            raise Locked(f"another process holds the lock on the database {name}")
        session = _session(connection)
        with self._engine.connect() as other, other.begin():
            if _session(other) == session:
                connection.exec_driver_sql(GIVE_BACK)
                raise Unreachable(POOLED)
        if self._knocks:
            connection.exec_driver_sql(HANG_UP)
            self._knocks = False
        return connection, session

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        return self._connection

    def _watch(self, connection: Connection, session: int) -> None:
        while not self._released.wait(EVERY_S):
            try:
                found, self.is_wanted = connection.exec_driver_sql(LOOK).one()
                why = "" if found == session else POOLED
            except self._backend.failures as error:
                why = self._backend.reason(error)
            if why and not self._released.is_set():
                self._lost(LostDesk(f"the lock on the database is lost: {why}"))
                return


def _session(connection: Connection) -> int:
    return int(connection.exec_driver_sql(SESSION).scalar_one())
