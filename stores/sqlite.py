"""SQLite: in WAL with synchronous=FULL, and every writing transaction begins IMMEDIATE: a plain BEGIN that reads before it
writes fails as "locked" or loses updates. The lock is a file beside the database.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, Pool, QueuePool, StaticPool, create_engine, event
from sqlalchemy.exc import DataError, IntegrityError, ProgrammingError, SQLAlchemyError

from stores.backend import Engines, Lock, Lost
from stores.errors import CommitFailed, Damaged, DataRejected, StoreError, Unreachable
from stores.lock import FileLock

BUSY_SECONDS = 5
DAMAGE = (10, 11, 26)
"""SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB."""
REJECTIONS = (
    IntegrityError, DataError, ProgrammingError, sqlite3.IntegrityError, sqlite3.DataError, sqlite3.ProgrammingError,
    OverflowError, ValueError, TypeError,
)  # fmt: skip
"""The last are the driver's for values it cannot hold: 2**70, lone surrogates, objects."""


class SQLite:
    """A file, or a database in memory that lives as long as its one connection."""

    failures: tuple[type[Exception], ...] = (SQLAlchemyError, sqlite3.Error)
    for_writing: Mapping[str, Any] = {"writes": True}
    for_reading: Mapping[str, Any] = {}

    def __init__(self, url: URL) -> None:
        self._url = url
        self.path = _file(url)
        self.shares_one = self.path is None
        self.needs_company = not self.shares_one  # the index of the WAL

    def engines(self) -> Engines:
        """One engine for a database in memory."""
        if self.shares_one:
            only = _open(self._url, StaticPool)
            return Engines(only, only)
        return Engines(_open(self._url, QueuePool), _open(self._url, NullPool))

    def lock(self, lost: Lost) -> Lock | None:  # noqa: ARG002  # the shape of every backend
        """A file beside the database; the system keeps it for as long as the process lives, so it is never lost."""
        return FileLock(self.path.with_name(f"{self.path.name}.lock")) if self.path else None

    def together(self, connection: Connection) -> AbstractContextManager[Any]:  # noqa: ARG002  # the shape of every backend
        """Every answer is there at once."""
        return nullcontext()

    def unhurried(self, connection: Connection) -> None:
        """Nothing hurries it."""

    def named(self, error: Exception) -> StoreError:
        """By SQLite's own codes for damage, else by the kind of the error."""
        if getattr(getattr(error, "orig", error), "sqlite_errorcode", 0) & 0xFF in DAMAGE:
            return Damaged(self.reason(error))
        return (DataRejected if isinstance(error, REJECTIONS) else CommitFailed)(self.reason(error))

    def reason(self, error: Exception) -> str:
        """SQLite names columns, never values."""
        said = getattr(error, "orig", error)
        return str(said) if isinstance(said, sqlite3.Error) else type(error).__name__

    def cause(self, error: Exception) -> Exception | None:
        """Any."""
        return error


def _file(url: URL) -> Path | None:
    """The file, its folder made, for its owner alone; None for a database in memory."""
    if url.database in (None, "", ":memory:"):
        return None
    path = Path(str(url.database))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Unreachable(f"the folder of {path} cannot be made: {error.strerror}") from error
    return path


def _open(url: URL, pool: type[Pool]) -> Engine:
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
