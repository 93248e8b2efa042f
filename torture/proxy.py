"""The network between the clients and the server: a TCP proxy of ours that can cut, hold, slow down and refuse.

Every client comes through it. A `Passage` is one connection with its two sides; `weather.py` picks some of them and does
to them what networks do. Nothing is read, changed or reordered: bytes pass, or they do not.
"""

import asyncio
import socket
import struct
from collections.abc import Collection
from contextlib import suppress

CHUNK = 16_384
KERNEL = 16_384  # bytes the system may keep for a side that is not read: else 4 MB, which hides a slow reader from the server
STEP_S = 0.05  # at most so long a slow passage rests at once
RESET = struct.pack("ii", 1, 0)  # SO_LINGER: whoever closes so sends RST instead of FIN

Side = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Passage:
    """One connection through the proxy. `client` is whose way in it came by, `port` the client's own."""

    def __init__(self, name: str, client: str, outer: Side, inner: Side) -> None:
        self.name, self.client = name, client
        self.port = int(outer[1].get_extra_info("peername")[1])
        self._outer, self._inner = outer, inner
        self._flows = asyncio.Event()
        self._flows.set()
        self._pace: float | None = None
        self._lost = False

    async def carry(self) -> None:
        """Carry both ways until both sides have ended, or one has gone."""
        (reads, writes), (asked, answers) = self._outer, self._inner
        ways = [asyncio.create_task(self._carry(*way)) for way in ((reads, answers), (asked, writes))]
        try:
            await asyncio.gather(*ways)
        except OSError:
            self.cut()
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            self._let_go()

    def cut(self) -> None:
        """RST to both sides: what is under way is lost."""
        self._flows.set()
        for _, writer in (self._outer, self._inner):
            _reset(writer)

    def close(self) -> None:
        """FIN to both sides, after what was taken already."""
        for _, writer in (self._outer, self._inner):
            writer.close()

    def half_open(self) -> None:
        """Carry nothing any more, and tell nobody: each side believes that the other is silent."""
        self._lost = True
        self._flows.clear()

    def hold(self) -> None:
        """Carry nothing until `release`."""
        self._flows.clear()

    def release(self) -> None:
        """Carry on, at full speed; a half-open passage stays what it is."""
        self._pace = None
        if not self._lost:
            self._flows.set()

    def slow(self, bytes_per_s: float) -> None:
        """Carry no more than this in a second, each way, until `release`."""
        self._pace = bytes_per_s

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while chunk := await reader.read(CHUNK):
            rest = memoryview(chunk)
            while rest:
                rest = await self._passed(rest, writer)
        await self._flows.wait()
        with suppress(OSError, RuntimeError):  # the other side has gone meanwhile
            writer.write_eof()

    async def _passed(self, rest: memoryview, writer: asyncio.StreamWriter) -> memoryview:
        """Carry as much as the pace lets pass at once; what is left."""
        most = len(rest)
        if self._pace is not None:
            most = max(1, int(self._pace * STEP_S))
            await asyncio.sleep(STEP_S)
        await self._flows.wait()
        writer.write(bytes(rest[:most]))
        await writer.drain()
        return rest[most:]

    def _let_go(self) -> None:
        for _, writer in (self._outer, self._inner):
            writer.close()


class Proxy:
    """Listens on ports of its own and connects whoever comes with `target_port` of 127.0.0.1."""

    def __init__(self, target_port: int) -> None:
        self.target_port, self.url = target_port, ""
        self._listening: list[asyncio.Server] = []
        self._open: dict[Passage, None] = {}
        self._coming: set[asyncio.Task[None]] = set()
        self._refuses, self._count = False, 0

    @property
    def connections(self) -> Collection[Passage]:
        """All that are open, the oldest first."""
        return tuple(self._open)

    async def start(self) -> None:
        """Open the way in that is everybody's."""
        self.url = await self.way("")

    async def way(self, client: str) -> str:
        """One more way in, for this client alone; its address without a slash at the end."""
        listening = socket.create_server(("127.0.0.1", 0))
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL)  # who is accepted inherits it
        server = await asyncio.start_server(lambda *side: self._come(client, side), sock=listening, limit=CHUNK)
        self._listening.append(server)
        return f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        """Close every way in, and cut who is inside."""
        for server in self._listening:
            server.close()
        self.cut_all()
        for coming in self._coming:
            coming.cancel()
        await asyncio.gather(*self._coming, return_exceptions=True)

    def cut_all(self) -> None:
        """RST to everybody."""
        for passage in self.connections:
            passage.cut()

    def refuse(self, on: bool) -> None:
        """Whether whoever comes is reset at once; who is inside stays."""
        self._refuses = on

    def _come(self, client: str, outer: Side) -> None:
        task = asyncio.create_task(self._carry(client, outer))
        self._coming.add(task)
        task.add_done_callback(self._coming.discard)

    async def _carry(self, client: str, outer: Side) -> None:
        inner = None if self._refuses else await self._connected()
        if inner is None:
            _reset(outer[1])
            return
        self._count += 1
        passage = Passage(f"p{self._count}", client, outer, inner)
        self._open[passage] = None
        try:
            await passage.carry()
        finally:
            self._open.pop(passage, None)

    async def _connected(self) -> Side | None:
        """The server's side of a new passage; None where nobody listens."""
        endpoint = socket.socket()
        endpoint.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, KERNEL)
        endpoint.setblocking(False)
        try:
            await asyncio.get_running_loop().sock_connect(endpoint, ("127.0.0.1", self.target_port))
            return await asyncio.open_connection(sock=endpoint, limit=CHUNK)
        except OSError:
            endpoint.close()
            return None


def _reset(writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    writer.transport.abort()
