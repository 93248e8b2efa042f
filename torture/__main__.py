"""`callboard torture`: what it takes, and what it prints."""

import asyncio
import logging
import secrets
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from torture.premises import PremisesError
from torture.replay import wish_of
from torture.report import report
from torture.run import Torment, Wish
from torture.weather import MIXES

BROKEN, IMPOSSIBLE = 1, 2


def torture(
    minutes: Annotated[float, typer.Option(min=0.1, help="How long.")] = 1,
    seed: Annotated[
        str, typer.Option(help="The same seed has the same people want the same in the same weather.")
    ] = "",
    actors: Annotated[int, typer.Option(min=4, max=400, help="How many people, in two teams.")] = 40,
    weather: Annotated[str, typer.Option(help=f"What goes wrong: {', '.join(MIXES)}.")] = "everything",
    folder: Annotated[Path | None, typer.Option(help="Where everything is kept; else a temporary folder.")] = None,
    replay: Annotated[Path | None, typer.Option(help="A short history, as a broken run left it: do it again.")] = None,
    database: Annotated[str | None, typer.Option(help="A PostgreSQL database of its own; else a file.")] = None,
) -> None:
    """Run a server of its own in bad weather, with a whole team at work on it, and hold it to its promises. Touches no
    database and no port of yours. Ends with 0 where every promise was kept, 1 where one was broken, 2 where it could not
    be found out."""
    for noisy in ("engineio.client", "socketio.client", "asyncio", "callboard"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)  # of the clients: what counts stands in the history
    screen = Console(highlight=False)
    if weather not in MIXES:
        raise typer.BadParameter(f"must be one of {', '.join(MIXES)}", param_hint="--weather")
    if weather == "database" and not (database or "").startswith("postgres"):
        raise typer.BadParameter("needs PostgreSQL: say where with --database", param_hint="--weather")
    place = folder or Path(tempfile.mkdtemp(prefix="callboard-torture-"))
    if place.exists() and any(place.iterdir()):
        raise typer.BadParameter(f"{place} is not empty: each run wants a folder of its own", param_hint="--folder")
    chosen = seed or secrets.token_hex(4)
    wish = Wish(minutes * 60, chosen, actors, weather, place, database, replay)
    if replay is not None:
        wish = _once_more(wish, replay)
    said = f"seed {wish.seed}, {wish.actors} people, weather: {wish.weather}, {minutes:g} min, folder {place}"
    screen.print(said, soft_wrap=True)
    try:
        verdict = asyncio.run(Torment(wish, lambda said: screen.print(escape(said), soft_wrap=True)).run())
    except PremisesError as error:
        screen.print(escape(f"It could not be found out: {error} Everything is in {place}."), soft_wrap=True)
        raise typer.Exit(IMPOSSIBLE) from None
    except Exception:  # noqa: BLE001  # whatever it was, it was not the server
        screen.print_exception()
        screen.print(f"It could not be found out. Everything is in {place}.", soft_wrap=True)
        raise typer.Exit(IMPOSSIBLE) from None
    report(screen, verdict, wish)
    if not verdict.complaints and folder is None:
        shutil.rmtree(place, ignore_errors=True)
    was_in_vain = verdict.idle and replay is None
    raise typer.Exit(BROKEN if verdict.complaints else IMPOSSIBLE if was_in_vain else 0)


def _once_more(wish: Wish, path: Path) -> Wish:
    """As it was wished then; nothing goes wrong but what the history says."""
    try:
        then = wish_of(path)
    except (OSError, ValueError) as error:
        raise typer.BadParameter(str(error), param_hint="--replay") from None
    broken = str(then.get("broken", ""))
    return replace(wish, seed=then["seed"], actors=then["actors"], weather="calm", then=broken)


if __name__ == "__main__":
    program = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    program.command()(torture)
    program(prog_name="callboard torture")
