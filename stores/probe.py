"""What a database says about itself when somebody looks after it: its version, its clock, how much journal it keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, MetaData, func, select, text

VERSIONS: Mapping[str, tuple[str, str]] = {
    "sqlite": ("SQLite", "SELECT sqlite_version()"),
    "postgresql": ("PostgreSQL", "SHOW server_version"),
}
CLOCKS: Mapping[str, str] = {"postgresql": "SELECT clock_timestamp()"}
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
