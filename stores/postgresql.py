"""PostgreSQL, through psycopg 3: reads are REPEATABLE READ and read-only, a commit is on disk before it is told, and a
server that is gone is noticed within half a minute, on both ends of the line.

Statements are prepared on the server, which more than halves the cost of a commit; like the advisory lock that asks for
connections that stay the same. Behind a pooler, it must be one that pools by session.
"""

import logging
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import psycopg
from psycopg.types.numeric import Int8Dumper
from sqlalchemy import URL, Connection, Engine, NullPool, Pool, QueuePool, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from stores.advisory import AdvisoryLock
from stores.backend import Engines, Lock, Lost
from stores.errors import CommitFailed, Damaged, DataRejected, StoreError

USUAL: Mapping[str, Any] = {
    "application_name": "callboard", "client_encoding": "utf8", "connect_timeout": 10, "keepalives_idle": 10,
    "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 20_000,
}  # fmt: skip
"""Of each connection, unless the URL says otherwise. TLS is as the URL says."""
SESSION: Mapping[str, str] = {
    "synchronous_commit": "on", "TimeZone": "UTC", "statement_timeout": "60s", "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "0", "idle_session_timeout": "0", "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5", "tcp_keepalives_count": "3",
}  # fmt: skip
"""What the server is told of each. No statement of ours takes long, but a backup may take its time between two. The lock of a
machine that is gone must not be held for the two hours of TCP's default."""
SET_UP = "SELECT current_setting('server_encoding'), " + ", ".join(
    f"set_config('{name}', '{value}', false)" for name, value in SESSION.items()
)

DAMAGE = ("58030", "58P01", "XX001", "XX002")
"""io_error, undefined_file, data_corrupted, index_corrupted."""
REJECTED = ("22", "23", "54")
"""Classes of states: data exceptions, broken constraints, what is too large."""
VALUES = ("22", "23")
"""Classes of states whose full text holds values of the row."""
UNFIT = (psycopg.DataError, psycopg.ProgrammingError, psycopg.NotSupportedError, OverflowError, ValueError, TypeError)
"""Said by the driver itself, of values it cannot send: NUL, lone surrogates, objects."""


class PostgreSQL:
    """A database, or a schema of one that `search_path` names."""

    path: Path | None = None
    shares_one = False
    needs_company = False
    failures: tuple[type[Exception], ...] = (SQLAlchemyError, psycopg.Error)
    for_writing: Mapping[str, Any] = {}
    for_reading: Mapping[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}

    def __init__(self, url: URL) -> None:
        self._url = url.set(drivername="postgresql+psycopg")
        # Otherwise it warns whenever a statement fails in a pipeline, and an op_id sent twice is one that does (rule D5).
        logging.getLogger("psycopg").setLevel(logging.ERROR)

    def engines(self) -> Engines:
        """A pool, and connections that are each new."""
        return Engines(_open(self._url, QueuePool), _open(self._url, NullPool))

    def lock(self, lost: Lost) -> Lock | None:
        """An advisory lock, on a connection of its own."""
        return AdvisoryLock(_open(self._url, NullPool), self, lost)

    def together(self, connection: Connection) -> AbstractContextManager[Any]:
        """A pipeline: one way to the server and back for all statements."""
        driver: Any = connection.connection.driver_connection
        pipeline: AbstractContextManager[Any] = driver.pipeline()
        return pipeline

    def unhurried(self, connection: Connection) -> None:
        """Until its end no statement of this transaction is too slow."""
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")

    def named(self, error: Exception) -> StoreError:
        """By PostgreSQL's own states."""
        said = getattr(error, "orig", error)
        state = getattr(said, "sqlstate", None)
        if state in DAMAGE:
            return Damaged(self.reason(error))
        rejected = isinstance(said, UNFIT) if state is None else state.startswith(REJECTED)
        return (DataRejected if rejected else CommitFailed)(self.reason(error))

    def reason(self, error: Exception) -> str:
        """Without the details, which hold the row; of unfit data only what it is called."""
        said = getattr(error, "orig", error)
        if not isinstance(said, psycopg.Error) or (said.sqlstate or "").startswith("22"):
            return type(said).__name__
        return " ".join((said.diag.message_primary or str(said)).split())

    def cause(self, error: Exception) -> Exception | None:
        """None where PostgreSQL told details: they hold the row."""
        state = getattr(getattr(error, "orig", error), "sqlstate", None) or ""
        return None if state.startswith(VALUES) else error


def _open(url: URL, pool: type[Pool]) -> Engine:
    """Parameters never appear in error texts: they hold hidden fields (rule R5)."""
    engine = create_engine(
        url, poolclass=pool, hide_parameters=True, paramstyle="format", isolation_level="READ COMMITTED",
        pool_pre_ping=True, use_native_hstore=False,
        connect_args={name: value for name, value in USUAL.items() if name not in url.query},
    )  # fmt: skip
    event.listen(engine, "connect", _set_up)
    return engine


def _set_up(connection: Any, _record: object) -> None:
    # By default each size of number is a type, and each mixture of them in a row a statement to prepare.
    connection.adapters.register_dumper(int, Int8Dumper)
    connection.autocommit = True
    encoding = connection.execute(SET_UP).fetchone()[0]
    connection.autocommit = False
    if encoding != "UTF8":
        connection.close()
        raise psycopg.NotSupportedError(
            f"the database keeps text as {encoding}; it must be one that was made with UTF8"
        )
