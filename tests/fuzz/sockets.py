"""Three ways of saying anything at all to a server through which clients also send: no library stands in between."""

import asyncio
import json
import struct
from collections.abc import Sequence
from typing import Any, Protocol, Self

from attacked import Attacked, to_the_end

LAST = 999_999_999  # the ack id of the command that is sent last: its answer says that all others have theirs
HELLO = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


def framed(content: str | bytes, kind: int = 0x81, mask: bytes = b"mask") -> bytes:
    """One frame of a client; lone surrogates become the bytes that they would be, which is not UTF-8."""
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    size = len(data)
    if size < 126:
        head = struct.pack("!BB", kind, 0x80 | size)
    else:
        head = struct.pack("!BBH", kind, 0xFE, size) if size < 65_536 else struct.pack("!BBQ", kind, 0xFF, size)
    repeated = (mask * (size // 4 + 1))[:size]
    return head + mask + (int.from_bytes(data) ^ int.from_bytes(repeated)).to_bytes(size)


class WebSocket:
    """A WebSocket by hand."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def opened(cls, attacked: Attacked, path: str) -> Self:
        reader, writer = await asyncio.open_connection(*attacked.address)
        writer.write(HELLO.format(path=path).encode())
        head = await to_the_end(reader.readuntil(b"\r\n\r\n"))
        assert head.startswith(b"HTTP/1.1 101"), head
        return cls(reader, writer)

    def say(self, *frames: bytes) -> None:
        self._writer.write(b"".join(frames))

    async def hear(self) -> str | None:
        """The next text; None at the end."""
        try:
            return await to_the_end(self._next())
        except (asyncio.IncompleteReadError, ConnectionError):
            return None

    async def _next(self) -> str | None:
        while True:
            kind, size = await self._reader.readexactly(2)
            if size >= 126:
                size = int.from_bytes(await self._reader.readexactly(2 if size == 126 else 8))
            content = await self._reader.readexactly(size)
            if kind == 0x88:
                return None
            if kind == 0x81:
                return content.decode()

    async def rest(self) -> bytes:
        """Say no more, and hear what is still said until the server closes too."""
        try:
            if self._writer.can_write_eof():
                self._writer.write_eof()
            return await to_the_end(self._reader.read())
        except (OSError, RuntimeError):
            return b""

    def leave(self) -> None:
        self._writer.transport.abort()


class Way(Protocol):
    """A door through which packets can be thrown: what is answered to each, until the last has its answer or all is over."""

    async def throw(
        self, attacked: Attacked, who: str, packets: Sequence[str | bytes]
    ) -> list[tuple[Any, dict[str, Any]]]: ...


class SocketIo:
    """Socket.IO over a WebSocket."""

    path = "/socket.io/?EIO=4&transport=websocket"

    async def throw(
        self, attacked: Attacked, who: str, packets: Sequence[str | bytes]
    ) -> list[tuple[Any, dict[str, Any]]]:
        socket = await WebSocket.opened(attacked, self.path)
        try:
            socket.say(framed("40" + json.dumps({"token": attacked.tokens[who]})))
            socket.say(*(framed(each, 0x82 if isinstance(each, bytes) else 0x81) for each in packets))
            socket.say(framed(f'42{LAST}["count",{{"resource":"calls"}}]'))
            answers = []
            while (text := await socket.hear()) is not None:
                if text.startswith("43"):
                    answers.append(read_ack(text))
                    if answers[-1][0] == LAST:
                        break
            return answers
        finally:
            socket.leave()


class Polling:
    """Socket.IO over long-polling."""

    path = "/socket.io/?EIO=4&transport=polling"

    async def throw(
        self, attacked: Attacked, who: str, packets: Sequence[str | bytes]
    ) -> list[tuple[Any, dict[str, Any]]]:
        url = attacked.program.url + self.path
        async with attacked.http.get(url) as opened:
            assert opened.status == 200, await opened.text()
            url += "&sid=" + json.loads((await opened.read())[1:])["sid"]
        said: list[str | bytes] = ["40" + json.dumps({"token": attacked.tokens[who]})]
        said += [*packets, f'42{LAST}["count",{{"resource":"calls"}}]']
        body = b"\x1e".join(each.encode("utf-8", "surrogatepass") if isinstance(each, str) else each for each in said)
        async with attacked.http.post(url, data=body) as answer:
            assert answer.status in {200, 400, 413}, await answer.text()
        answers: list[tuple[Any, dict[str, Any]]] = []
        while not answers or answers[-1][0] != LAST:
            async with attacked.http.get(url) as polled:
                if polled.status != 200:
                    break
                texts = (await polled.text()).split("\x1e")
            answers += [read_ack(text) for text in texts if text.startswith("43")]
            if "1" in texts:
                break
        async with attacked.http.post(url, data=b"41") as answer:
            assert answer.status in {200, 400}
        return answers


class PlainWebSocket:
    """The plain WebSocket: `packets` are its messages."""

    path = "/ws"

    async def throw(
        self, attacked: Attacked, who: str, packets: Sequence[str | bytes]
    ) -> list[tuple[Any, dict[str, Any]]]:
        socket = await WebSocket.opened(attacked, self.path)
        try:
            socket.say(framed(json.dumps({"type": "auth", "token": attacked.tokens[who]})))
            socket.say(*(framed(each, 0x82 if isinstance(each, bytes) else 0x81) for each in packets))
            socket.say(framed(json.dumps({"type": "count", "ref": LAST, "data": {"resource": "calls"}})))
            answers = []
            while (text := await socket.hear()) is not None:
                heard = json.loads(text)
                if heard["type"] == "ack":
                    answers.append((heard.pop("ref"), heard))
                    if answers[-1][0] == LAST:
                        break
            return answers
        finally:
            socket.leave()


def read_ack(text: str) -> tuple[int, dict[str, Any]]:
    """(id, answer) of an ack packet."""
    start = text.index("[")
    (answer,) = json.loads(text[start:])
    return int(text[2:start]), answer


WAYS: dict[str, Way] = {"Socket.IO": SocketIo(), "Socket.IO by polling": Polling(), "plain WebSocket": PlainWebSocket()}
