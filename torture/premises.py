"""One server process and the folder it lives in: furnished, started, killed, paused, watched from outside.

The run owns one of these. The server is `callboard serve` as everybody runs it; only its environment is ours: a port and a
database of its own and, where faults are wanted, the library of `faults.py`. What the disk can do wrong it does wrong to
`data/` alone, so that the log beside it stays whole.
"""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import NAMESPACE_DNS, uuid5

from aiohttp import ClientError, ClientSession, ClientTimeout
from prometheus_client.parser import text_string_to_metric_families

from events.actor import SYSTEM
from events.desk import Desk
from server.standalone import Standalone
from torture.faults import Faults
from torture.sessions import Sessions

PASSWORD = "everybody here has this one"  # noqa: S105  # of made-up people in a database of their own
ASK_AGAIN_S = 0.05
STOP_S = 40.0
SAID = 2_000  # characters of a program's last words
INHERITED = ("PATH", "HOME", "LANG", "TMPDIR", "PYTHONPATH")


class PremisesError(Exception):
    """The server did not start, or did not stop; its last words are in the message."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can sign in. `tenant` is a slug; names are unique within it."""

    tenant: str
    name: str
    role: str

    @property
    def id(self) -> str:
        """The id he is given: the same in every run."""
        return str(uuid5(NAMESPACE_DNS, f"{self.name}.{self.tenant}.example"))

    @property
    def email(self) -> str:
        """What he signs in with, beside PASSWORD."""
        return f"{self.name}@{self.tenant}.example"


class Premises:
    """A server that may run many times, one at a time, on one database and one port."""

    def __init__(
        self, folder: Path, *, port: int | None = None, faults: Faults | None = None,
        settings: Mapping[str, str] = {}, database_url: str | None = None,
    ) -> None:  # fmt: skip
        self.folder, self.port, self.starts = folder, port or free_port(), 0
        self.database_path, self.log_path = folder / "data" / "callboard.db", folder / "server.log"
        self.database_path.parent.mkdir(parents=True, exist_ok=True)
        self.has_own_disk = database_url is None
        self.database_url = database_url or f"sqlite:///{self.database_path}"
        self.sessions = Sessions(self.database_url) if self.database_url.startswith("postgres") else None
        own = {"DATABASE_URL": self.database_url, "PORT": str(self.port)}
        here = {name: os.environ[name] for name in INHERITED if name in os.environ}
        self._environment = {**here, **own, **(faults.environment if faults else {}), **settings}
        self._process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        """Where it serves, without a slash at the end and without a proxy in between."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def is_running(self) -> bool:
        """Whether there is a process, well or not."""
        return self._process is not None and self._process.returncode is None

    async def furnish(self, team: Sequence[Person]) -> None:
        """Make the tenants and the people of them; before the first start, as nobody else may have the database."""
        async with Standalone(self.database_url) as opened:
            desks = {slug: await opened.create_tenant(slug, slug.title()) for slug in sorted({p.tenant for p in team})}
            await asyncio.gather(*(_hire(desks[person.tenant], person) for person in team))

    # -- from start to end ---------------------------------------------------------------------------------------------

    async def start(self, *, within: float = 30) -> None:
        """Run it and wait until it is ready; PremisesError where it ends instead, or takes longer."""
        with self.log_path.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-c", "from server.__main__ import main; main()", "serve", cwd=self.folder,
                env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        self.starts += 1
        try:
            async with asyncio.timeout(within):
                await self._until_ready()
        except TimeoutError:
            raise PremisesError(f"the server was not ready within {within:g} s: {self.last_words()}") from None

    async def ended(self) -> int:
        """Wait for it to end, however it comes to that; the exit code, negative for a signal."""
        if self._process is None:
            raise PremisesError("the server was never started")
        return await self._process.wait()

    async def kill(self) -> None:
        """SIGKILL, and wait for the end; nothing where it does not run."""
        self._signal(signal.SIGKILL)
        if self._process is not None:
            await self.ended()

    async def stop(self) -> int:
        """SIGTERM, and wait for the end; the exit code. PremisesError where it goes on longer than it may (O7)."""
        self._signal(signal.SIGTERM)
        try:
            return await asyncio.wait_for(self.ended(), STOP_S)
        except TimeoutError:
            raise PremisesError(f"the server did not stop within {STOP_S:g} s: {self.last_words()}") from None

    async def pause(self, seconds: float) -> None:
        """SIGSTOP, and SIGCONT after a while: as on a machine whose processor is wanted elsewhere."""
        self._signal(signal.SIGSTOP)
        try:
            await asyncio.sleep(seconds)
        finally:
            self._signal(signal.SIGCONT)

    # -- seen from outside ---------------------------------------------------------------------------------------------

    async def is_ready(self) -> bool:
        """Whether `/readyz` says so, asked past the proxy."""
        with suppress(ClientError, TimeoutError):
            async with _asking() as http, http.get(f"{self.url}/readyz") as answer:
                return answer.status == 200
        return False

    async def until_ready(self, *, starts: int = 0) -> None:
        """Wait until it is ready, having been started so often at least, by whomever."""
        # Another process sets no event of ours.
        while self.starts < starts or not self.is_running or not await self.is_ready():  # noqa: ASYNC110  # no event tells it
            await asyncio.sleep(ASK_AGAIN_S)

    async def metrics(self) -> dict[str, float]:
        """What `/metrics` says: `name{label="value"}` → figure; names without labels stand alone."""
        async with _asking() as http, http.get(f"{self.url}/metrics") as answer:
            text = await answer.text()
        samples = (sample for family in text_string_to_metric_families(text) for sample in family.samples)
        return {_named(sample.name, sample.labels): sample.value for sample in samples}

    def rss(self) -> int:
        """Bytes resident; 0 where it does not run, or where the system has no /proc to say so."""
        if self._process is None or not self.is_running:
            return 0
        with suppress(OSError):
            lines = Path(f"/proc/{self._process.pid}/status").read_text().splitlines()
            return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS")), 0)
        return 0

    def last_words(self) -> str:
        """The end of the log, of all starts."""
        return self.log_path.read_text(errors="replace")[-SAID:].strip() if self.log_path.exists() else ""

    async def _until_ready(self) -> None:
        while not await self.is_ready():
            if not self.is_running:
                raise PremisesError(f"the server ended instead of starting: {self.last_words()}")
            await asyncio.sleep(ASK_AGAIN_S)

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self.is_running:
            with suppress(ProcessLookupError):
                self._process.send_signal(number)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody serves on now, below those that the system gives to connections: a server that is
    away for a moment must find its own again. Processes that run side by side look in different places."""
    for port in range(10_000 + os.getpid() * 37 % 20_000, 32_000):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise PremisesError("no port is free")


async def _hire(desk: Desk, person: Person) -> None:
    fields = {"id": person.id, "email": person.email, "display_name": person.name.title(), "role": person.role}
    await desk.do(SYSTEM, "create_user", None, **fields, password=PASSWORD)


def _named(name: str, labels: Mapping[str, str]) -> str:
    said = ",".join(f'{key}="{value}"' for key, value in labels.items())
    return f"{name}{{{said}}}" if said else name


@asynccontextmanager
async def _asking() -> AsyncIterator[ClientSession]:
    async with ClientSession(timeout=ClientTimeout(5)) as http:
        yield http
