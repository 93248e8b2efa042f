"""Moving everything into another database, such as from SQLite to PostgreSQL: `callboard move`. No server may run."""

from dataclasses import dataclass

from events.catalog import discover
from server.control import AskedInVainError
from server.places import shown
from server.reading import contents_of, database_at, one_moment
from server.terminal import Bar
from stores.contents import Contents
from stores.copying import compare, copy, count_rows
from stores.database import Database
from stores.release import release_of


@dataclass(frozen=True, slots=True)
class Moved:
    """What the other database holds now: by tenant, and rows of all tables."""

    contents: list[Contents]
    rows: int


def move(url: str, target_url: str, bar: Bar) -> Moved:
    """Copy everything, who is signed in too, and compare row by row, in one transaction: all of it arrives or nothing.
    AskedInVainError, or CopyDiffers."""
    if shown(url) == shown(target_url):
        raise AskedInVainError(f"{shown(url)} is where everything is already.")
    catalog = discover()
    with (
        database_at(url, catalog, held=True) as source,
        database_at(target_url, catalog, held=True) as target,
        one_moment(source, url) as reading,
    ):
        _make_ready(target, target_url)
        metadata, total = source.metadata, count_rows(reading, source.metadata)
        bar.begin(2 * total)
        with target.connections.writing() as writing:
            target.connections.backend.unhurried(writing)
            sent = copy(reading, writing, metadata, bar.advance)
            compare(writing, metadata, sent, bar.advance)
        return Moved(contents_of(reading, source, catalog), total)


def _make_ready(target: Database, url: str) -> None:
    """The tables of this release, with nothing in them."""
    with target.connections.reading() as connection:
        release = release_of(connection, target.metadata)
        rows = count_rows(connection, target.metadata)
    if rows or release.is_newer:
        raise AskedInVainError(
            f"{shown(url)} is not empty. Name an empty database: what is in another is never mixed with this."
        )
    target.migrate()
