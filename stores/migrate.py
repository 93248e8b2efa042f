"""Bringing a database's tables up to this release, at start and in one transaction.

Alembic runs what is written in migrations/versions; tables wholly missing are then created, so that a new kind of
record needs no migration (rule A5). One is written only when an existing table changes: `changes_needed` prints its
body, ready to be put into a new file there.
"""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata, produce_migrations, render_python_code
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, Table, inspect

SCRIPTS = Path(__file__).with_name("migrations")


def migrate(connection: Connection, metadata: MetaData) -> None:
    """Run all migrations, then create the tables that no migration knows."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    metadata.create_all(connection, tables=missing_tables(connection, metadata))


def missing_tables(connection: Connection, metadata: MetaData) -> list[Table]:
    """Tables that the database wholly lacks."""
    present = set(inspect(connection).get_table_names())
    return [table for table in metadata.sorted_tables if table.name not in present]


def differences(connection: Connection, metadata: MetaData) -> list[Any]:
    """What still differs between the database and the tables, in Alembic's words; tables of others are left alone."""
    return list(compare_metadata(_compared(connection), metadata))


def changes_needed(connection: Connection, metadata: MetaData) -> str:
    """The body of `upgrade()` that a new migration needs, as Python."""
    script = produce_migrations(_compared(connection), metadata)
    if script.upgrade_ops is None:
        return ""
    return render_python_code(script.upgrade_ops, render_as_batch=True, migration_context=_compared(connection))


def _compared(connection: Connection) -> MigrationContext:
    return MigrationContext.configure(connection, opts={"compare_type": True, "include_object": _ours})


def _ours(_object: Any, _name: str | None, kind: str, reflected: bool, expected: Any) -> bool:
    """A table that only the database knows belongs to a resource that this process does not have."""
    return not (kind == "table" and reflected and expected is None)
