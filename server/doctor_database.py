"""The doctor's checks of the database: is it there, is it of this release, how much journal does it keep, what time is it, how
long does a commit take.
"""

import os
import statistics
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from server.finding import Case, Finding, ok, size_of, warn, wrong
from server.places import shown
from stores.errors import StoreError
from stores.probe import clock as clock_of
from stores.probe import commits, kept_journal, version
from stores.release import release_of

APART = timedelta(seconds=5)
PRUNED_WITHIN = timedelta(days=2)
SLOW_S, ROUNDS = 0.020, 20


def database(case: Case) -> Finding:
    """Reachable, and which version."""
    place = str(case.database.path.absolute()) if case.database.path else shown(case.settings.database_url)
    if not case.is_there:
        return warn(
            f"there is none at {place} yet", "The first start makes it. If there should be one, see to DATABASE_URL."
        )
    try:
        with case.database.connections.reading() as connection:
            found = version(connection)
    except StoreError as error:
        return wrong(
            f"{place} cannot be read: {error}", "See that it runs, that DATABASE_URL is right, and the file's rights."
        )
    size = f", {size_of(case.file.stat().st_size)}" if case.file else ""
    return ok(f"{found} at {place}{size}")


def schema(case: Case) -> Finding | None:
    """Whether its tables are those of this release."""
    if not case.is_there:
        return None
    with case.database.connections.reading() as connection:
        release = release_of(connection, case.database.metadata)
    if release.is_newer:
        return wrong(
            "the tables are of a newer release than this program", "Run the program of that release, or restore."
        )
    if not release.is_ours:
        return warn("there are no tables yet", "The first start makes them.")
    if release.changed or release.missing:
        return warn(
            "the tables are of an older release", "The next start brings them up; `callboard migrate` does it now."
        )
    return ok("the tables are those of this release")


def journal(case: Case) -> Finding | None:
    """How much of it is kept, against JOURNAL_DAYS."""
    if not case.is_there:
        return None
    days = case.settings.journal_days
    with case.database.connections.reading() as connection:
        if "journal" in release_of(connection, case.database.metadata).missing:
            return None
        kept = kept_journal(connection, case.database.metadata)
    if kept.oldest is None:
        return ok(f"empty; kept for {days} days")
    found = f"{kept.entries:,} entries, {size_of(kept.size)}, since {kept.oldest:%Y-%m-%d}; kept for {days} days"
    if datetime.now(UTC) - kept.oldest > timedelta(days=days) + PRUNED_WITHIN:
        return warn(
            f"{found}, and older ones are still there", "A running server forgets them within the hour: see its log."
        )
    return ok(found)


def clock(case: Case) -> Finding | None:
    """This machine's, against the database's; nothing that happened may lie in the future."""
    if not case.is_there:
        return None
    now = datetime.now(UTC)
    with case.database.connections.reading() as connection:
        other = clock_of(connection)
        missing = release_of(connection, case.database.metadata).missing
        newest = None if "journal" in missing else kept_journal(connection, case.database.metadata).newest
    of_whom = "the database's"
    if other is None:
        other, of_whom = _clock_of_the_files(case), "the file system's"
    apart = abs(other - now)
    mend = "Let the machines keep time by NTP."
    if apart > APART:
        return warn(f"{apart.total_seconds():.0f} s away from {of_whom}", mend)
    if newest is not None and newest - now > APART:
        return warn(f"the newest entry of the journal is of {newest:%Y-%m-%d %H:%M:%S} UTC, which is to come", mend)
    return ok(f"{now:%Y-%m-%d %H:%M:%S} UTC, in step with {of_whom}")


def commit(case: Case) -> Finding | None:
    """How long PostgreSQL takes to keep something, and the way there and back; of SQLite the fsync tells it."""
    measured = list(commits(case.database.connections, ROUNDS))
    if not measured:
        return None
    typical = statistics.median(measured)
    found = f"{typical * 1000:.1f} ms, with the way there and back"
    if typical > SLOW_S:
        return warn(
            found,
            "Each command waits that long: have the database nearer, on a faster disk, or without a distant replica.",
        )
    return ok(found)


def _clock_of_the_files(case: Case) -> datetime:
    """Of whoever keeps the files: another machine, where the folder is on a network."""
    folder = case.file.parent if case.file else None
    with tempfile.NamedTemporaryFile(prefix=".callboard-clock-", dir=folder) as file:
        os.utime(file.name)
        return datetime.fromtimestamp(Path(file.name).stat().st_mtime, UTC)
