"""The program `callboard` as somebody at a terminal has it: words in, what it said and its exit code out."""

import asyncio
import io
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from program import CALLBOARD, PATIENCE, Program

from server import __main__ as program


@dataclass
class Said:
    """What a run said and its exit code."""

    code: int
    out: str
    err: str

    @property
    def is_one_line(self) -> bool:
        """A failure that was foreseen."""
        return self.code == 1 and self.err.startswith("callboard: ") and self.err.count("\n") == 1 and self.out == ""


Run = Callable[..., Said]


def runner(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the program in this process, its standard input being a text."""

    def run(*words: object, stdin: str = "") -> Said:
        monkeypatch.setattr(sys, "argv", ["callboard", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            program.main()
        return Said(int(ended.value.code or 0), *capsys.readouterr())

    return run


async def beside(server: Program, *words: object, stdin: str = "", **environment: str) -> Said:
    """Runs the program in a process of its own, with the settings of a server, which may be running."""
    here = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    mine = {"DATABASE_URL": f"sqlite:///{server.database}", "PORT": str(server.port)}
    process = await asyncio.create_subprocess_exec(
        str(CALLBOARD), *map(str, words), cwd=server.database.parent, env={**here, **mine, **server.environment, **environment},
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await asyncio.wait_for(process.communicate(stdin.encode()), PATIENCE)
    return Said(process.returncode or 0, out.decode(), err.decode())
