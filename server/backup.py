"""Making a backup, while the server serves or without one: `callboard backup`."""

import time
from dataclasses import dataclass
from pathlib import Path

from events.catalog import discover
from server.reading import contents_of, database_at, one_moment
from server.terminal import Bar
from stores.archive import LEFT_OUT, being_written
from stores.contents import Contents
from stores.copying import compare, copy, count_rows
from stores.migrate import migrate


@dataclass(frozen=True, slots=True)
class Backup:
    """One that was made: what it holds, its bytes, the seconds it took."""

    contents: list[Contents]
    size: int
    seconds: float


def back_up(url: str, path: Path, bar: Bar) -> Backup:
    """Copy the database, as it is at this moment, into a new file, and compare. ArchiveError or AskedInVainError."""
    started, catalog = time.monotonic(), discover()
    with database_at(url, catalog) as database, one_moment(database, url) as source, being_written(path) as target:
        metadata, found = database.metadata, contents_of(source, database, catalog)
        bar.begin(2 * count_rows(source, metadata, leaving=LEFT_OUT))
        migrate(target, metadata)
        sent = copy(source, target, metadata, bar.advance, leaving=LEFT_OUT)
        compare(target, metadata, sent, bar.advance)
    return Backup(found, path.stat().st_size, time.monotonic() - started)
