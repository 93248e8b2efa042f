"""What a database holds, in figures: for people who back it up, put it back, move it or look after it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, MetaData, func, inspect, select


@dataclass(frozen=True, slots=True)
class Contents:
    """One tenant: where its journal stands, when its newest entry was made, and how many records of each kind it has."""

    slug: str
    name: str
    head: int
    newest: datetime | None
    records: Mapping[str, int]


def contents(connection: Connection, metadata: MetaData, plurals: Iterable[str]) -> list[Contents]:
    """All tenants, oldest first; none where the tables are not made yet."""
    present = set(inspect(connection).get_table_names())
    if not {"desks", "journal"} <= present:
        return []
    counted = {plural: _by_tenant(connection, metadata, plural) for plural in plurals if plural in present}
    desks, journal = metadata.tables["desks"].c, metadata.tables["journal"]
    newest = select(func.max(journal.c.at)).where(journal.c.tenant_id == desks.tenant_id, journal.c.seq == desks.seq)
    columns = (desks.tenant_id, desks.slug, desks.name, desks.seq, newest.scalar_subquery())
    return [
        Contents(slug, name, seq, at, {plural: counts.get(tenant_id, 0) for plural, counts in counted.items()})
        for tenant_id, slug, name, seq, at in connection.execute(select(*columns).order_by(desks.created_at))
    ]


def _by_tenant(connection: Connection, metadata: MetaData, plural: str) -> dict[str, int]:
    tenant_id = metadata.tables[plural].c.tenant_id
    found = connection.execute(select(tenant_id, func.count()).group_by(tenant_id))
    return {row[0]: row[1] for row in found}
