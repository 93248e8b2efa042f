"""What the commands show and ask at a terminal: how far the work is, whether it may be done, a new password."""

import os
import sys
from types import TracebackType
from typing import Self

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from server.control import AskedInVainError


class Bar:
    """`with Bar("rows") as bar:` a bar on standard error; nothing where that is no terminal."""

    def __init__(self, what: str) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        screen = Console(stderr=True)
        self._progress = Progress(*columns, console=screen, disable=not screen.is_terminal)
        self._task = self._progress.add_task(what, total=None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def begin(self, total: int) -> None:
        """So much there is to do; the bar is shown from here on."""
        self._progress.update(self._task, total=total)
        self._progress.start()

    def advance(self, done: int) -> None:
        """So much more is done."""
        self._progress.advance(self._task, done)


def is_interactive() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty()


def confirm(question: str, *, yes: bool) -> None:
    """Ask, unless `--yes` has been said. AskedInVainError where the answer is no, or nobody is there to give one."""
    if yes:
        return
    if not is_interactive():
        raise AskedInVainError(f"{question} Say --yes if so.")
    if not typer.confirm(question):
        raise AskedInVainError("Nothing has been done.")


def new_password(variable: str) -> str:
    """From the environment, else asked for twice, or read as one line where standard input is no terminal: never an
    argument, which everybody on the machine can see."""
    given = os.environ.get(variable)
    if given:
        return given
    if not is_interactive():
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt="Once more"))
