"""What `callboard doctor` looks at, and what it finds: the words that its checks are written in."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from events.catalog import Catalog
from server.settings import Settings
from stores.database import Database

Verdict = Literal["ok", "warn", "wrong"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, and, where it is not well, what to mend."""

    verdict: Verdict
    found: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What is examined: the settings that hold here, and the database they name."""

    settings: Settings
    catalog: Catalog
    database: Database

    @property
    def file(self) -> Path | None:
        """The file of the database, where it is one and is there."""
        path = self.database.path
        return path if path is not None and path.exists() else None

    @property
    def is_there(self) -> bool:
        """Whether there is a database to look into."""
        return self.database.path is None or self.file is not None


Check = Callable[[Case], Finding | None]
"""None where there is nothing to look at."""


def ok(found: str) -> Finding:
    """All is well."""
    return Finding("ok", found)


def warn(found: str, mend: str) -> Finding:
    """It works, and may not for ever."""
    return Finding("warn", found, mend)


def wrong(found: str, mend: str) -> Finding:
    """It does not work."""
    return Finding("wrong", found, mend)


def size_of(count: float) -> str:
    """`1.2 GB`."""
    return f"{count / 1e9:,.1f} GB" if count >= 1e9 else f"{count / 1e6:,.1f} MB"
