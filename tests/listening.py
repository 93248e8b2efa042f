"""Server-sent events by hand: what one open stream brings."""

import asyncio
from typing import Any

import orjson
from aiohttp import ClientResponse


class Listening:
    """One open stream: its messages as (event, data, id), its comments and `retry` beside them."""

    def __init__(self, response: ClientResponse) -> None:
        self.response = response
        self.comments: list[str] = []
        self.retry: list[int] = []

    async def next(self) -> tuple[str, Any, str | None]:
        """The next message."""
        while True:
            fields = await asyncio.wait_for(self._block(), 30)
            if "event" in fields:
                return fields["event"], orjson.loads(fields["data"]), fields.get("id")

    async def until(self, event: str) -> Any:
        """The data of the next message of this name."""
        while True:
            name, data, _ = await self.next()
            if name == event:
                return data

    async def opening(self) -> None:
        """What stands before any message."""
        fields = await asyncio.wait_for(self._block(), 30)
        assert "event" not in fields

    async def ends(self) -> None:
        """There is nothing more, and the stream ended in good order."""
        assert await asyncio.wait_for(self.response.content.readline(), 30) == b""

    async def _block(self) -> dict[str, str]:
        fields: dict[str, str] = {}
        while line := (await self.response.content.readline()).decode():
            if line == "\n":
                return fields
            name, _, value = line.rstrip("\n").partition(":")
            if name == "":
                self.comments.append(value)
            elif name == "retry":
                self.retry.append(int(value))
            else:
                fields[name] = value.removeprefix(" ")
        raise EOFError("the stream has ended")
