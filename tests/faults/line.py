"""The line between a server and its PostgreSQL: whoever owns it may cut it at a COMMIT, or let nobody in any more."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Literal, Self

COMMIT = b"Q\x00\x00\x00\x0bCOMMIT\x00"
ASKS_FOR_THE_HEAD = b"FOR SHARE"
PATIENCE = 10

Cut = Literal["before", "after", "while asked"]
"""The COMMIT does not arrive; it arrives and its answer does not; it arrives late, while the head is being asked for."""


class Line:
    """A port of this machine that leads to the socket of a PostgreSQL. `is_open`: for new connections."""

    def __init__(self, socket: Path) -> None:
        self.socket = socket
        self.cuts, self.is_open = 0, True
        self.next_cut: Cut | None = None
        self.asked_for_head = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def url_of(self, name: str) -> str:
        port = self._server.sockets[0].getsockname()[1]
        return f"postgres://callboard@127.0.0.1:{port}/{name}?sslmode=disable"

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self.is_open:
            writer.transport.abort()
            return
        there = await asyncio.open_unix_connection(self.socket)
        connection = Connection(self, (reader, writer), there)
        self._tasks |= {asyncio.create_task(connection.forth()), asyncio.create_task(connection.back())}


Side = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Connection:
    """One of the server's, carried both ways."""

    def __init__(self, line: Line, here: Side, there: Side) -> None:
        self._line = line
        self._from_here, self._here = here
        self._from_there, self._there = there
        self._unanswered = False

    async def forth(self) -> None:
        """From the server to PostgreSQL."""
        try:
            while data := await self._from_here.read(2**16):
                if ASKS_FOR_THE_HEAD in data:
                    self._line.asked_for_head.set()
                if data == COMMIT and self._line.next_cut is not None:
                    cut, self._line.next_cut = self._line.next_cut, None
                    self._line.cuts += 1
                    await CUTS[cut](self)
                else:
                    self._there.write(data)
        except ConnectionError:
            pass
        finally:
            self._there.close()

    async def back(self) -> None:
        """From PostgreSQL to the server."""
        try:
            while (data := await self._from_there.read(2**16)) and not self._unanswered:
                self._here.write(data)
        except ConnectionError:
            pass
        finally:
            self._here.transport.abort()

    async def lose(self) -> None:
        """The COMMIT: PostgreSQL hears the end of the line instead."""
        self._here.transport.abort()

    async def leave_unanswered(self) -> None:
        """The line ends when the answer comes."""
        self._unanswered = True
        self._there.write(COMMIT)

    async def delay(self) -> None:
        """The server hears the end of the line, PostgreSQL hears of the COMMIT once somebody asks what became of it."""
        self._line.asked_for_head.clear()
        self._here.transport.abort()
        await asyncio.wait_for(self._line.asked_for_head.wait(), PATIENCE)
        self._there.write(COMMIT)


CUTS: Mapping[Cut, Callable[[Connection], Awaitable[None]]] = {
    "before": Connection.lose, "after": Connection.leave_unanswered, "while asked": Connection.delay,
}  # fmt: skip
