"""Real JavaScript clients: socket.io-client in a Node process that holds a whole crowd of them (tests/clients)."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from network import Client

CLIENTS = Path(__file__).parent / "clients"
LONGEST_LINE = 16 * 2**20


class Crowd:
    """The Node process: hands each line to the client it is about."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._clients: dict[int, JavaScriptClient] = {}
        self.failure: Exception | None = None

    def enters(self, client: "JavaScriptClient") -> int:
        """A new member; his number."""
        self._clients[len(self._clients)] = client
        return len(self._clients) - 1

    def do(self, command: str, who: int, **arguments: Any) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": command, "who": who, **arguments}).encode() + b"\n")

    async def listen(self) -> None:
        """Until the process ends."""
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            said = json.loads(line)
            self._clients[said.pop("who")].reported(**said)


class JavaScriptClient(Client):
    """socket.io-client with these options, in the crowd; default transports are polling and then an upgrade."""

    def __init__(self, crowd: Crowd, *args: Any, **options: Any) -> None:
        super().__init__(*args)
        self._crowd, self._number, self._options = crowd, crowd.enters(self), options
        self.transport = ""

    async def open(self) -> None:
        options = {"reconnection": False, "reconnectionDelay": 200, "reconnectionDelayMax": 1000, **self._options}
        self._crowd.do("connect", self._number, url=self.url, options=options, **self.auth)

    def put(self, number: int, event: str, args: tuple[Any, ...]) -> None:
        self._crowd.do("emit", self._number, ref=number, event=event, args=args)

    async def close(self) -> None:
        self._crowd.do("close", self._number)
        await self.until(lambda: not self.is_open)

    def reported(self, kind: str, **said: Any) -> None:
        """One line of the process."""
        getattr(self, f"_on_{kind}")(**said)

    def _on_connect(self, transport: str) -> None:
        self.transport = transport
        self.connected()

    def _on_event(self, event: str, args: list[Any]) -> None:
        self.told(event, *args)

    def _on_ack(self, ref: int, answer: Any) -> None:
        self.answered(ref, answer)

    def _on_disconnect(self, reason: str) -> None:
        self.disconnected(reason)

    def _on_connect_error(self, message: str, data: Any) -> None:
        self.refused(message, data)


@asynccontextmanager
async def a_crowd() -> AsyncIterator[Crowd]:
    process = await asyncio.create_subprocess_exec(
        "node", "crowd.mjs", cwd=CLIENTS, limit=LONGEST_LINE,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    crowd = Crowd(process)
    listening = asyncio.create_task(crowd.listen())
    try:
        yield crowd
        if listening.done():
            listening.result()
    finally:
        if process.returncode is None:
            process.kill()
        await asyncio.gather(listening, return_exceptions=True)
        await process.communicate()
