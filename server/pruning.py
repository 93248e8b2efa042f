"""Forgetting what is older than JOURNAL_DAYS, once an hour, beside the lanes (F3)."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import timedelta

from events.desk import Desk
from stores.clock import Clock
from stores.errors import StoreError

log = logging.getLogger("callboard.pruning")

EVERY_S = 3600


class Pruning:
    """Keeps the journals of all desks from growing for ever."""

    def __init__(self, desks: Mapping[str, Desk], clock: Clock, journal_days: int) -> None:
        self._desks, self._clock, self._kept = desks, clock, timedelta(days=journal_days)
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; the first look is right away."""
        self._task = asyncio.get_running_loop().create_task(self._run(), name="pruning")

    async def stop(self) -> None:
        """End it."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def prune(self) -> None:
        """Look through all desks once."""
        for desk in list(self._desks.values()):
            forgotten = await desk.forget_before(self._clock.now() - self._kept)
            if forgotten:
                log.info("%s: %d entries of the journal forgotten", desk.tenant.slug, forgotten)

    async def _run(self) -> None:
        while True:
            try:
                await self.prune()
            except StoreError as error:
                log.warning("the journal could not be pruned: %s", error)
            await asyncio.sleep(EVERY_S)
