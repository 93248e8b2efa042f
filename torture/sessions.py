"""The server's sessions with PostgreSQL, as an administrator there sees them: some or the one with the lock are ended, and a
table is held by somebody else.

The weather's own way to the database, past the server. On a run with a file there is none.
"""

import asyncio
from contextlib import suppress
from typing import LiteralString

import psycopg
from sqlalchemy import make_url

OF_THE_SERVER: LiteralString = (
    "FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'callboard' AND pid {} "
    "(SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted)"
)
END: LiteralString = "SELECT pg_terminate_backend(pid) "
PATIENCE: LiteralString = "SET LOCAL lock_timeout = '2s'"  # else whoever comes behind us waits as long as we do
HOLD: LiteralString = "LOCK TABLE journal IN ACCESS EXCLUSIVE MODE"


class Sessions:
    """Those of one database."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)

    async def end(self, most: int) -> int:
        """End up to so many, of those without the lock; how many it were."""
        return await self._do(f"{END}{OF_THE_SERVER.format('NOT IN')} ORDER BY pid LIMIT {int(most)}")

    async def end_lock(self) -> int:
        """End the one that holds the lock (rule D8); 0 where there is none."""
        return await self._do(f"{END}{OF_THE_SERVER.format('IN')}")

    async def hold(self, seconds: float) -> None:
        """Let nobody read or write the journal for so long; not where it cannot be had soon."""
        async with await self._connected() as connection:
            with suppress(psycopg.errors.LockNotAvailable):
                await connection.execute(PATIENCE)
                await connection.execute(HOLD)
                await asyncio.sleep(seconds)
            await connection.rollback()

    async def _do(self, statement: str) -> int:
        async with await self._connected() as connection:
            cursor = await connection.execute(statement.encode())
            return len(await cursor.fetchall())

    async def _connected(self) -> "psycopg.AsyncConnection[tuple[object, ...]]":
        return await psycopg.AsyncConnection.connect(self._url, application_name="weather")
