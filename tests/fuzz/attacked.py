"""A server under attack, and those who must not notice: three people who listen at three doors and one who writes.

What attacks it is generated; what is asserted afterwards is always the same (`Attacked.stands`).
"""

import asyncio
import os
from collections.abc import Awaitable, Iterable
from pathlib import Path
from typing import Any, Self

import aiohttp
from bystander import DOORS, Bystander
from network import PATIENCE, seq_of, sign_in
from program import Program

MOST_GROWTH = 192 * 2**20  # bytes that the server may have grown by since it was first at rest
LOOK_AFTER = 25  # examples
LONGEST_S = 10  # that long any answer may take, whatever else is asked
WRITER, ATTACKERS = "dora", ("alice", "bob", "vera")
CODES = frozenset(
    ("unknown", "too_large", "unauthenticated", "rate_limited", "not_found", "forbidden", "invalid", "conflict", "refused",
    "taken", "snapshot_required", "unavailable")
)  # fmt: skip
"""What a refusal may say; `internal` is none of them."""
TROUBLE = ("Traceback", "never retrieved", "never awaited", "unforeseen", '"level": "error"', '"critical"')


class Attacked:
    """One server process. `inputs` counts what was thrown at it."""

    def __init__(self, program: Program) -> None:
        self.program, self.inputs = program, 0
        self.http = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        self.tokens: dict[str, str] = {}
        self.listeners: list[Bystander] = []
        self.first = self._own = self._names = self._batches = 0
        self.begun_at = ""
        self.seqs: list[int] = []

    # -- being there -----------------------------------------------------------------------------------------------

    async def begins(self, *people: str) -> Self:
        """Everybody is signed in, those who listen listen, and what is normal is known."""
        for name in (WRITER, *people):
            await self.signs_in(name)
        for door in DOORS:
            self.listeners.append(await Bystander.arrives(door, self.program.port, self.tokens[WRITER]))
        self.begun_at = self.listeners[0].cursor
        for _ in range(20):
            await self._writes()
        self._own, self.first = self.sockets(), self.resident()
        return self

    async def signs_in(self, name: str) -> None:
        self.tokens[name] = await sign_in(self.http, self.program.url, name)

    async def ends(self) -> None:
        for listener in self.listeners:
            listener.leaves()
        await self.http.close()

    @property
    def address(self) -> tuple[str, int]:
        return "127.0.0.1", self.program.port

    def token(self, name: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens[name]}"}

    # -- looking at it from outside ------------------------------------------------------------------------------------

    def resident(self) -> int:
        """Bytes of memory that the server has."""
        pages = int(Path(f"/proc/{self.program.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def sockets(self) -> int:
        """Sockets that the server holds."""
        folder = f"/proc/{self.program.pid}/fd"
        return sum(_target(f"{folder}/{name}").startswith("socket:") for name in os.listdir(folder))  # noqa: PTH208

    async def cursor(self) -> str:
        """How far the journal of our team has come."""
        async with self.http.get(f"{self.program.url}/api/me", headers=self.token(WRITER)) as answer:
            return str((await answer.json())["cursor"])

    # -- what must be true ---------------------------------------------------------------------------------------------

    async def took(self, inputs: int) -> None:
        """So much more was thrown at it; now and then everything is looked at."""
        self.inputs, self._batches = self.inputs + inputs, self._batches + 1
        self.says_nothing_is_wrong()
        if self._batches % LOOK_AFTER == 0:
            await self.stands()

    async def stands(self) -> None:
        """Nobody else has noticed anything, and nothing is left of it."""
        self.says_nothing_is_wrong()
        async with asyncio.timeout(PATIENCE):
            await self._is_alive()
            for name in self.tokens:
                await self._is_signed_in(name)
            await self._is_told(await self._writes())
            await self._has_let_go()
        self.says_nothing_is_wrong()
        assert self.resident() - self.first < MOST_GROWTH

    async def _has_let_go(self) -> None:
        """It holds no more sockets than at rest."""
        try:
            while self.sockets() > self._own:
                await self._is_alive()
        except asyncio.CancelledError:
            raise AssertionError(f"{self.sockets()} sockets, {self._own} at rest") from None

    def says_nothing_is_wrong(self) -> None:
        """No failure in the log that nobody foresaw."""
        said = [*self.program.out, *self.program.err]
        assert self.program.is_running, said[-20:]
        self.program.out.clear()
        self.program.err.clear()
        wrong = [line for line in said if any(word in line for word in TROUBLE)]
        assert not wrong, "\n".join(wrong)

    async def _is_alive(self) -> None:
        async with self.http.get(f"{self.program.url}/healthz") as answer:
            assert answer.status == 200

    async def _is_signed_in(self, name: str) -> None:
        """Still: what strangers say is soon refused."""
        async with self.http.get(f"{self.program.url}/api/me", headers=self.token(name)) as answer:
            assert answer.status == 200, name

    async def _writes(self) -> int:
        """The bystander's own command is answered; its place in the journal."""
        self._names += 1
        url, body = f"{self.program.url}/api/tenants/main/customers", {"name": f"Somebody {self._names}"}
        async with self.http.post(url, json=body, headers=self.token(WRITER)) as answer:
            assert answer.status == 201, await answer.text()
            return seq_of((await answer.json())["cursor"])

    async def _is_told(self, last: int) -> None:
        """Every listener has been told all up to there, with no gap and nothing twice: the same as who asks for it."""
        self.seqs += await self._seqs_since()
        assert self.seqs[-1] >= last
        for listener in self.listeners:
            await listener.hears(len(self.seqs))
            assert not listener.is_lost
            assert listener.seqs[: len(self.seqs)] == self.seqs, listener.door
            assert len(listener.seqs) == len(set(listener.seqs))
        self._forget()

    def _forget(self) -> None:
        """What has been compared need not be kept."""
        heard = len(self.seqs)
        for listener in self.listeners:
            del listener.records[:heard]
            del listener.told[:]
            listener._seen.clear()
        self.seqs.clear()

    async def _seqs_since(self) -> list[int]:
        """What one hears who asks what has changed since the last time."""
        found: list[int] = []
        more = True
        while more:
            url = f"{self.program.url}/api/tenants/main/changes"
            asked = {"since": self.begun_at}
            async with self.http.get(url, params=asked, headers=self.token(WRITER)) as answer:
                assert answer.status == 200, await answer.text()
                said = await answer.json()
            self.begun_at, more = said["cursor"], said["more"]
            found += [seq_of(event["meta"]["cursor"]) for event in said["events"]]
        return found


def _target(path: str) -> str:
    try:
        return os.readlink(path)  # noqa: PTH115
    except OSError:
        return ""


async def to_the_end(work: Awaitable[Any]) -> Any:
    """Wait for it, as long as an answer may take."""
    return await asyncio.wait_for(work, LONGEST_S)


def refusals(answers: Iterable[dict[str, Any]]) -> None:
    """Each answer is a yes, or a no with a code that the contract knows."""
    for answer in answers:
        assert answer["ok"] is True or answer["error"]["code"] in CODES, answer
