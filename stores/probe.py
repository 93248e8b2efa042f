"""What a database says about itself when somebody looks after it: its version, its clock, how much journal it keeps, how long
a commit takes.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, MetaData, func, select, text

from stores.connections import Connections

VERSIONS: Mapping[str, tuple[str, str]] = {
    "sqlite": ("SQLite", "SELECT sqlite_version()"),
    "postgresql": ("PostgreSQL", "SHOW server_version"),
}
CLOCKS: Mapping[str, str] = {"postgresql": "SELECT clock_timestamp()"}
WRITES: Mapping[str, str] = {
    "postgresql": "SELECT pg_logical_emit_message(true, 'callboard', 'how long does it take?')"
}
"""What has to be kept, and is in no table: rows of a temporary one would be let go at a crash, so nothing waits for them."""
NEWEST = 1_000
"""Entries from whose sizes that of all is told."""


@dataclass(frozen=True, slots=True)
class KeptJournal:
    """The journals of all tenants: entries, their bytes (told from the newest), when the oldest and newest were made."""

    entries: int
    size: int
    oldest: datetime | None
    newest: datetime | None


def version(connection: Connection) -> str:
    """`SQLite 3.46.1`."""
    name, question = VERSIONS[connection.dialect.name]
    return f"{name} {connection.execute(text(question)).scalar_one()}"


def clock(connection: Connection) -> datetime | None:
    """The time by the database's own clock; None where it has none but this machine's."""
    question = CLOCKS.get(connection.dialect.name)
    return connection.execute(text(question)).scalar_one().astimezone(UTC) if question else None


def kept_journal(connection: Connection, metadata: MetaData) -> KeptJournal:
    """How much there is of it."""
    journal = metadata.tables["journal"].c
    sizes = func.length(journal.record) + func.length(journal.meta) + func.length(journal.was)
    newest = select(sizes.label("size")).order_by(journal.tenant_id, journal.seq.desc()).limit(NEWEST).subquery()
    entries, oldest, latest = connection.execute(select(func.count(), func.min(journal.at), func.max(journal.at))).one()
    average = connection.execute(select(func.avg(newest.c.size))).scalar() or 0
    return KeptJournal(entries, int(entries * average), oldest, latest)


def commits(connections: Connections, times: int) -> Iterator[float]:
    """Seconds for each of some small commits, with the ways there and back; none where a database would keep what is written
    for that."""
    write = WRITES.get(connections.engine.dialect.name)
    if write is None:
        return
    with connections.writing():  # connects
        pass
    for _ in range(times):
        started = time.perf_counter()
        with connections.writing() as connection:
            connection.execute(text(write))
        yield time.perf_counter() - started
