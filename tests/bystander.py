"""A bystander: one who only listens, at any door that tells, and so cheaply that a test can have a crowd of them.

He keeps the bytes of what he is told as they came; bytes that another of the same crowd was told too are kept once. He
can stop reading, with little room in his own network, and come back later with the cursor he has (PROTOCOL section 5).
"""

import asyncio
import json
import re
import socket
import struct
from collections.abc import Callable, Iterator
from typing import Any, Protocol, Self

from network import PATIENCE, SIGNALS, seq_of

SMALL = 4096  # bytes that the network of one who will not read holds for him
TEXT, CLOSE, PING, PONG = 0x81, 0x88, 0x89, 0x8A
REPLIES = {PING: PONG, CLOSE: CLOSE}
UNHEARD = frozenset((*SIGNALS, ""))
ABOUT_THE_FEED = frozenset(("ready", "cursor", "snapshot_required", "server_draining", "session_ended", "ack", "error"))


class Door(Protocol):
    """How a door is spoken to, and how it speaks."""

    name: re.Pattern[bytes]

    def request(self, token: str, cursor: str | None) -> list[str]:
        """The lines of the request that opens it."""

    def greeting(self, token: str, cursor: str | None) -> bytes:
        """What is said as soon as it is open."""

    def cut(self, buffer: bytearray, answer: Callable[[bytes], None]) -> Iterator[bytes]:
        """The whole messages at the head of the buffer, which are taken out of it."""

    def read(self, message: bytes) -> tuple[Any, Any]:
        """(data, meta) of a message with a name."""


def masked(content: bytes, kind: int = TEXT) -> bytes:
    """A frame as clients send it; a mask of zeros is a mask."""
    size = len(content)
    head = struct.pack("!BB", kind, 0x80 | size) if size < 126 else struct.pack("!BBH", kind, 0xFE, size)
    return head + bytes(4) + content


class WebSocketDoor:
    """What both have that speak through a WebSocket."""

    path: str

    def request(self, token: str, cursor: str | None) -> list[str]:
        upgrade = ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"]
        return [f"GET {self.path} HTTP/1.1", *upgrade, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]

    def cut(self, buffer: bytearray, answer: Callable[[bytes], None]) -> Iterator[bytes]:
        place = 0
        while (span := self._span(buffer, place)) is not None:
            content, kind = bytes(buffer[span]), buffer[place]
            place = span.stop
            if kind in REPLIES:
                answer(masked(content, REPLIES[kind]))
            elif content == b"2":
                answer(masked(b"3"))
            elif kind == TEXT:
                yield content
        del buffer[:place]

    def _span(self, buffer: bytearray, place: int) -> slice | None:
        """Where the content of the frame at `place` stands, once all of it is there."""
        if len(buffer) < place + 2:
            return None
        size, start = buffer[place + 1], place + 2
        if size > 125:
            start += 2 if size == 126 else 8
            size = int.from_bytes(buffer[place + 2 : start])
        return slice(start, start + size) if len(buffer) >= start + size else None


class SocketIo(WebSocketDoor):
    """Socket.IO over a WebSocket."""

    path = "/socket.io/?EIO=4&transport=websocket"
    name = re.compile(rb'42\["(\w+)"')

    def greeting(self, token: str, cursor: str | None) -> bytes:
        return masked(b"40" + json.dumps({"token": token, "cursor": cursor}).encode())

    def read(self, message: bytes) -> tuple[Any, Any]:
        _, data, meta = (*json.loads(message[2:]), None)[:3]
        return data, meta


class PlainWebSocket(WebSocketDoor):
    """A bare WebSocket that speaks JSON."""

    path = "/ws"
    name = re.compile(rb'\{"type":"(\w+)"')

    def greeting(self, token: str, cursor: str | None) -> bytes:
        return masked(json.dumps({"type": "auth", "token": token, "since": cursor}).encode())

    def read(self, message: bytes) -> tuple[Any, Any]:
        said = json.loads(message)
        return said["data"], said.get("meta")


class EventStream:
    """Server-sent events; HTTP 1.0, which has no chunks."""

    name = re.compile(rb"(?:.*\n)*?event: (\w+)")

    def request(self, token: str, cursor: str | None) -> list[str]:
        held = [] if cursor is None else [f"Last-Event-ID: {cursor}"]
        return ["GET /api/tenants/main/realtime HTTP/1.0", f"Authorization: Bearer {token}", *held]

    def greeting(self, token: str, cursor: str | None) -> bytes:
        return b""

    def cut(self, buffer: bytearray, answer: Callable[[bytes], None]) -> Iterator[bytes]:
        *messages, rest = bytes(buffer).split(b"\n\n")
        buffer[:] = rest
        yield from messages

    def read(self, message: bytes) -> tuple[Any, Any]:
        said = json.loads(message[message.index(b"data: ") + 6 :])
        return (said["data"], said["meta"]) if "meta" in said else (said, None)


DOORS: dict[str, Door] = {"Socket.IO": SocketIo(), "plain WebSocket": PlainWebSocket(), "SSE": EventStream()}


class Bystander(asyncio.Protocol):
    """One connection. `told` holds (name, message) of all that was told, signals apart (F6), `records` the messages that
    tell of records; `is_lost`: it has ended."""

    def __init__(self, door: str, port: int, token: str, cursor: str | None, seen: dict[bytes, bytes]) -> None:
        self.door, self._door = door, DOORS[door]
        self._port, self._token, self._from = port, token, cursor
        self._seen = seen
        self._buffer = bytearray()
        self._is_open = self.is_lost = False
        self._changed = asyncio.Event()
        self._transport: Any = None
        self.told: list[tuple[str, bytes]] = []
        self.records: list[bytes] = []

    @classmethod
    async def arrives(
        cls, door: str, port: int, token: str, cursor: str | None = None, *,
        seen: dict[bytes, bytes] | None = None, is_small: bool = False,
    ) -> Self:  # fmt: skip
        """Connected, and told all that was missed since the cursor. `seen`: what the crowd has been told, once each."""
        endpoint = socket.socket()
        if is_small:
            endpoint.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
        endpoint.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(endpoint, ("127.0.0.1", port))
        listener = cls(door, port, token, cursor, {} if seen is None else seen)
        await loop.create_connection(lambda: listener, sock=endpoint)
        await listener.until(lambda: listener.first("ready"))
        return listener

    # -- what he does ----------------------------------------------------------------------------------------------

    def stops_reading(self) -> None:
        """From now on what arrives stays in the network."""
        self._transport.pause_reading()

    def reads_on(self) -> None:
        """Take what is there, and what comes."""
        self._transport.resume_reading()

    def leaves(self) -> None:
        """End it at once."""
        if self._transport is not None:
            self._transport.abort()

    async def until(self, condition: Callable[[], Any]) -> Any:
        """Wait until something told makes this true; what it was."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not (found := condition()):
                    self._changed.clear()
                    await self._changed.wait()
                return found
        except TimeoutError:
            raise AssertionError(f"waited in vain; the last told: {[name for name, _ in self.told[-20:]]}") from None

    async def hears(self, count: int) -> None:
        """Wait until so many events of records have come since he came."""
        await self.until(lambda: len(self.records) >= count)

    # -- what he was told ------------------------------------------------------------------------------------------

    @property
    def events(self) -> list[tuple[str, Any, Any]]:
        """(name, data, meta) of what was told of records."""
        return [(self._name(said), *self._door.read(said)) for said in self.records]

    @property
    def seqs(self) -> list[int]:
        """Where in the journal these stand."""
        return [seq_of(meta["cursor"]) for _, _, meta in self.events]

    @property
    def cursor(self) -> str:
        """His place, as the last word with a cursor says it (F5)."""
        said = (self._door.read(message) for _, message in reversed(self.told))
        return next(str((meta or data)["cursor"]) for data, meta in said if "cursor" in (meta or data))

    def first(self, name: str) -> Any:
        """The data of the first message of this name."""
        return next((self._door.read(message)[0] for each, message in self.told if each == name), None)

    # -- the network's side ----------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        lines = [*self._door.request(self._token, self._from), f"Host: 127.0.0.1:{self._port}", "", ""]
        self._transport.write("\r\n".join(lines).encode())

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._is_open and (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            assert b" 101 " in self._buffer[:16] or b" 200 " in self._buffer[:16], bytes(self._buffer)
            del self._buffer[: end + 4]
            self._is_open = True
            self._transport.write(self._door.greeting(self._token, self._from))
        if self._is_open:
            for message in self._door.cut(self._buffer, self._transport.write):
                self._take(message)
            self._changed.set()

    def _take(self, message: bytes) -> None:
        name = self._name(message)
        if name not in UNHEARD:
            self.told.append((name, self._seen.setdefault(message, message)))
            if name not in ABOUT_THE_FEED:
                self.records.append(self.told[-1][1])

    def _name(self, message: bytes) -> str:
        found = self._door.name.match(message)
        return found[1].decode() if found is not None else ""

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_lost = True
        self._changed.set()
