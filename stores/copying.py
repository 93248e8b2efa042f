"""Copying all that one database holds into another, whichever two they are: what backup, restore and move are made of.

Everything is read in one reading transaction, so it is of one moment, whatever is written meanwhile. Values go through the
types of their columns, so both databases mean the same by them. Each table is counted and digested while it is read; what
arrived is read once more and must come to the same.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, MetaData, Table, func, insert, inspect, select

from stores.errors import StoreError

PAGE = 1_000
"""Rows in memory at once."""
DIGEST_BYTES = 16

Progress = Callable[[int], None]
"""Hears how many more rows are done."""


class CopyDiffers(StoreError):
    """What arrived is not what was sent."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows a table has, and a sum over them all that is the same in any order and on any database."""

    rows: int = 0
    digest: int = 0

    def with_rows(self, rows: Iterable[Sequence[Any]]) -> "Tally":
        """The tally of these rows too."""
        digests = [_digest(row) for row in rows]
        return Tally(self.rows + len(digests), (self.digest + sum(digests)) % (1 << 8 * DIGEST_BYTES))


Tallies = Mapping[str, Tally]
"""By table."""


def copy(
    source: Connection, target: Connection, metadata: MetaData, progress: Progress, *, leaving: Iterable[str] = ()
) -> Tallies:
    """Put all rows of the source into the empty tables of the target, but for the tables `leaving` names; what was read. A
    table that the source lacks is an empty one."""
    return {table.name: _copy_table(source, target, table, progress) for table in _there(source, metadata, leaving)}


def compare(target: Connection, metadata: MetaData, sent: Tallies, progress: Progress) -> None:
    """CopyDiffers, naming the table, where the target does not hold what was sent."""
    for name, expected in sent.items():
        arrived = Tally()
        for page in _pages(target, metadata.tables[name]):
            arrived = arrived.with_rows(page)
            progress(len(page))
        if arrived != expected:
            raise CopyDiffers(f"{name} did not arrive as it was: {arrived.rows} rows where {expected.rows} were sent")


def count_rows(connection: Connection, metadata: MetaData, *, leaving: Iterable[str] = ()) -> int:
    """How many rows there are to copy."""
    tables = _there(connection, metadata, leaving)
    return sum(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables)


def _there(connection: Connection, metadata: MetaData, leaving: Iterable[str]) -> list[Table]:
    present = set(inspect(connection).get_table_names()).difference(leaving)
    return [table for table in metadata.sorted_tables if table.name in present]


def _copy_table(source: Connection, target: Connection, table: Table, progress: Progress) -> Tally:
    tally, put, names = Tally(), insert(table), table.columns.keys()
    for page in _pages(source, table):
        target.execute(put, [dict(zip(names, row, strict=True)) for row in page])
        tally = tally.with_rows(page)
        progress(len(page))
    return tally


def _pages(connection: Connection, table: Table) -> Iterator[Sequence[Sequence[Any]]]:
    return connection.execute(select(table), execution_options={"yield_per": PAGE}).partitions()


def _digest(row: Sequence[Any]) -> int:
    """Of the values as Python has them: those are the same whatever database they came from."""
    values = repr(tuple(row)).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(values, digest_size=DIGEST_BYTES).digest())
