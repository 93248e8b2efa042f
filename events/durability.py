"""Making a batch durable, and finding out whether it is when the database will not say (D4).

Stands between the lane and the database: the lane asks for one batch at a time and is told a verdict, or that the desk
must not go on.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from stores.change import Batch
from stores.database import Database
from stores.errors import Damaged, DataRejected, LostDesk, StoreError

T = TypeVar("T")
log = logging.getLogger("callboard.durability")

MOST_COMMANDS = 256  # decided without a pause of the event loop: about 15 ms


class Verdict(Enum):
    """What became of a batch. REJECTED: the data itself was refused, so the batch may do better in parts."""

    DURABLE = "durable"
    UNDONE = "undone"
    REJECTED = "rejected"


class DeskLostError(Exception):
    """Nothing may be told or written any more: another process has the desk, or the disk cannot be trusted (D4, D8)."""


@dataclass(frozen=True, slots=True)
class Threads:
    """Where blocking work runs: one thread writes, several read, a few hash (hashing is hungry for memory)."""

    writer: Executor
    readers: Executor
    hashers: Executor


class Durability:
    """Writes batches; `most` is how many commands the next one may hold: one after a failure, doubling with success."""

    def __init__(self, database: Database, tenant_id: str, threads: Threads) -> None:
        self.most = MOST_COMMANDS
        self._database, self._tenant_id, self._threads = database, tenant_id, threads

    async def write(self, batch: Batch) -> Verdict:
        """Have the batch written. DeskLostError where the truth is out of reach: the restart will read it."""
        try:
            await self._run(self._threads.writer, self._database.commit, batch)
        except (LostDesk, Damaged) as error:
            raise DeskLostError(str(error)) from error
        except DataRejected as error:
            log.warning("the database refused the data of a batch: %s", error)
            self.most = 1
            return Verdict.REJECTED
        except Exception as error:  # whatever it was, the head tells what became of the batch
            log.warning("a commit failed: %s", error, exc_info=not isinstance(error, StoreError))
            return await self._judge(batch)
        self.most = min(self.most * 2, MOST_COMMANDS)
        return Verdict.DURABLE

    async def _judge(self, batch: Batch) -> Verdict:
        """The commit failed, or only said so: the head, read in a fresh connection, tells."""
        try:
            head = await self._run(self._threads.readers, self._database.head, self._tenant_id)
        except StoreError as error:
            raise DeskLostError(f"a commit failed and the head cannot be read: {error}") from error
        if head == (batch.new_seq, batch.epoch) and batch.new_seq > batch.old_seq:
            return Verdict.DURABLE
        if head != (batch.old_seq, batch.epoch):
            raise DeskLostError("another process has moved the head of this desk")
        self.most = 1
        return Verdict.UNDONE

    async def _run(self, threads: Executor, work: Callable[..., T], *args: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(threads, work, *args)
