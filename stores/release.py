"""Of which release a database is: told from its tables and its mark, without changing anything.

A backup, a move and an export read it by the tables of this release; a restore brings an older one up and must refuse a
newer one, whose fields it would lose.
"""

from dataclasses import dataclass
from typing import Any

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, inspect

from stores.migrate import SCRIPTS, differences

OWN = "alembic_version"
"""The table in which Alembic marks the release."""


@dataclass(frozen=True, slots=True)
class Release:
    """What there is to be said about the tables of a database."""

    is_ours: bool
    """It holds tables of Callboard."""
    is_newer: bool
    """Its mark is none that this release knows."""
    unknown: tuple[str, ...]
    """Tables that this release does not know: of others in the same database, of kinds of record that are gone or yet to come."""
    missing: tuple[str, ...]
    """Tables that the next start makes."""
    changed: bool
    """Tables that are there and differ: the next start brings them up."""


def release_of(connection: Connection, metadata: MetaData) -> Release:
    """Look at a database."""
    present = set(inspect(connection).get_table_names())
    known = set(metadata.tables)
    newer = is_newer(connection)
    found = [] if newer else differences(connection, metadata)
    return Release(
        is_ours={OWN, "desks"} <= present,
        is_newer=newer,
        unknown=tuple(sorted(present - known - {OWN})),
        missing=tuple(sorted(known - present)),
        changed=any(not _is_new_table(each) for each in found),
    )


def is_newer(connection: Connection) -> bool:
    """Whether its mark is none that this release knows."""
    marks = MigrationContext.configure(connection).get_current_heads()
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    return not known.issuperset(marks)


def _is_new_table(difference: Any) -> bool:
    """A table wholly missing, or an index of one."""
    return isinstance(difference, tuple) and difference[0] in {"add_table", "add_index"}
