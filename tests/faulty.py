"""A database that fails when a test tells it to: before writing, after writing, for certain data, or not at all until
it is let go."""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from stores.change import Batch
from stores.database import Database
from stores.errors import DataRejected, Unreachable


class FaultyDatabase(Database):
    """`commits` counts attempts, `sizes` the entries of each, `rejections` those refused for their data, `lookups` the
    op_ids asked for."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.commits = self.rejections = self.lookups = 0
        self.sizes: list[int] = []
        self.head_fails = False
        self.rejects = ""
        self.lookup_fails: Exception | None = None
        self._next: tuple[Exception, bool] | None = None
        self._write_gate, self._lookup_gate = Gate(), Gate()

    def fails(self, error: Exception, *, wrote: bool = False) -> None:
        """The next commit raises this, having written or not."""
        self._next = (error, wrote)

    def commit(self, batch: Batch) -> None:
        """As told."""
        self.commits += 1
        self.sizes.append(len(batch.entries))
        self._write_gate.passes()
        if self.rejects and any(self.rejects.encode() in entry.record for entry in batch.entries):
            raise DataRejected("not these")
        if self._next is None:
            self._write(batch)
            return
        (error, wrote), self._next = self._next, None
        if wrote:
            self._write(batch)
        raise error

    def _write(self, batch: Batch) -> None:
        try:
            super().commit(batch)
        except DataRejected:
            self.rejections += 1
            raise

    def head(self, tenant_id: str) -> tuple[int, str]:
        """Or not."""
        if self.head_fails:
            raise Unreachable("no head")
        return super().head(tenant_id)

    def find_operations(self, tenant_id: str, pairs: Sequence[tuple[str, str]]) -> Any:
        """Or not."""
        self.lookups += len(pairs)
        self._lookup_gate.passes()
        if self.lookup_fails is not None:
            raise self.lookup_fails
        return super().find_operations(tenant_id, pairs)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Commits wait until the block ends."""
        with self._write_gate.shut():
            yield

    async def is_writing(self) -> None:
        """Until a commit stands at the gate."""
        await self._write_gate.is_reached()

    @contextmanager
    def lookups_held(self) -> Iterator[None]:
        """Lookups of op_ids wait until the block ends."""
        with self._lookup_gate.shut():
            yield

    async def is_looking_up(self) -> None:
        """Until a lookup stands at the gate."""
        await self._lookup_gate.is_reached()


class Gate:
    """A thread waits here while it is shut."""

    def __init__(self) -> None:
        self._open, self._reached = threading.Event(), threading.Event()
        self._open.set()

    @contextmanager
    def shut(self) -> Iterator[None]:
        """Nobody passes inside the block."""
        self._reached.clear()
        self._open.clear()
        try:
            yield
        finally:
            self._open.set()

    def passes(self) -> None:
        """Called by the thread."""
        self._reached.set()
        assert self._open.wait(10)

    async def is_reached(self) -> None:
        """Somebody waits."""
        assert await asyncio.to_thread(self._reached.wait, 10)
