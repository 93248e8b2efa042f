"""How the database is reached: one connection that writes, a few that read, and a fresh one when in doubt.

The only file that knows which database it is; what that means is said by stores/sqlite.py and stores/postgresql.py.
Whatever goes wrong while writing gets its name here (rule D4).
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from sqlalchemy import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError

from stores.backend import Backend
from stores.errors import Damaged, DataRejected, StoreError, Unreachable
from stores.postgresql import PostgreSQL
from stores.sqlite import SQLite

BACKENDS: Mapping[str, Callable[[URL], Backend]] = {"sqlite": SQLite, "postgresql": PostgreSQL, "postgres": PostgreSQL}
UNFIT = (OverflowError, ValueError, TypeError)
"""The driver's, or our own columns', for values that no database holds."""


class Connections:
    """Connections to one database. Writes wait for each other; after one that failed the writer's connection is new."""

    def __init__(self, url: str) -> None:
        self.backend = _backend(url)
        self.engine, self._fresh = self.backend.engines()
        self._failures: tuple[type[Exception], ...] = (*self.backend.failures, *UNFIT)
        self._one_at_a_time = threading.RLock()
        self._reads = self._one_at_a_time if self.backend.shares_one else nullcontext()
        self._refusal: StoreError | None = None
        self._writer: Connection | None = None
        self._companion: Connection | None = None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One writing transaction: all of it or a StoreError that says why not. Nothing is written after Damaged, nor after
        `refuse`."""
        with self._one_at_a_time:
            if self._refusal is not None:
                raise type(self._refusal)(*self._refusal.args)
            try:
                with self._connected().begin():
                    yield self._connected()
            except self._failures as error:
                raise self._given_up(error) from self.backend.cause(error)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One reading transaction: what it sees does not change under it."""
        with self._reads, self._transaction(self.engine, self.backend.for_reading) as connection:
            yield connection

    @contextmanager
    def fresh(self) -> Iterator[Connection]:
        """A transaction in a connection that no failure has touched."""
        with self._reads, self._transaction(self._fresh, {}) as connection:
            yield connection

    def together(self, connection: Connection) -> AbstractContextManager[Any]:
        """What is written inside needs no answer before the end; it fails there, if it does."""
        return self.backend.together(connection)

    def refuse(self, error: StoreError) -> None:
        """Write nothing any more, for this reason."""
        self._refusal = error

    def close(self) -> None:
        """Give all connections back."""
        with self._one_at_a_time:
            self._drop_writer()
            if self._companion is not None:
                self._companion.close()
                self._companion = None
        self.engine.dispose()
        self._fresh.dispose()

    def _connected(self) -> Connection:
        if self._writer is None:
            try:
                self._writer = self.engine.connect().execution_options(**self.backend.for_writing)
                if self.backend.needs_company and self._companion is None:
                    self._companion = self._fresh.connect()
            except self.backend.failures as error:
                raise Unreachable(self.backend.reason(error)) from error
        return self._writer

    def _given_up(self, error: Exception) -> StoreError:
        """The error by its name; the connection that met it is dropped, unless only the data was unfit."""
        named = self.backend.named(error)
        if not isinstance(named, DataRejected):
            self._drop_writer()
        if isinstance(named, Damaged):
            self.refuse(Damaged("an earlier write found the database damaged"))
        return named

    def _drop_writer(self) -> None:
        if self._writer is not None:
            if not self.backend.shares_one:
                self._writer.invalidate()
            self._writer.close()
            self._writer = None

    @contextmanager
    def _transaction(self, engine: Engine, options: Mapping[str, Any]) -> Iterator[Connection]:
        try:
            with engine.connect().execution_options(**options) as connection, connection.begin():
                yield connection
        except self.backend.failures as error:
            raise Unreachable(self.backend.reason(error)) from error


def _backend(url: str) -> Backend:
    try:
        parts = make_url(url)
        return BACKENDS[parts.get_backend_name()](parts)
    except (ArgumentError, KeyError):
        raise Unreachable("the database is neither one of SQLite nor of PostgreSQL") from None
