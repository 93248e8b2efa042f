"""How the database is reached: one connection that writes, a few that read, and a fresh one when in doubt.

The only file that knows which database it is. SQLite runs in WAL with synchronous=FULL and every writing transaction
begins IMMEDIATE: a plain BEGIN that reads before it writes fails as "locked" or loses updates. Whatever goes wrong
while writing gets its name here (rule D4).
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, Pool, QueuePool, StaticPool, create_engine, event, make_url
from sqlalchemy.exc import DataError, IntegrityError, ProgrammingError, SQLAlchemyError

from stores.errors import CommitFailed, Damaged, DataRejected, StoreError, Unreachable

BUSY_SECONDS = 5
DAMAGE = (10, 11, 26)
"""SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB."""
FAILURES = (SQLAlchemyError, sqlite3.Error)
"""The driver's own errors come from rows that go past SQLAlchemy."""
REJECTIONS = (
    IntegrityError, DataError, ProgrammingError, sqlite3.IntegrityError, sqlite3.DataError, sqlite3.ProgrammingError,
    OverflowError, ValueError, TypeError,
)  # fmt: skip
"""The last are the driver's for values it cannot hold: 2**70, lone surrogates, objects."""


class Connections:
    """Connections to one database. Writes wait for each other; after a failed one the writer's connection is new."""

    def __init__(self, url: str) -> None:
        self.path = database_file(make_url(url))
        self._one_at_a_time = threading.RLock()
        self._reads = self._one_at_a_time if self.path is None else nullcontext()
        self._damaged = False
        self._writer: Connection | None = None
        if self.path is None:
            self.engine = self._fresh = _open(url, StaticPool)
        else:
            self.engine, self._fresh = _open(url, QueuePool), _open(url, NullPool)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One writing transaction: all of it or a StoreError that says why not. Nothing is written after Damaged."""
        with self._one_at_a_time:
            if self._damaged:
                raise Damaged("an earlier write found the database damaged")
            try:
                with self._connected().begin():
                    yield self._connected()
            except (*FAILURES, *REJECTIONS) as error:
                raise self._given_up(error) from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One reading transaction: what it sees does not change under it."""
        with self._reads, _transaction(self.engine) as connection:
            yield connection

    @contextmanager
    def fresh(self) -> Iterator[Connection]:
        """A reading transaction in a connection that no failure has touched."""
        with self._reads, _transaction(self._fresh) as connection:
            yield connection

    def close(self) -> None:
        """Give all connections back."""
        with self._one_at_a_time:
            self._drop_writer()
        self.engine.dispose()
        self._fresh.dispose()

    def _connected(self) -> Connection:
        if self._writer is None:
            try:
                self._writer = self.engine.connect().execution_options(writes=True)
            except FAILURES as error:
                raise Unreachable(_reason(error)) from error
        return self._writer

    def _given_up(self, error: Exception) -> StoreError:
        """The error by its name; the connection that met it is dropped."""
        self._drop_writer()
        named = _named(error)
        self._damaged = isinstance(named, Damaged)
        return named

    def _drop_writer(self) -> None:
        if self._writer is not None:
            if self.path is not None:
                self._writer.invalidate()
            self._writer.close()
            self._writer = None


def database_file(url: URL) -> Path | None:
    """The file of an SQLite database, its folder made; None where the database is no file."""
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    path = Path(str(url.database))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unreachable(f"the folder of {path} cannot be made: {error.strerror}") from error
    return path


def _open(url: str, pool: type[Pool]) -> Engine:
    """Parameters never appear in error texts: they hold hidden fields (rule R5)."""
    connect_args = {"isolation_level": None, "check_same_thread": False, "timeout": BUSY_SECONDS}
    engine = create_engine(url, poolclass=pool, hide_parameters=True, connect_args=connect_args)
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _transaction(engine: Engine) -> Iterator[Connection]:
    try:
        with engine.connect() as connection, connection.begin():
            yield connection
    except FAILURES as error:
        raise Unreachable(_reason(error)) from error


def _named(error: Exception) -> StoreError:
    if getattr(getattr(error, "orig", error), "sqlite_errorcode", 0) & 0xFF in DAMAGE:
        return Damaged(_reason(error))
    return (DataRejected if isinstance(error, REJECTIONS) else CommitFailed)(_reason(error))


def _reason(error: Exception) -> str:
    """What the driver said, without statement and parameters."""
    said = getattr(error, "orig", error)
    return str(said) if isinstance(said, sqlite3.Error) else type(error).__name__
