"""The desks of a database, opened by a program that serves nobody: the command line where no server runs, and the demo
before it begins. It takes the same lock and the same road as the server (D8).
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self

from events.catalog import discover
from events.desk import Desk
from events.durability import Threads
from events.errors import NotFound
from stores.clock import Clock, new_id
from stores.database import Database
from stores.desks import Tenant

log = logging.getLogger("callboard.standalone")


class Standalone:
    """`async with Standalone(url) as opened:` all desks are open, and closed at the end. Raises Locked where somebody
    else has the database; `fresh` begins without the file that was there."""

    def __init__(self, url: str, clock: Clock | None = None, *, fresh: bool = False) -> None:
        self._fresh = fresh
        self.catalog, self.clock = discover(), clock or Clock()
        self.database = Database(url, self.catalog.record_classes)
        self.desks: dict[str, Desk] = {}
        self._pools = [ThreadPoolExecutor(threads) for threads in (1, 2, 2)]
        self._threads = Threads(*self._pools)

    async def __aenter__(self) -> Self:
        try:
            self.database.lock()
            if self._fresh:
                self._remove_the_file()
            self.database.migrate()
            for tenant in self.database.tenants():
                self._open(tenant)
        except BaseException:
            await self._close()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._close()

    def desk_of_slug(self, slug: str) -> Desk:
        """The desk of the tenant with this slug; `NotFound`."""
        found = (desk for desk in self.desks.values() if desk.tenant.slug == slug)
        desk = next(found, None)
        if desk is None:
            raise NotFound("There is no such tenant.")
        return desk

    async def create_tenant(self, slug: str, name: str) -> Desk:
        """A new tenant and its desk, open."""
        tenant = Tenant(new_id(), slug, name, self.clock.now())
        self.database.create_tenant(tenant.tenant_id, slug, name, tenant.created_at)
        return self._open(tenant)

    def _remove_the_file(self) -> None:
        path = self.database.path
        for ending in ("", "-wal", "-shm"):
            if path is not None:
                path.with_name(path.name + ending).unlink(missing_ok=True)

    def _open(self, tenant: Tenant) -> Desk:
        desk = Desk(tenant, self.catalog, self.database, self.clock, self._threads, _lost)
        self.desks[tenant.tenant_id] = desk
        desk.start()
        return desk

    async def _close(self) -> None:
        for desk in self.desks.values():
            await desk.stop()
        for pool in self._pools:
            pool.shutdown()
        self.database.close()


def _lost(error: Exception) -> None:
    """Whoever asked is answered `unavailable` and tells the person; why is for the log."""
    log.error("the desk is lost: %s", error)
