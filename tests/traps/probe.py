"""What the trap tests share: our server and the stock one on a port of their own, and clients that say anything.

A probe is told by both servers' answers to the same bytes, so that every trap is shown to be one.
"""

import asyncio
import json
import socket as sockets
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

import aiohttp
import socketio
from aiohttp import WSMsgType, web

from server.guard import GuardedServer, Link, Refusal

PATIENCE = 5.0
CLIENTS = Path(__file__).parent.parent / "clients"


class Doorman:
    """A door that answers every event with what it heard, and remembers all that happens."""

    def __init__(self) -> None:
        self.asked: list[Link] = []
        self.links: list[Link] = []
        self.heard: list[tuple[str, list[Any]]] = []
        self.refused: list[tuple[int | None, str]] = []
        self.failures: list[Exception] = []
        self.ends: list[tuple[Link, str]] = []
        self.changed = asyncio.Event()
        self.on_connect: Callable[[Link, Any], Any] | None = None
        self.on_opened: Callable[[Link], None] | None = None
        self.on_event: Callable[[Link, str, list[Any], int | None], None] = self.answer
        self.gate = asyncio.Event()
        self.gate.set()

    def answer(self, link: Link, event: str, args: list[Any], packet_id: int | None) -> None:
        self.ack(link, packet_id, {"ok": True, "event": event, "args": args})

    def ack(self, link: Link, packet_id: int | None, answer: Any) -> None:
        if packet_id is not None:
            link.ack(packet_id, json.dumps(answer).encode())

    async def connect(self, link: Link, auth: Any) -> None:
        self.asked.append(link)
        self.changed.set()
        if self.on_connect is not None:
            await self.on_connect(link, auth)

    def opened(self, link: Link) -> None:
        self.links.append(link)
        if self.on_opened is not None:
            self.on_opened(link)
        self.changed.set()

    def received(self, link: Link, event: str, args: list[Any], packet_id: int | None) -> None:
        self.heard.append((event, args))
        self.changed.set()
        self.on_event(link, event, args, packet_id)

    def broken(self, link: Link, packet_id: int | None, reason: str) -> None:
        self.refused.append((packet_id, reason))
        self.changed.set()
        self.ack(link, packet_id, {"ok": False, "error": {"code": "invalid"}})

    def too_large(self, link: Link, packet_id: int | None) -> None:
        self.ack(link, packet_id, {"ok": False, "error": {"code": "too_large"}})

    def internal(self, link: Link, packet_id: int | None, error: Exception) -> None:
        self.failures.append(error)
        self.changed.set()
        self.ack(link, packet_id, {"ok": False, "error": {"code": "internal"}})

    def closed(self, link: Link, reason: str) -> None:
        self.ends.append((link, reason))
        self.changed.set()

    def ready_to_read(self, link: Link) -> Any:
        return None if self.gate.is_set() else self.gate.wait()

    async def until(self, condition: Callable[[], Any]) -> None:
        """Wait until something this door saw makes the condition true."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self.changed.clear()
                await self.changed.wait()


class Served:
    """A server on a port, and the clients that were opened to it."""

    def __init__(self, runner: web.AppRunner, sio: Any, door: Doorman | None) -> None:
        self.runner = runner
        self.sio = sio
        self.door = door
        self.http = aiohttp.ClientSession()
        self.clients: list[Raw] = []
        self.writers: list[asyncio.StreamWriter] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def port(self) -> int:
        return int(self.runner.addresses[0][1])

    @property
    def connections(self) -> int:
        """How many TCP connections, or requests that outlived them, the server holds."""
        assert self.runner.server is not None
        return len(self.runner.server.connections) + self.taken_over

    @property
    def transports(self) -> int:
        """How many of them are still there."""
        assert self.runner.server is not None
        held = sum(connection.transport is not None for connection in self.runner.server.connections)
        return held + self.taken_over

    @property
    def taken_over(self) -> int:
        """How many WebSockets our own engine holds."""
        return len(self.sio.eio.open) if self.door is not None else 0

    async def websocket(self, *, connect: Any = "40", **options: Any) -> "Raw":
        """A raw client by WebSocket, with the answer to CONNECT read unless connect is None."""
        raw = await self.upgrade({"EIO": "4", "transport": "websocket"}, **options)
        await raw.hear()
        if connect is not None:
            await raw.say(connect)
            await raw.hear()
        return raw

    async def upgrade(self, query: dict[str, str], **options: Any) -> "Raw":
        """A WebSocket on which nothing has been said yet."""
        url = f"{self.url}socket.io/"
        timeout = aiohttp.ClientWSTimeout(ws_close=1.0)
        ws = await self.http.ws_connect(url, params=query, max_msg_size=0, timeout=timeout, **options)
        self.clients.append(Raw(ws))
        return self.clients[-1]

    async def poller(self, *, connect: str | None = "40") -> "Poller":
        """A raw client by polling."""
        poller = Poller(self.http, f"{self.url}socket.io/")
        await poller.open()
        if connect is not None:
            await poller.say(connect)
            await poller.hear()
        return poller

    async def close(self) -> None:
        for writer in self.writers:
            writer.transport.abort()
        await asyncio.gather(*(client.ws.close() for client in self.clients))
        await self.http.close()
        await self.runner.cleanup()


class Raw:
    """A WebSocket on which any text can be said."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        self.ws = ws

    async def say(self, *texts: str) -> None:
        for text in texts:
            await self.ws.send_str(text)

    async def hear(self) -> str:
        message = await self.ws.receive(PATIENCE)
        assert message.type is WSMsgType.TEXT, f"the server closed: {self.ws.close_code}"
        return str(message.data)

    async def ack(self) -> Any:
        """What the next packet, an ack, says."""
        heard = await self.hear()
        assert heard.startswith("43"), heard
        return json.loads(heard[heard.index("[") :])[0]

    async def end(self) -> int | None:
        """Read until the server ends the connection: the close code, 1006 where there was none."""
        while True:
            message = await self.ws.receive(PATIENCE)
            if message.type in {WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR}:
                return self.ws.close_code

    async def hears_nothing(self, seconds: float = 0.3) -> bool:
        """True where the server says nothing for a while: how a stock server's missing answer looks."""
        try:
            return bool(await self.ws.receive(seconds) is None)
        except TimeoutError:
            return True


class Poller:
    """An Engine.IO session by HTTP requests."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self.http = http
        self.url = url
        self.query = {"EIO": "4", "transport": "polling"}

    async def open(self) -> None:
        self.query["sid"] = json.loads((await self.hear())[0][1:])["sid"]

    async def hear(self) -> list[str]:
        status, text = await self.get()
        assert status == 200, text
        return text.split("\x1e")

    async def get(self) -> tuple[int, str]:
        async with asyncio.timeout(PATIENCE), self.http.get(self.url, params=self.query) as answer:
            return answer.status, await answer.text()

    async def post(self, body: Any) -> tuple[int, str]:
        async with asyncio.timeout(PATIENCE), self.http.post(self.url, params=self.query, data=body) as answer:
            return answer.status, await answer.text()

    async def say(self, *packets: str) -> None:
        status, text = await self.post("\x1e".join(packets))
        assert status == 200, text


class JavaScript:
    """socket.io-client in a Node process of its own."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    def do(self, command: str, **arguments: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"do": command, **arguments}).encode() + b"\n")

    async def hears(self, kind: str, **members: Any) -> dict[str, Any]:
        """The next report of this kind with these members; others before it are passed over."""
        assert self.process.stdout is not None
        async with asyncio.timeout(4 * PATIENCE):
            while True:
                report: dict[str, Any] = json.loads(await self.process.stdout.readline())
                if report["kind"] == kind and members.items() <= report.items():
                    return report

    async def connects(self, url: str, **options: Any) -> Self:
        self.do("connect", url=url, options=options)
        await self.hears("connect")
        return self


@asynccontextmanager
async def javascript() -> AsyncIterator[JavaScript]:
    process = await asyncio.create_subprocess_exec(
        "node", "speaker.mjs", cwd=CLIENTS, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    try:
        yield JavaScript(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@asynccontextmanager
async def guarded(**options: Any) -> AsyncIterator[Served]:
    """Our server, with a Doorman."""
    door = Doorman()
    sio = GuardedServer(door, **{"allowed_origins": lambda origin, request: True, "linger": 1.0, **options})
    async with _serving(sio, door) as served:
        yield served
        await sio.drain(0.4)


@asynccontextmanager
async def stock(**options: Any) -> AsyncIterator[Served]:
    """python-socketio as it comes: `served.sio` takes handlers, `echo` and `boom` are there."""
    sio = socketio.AsyncServer(async_mode="aiohttp", **options)

    @sio.event
    async def connect(sid: str, environ: Any, auth: Any = None) -> None:
        pass

    @sio.event
    async def echo(sid: str, *args: Any) -> Any:
        return {"args": args}

    @sio.event
    async def boom(sid: str, *args: Any) -> Any:
        raise RuntimeError("boom")

    async with _serving(sio, None) as served:
        yield served
        await asyncio.gather(*(session.close(wait=False, abort=True) for session in list(sio.eio.sockets.values())))
        if sio.eio.service_task_handle is not None:
            await sio.shutdown()


@asynccontextmanager
async def _serving(sio: Any, door: Doorman | None) -> AsyncIterator[Served]:
    app = web.Application()
    sio.attach(app)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    served = Served(runner, sio, door)
    try:
        yield served
    finally:
        await served.close()


async def eventually(condition: Callable[[], Any]) -> None:
    """Wait for what no event tells: the state of a transport, of a library."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.005)


async def deaf(served: Served, *packets: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connected WebSocket client that never reads again after the CONNECT ack, with a small receive buffer."""
    endpoint = sockets.socket()
    endpoint.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
    endpoint.setblocking(False)
    await asyncio.get_running_loop().sock_connect(endpoint, ("127.0.0.1", served.port))
    reader, writer = await asyncio.open_connection(sock=endpoint, limit=1024)
    served.writers.append(writer)
    writer.write(
        b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
        b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    await reader.readuntil(b"\r\n\r\n")
    for packet in ("40", *packets):
        writer.write(masked(packet))
    return reader, writer


def masked(text: str) -> bytes:
    """A client's WebSocket text frame, masked with zeros."""
    content = text.encode()
    size = len(content)
    head = struct.pack("!BB", 0x81, 0x80 | size) if size < 126 else struct.pack("!BBH", 0x81, 0xFE, size)
    return head + bytes(4) + content


__all__ = [
    "Doorman",
    "JavaScript",
    "Link",
    "Poller",
    "Raw",
    "Refusal",
    "Served",
    "deaf",
    "eventually",
    "guarded",
    "javascript",
    "masked",
    "stock",
]
