"""A backup: one SQLite file with everything but who is signed in, whichever database it was made from.

`being_written` gives a file to be filled that has its name only once it is whole and on disk; `unpacked` gives a copy of one,
brought up to this release, ready to be put in the place of a database. Where a copy of an SQLite database itself is all
that is left, it will do as a backup.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, NullPool, create_engine, literal, select, table
from sqlalchemy.exc import SQLAlchemyError

from stores.database import Database
from stores.errors import Locked, StoreError
from stores.lock import FileLock
from stores.record import Record
from stores.release import release_of

LEFT_OUT = ("sessions",)
"""A backup is nobody's way in, and who is put back in time signs in anew."""
SQLITE = b"SQLite format 3\0"
SIDES = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file while it is open."""


class ArchiveError(StoreError):
    """A backup cannot be written, or is none; a sentence for people."""


@contextmanager
def being_written(path: Path) -> Iterator[Connection]:
    """A connection to a new file, for its owner alone. At the end it is checked, synced and named `path`; where anything goes
    wrong nothing of it is left. ArchiveError where the file is there already."""
    if path.exists():
        raise ArchiveError(f"{path} is there already, and a backup never replaces a file.")
    part = path.with_name(path.name + ".part")
    try:
        with _alone(part):
            with _one_transaction(part) as connection:
                yield connection
            _sync(part)
            part.replace(path)
            _sync(path.parent)
    except (SQLAlchemyError, OSError) as error:
        if not isinstance(getattr(error, "orig", error), (sqlite3.Error, OSError)):
            raise  # of the database that is read
        raise ArchiveError(f"{path} could not be made: {reason(error)}.") from error


@contextmanager
def unpacked(path: Path, scratch: Path, record_classes: Mapping[str, type[Record]]) -> Iterator[Database]:
    """A copy of this backup at `scratch`, of this release and with nobody signed in. ArchiveError where it is no backup, is
    damaged or of a newer release. The copy is gone at the end, unless it was put elsewhere."""
    _remove(scratch)
    try:
        _copy_file(path, scratch)
        database = Database(str(URL.create("sqlite", database=str(scratch))), record_classes)
        try:
            _check(database, path)
            database.migrate()
            database.end_sessions([session.id for session in database.sessions()])
            yield database
        finally:
            database.close()
    finally:
        _remove(scratch)


def put_in_place(scratch: Path, path: Path, kept: Path) -> bool:
    """Let the file at `scratch`, which nobody has open, be the database at `path`; what was there is then at `kept`, and
    whether anything was. There is a database at `path` at every moment."""
    was_there = path.exists()
    owner = path.stat() if was_there else path.parent.stat()
    with suppress(PermissionError):  # whoever restores may be root, and the server is not
        os.chown(scratch, owner.st_uid, owner.st_gid)
    if was_there:
        _keep(path, kept)
    scratch.replace(path)
    _sync(path.parent)
    return was_there


def reason(error: Exception) -> str:
    """What went wrong, without statement and values (R5)."""
    said = getattr(error, "orig", error)
    if isinstance(said, OSError):
        return said.strerror or type(said).__name__
    return str(said) if isinstance(said, sqlite3.Error) else type(error).__name__


@contextmanager
def _alone(part: Path) -> Iterator[None]:
    """The empty file, while nobody else writes it; one that a killed backup left is begun anew."""
    lock = FileLock(part)
    try:
        lock.take()
    except Locked:
        raise ArchiveError(f"Another backup is being written to {part}.") from None
    except StoreError as error:
        raise ArchiveError(f"{error}.") from error
    try:
        part.chmod(0o600)
        os.truncate(part, 0)
        yield
    finally:
        _remove(part)
        lock.release()


@contextmanager
def _one_transaction(part: Path) -> Iterator[Connection]:
    """On a file that nobody reads before it is whole: without a journal, and synced once it is filled."""
    engine = create_engine(URL.create("sqlite", database=str(part)), poolclass=NullPool, hide_parameters=True)
    try:
        with engine.connect() as connection:
            for setting in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE"):
                connection.exec_driver_sql(f"PRAGMA {setting}")
            yield connection
            connection.commit()
            _check_integrity(connection, part)
    finally:
        engine.dispose()


def _check(database: Database, path: Path) -> None:
    with database.connections.reading() as connection:
        _check_integrity(connection, path)
        release = release_of(connection, database.metadata)
        lost = ", ".join(name for name in release.unknown if _has_rows(connection, name))
    if not release.is_ours:
        raise ArchiveError(f"{path} is no backup of Callboard.")
    if release.is_newer:
        raise ArchiveError(f"{path} is of a newer release of Callboard than this one.")
    if lost:
        raise ArchiveError(f"{path} holds records that this release does not know, so it is of a newer one: {lost}.")


def _has_rows(connection: Connection, name: str) -> bool:
    return connection.execute(select(literal(1)).select_from(table(name)).limit(1)).first() is not None


def _check_integrity(connection: Connection, path: Path) -> None:
    try:
        said = str(connection.exec_driver_sql("PRAGMA integrity_check").scalar())
    except SQLAlchemyError as error:
        said = reason(error)
    if said != "ok":
        raise ArchiveError(f"{path} is damaged: {said.splitlines()[-1]}.")


def _keep(path: Path, kept: Path) -> None:
    """The same file under a second name, or a copy where a file cannot have two."""
    try:
        kept.hardlink_to(path)
    except OSError:
        shutil.copy2(path, kept)
    for side in SIDES:
        with suppress(FileNotFoundError):
            path.with_name(path.name + side).rename(kept.with_name(kept.name + side))


def _copy_file(path: Path, scratch: Path) -> None:
    """By SQLite itself: a copy of a database may have its newest commits in a file beside it."""
    try:
        with path.open("rb") as file:
            if file.read(len(SQLITE)) != SQLITE:
                raise ArchiveError(f"{path} is no backup of Callboard.")
        scratch.touch(mode=0o600)
        with (
            closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(scratch)) as target,
        ):
            source.backup(target)
    except OSError as error:
        raise ArchiveError(f"{path} cannot be read: {reason(error)}.") from error
    except sqlite3.Error as error:
        raise ArchiveError(f"{path} cannot be unpacked: {reason(error)}.") from error


def _sync(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _remove(path: Path) -> None:
    for side in ("", *SIDES):
        path.with_name(path.name + side).unlink(missing_ok=True)
