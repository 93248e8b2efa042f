"""Putting a backup in the place of the database: `callboard restore`. No server may run.

Everybody has to sign in anew, and the next start begins a new epoch (D7): who comes back with a cursor from after the backup
is told to take a snapshot.
"""

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete

from events.catalog import Catalog, discover
from server.control import AskedInVainError
from server.places import shown
from server.reading import contents_of, database_at, is_there, total_of
from server.terminal import Bar, confirm
from stores.archive import ArchiveError, put_in_place, reason, unpacked
from stores.contents import Contents
from stores.copying import compare, copy, count_rows
from stores.database import Database
from stores.errors import StoreError


@dataclass(frozen=True, slots=True)
class Restored:
    """What the database holds now, and where what was there before is kept."""

    contents: list[Contents]
    kept: Path | None


def restore(url: str, path: Path, bar: Bar, *, yes: bool) -> Restored:
    """Replace the database by the backup; one that is not empty only where that is wanted. ArchiveError or AskedInVainError
    where it is left as it was."""
    catalog = discover()
    with (
        database_at(url, catalog, held=True) as database,
        tempfile.TemporaryDirectory(prefix="callboard-restore-", dir=_beside(database)) as folder,
        unpacked(path, Path(folder) / "backup.db", catalog.record_classes) as backup,
    ):
        with backup.connections.reading() as source:
            found = contents_of(source, backup, catalog)
        _ask(database, _question(database, url, catalog, found), yes=yes)
        if database.path is None:
            _replace_rows(database, backup, bar)
            return Restored(found, None)
        return Restored(found, _replace_file(database, backup, database.path))


def _beside(database: Database) -> Path | None:
    """Where the file can be renamed into its place; any folder will do where rows are copied."""
    return None if database.path is None else database.path.parent


def _question(database: Database, url: str, catalog: Catalog, backup: list[Contents]) -> str:
    """What is to be confirmed; nothing where nothing is replaced. A database that cannot be read is one more reason."""
    try:
        held = _held(database, catalog)
    except StoreError:
        return f"{shown(url)} cannot be read. Replace it by the backup ({total_of(backup)})?"
    if not held:
        return ""
    return f"{shown(url)} holds {total_of(held)}. Replace it by the backup ({total_of(backup)})?"


def _ask(database: Database, question: str, *, yes: bool) -> None:
    """Rows that are replaced are not kept anywhere: that is not asked, it has to be said."""
    if question and database.path is None and not yes:
        raise AskedInVainError(f"{question} Nothing of it would be kept: make a backup first, then say --yes.")
    confirm(question, yes=yes or not question)


def _held(database: Database, catalog: Catalog) -> list[Contents]:
    if not is_there(database):
        return []
    with database.connections.reading() as connection:
        return contents_of(connection, database, catalog)


def _replace_file(database: Database, backup: Database, path: Path) -> Path | None:
    kept = path.with_name(f"{path.name}.before-restore-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    database.connections.close()
    backup.connections.close()
    scratch = backup.path
    assert scratch is not None  # noqa: S101  # an unpacked backup is a file
    try:
        return kept if put_in_place(scratch, path, kept) else None
    except OSError as error:
        raise ArchiveError(f"The backup could not be put in the place of {path}: {reason(error)}.") from error


def _replace_rows(database: Database, backup: Database, bar: Bar) -> None:
    """All in one transaction: at every moment it is one or the other."""
    database.migrate()
    with backup.connections.reading() as source, database.connections.writing() as target:
        database.connections.backend.unhurried(target)
        bar.begin(2 * count_rows(source, database.metadata))
        for table in reversed(database.metadata.sorted_tables):
            target.execute(delete(table))
        sent = copy(source, target, database.metadata, bar.advance)
        compare(target, database.metadata, sent, bar.advance)
