"""A real server at work while others do their worst: people who create calls and hear of them, and clients that never say
who they are (T8), stop reading (T9), answer pings nobody sent (T10) or send attachments (T11), all over real sockets.

    python tests/traps/siege.py --workers 20 --silent 2000 --seconds 20
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

sys.path.insert(0, str(Path(__file__).parents[1]))

import aiohttp
from network import sign_in
from premises import TEAM, copy_of, furnish
from program import Program, a_program
from rawsocket import RawSocket

from events.catalog import discover

PATIENCE = 60.0
ENDS = (asyncio.IncompleteReadError, ConnectionError, TimeoutError)
ATTACHMENT = '459999999999-["x"]'
BINARY = b"\x82\xff" + (900_000).to_bytes(8, "big") + bytes(4 + 900_000)


@dataclass
class Report:
    """What came of it. Memory in MiB."""

    answered: int = 0
    seconds: float = 0.0
    longest_s: float = 0.0
    gaps: int = 0
    cut: int = 0
    before: float = 0.0
    most: float = 0.0
    after: float = 0.0
    figures: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Work:
    """How many work, how much each says in a command, and how long he waits before the next."""

    workers: int
    size: int = 3_900
    pause_s: float = 0.0


class Worker:
    """One who creates calls, each when the one before is answered, and, where he listens, hears of all there are."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, work: "Work", *, listens: bool) -> None:
        self.socket, self.work, self.listens = socket, work, listens
        self.created: list[str] = []
        self.heard: dict[str, int] = {}
        self.longest = 0.0
        self._ack: asyncio.Future[Any] | None = None
        self._reading: asyncio.Task[None]

    @classmethod
    async def comes(cls, http: aiohttp.ClientSession, url: str, token: str, work: "Work", *, listens: bool) -> Self:
        worker = cls(await http.ws_connect(f"{url}/ws", max_msg_size=0), work, listens=listens)
        await worker.socket.send_json({"type": "auth", "token": token, "resources": ["calls"] if listens else []})
        ready = asyncio.get_running_loop().create_future()
        worker._reading = asyncio.create_task(worker._read(ready))
        await asyncio.wait_for(ready, PATIENCE)
        return worker

    async def _read(self, ready: asyncio.Future[None]) -> None:
        async for message in self.socket:
            said = json.loads(message.data)
            if said["type"] == "ready":
                ready.set_result(None)
            elif said["type"] == "ack" and self._ack is not None:
                self._ack.set_result(said)
            elif "meta" in said:
                self.heard[said["data"]["id"]] = int(said["meta"]["cursor"].rpartition(".")[2])

    async def works(self, is_over: asyncio.Event) -> None:
        """Every command must be answered, and well."""
        call = {"title": "No power", "customer_name": "Ms. Gray", "description": "x" * self.work.size}
        while not is_over.is_set():
            self._ack, begun = asyncio.get_running_loop().create_future(), time.monotonic()
            await self.socket.send_json({"type": "create_call", "ref": 1, "data": call})
            said = await asyncio.wait_for(self._ack, PATIENCE)
            assert said["ok"], said
            self.created.append(said["data"]["id"])
            self.longest = max(self.longest, time.monotonic() - begun)
            await asyncio.sleep(self.work.pause_s)

    async def leaves(self) -> None:
        await self.socket.close()
        await self._reading

    def gaps(self, created: set[str]) -> int:
        """How much of what was created it was not told, or in another order."""
        seqs = list(self.heard.values())
        return len(created - self.heard.keys()) + (seqs != sorted(seqs)) if self.listens else 0


# -- those who do their worst: each until `is_over`, and returns how often it was cut ------------------------------------

Bad = Callable[[int, str, asyncio.Event], Awaitable[int]]


async def deaf(port: int, token: str, is_over: asyncio.Event) -> int:
    """T9: takes nothing of what it is told."""
    raw = await RawSocket.connected(port, {"token": token})
    await is_over.wait()
    return await _is_gone(raw)


async def deaf_but_answers(port: int, token: str, is_over: asyncio.Event) -> int:
    """T10: the same, and says ten times a second that it is there."""
    raw = await RawSocket.connected(port, {"token": token})
    while not is_over.is_set():
        raw.say("3")
        with suppress(TimeoutError):
            await asyncio.wait_for(is_over.wait(), 0.1)
    return await _is_gone(raw)


async def _is_gone(raw: RawSocket) -> int:
    """1 where the server has ended it: there is an end to what it can be told."""
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                await raw.hear()
    except TimeoutError:
        return 0
    except ENDS:
        return 1
    finally:
        raw.close()


async def attaches(port: int, token: str, is_over: asyncio.Event) -> int:
    """T11: announces attachments and sends them, and comes again when it is cut."""
    cut = 0
    while not is_over.is_set():
        raw = await RawSocket.connected(port, {"token": token})
        while not (await raw.hear()).startswith("40"):
            pass
        raw.say(ATTACHMENT)
        with suppress(*ENDS):
            for _ in range(20):
                if raw._writer.is_closing():
                    break
                raw._writer.write(BINARY)
                await asyncio.wait_for(raw._writer.drain(), PATIENCE)
        cut += await _is_gone(raw)
        await asyncio.sleep(0.05)
    return cut


async def silent(port: int, number: int) -> int:
    """T8: comes by one of the doors and never says who it is; 1 when it has been left."""
    handshake = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    websocket = f"HTTP/1.1\r\nHost: localhost\r\n{handshake}Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    words = (
        "", "GET / HTTP/1.1\r\nHost: loc", f"GET /ws {websocket}", f"GET /socket.io/?EIO=4&transport=websocket {websocket}",
        "POST /api/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{",
    )  # fmt: skip
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
    writer.write(words[number % len(words)].encode())
    try:
        async with asyncio.timeout(PATIENCE):
            while await reader.read(1024):
                pass
    except TimeoutError:
        return 0
    except ENDS:
        return 1
    finally:
        writer.close()
    return 1


# -- all of it -----------------------------------------------------------------------------------------------------------


async def siege(
    program: Program, work: Work, bad: Sequence[Bad], silents: int, is_enough: Callable[[Report], bool]
) -> Report:
    """Work until it is enough; the report is looked at twice a second, with the server's own figures."""
    report, is_over = Report(), asyncio.Event()
    async with aiohttp.ClientSession() as http:
        tokens = [await sign_in(http, program.url, name) for name in TEAM if name not in {"vera", "bob", "carol"}]
        team = [
            await Worker.comes(http, program.url, tokens[number % len(tokens)], work, listens=number < 5)
            for number in range(work.workers)
        ]
        working = [asyncio.create_task(worker.works(is_over)) for worker in team]
        await asyncio.sleep(1)
        report.before = memory(program, "VmRSS")
        begun = time.monotonic()
        worst = [asyncio.create_task(each(program.port, tokens[0], is_over)) for each in bad]
        worst += [asyncio.create_task(silent(program.port, number)) for number in range(silents)]
        while not is_enough(report):
            await asyncio.sleep(0.5)
            for task in working:
                if task.done():
                    task.result()
            report.seconds, report.figures = time.monotonic() - begun, await figures(http, program)
            report.most = max(report.most, memory(program, "VmRSS"))
        is_over.set()
        await asyncio.gather(*working)
        report.cut = sum(await asyncio.gather(*worst))
        created = {call for worker in team for call in worker.created}
        await _all_heard(team, created)
        report.answered, report.longest_s = len(created), max(worker.longest for worker in team)
        report.gaps = sum(worker.gaps(created) for worker in team)
        report.figures = await figures(http, program)
        await asyncio.gather(*(worker.leaves() for worker in team))
    report.after = memory(program, "VmRSS")
    return report


async def _all_heard(team: Sequence[Worker], created: set[str]) -> None:
    """What has been answered may still be on its way to others."""
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while any(worker.listens and created - worker.heard.keys() for worker in team):  # noqa: ASYNC110
                await asyncio.sleep(0.05)


async def figures(http: aiohttp.ClientSession, program: Program) -> dict[str, float]:
    """The server's own figures, by name and labels."""
    async with http.get(f"{program.url}/metrics") as answer:
        lines = [line for line in (await answer.text()).splitlines() if line.startswith("callboard_")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def memory(program: Program, which: str) -> float:
    """MiB of the process."""
    said = Path(f"/proc/{program.pid}/status").read_text()
    return int(said.partition(f"{which}:")[2].split()[0]) / 1024


def total(figures: dict[str, float], name: str, *labels: str) -> float:
    """The sum of all that have this name and these labels."""
    return sum(value for key, value in figures.items() if key.startswith(name) and all(each in key for each in labels))


async def _main(asked: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as folder:
        furnished = Path(folder) / "furnished.db"
        furnish(f"sqlite:///{furnished}", discover(()))
        place = copy_of(furnished, Path(folder))
        async with a_program(place) as program:
            await program.starts()
            work = Work(asked.workers, asked.size, asked.pause_ms / 1000)
            bad = [(deaf, deaf_but_answers, attaches)[number % 3] for number in range(asked.bad)]
            report = await siege(program, work, bad, asked.silent, lambda so_far: so_far.seconds > asked.seconds)
            await asyncio.sleep(asked.rest)
            report.after = memory(program, "VmRSS")
            shown = ("callboard_refused", "callboard_connections_cut")
            report.figures = {name: value for name, value in report.figures.items() if value and name.startswith(shown)}
            print(f"{report.answered / report.seconds:.0f} commands/s;", report)  # noqa: T201


if __name__ == "__main__":
    os.environ.setdefault("LANG", "C.UTF-8")
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (
        ("workers", 20),
        ("bad", 0),
        ("silent", 0),
        ("seconds", 20),
        ("rest", 5),
        ("size", 3_900),
        ("pause-ms", 0),
    ):
        parser.add_argument(f"--{name}", type=int, default=default)
    asyncio.run(_main(parser.parse_args()))
