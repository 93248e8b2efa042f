"""A database read as it is, beside its running server or without one, for backup, export, move and doctor.

No desk is opened and no lock taken: a reading transaction sees one moment and holds nobody up.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from events.catalog import Catalog
from server.control import AskedInVainError
from server.places import shown
from stores.contents import Contents, contents
from stores.database import Database
from stores.errors import Locked
from stores.release import release_of

NOTHING = "There is nothing in the database {}: no server has been started on it yet."
NEWER = "The database {} is of a newer release of Callboard than this program."
OLDER = (
    "The database {} is of an older release of Callboard than this program. Bring it up first, with `callboard migrate` or "
    "by starting the server; or use the program of that release."
)


@contextmanager
def database_at(url: str, catalog: Catalog, *, held: bool = False) -> Iterator[Database]:
    """The database of this address, nothing of it opened yet. `held`: with its lock, AskedInVainError where another has it."""
    database = Database(url, catalog.record_classes)
    try:
        if held:
            _hold(database, url)
        yield database
    finally:
        database.close()


@contextmanager
def one_moment(database: Database, url: str) -> Iterator[Connection]:
    """A reading transaction of a database of this release. AskedInVainError where it is another, or empty."""
    if not is_there(database):
        raise AskedInVainError(NOTHING.format(shown(url)))
    with database.connections.reading() as connection:
        release = release_of(connection, database.metadata)
        refusals = ((release.is_newer, NEWER), (not release.is_ours, NOTHING), (release.changed, OLDER))
        for holds, refusal in refusals:
            if holds:
                raise AskedInVainError(refusal.format(shown(url)))
        database.connections.backend.unhurried(connection)
        yield connection


def is_there(database: Database) -> bool:
    """Whether there is a database; looking into a file that is not there would make it."""
    return database.path is None or database.path.exists()


def contents_of(connection: Connection, database: Database, catalog: Catalog) -> list[Contents]:
    """What the database holds, by tenant."""
    return contents(connection, database.metadata, catalog.resources)


def said_of(found: list[Contents]) -> list[str]:
    """A line for each tenant."""
    return [_said(each) for each in found]


def total_of(found: list[Contents]) -> str:
    """`1 tenant, 7,519 records`."""
    records = sum(sum(each.records.values()) for each in found)
    return f"{len(found):,} tenant{'' if len(found) == 1 else 's'}, {records:,} record{'' if records == 1 else 's'}"


def _said(found: Contents) -> str:
    kinds = ", ".join(f"{plural.replace('_', ' ')} {count:,}" for plural, count in found.records.items() if count)
    newest = f", newest change of {found.newest:%Y-%m-%d %H:%M:%S} UTC" if found.newest else ""
    return f"{found.slug} ({found.name}) at {found.head}{newest}: {kinds or 'no records'}"


def _hold(database: Database, url: str) -> None:
    try:
        database.lock()
    except Locked:
        raise AskedInVainError(
            f"A server is running on {shown(url)}, or another program is at work there. Stop it first."
        ) from None
