"""Where a desk stands in a test: a database in a file of its own, threads, a team that is there already.

Making the tables and hashing six passwords once is enough: each test begins with a copy of that file.
"""

import asyncio
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_DNS, uuid5

import pytest
from passlib.context import CryptContext

from events import passwords
from events.actor import SYSTEM
from events.catalog import Catalog
from events.desk import Desk
from events.durability import Threads
from stores.clock import Clock
from stores.database import Database

PASSWORD = "a password for tests"
TEAM = {
    "alice": "admin", "dora": "dispatcher", "bob": "engineer", "carol": "engineer", "fred": "front_desk",
    "vera": "viewer",
}  # fmt: skip
TENANT = "t1"

Place = Path | str
"""Where a database is: the file, or the URL of one that is no file."""

# What a password costs to check stands in its hash: with this one signing in takes 0.1 ms of a test instead of 25.
CHEAP = CryptContext(schemes=["argon2"], argon2__memory_cost=8, argon2__rounds=1, argon2__parallelism=1)


def id_of(name: str) -> str:
    """The id of one of the team, or of anything else that wants the same one each time."""
    return str(uuid5(NAMESPACE_DNS, name))


def counted(name: str) -> str:
    """What one of the team is counted by where users have limits."""
    return f"{TENANT} {id_of(name)}"


class Premises:
    """One database and the desk that is open on it; `reopen` is a restart. `lost` holds what on_lost was told."""

    def __init__(self, place: Place, catalog: Catalog, database_class: Callable[..., Any] = Database) -> None:
        self.url, self.catalog, self.database_class = address_of(place), catalog, database_class
        self.tenant_id = TENANT
        self.lost: list[Exception] = []
        self._threads: list[ThreadPoolExecutor] = []
        self.database: Any = None
        self.desk: Any = None

    def migrate(self) -> None:
        """Make the tables of resources that the furnished file does not know."""
        database = Database(self.url, self.catalog.record_classes)
        database.migrate()
        database.close()

    @property
    def path(self) -> Path:
        """The file."""
        return Path(self.url.removeprefix("sqlite:///"))

    def open(self) -> Desk:
        """Open the desk and start its lane."""
        self.open_still()
        self.desk.start()
        return self.desk

    def open_still(self) -> Desk:
        """Open the desk, its lane closed: for whoever asks the road alone and needs no event loop."""
        self.database = self.database_class(self.url, self.catalog.record_classes)
        self._threads = [ThreadPoolExecutor(workers) for workers in (1, 2, 2)]
        tenant = next(t for t in self.database.tenants() if t.tenant_id == self.tenant_id)
        threads = Threads(*self._threads)
        self.desk = Desk(tenant, self.catalog, self.database, Clock(), threads, self.lost.append)
        return self.desk

    async def close(self) -> None:
        """Stop the desk and let go of the file."""
        try:
            await asyncio.wait_for(self.desk.stop(), 5)
        finally:
            self.let_go()

    def let_go(self) -> None:
        """Close what was opened still: threads first, as a connection in use outlives its pool."""
        for threads in self._threads:
            threads.shutdown()
        self.database.close()

    async def reopen(self, catalog: Catalog | None = None) -> Desk:
        """A restart, perhaps into another release."""
        await self.close()
        self.catalog = catalog or self.catalog
        return self.open()


def furnish(place: Place, catalog: Catalog) -> None:
    """Make the database that all tests begin with: tables, a tenant, a team."""
    database = Database(address_of(place), catalog.record_classes)
    database.migrate()
    database.create_tenant(TENANT, "main", "Main Street Repairs", Clock().now())
    database.close()
    # In a thread, as the test that asks first may have an event loop of its own.
    hiring = threading.Thread(target=lambda: asyncio.run(_hire(place, catalog)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHING", CHEAP)
        hiring.start()
        hiring.join()


async def _hire(place: Place, catalog: Catalog) -> None:
    premises = Premises(place, catalog)
    desk = premises.open()
    for name, role in TEAM.items():
        fields = {"id": id_of(name), "email": f"{name}@example.com", "display_name": name.title(), "role": role}
        await desk.do(SYSTEM, "create_user", None, **fields, password=PASSWORD)
    await premises.close()


def address_of(place: Place) -> str:
    """The URL of a database."""
    return place if isinstance(place, str) else f"sqlite:///{place}"


def copy_of(template: Path, folder: Path) -> Path:
    """The furnished file, for one test alone."""
    return Path(shutil.copy(template, folder / "board.db"))


def everything(desk: Desk) -> dict[str, Any]:
    """All that a desk remembers of its records: to be compared before and after."""
    stores = desk.stores
    return {
        "records": {name: [dict(record.__dict__) for record in store.all()] for name, store in stores.items()},
        "touched": {name: {k: v for k, v in store.touched.items() if v} for name, store in stores.items()},
        "indexes": {name: _filled(store) for name, store in stores.items()},
        "counters": dict(desk.road.counters),
        "head": desk.journal.head,
    }


def _filled(store: Any) -> Any:
    """The indexes as sets: the order inside a bucket is nobody's business."""
    buckets = {f: {value: set(ids) for value, ids in index.items()} for f, index in store._indexes.items()}
    return buckets, store._holders
