"""`callboard serve` as a process of its own, with a database, a port and an environment that are its alone."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

from network import free_port

PATIENCE = 60.0
CALLBOARD = Path(sys.executable).with_name("callboard")


class Program:
    """One server, run perhaps several times; `out` and `err` are the lines of all its runs."""

    def __init__(self, database: Path, **environment: str) -> None:
        self.database, self.port = database, free_port()
        self.environment = environment
        self.out: list[str] = []
        self.err: list[str] = []
        self._process: asyncio.subprocess.Process | None = None
        self._reading: list[asyncio.Task[None]] = []
        self._said = asyncio.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def starts(self) -> Self:
        """Run, and wait until it serves."""
        since = len(self.out)
        await self.runs()
        await self.says(self.serving, since)
        return self

    @property
    def serving(self) -> str:
        """The line by which it says that it serves."""
        return f"Callboard serves at {self.environment.get('PUBLIC_URL', f'http://localhost:{self.port}')}"

    async def says(self, line: str, since: int = 0) -> None:
        """Wait until it has said this."""
        async with asyncio.timeout(PATIENCE):
            while line not in self.out[since:]:
                # Not whether it runs: the last words of one that has ended are still to be read.
                assert not all(reading.done() for reading in self._reading), self.err
                self._said.clear()
                await self._said.wait()

    async def runs(self) -> None:
        """Run, whatever comes of it."""
        here = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "PYTHONPATH") if name in os.environ}
        mine = {"DATABASE_URL": f"sqlite:///{self.database}", "PORT": str(self.port)}
        self._process = await asyncio.create_subprocess_exec(
            str(CALLBOARD), "serve", cwd=self.database.parent, env={**here, **mine, **self.environment},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        pipes: list[tuple[Any, list[str]]] = [(self._process.stdout, self.out), (self._process.stderr, self.err)]
        self._reading = [asyncio.create_task(self._read(pipe, lines)) for pipe, lines in pipes]

    async def _read(self, pipe: asyncio.StreamReader, lines: list[str]) -> None:
        while line := await pipe.readline():
            lines.append(line.decode().rstrip("\n"))
            self._said.set()
        self._said.set()

    @property
    def pid(self) -> int:
        """The number of its process."""
        assert self._process is not None
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def ends(self) -> int:
        """Wait for its end; the exit code."""
        assert self._process is not None
        code = await asyncio.wait_for(self._process.wait(), PATIENCE)
        await asyncio.gather(*self._reading)
        return code

    def is_told(self, number: signal.Signals) -> None:
        """Send a signal."""
        assert self._process is not None
        self._process.send_signal(number)

    async def is_killed(self) -> None:
        """kill -9: nothing of it gets a word in."""
        self.is_told(signal.SIGKILL)
        assert await self.ends() == -signal.SIGKILL

    async def stops(self) -> int:
        """Ask it to stop, and wait; the exit code."""
        self.is_told(signal.SIGTERM)
        return await self.ends()


@asynccontextmanager
async def a_program(database: Path, **environment: str) -> AsyncIterator[Program]:
    """Not running yet; killed at the end, if it does."""
    program = Program(database, **environment)
    try:
        yield program
    finally:
        if program.is_running:
            await program.is_killed()
