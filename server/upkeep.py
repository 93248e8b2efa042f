"""The commands of whoever keeps Callboard running: back it up, put a backup back, move it, take the records out, look whether
it is well. What they are called, what they take, and what they say; the work is done elsewhere.
"""

from pathlib import Path
from typing import Annotated

import typer

from server.backup import back_up
from server.doctor import examine, is_wrong, told
from server.export import export as export_records
from server.moving import move as move_everything
from server.places import shown
from server.reading import said_of, total_of
from server.restore import restore as restore_backup
from server.settings import Settings
from server.terminal import Bar

upkeep = typer.Typer()


@upkeep.command()
def backup(file: Annotated[Path, typer.Argument(help="The file to be made; never one that is there already.")]) -> None:
    """Back everything up into one file, while the server serves or without one. The file is an SQLite database, whichever
    database is backed up; it is read again and compared, and gets its name only when it is whole. Who is signed in is not in
    it. It holds all that the team knows: keep it as safe as the database."""
    with Bar("rows") as bar:
        made = back_up(Settings.read().database_url, file, bar)
    typer.echo(f"Backed up {total_of(made.contents)} to {file}: {_size(made.size)} in {made.seconds:.1f} s, compared.")
    _list(said_of(made.contents))


@upkeep.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup, or a copy of an SQLite database of Callboard.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Replace a database that is not empty without asking.")] = False,
) -> None:
    """Put a backup in the place of the database; no server may be running. An SQLite database that is replaced is kept beside
    it; of a PostgreSQL database make a backup first. Everybody signs in anew, and clients take a fresh snapshot."""
    url = Settings.read().database_url
    with Bar("rows") as bar:
        restored = restore_backup(url, file, bar, yes=yes)
    typer.echo(f"Restored {total_of(restored.contents)} from {file}.")
    _list(said_of(restored.contents))
    if restored.kept is not None:
        typer.echo(f"What was there before is kept as {restored.kept}.")


@upkeep.command()
def move(url: Annotated[str, typer.Argument(help="The other database, as DATABASE_URL would name it.")]) -> None:
    """Copy everything into another, empty database, and compare it row by row; no server may be running. Moves from SQLite to
    PostgreSQL, or back. The old database stays as it is. A password need not stand in the address: PGPASSWORD or a
    .pgpass file will do."""
    settings, target = Settings.read(), Settings.read(database_url=url).database_url
    with Bar("rows") as bar:
        moved = move_everything(settings.database_url, target, bar)
    typer.echo(f"Moved {total_of(moved.contents)} ({moved.rows:,} rows), compared row by row.")
    _list(said_of(moved.contents))
    typer.echo(f"{shown(settings.database_url)} is left as it is. From now on set:")
    typer.echo(f"DATABASE_URL={_as_setting(target)}")


@upkeep.command()
def export(
    folder: Annotated[Path, typer.Argument(help="The folder to be made, or an empty one.")],
    tenant: Annotated[str | None, typer.Option(help="The slug of a tenant; else all of them.")] = None,
) -> None:
    """Write all records into a folder, while the server serves or without one: for each tenant and kind of record a CSV file
    for spreadsheets and a JSON file for programs, with the fields that members see."""
    with Bar("records") as bar:
        made = export_records(Settings.read().database_url, folder, tenant, bar)
    for each in made:
        typer.echo(f"{folder / each.tenant / each.plural}: {each.count:,}")


@upkeep.command()
def doctor() -> None:
    """Look whether all is well: settings, database, server, disk, clock, limits. Says what was found and what to mend; the
    exit code is 1 where something is wrong. Changes nothing, and shows no secret."""
    findings = examine()
    told(findings)
    raise typer.Exit(1 if is_wrong(findings) else 0)


def _list(lines: list[str]) -> None:
    for line in lines:
        typer.echo(f"  {line}")


def _size(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 100_000 else f"{size / 1e3:,.1f} kB"


def _as_setting(url: str) -> str:
    """The line as it is to be set, but for a password."""
    return f"sqlite:///{shown(url)}" if url.startswith("sqlite") else shown(url)
