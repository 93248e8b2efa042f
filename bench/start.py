"""How long a start takes and how much memory it needs with many calls in the database.

    .venv/bin/python bench/start.py [--calls 100000]

Makes the database once (through the road, in a temporary folder), then starts `callboard serve` on it several times and
prints seconds until /readyz answers 200 and the resident memory then.
"""

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from events.actor import SYSTEM
from events.catalog import discover
from events.desk import Desk
from events.durability import Threads
from events.request import Request
from stores.clock import Clock, new_id
from stores.database import Database

PORT = 18_642
AT_ONCE = 2_000


async def make(url: str, calls: int) -> None:
    """A desk with so many calls, each with a description and half of them assigned and under way."""
    catalog, clock = discover(), Clock()
    database = Database(url, catalog.record_classes)
    database.migrate()
    database.create_tenant(new_id(), "main", "Bench", clock.now())
    threads = Threads(*(ThreadPoolExecutor(1) for _ in range(3)))
    desk = Desk(database.tenants()[0], catalog, database, clock, threads, print)
    desk.start()
    user_id = new_id()
    user = {"id": user_id, "email": "a@example.org", "display_name": "Ana", "role": "admin"}
    await desk.do(SYSTEM, "create_user", None, **user, password="a password for benches")
    command = catalog.commands["create_call"]
    for start in range(0, calls, AT_ONCE):
        payloads = [_call(n, user_id) for n in range(start, min(start + AT_ONCE, calls))]
        await asyncio.gather(*(desk.submit(Request(SYSTEM, command, None, payload)) for payload in payloads))
    await desk.stop()
    database.close()


def _call(number: int, user_id: str) -> dict[str, str | None]:
    return {
        "title": f"Printer {number} prints blank pages", "customer_name": f"Customer {number % 5000}",
        "description": f"It began on a Monday, says the customer. Case {number}.", "customer_phone": f"+49 30 {number:07d}",
        "priority": "high" if number % 7 == 0 else "normal", "assignee_id": user_id if number % 2 else None,
    }  # fmt: skip


def start_once(url: str) -> tuple[float, float]:
    """(seconds until ready, MiB resident then)."""
    environment = {**os.environ, "DATABASE_URL": url, "PORT": str(PORT), "LOG_LEVEL": "warning"}
    began = time.perf_counter()
    program = str(Path(sys.executable).with_name("callboard"))
    with subprocess.Popen([program, "serve"], env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            _wait_until_ready(began)
            took = time.perf_counter() - began
            return took, _resident(server.pid)
        finally:
            server.terminate()


def _wait_until_ready(began: float) -> None:
    while time.perf_counter() - began < 120:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/readyz", timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
        else:
            return
    raise SystemExit("the server did not become ready within two minutes")


def _resident(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/bench.db"
        began = time.perf_counter()
        asyncio.run(make(url, given.calls))
        print(f"made {given.calls} calls through the road in {time.perf_counter() - began:.1f} s")
        runs = [start_once(url) for _ in range(given.runs)]
    seconds, resident = [run[0] for run in runs], [run[1] for run in runs]
    print(f"ready after  median {statistics.median(seconds):.2f} s  (from {min(seconds):.2f} to {max(seconds):.2f})")
    print(
        f"resident     median {statistics.median(resident):.0f} MiB  (from {min(resident):.0f} to {max(resident):.0f})"
    )


if __name__ == "__main__":
    main()
