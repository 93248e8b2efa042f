"""`callboard torture`: the checker, started as a program of its own (`python -m torture`). It stands beside the server and
drives it from outside, so the server knows nothing of it but its name.
"""

import subprocess
import sys

import typer

trials = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
AS_IT_IS = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


@trials.command(context_settings=AS_IT_IS)
def torture(context: typer.Context) -> None:
    """Run a server of its own in bad weather, with a whole team at work on it, and hold it to its promises. Touches no
    database and no port of yours. `callboard torture --help` says more."""
    raise typer.Exit(subprocess.call([sys.executable, "-P", "-m", "torture", *context.args]))  # noqa: S603  # ourselves
