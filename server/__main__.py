"""The program `callboard`: what its commands are called, what they take, and what they say.

Each command reads the settings, asks somebody else to do the work, and says in a line what came of it. What can be
foreseen to go wrong is one line on standard error and exit code 1.
"""

import asyncio
import contextlib
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
import uvloop
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from events.catalog import discover
from events.intake import Report
from server.administration import Answer
from server.app import Callboard
from server.control import AskedInVainError, follow, reach
from server.demo import SLUG, Account, furnish, staff_of
from server.importing import RepairsFile, UnreadableFileError, read_file, send
from server.places import shown
from server.serving import Beside
from server.serving import serve as serve_board
from server.settings import Settings, SettingsError
from server.telltale import hearing_told, line_of
from server.terminal import Bar, new_password
from server.trial import trials
from server.upkeep import upkeep
from stores.archive import ArchiveError
from stores.copying import CopyDiffers
from stores.database import Database
from stores.errors import Locked, StoreError

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
imports = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Bring records in from files.")
cli.add_typer(imports, name="import")
cli.add_typer(upkeep)
cli.add_typer(trials)

TenantOption = Annotated[str, typer.Option(help="The slug of the tenant.")]


@cli.callback()
def callboard() -> None:
    """Callboard: the real-time backend of a support and repair team. Settings come from the environment or a .env file."""


@cli.command()
def serve() -> None:
    """Serve the board until the program is told to stop. Brings the database up to this release first; on the very
    first start it prints the link by which the first team and its admin are made."""
    raise typer.Exit(_serve(Settings.read()))


@cli.command()
def migrate() -> None:
    """Bring the database up to this release. Says what was done. The server does the same when it starts, so this is for
    those who want it done beforehand; no server may be running."""
    url = Settings.read().database_url
    database = Database(url, discover().record_classes)
    try:
        database.lock()
        differences = database.schema_differences()
        database.migrate()
    finally:
        database.close()
    for difference in differences:
        typer.echo(_said(difference))
    typer.echo(f"{shown(url)} is up to date{'' if differences else ' already'}.")


@cli.command("create-tenant")
def create_tenant(
    slug: Annotated[str, typer.Argument(help="Its short name in addresses: lower-case letters, digits, hyphens.")],
    name: Annotated[str, typer.Argument(help="Its name as people see it.")],
) -> None:
    """Make a tenant: a team with records of its own. Asks the running server, or does it alone where none runs."""
    _ask("/tenants", slug=slug, name=name)
    typer.echo(f"Made the tenant {slug} ({name}). Next: callboard create-admin EMAIL --tenant {slug}")


@cli.command("create-admin")
def create_admin(
    email: Annotated[str, typer.Argument(help="The address he signs in with.")],
    name: Annotated[str | None, typer.Option(help="His name as people see it; else what stands before the @.")] = None,
    tenant: TenantOption = "main",
) -> None:
    """Make an admin of a tenant. His password comes from the environment (CALLBOARD_ADMIN_PASSWORD), else it is asked
    for twice, or read as one line where standard input is no terminal. Asks the running server, or does it alone."""
    password = new_password("CALLBOARD_ADMIN_PASSWORD")
    display_name = name or email.split("@", maxsplit=1)[0]
    _ask("/admins", tenant=tenant, email=email, display_name=display_name, password=password)
    typer.echo(f"Made {display_name} <{email}> an admin of {tenant}.")


@cli.command("reset-password")
def reset_password(
    email: Annotated[str, typer.Argument(help="The address he signs in with.")],
    tenant: TenantOption = "main",
) -> None:
    """Give a user a new password, which he has to change when he signs in; he is signed out everywhere. It comes from the
    environment (CALLBOARD_NEW_PASSWORD), else it is asked for twice, or read as one line where standard input is no
    terminal. Asks the running server, or does it alone."""
    password = new_password("CALLBOARD_NEW_PASSWORD")
    user = _ask("/passwords", tenant=tenant, email=email, password=password)["user"]
    typer.echo(f"{user['display_name']} <{user['email']}> has a new password and is signed out everywhere.")
    if not user["active"]:
        typer.echo("He is deactivated: he cannot sign in before an admin activates him.")


@imports.command("repairs")
def import_repairs(
    file: Annotated[Path, typer.Argument(help="A CSV file of Open Repair Data.")],
    tenant: TenantOption = "main",
) -> None:
    """Bring in repairs from a file of Open Repair Data, as services with their categories. What is there already is
    left alone, so the same file may be brought in again; rows that cannot be taken are listed with line and reason."""
    started, rows = time.monotonic(), read_file(file)
    report = asyncio.run(_import(Settings.read(), tenant, rows))
    for line, reason in report.refused:
        typer.echo(f"line {line}: {reason}")
    typer.echo(
        f"{len(rows)} rows in {time.monotonic() - started:.1f} s: {report.imported} imported, "
        f"{report.unchanged} unchanged, {len(report.refused)} refused; {report.categories} categories made."
    )


@cli.command()
def watch(
    since: Annotated[str | None, typer.Option(help="A cursor: what came after it is shown first.")] = None,
    resources: Annotated[str | None, typer.Option(help="Kinds of record, with commas between them; else all.")] = None,
    tenant: TenantOption = "main",
) -> None:
    """Follow what happens in a tenant, one line for each event, until Ctrl-C: when, who, what he did, the record with the
    fields that changed, and the cursor. Asks the running server, and needs one."""
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_watch(tenant, since, resources.split(",") if resources else []))


@cli.command()
def why(
    event_cursor: Annotated[str, typer.Argument(help="The cursor of the event, as `callboard watch` shows it.")],
    user: Annotated[str, typer.Argument(help="His e-mail address or id.")],
    tenant: TenantOption = "main",
) -> None:
    """Say why a user hears an event or does not: the rule in words, the keys of those who could read the record before and
    after, and his. Asks the running server, or looks by itself where none runs."""
    Console(highlight=False).print(
        hearing_told(_ask("/why", tenant=tenant, cursor=event_cursor, user=user)), soft_wrap=True
    )


@cli.command()
def demo(
    pace: Annotated[float, typer.Option(min=0, help="Commands per minute of the made-up staff; 0: nobody works.")] = 20,
    seed: Annotated[int, typer.Option(help="The same seed has the staff do the same things.")] = 1,
    *,
    keep: Annotated[bool, typer.Option("--keep", help="Go on with the database of the last demo.")] = False,
) -> None:
    """Serve a demo, with a made-up staff at work. It has a database of its own beside the usual one, made afresh, with
    users of every role and real repairs. The passwords are random and shown once."""
    settings = _beside_the_database(Settings.read())
    _show(asyncio.run(furnish(settings.database_url, datetime.now(UTC), seed, keep=keep)))

    async def staff_at_work(board: Callboard) -> None:
        if pace:
            await staff_of(board.desk_of_slug(SLUG), seed).work(pace)

    raise typer.Exit(_serve(settings, staff_at_work))


def main() -> None:
    """Run the program; a foreseen failure is one line and exit code 1."""
    try:
        cli()
    except (SettingsError, AskedInVainError, UnreadableFileError, ArchiveError) as error:
        _fail(str(error))
    except CopyDiffers as error:
        _fail(f"Nothing has been done: {error}.")
    except Locked as error:
        _fail(f"Another program is at work on this database ({error}).")
    except StoreError as error:
        _fail(f"The database cannot be used: {error}.")


def _fail(sentence: str) -> None:
    typer.echo(f"callboard: {' '.join(sentence.split())}", err=True)
    raise SystemExit(1)


def _serve(settings: Settings, beside: Beside | None = None) -> int:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(serve_board(settings, beside))


def _ask(path: str, **message: Any) -> Answer:
    async def asked() -> Answer:
        async with reach(Settings.read().database_url) as ask:
            return await ask(path, message)

    return asyncio.run(asked())


async def _watch(tenant: str, since: str | None, resources: Sequence[str]) -> None:
    screen = Console(highlight=False)
    # On a screen a line is cut at its edge; in a file or a pipe nothing is.
    cut: dict[str, Any] = {"no_wrap": True, "overflow": "ellipsis"} if screen.is_terminal else {"soft_wrap": True}
    message = {"tenant": tenant, "since": since, "resources": resources}
    async with contextlib.aclosing(follow(Settings.read().database_url, "/watch", message)) as events:
        async for event in events:
            screen.print(line_of(event), **cut)


async def _import(settings: Settings, tenant: str, file: RepairsFile) -> Report:
    async with reach(settings.database_url) as ask:
        with Bar("repairs") as bar:
            bar.begin(len(file))
            return await send(ask, tenant, file, bar.advance)


def _beside_the_database(settings: Settings) -> Settings:
    """The settings of the demo: all as they are, but a file of its own in the same folder, which it may remove."""
    is_file = settings.database_url.startswith("sqlite")
    url = f"{settings.database_url.rpartition('/')[0] if is_file else 'sqlite:///data'}/demo.db"
    if url == settings.database_url:
        raise SettingsError("DATABASE_URL names demo.db, which the demo would make afresh: give it another name.")
    return settings.model_copy(update={"database_url": url})


def _show(accounts: Sequence[Account]) -> None:
    """Who can sign in, with what: the only time the passwords are told."""
    if not accounts:
        typer.echo("The demo goes on; its passwords are those that were shown when it was made.")
        return
    table = Table("name", "role", "e-mail", Column("password", overflow="fold"), title="Sign in to the demo as")
    for account in accounts:
        table.add_row(*(escape(text) for text in (account.name, account.role, account.email, account.password)))
    Console().print(table)


def _said(difference: Any) -> str:
    """One of Alembic's differences, as far as it concerns people: a table made, or one that was brought up to date."""
    if isinstance(difference, tuple) and difference[0] == "add_table":
        return f"Made the table {difference[1].name}."
    kinds = sorted({part[0] for part in (difference if isinstance(difference, list) else [difference])})
    return f"Done: {', '.join(kinds).replace('_', ' ')}."
