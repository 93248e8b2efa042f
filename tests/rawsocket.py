"""A WebSocket by hand, for clients that stop reading: what the kernel holds for it is small, and nothing reads ahead."""

import asyncio
import json
import socket
import struct
from typing import Any, Self


class RawSocket:
    """Speaks Socket.IO to 127.0.0.1; reads only when it is asked to."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def opened(cls, port: int, path: str) -> Self:
        """A WebSocket at this path, of which nothing has been read."""
        endpoint = socket.socket()
        endpoint.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        endpoint.setblocking(False)
        await asyncio.get_running_loop().sock_connect(endpoint, ("127.0.0.1", port))
        reader, writer = await asyncio.open_connection(sock=endpoint, limit=1024)
        writer.write(
            f"GET {path} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        await reader.readuntil(b"\r\n\r\n")
        return cls(reader, writer)

    @classmethod
    async def connected(cls, port: int, auth: dict[str, Any]) -> Self:
        """Connected as far as the CONNECT packet: its ack is the first to `hear`."""
        raw = await cls.opened(port, "/socket.io/?EIO=4&transport=websocket")
        assert (await raw.hear()).startswith("0")
        raw.say("40" + json.dumps(auth))
        return raw

    def say(self, text: str) -> None:
        """One text frame, masked with zeros."""
        content = text.encode()
        size = len(content)
        head = struct.pack("!BB", 0x81, 0x80 | size) if size < 126 else struct.pack("!BBH", 0x81, 0xFE, size)
        self._writer.write(head + bytes(4) + content)

    async def hear(self) -> str:
        """The next text frame; pings of Engine.IO are answered and passed over. IncompleteReadError at the end."""
        while True:
            kind, size = await self._reader.readexactly(2)
            if size >= 126:
                extended = 2 if size == 126 else 8
                size = int.from_bytes(await self._reader.readexactly(extended))
            content = await self._reader.readexactly(size)
            if kind != 0x81:
                raise asyncio.IncompleteReadError(content, None)
            if content != b"2":
                return content.decode()
            self.say("3")

    async def event(self) -> list[Any]:
        """The next event: `[name, data, meta]`; of who is there nothing is said here."""
        while not (text := await self.hear()).startswith("42") or text.startswith('42["presence_'):
            pass
        found: list[Any] = json.loads(text[2:])
        return found

    def close(self) -> None:
        self._writer.transport.abort()
