"""What differs from one database to the other: what stores/sqlite.py and stores/postgresql.py each say about theirs.

stores/connections.py asks, and nobody else needs to know which of the two it is.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection, Engine

from stores.errors import LostDesk, StoreError

Lost = Callable[[LostDesk], None]
"""Told, from any thread, that a lock taken for life is gone."""


class Engines(NamedTuple):
    """Where connections come from: a pool, and one of which each is new. Both may be the same."""

    pooled: Engine
    fresh: Engine


class Lock(Protocol):
    """Held for life by the one process that may write (rule D8)."""

    def take(self, *, knock: bool = False) -> None:
        """Take it at once or raise Locked; taking it twice is one taking. `knock`: whoever has it is asked for it, and it is
        ours next, until we have it or `release`."""

    @property
    def is_wanted(self) -> bool:
        """Whether another process knocks."""

    def release(self) -> None:
        """Give it back, and want it no more."""


class Backend(Protocol):
    """One database of its kind."""

    path: Path | None
    """The file, where it is one."""
    shares_one: bool
    """There is one connection and never another: reads wait for writes."""
    needs_company: bool
    """Its last connection to close takes away what a full disk has no room to make again: one more is kept open."""
    failures: tuple[type[Exception], ...]
    """What goes wrong under way: the driver's own errors too, as rows go past SQLAlchemy."""
    for_writing: Mapping[str, Any]
    for_reading: Mapping[str, Any]
    """Execution options of a connection that writes, and of one that sees one moment."""

    def engines(self) -> Engines:
        """How it is opened."""

    def lock(self, lost: Lost) -> Lock | None:
        """The lock for life; None where nobody else can come near."""

    def together(self, connection: Connection) -> AbstractContextManager[Any]:
        """What is written inside needs no answer before the end."""

    def unhurried(self, connection: Connection) -> None:
        """Let this transaction take its time."""

    def named(self, error: Exception) -> StoreError:
        """What went wrong while writing, by its name (rule D4)."""

    def reason(self, error: Exception) -> str:
        """What the driver said, in one line without statement and values (rule R5)."""

    def cause(self, error: Exception) -> Exception | None:
        """The error itself, where it shows no values either."""
