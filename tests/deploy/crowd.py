"""A hundred people at once, behind the proxies: each listens on a plain WebSocket, one in ten writes, and all come back by
themselves when they are cut off, as the board does. How long they were away, and whether anything was lost or doubled.
"""

import asyncio
import json
import ssl
import statistics
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientError, ClientSession, DummyCookieJar, TCPConnector, WSMsgType
from network import PATIENCE, seq_of
from premises import PASSWORD
from proxies import Front

NAMES = ("alice", "dora", "bob", "carol", "fred")
WRITES, PAUSE_S, AGAIN_S = 10, 0.05, 0.05


class Member:
    """One of them. `seqs` are those of the entries told, in order; `acks` are by op_id."""

    def __init__(self, number: int, http: ClientSession, front: Front, token: str, trust: ssl.SSLContext) -> None:
        self._number, self._http, self._address = number, http, f"{front.url}/ws"
        self._way: dict[str, Any] = {"headers": {"Authorization": f"Bearer {token}"}, "ssl": trust}
        self.cursor: str | None = None
        self.seqs: list[int] = []
        self.op_ids: list[str | None] = []
        self.acks: dict[str, Any] = {}
        self.away: list[float] = []
        self.resumed: list[bool] = []
        self.is_here = asyncio.Event()
        self.leaves = False
        self._socket: Any = None
        self._delay = self._left = 0.0
        self._asked: dict[str, asyncio.Future[Any]] = {}

    async def lives(self) -> None:
        """Connect, listen, and again: after the delay that the server has asked for."""
        while not self.leaves:
            try:
                await self._listens()
            except (ClientError, ConnectionError):
                await asyncio.sleep(AGAIN_S)
            if self.is_here.is_set():
                self.is_here.clear()
                self._left = time.monotonic()
                await asyncio.sleep(0 if self.leaves else self._delay)
            for future in self._asked.values():
                future.cancel()
            self._asked.clear()

    async def _listens(self) -> None:
        since = f"?since={self.cursor}" if self.cursor else ""
        async with self._http.ws_connect(self._address + since, **self._way) as self._socket:
            async for message in self._socket:
                if message.type == WSMsgType.TEXT:
                    self._told(json.loads(message.data))

    def _told(self, said: Any) -> None:
        known = {"ready": self._ready, "cursor": self._moved, "server_draining": self._sent_away, "ack": self._answered}
        if "meta" in said:
            self.cursor = said["meta"]["cursor"]
            self.seqs.append(seq_of(said["meta"]["cursor"]))
            self.op_ids.append(said["meta"].get("op_id"))
        elif said["type"] in known:
            known[said["type"]](said)

    def _ready(self, said: Any) -> None:
        self._moved(said)
        if self._left:
            self.away.append(time.monotonic() - self._left)
            self.resumed.append(said["data"]["resumed"])
        self.is_here.set()

    def _moved(self, said: Any) -> None:
        self.cursor = said["data"]["cursor"]

    def _sent_away(self, said: Any) -> None:
        self._delay = said["data"]["reconnect_in_ms"] / 1000

    def _answered(self, said: Any) -> None:
        future = self._asked.pop(said["ref"], None)
        if future is not None and not future.done():
            future.set_result(said)

    async def writes(self, done: asyncio.Event) -> None:
        """One call after the other, each until it is acknowledged, with one op_id."""
        while not done.is_set():
            op_id = f"{self._number}-{len(self.acks)}"
            while (ack := await self._asks(op_id)) is None or not ack["ok"]:
                assert ack is None or ack["error"]["retry"], ack
                await asyncio.sleep(AGAIN_S)
            self.acks[op_id] = ack
            await asyncio.sleep(PAUSE_S)

    async def _asks(self, op_id: str) -> Any:
        """The ack; None where the connection ended before it."""
        await self.is_here.wait()
        self._asked[op_id] = answer = asyncio.get_running_loop().create_future()
        data = {"title": op_id, "customer_name": "Ms. Gray", "op_id": op_id}
        try:
            await self._socket.send_json({"type": "create_call", "ref": op_id, "data": data})
            await asyncio.wait((answer,))
        except (ClientError, ConnectionError):
            return None
        return None if answer.cancelled() else answer.result()

    async def goes(self) -> None:
        self.leaves = True
        if self._socket is not None:
            await self._socket.close()


@dataclass(frozen=True)
class Account:
    """What a crowd has lived through: seconds away, and what must be nothing but `acknowledged`."""

    median: float
    longest: float
    cuts: int
    acknowledged: int
    with_a_gap_or_a_double: int
    lost_or_doubled: int
    not_resumed: int


class Crowd:
    """All of them."""

    def __init__(self, members: Sequence[Member]) -> None:
        self._members, self._writers = members, members[::WRITES]
        self._done = asyncio.Event()
        self._tasks = [asyncio.create_task(member.lives()) for member in members]
        self._writing = [asyncio.create_task(member.writes(self._done)) for member in self._writers]

    async def is_here(self) -> None:
        """Everybody is connected."""
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(member.is_here.wait() for member in self._members))

    async def was_away(self) -> None:
        """Everybody was cut off since the beginning, and is back."""
        await self._until(lambda: all(member.away for member in self._members))
        await self.is_here()

    async def has_written(self, more: int) -> None:
        """So many commands more are acknowledged."""
        since = self._acknowledged()
        await self._until(lambda: self._acknowledged() >= since + more)

    async def account(self) -> Account:
        """Nobody writes any more, and everybody has been told all of it."""
        self._done.set()
        await asyncio.wait_for(asyncio.gather(*self._writing), PATIENCE)
        head = max(member.seqs[-1] for member in self._members)
        await self._until(lambda: all(member.seqs[-1] >= head for member in self._members))
        away = [each for member in self._members for each in member.away]
        told = Counter(self._members[1].op_ids)  # who was here from the first command on
        op_ids = [op_id for writer in self._writers for op_id in writer.acks]
        return Account(
            statistics.median(away), max(away), len(away), len(op_ids),
            sum(member.seqs != list(range(member.seqs[0], head + 1)) for member in self._members),
            sum(told[op_id] != 1 for op_id in op_ids) + len(set(told) - set(op_ids)),
            sum(not all(member.resumed) for member in self._members),
        )  # fmt: skip

    async def goes(self) -> None:
        for task in self._writing:
            task.cancel()
        await asyncio.gather(*(member.goes() for member in self._members))
        await asyncio.gather(*self._tasks, *self._writing, return_exceptions=True)

    def _acknowledged(self) -> int:
        return sum(len(writer.acks) for writer in self._writers)

    async def _until(self, condition: Any) -> None:
        async with asyncio.timeout(PATIENCE):
            while not condition():  # noqa: ASYNC110  # there is no event for all of it
                await asyncio.sleep(AGAIN_S)


@asynccontextmanager
async def crowd(front: Front, size: int = 100) -> AsyncIterator[Crowd]:
    """So many people, all connected; gone at the end."""
    trust = front.certificate.trust
    async with ClientSession(connector=TCPConnector(limit=0, ssl=trust), cookie_jar=DummyCookieJar()) as http:
        tokens = [await _token(http, front, name) for name in NAMES]
        gathered = Crowd([Member(n, http, front, tokens[n % len(NAMES)], trust) for n in range(size)])
        try:
            await gathered.is_here()
            yield gathered
        finally:
            await gathered.goes()


async def _token(http: ClientSession, front: Front, name: str) -> str:
    body = {"email": f"{name}@example.com", "password": PASSWORD}
    async with http.post(f"{front.url}/api/login", json=body) as answer:
        return str((await answer.json())["token"])
