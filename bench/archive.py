"""A database with many calls, made once in a run: what a team has after some years.

It is made through the road, as a server would, but in this process and many commands at a time.
"""

import asyncio
import functools
import tempfile
from concurrent.futures import ThreadPoolExecutor

from events.actor import SYSTEM
from events.catalog import discover
from events.desk import Desk
from events.durability import Threads
from events.request import Request
from stores.clock import Clock, new_id
from stores.database import Database

EMAIL, PASSWORD = "ana@example.org", "a password for benches"
AT_ONCE = 2_000


@functools.cache
def archive(calls: int) -> "tempfile.TemporaryDirectory[str]":
    """A folder with `bench.db`, in which are so many calls and an admin; removed when the program ends."""
    folder = tempfile.TemporaryDirectory(prefix="callboard-archive-")
    asyncio.run(_make(url_of(folder.name), calls))
    return folder


def url_of(folder: str) -> str:
    """The DATABASE_URL of the database in this folder."""
    return f"sqlite:///{folder}/bench.db"


async def _make(url: str, calls: int) -> None:
    catalog, clock = discover(), Clock()
    database = Database(url, catalog.record_classes)
    database.migrate()
    database.create_tenant(new_id(), "main", "Bench", clock.now())
    threads = Threads(*(ThreadPoolExecutor(1) for _ in range(3)))
    desk = Desk(database.tenants()[0], catalog, database, clock, threads, print)
    desk.start()
    await _fill(desk, calls)
    await desk.stop()
    database.close()


async def _fill(desk: Desk, calls: int) -> None:
    """Each call with a description, half of them assigned."""
    user_id = new_id()
    user = {"id": user_id, "email": EMAIL, "display_name": "Ana", "role": "admin"}
    await desk.do(SYSTEM, "create_user", None, **user, password=PASSWORD)
    command = desk.catalog.commands["create_call"]
    for start in range(0, calls, AT_ONCE):
        payloads = [_call(n, user_id) for n in range(start, min(start + AT_ONCE, calls))]
        await asyncio.gather(*(desk.submit(Request(SYSTEM, command, None, payload)) for payload in payloads))


def _call(number: int, user_id: str) -> dict[str, str | None]:
    return {
        "title": f"Printer {number} prints blank pages", "customer_name": f"Customer {number % 5000}",
        "description": f"It began on a Monday, says the customer. Case {number}.", "customer_phone": f"+49 30 {number:07d}",
        "priority": "high" if number % 7 == 0 else "normal", "assignee_id": user_id if number % 2 else None,
    }  # fmt: skip
