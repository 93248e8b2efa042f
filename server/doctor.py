"""`callboard doctor`: looks at everything that has kept somebody from sleeping, one check after the other, and says what to
mend. It reads and measures; nothing is changed, and no secret is shown.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

import typer
from dotenv import dotenv_values
from rich.console import Console
from rich.table import Table
from rich.text import Text

from events.catalog import discover
from server.doctor_database import clock, commit, database, journal, schema
from server.doctor_machine import disk, files, fsync, open_files, wal
from server.doctor_web import address, board, proxies, server
from server.finding import Case, Check, Finding, ok, warn, wrong
from server.settings import Settings, SettingsError
from stores.database import Database
from stores.errors import StoreError

CHECKS: Mapping[str, Check] = {
    "database": database, "schema": schema, "journal": journal, "server": server, "disk": disk, "files": files,
    "fsync": fsync, "wal": wal, "commit": commit, "clock": clock, "open files": open_files, "address": address,
    "proxies": proxies, "board": board,
}  # fmt: skip
COLOURS = {"ok": "green", "warn": "yellow", "wrong": "bold red"}
ENVIRONMENT = Path(".env")

Findings = list[tuple[str, Finding]]
"""The name of each check, and what it found."""


def examine() -> Findings:
    """All checks; where the settings cannot be read there is nothing else to look at."""
    try:
        settings = Settings.read()
    except SettingsError as error:
        return [("settings", wrong(str(error), "Set it right in the environment or in .env."))]
    catalog = discover()
    try:
        examined = Database(settings.database_url, catalog.record_classes)
    except StoreError as error:
        return [
            ("settings", _settings(settings)),
            ("database", wrong(f"{error}.", "See to its folder and DATABASE_URL.")),
        ]
    try:
        return [("settings", _settings(settings)), *_all(Case(settings, catalog, examined))]
    finally:
        examined.close()


def told(findings: Findings) -> None:
    """A table at a terminal, else a line for each."""
    screen = Console(highlight=False)
    if not screen.is_terminal:
        for name, found in findings:
            typer.echo(f"{found.verdict:<5}  {name}: {found.found}{'  ->  ' if found.mend else ''}{found.mend}")
        return
    table = Table("", "check", "found", "mend")
    for name, found in findings:
        table.add_row(
            Text(found.verdict, COLOURS[found.verdict]), *(Text(each) for each in (name, found.found, found.mend))
        )
    screen.print(table)


def is_wrong(findings: Findings) -> bool:
    """Whether anything does not work."""
    return any(found.verdict == "wrong" for _, found in findings)


def _all(case: Case) -> Iterable[tuple[str, Finding]]:
    for name, check in CHECKS.items():
        found = _looked(check, case)
        if found is not None:
            yield name, found


def _looked(check: Check, case: Case) -> Finding | None:
    """A check that fails is itself a finding: the others go on."""
    try:
        return check(case)
    except (StoreError, OSError) as error:
        said = error.strerror or type(error).__name__ if isinstance(error, OSError) else str(error)
        return warn(f"could not be looked at: {said}", "See that the program may read what it is about.")


def _settings(settings: Settings) -> Finding:
    """Which are set, by name; values may be secret. One that nobody reads is mostly a misspelt one."""
    names = sorted(name.upper() for name in settings.model_fields_set)
    found = f"set: {', '.join(names)}; the others are at their defaults" if names else "all at their defaults"
    misspelt = [f"{name} (perhaps {near[0]})" for name, near in _nearly(ENVIRONMENT) if near]
    if misspelt:
        return warn(f"{found}; .env has what is no setting: {', '.join(misspelt)}", "Correct the name, or take it out.")
    return ok(found)


def _nearly(path: Path) -> Iterable[tuple[str, list[str]]]:
    """(name in the file that is no setting, settings that it resembles)."""
    known = [name.upper() for name in Settings.model_fields]
    for name in dotenv_values(path) if path.is_file() else ():
        if name.upper() not in known:
            yield name, get_close_matches(name.upper(), known, n=1, cutoff=0.8)
