"""A client that changes doors in mid-stream, at random, with one cursor through all of them."""

import asyncio
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from ears import HttpEars, PlainClient, PollingClient, SseClient
from network import Client, PythonClient
from speech import Replica

Doors = Mapping[str, tuple[type[Client], dict[str, Any]]]
WIRE_DOORS: Doors = {
    "Socket.IO over WebSocket": (PythonClient, {"transports": ["websocket"]}),
    "Socket.IO over polling": (PythonClient, {"transports": ["polling"]}),
    "SSE": (SseClient, {}),
    "polling": (PollingClient, {}),
    "plain WebSocket": (PlainClient, {}),
}
TOLD = ("connected", "told", "refused", "disconnected", "stands_at")


class Wanderer(HttpEars):
    """Leaves after a few events of records, at most `patience`, for another door. It is told all that its door is told."""

    def __init__(self, *args: Any, seed: int = 0, patience: int = 3, doors: Doors = WIRE_DOORS) -> None:
        super().__init__(*args)
        self.random, self._patience, self._doors = Random(seed), patience, doors
        self.changes = self._heard = 0
        self.visited: set[str] = set()
        self.faults: list[AssertionError] = []
        self._inner: Client | None = None
        self._wandering: asyncio.Task[None] | None = None
        self._is_restless = False

    async def open(self) -> None:
        await self._enters()
        self._is_restless = True
        self._wandering = asyncio.create_task(self._wander())

    @property
    def is_listening(self) -> bool:
        return self._wandering is not None

    async def rests(self) -> None:
        """Stay at the present door; a change of doors that is under way is not broken off."""
        self._is_restless = False
        self._changed.set()
        if self._wandering is not None:
            await self._wandering
        await self.until(lambda: self.is_open)

    async def close(self) -> None:
        self._is_restless = False
        self._changed.set()
        wandering, self._wandering = self._wandering, None
        if wandering is not None:
            await wandering
        await self._leaves()
        await super().close()

    async def fresh(self) -> Replica:
        """As ever; and no door has told it anything twice or out of order."""
        assert self.faults == []
        return await super().fresh()

    def connected(self) -> None:
        """What was heard at another door must not come again at this one."""
        last = self._last_seq
        super().connected()
        self._last_seq = last

    def stands_at(self, cursor: str) -> None:
        if self.cursor is not None:
            self.cursor = cursor

    def told(self, event: str, *args: Any) -> None:
        self._heard += len(args) > 1  # an event of a record
        super().told(event, *args)

    async def _wander(self) -> None:
        while self._is_restless:
            enough = self._heard + self.random.randint(0, self._patience)
            while self._is_restless and self._heard < enough:
                self._changed.clear()
                await self._changed.wait()
            if self._is_restless:
                await self._leaves()
                await self._enters()
                self.changes += 1

    async def _leaves(self) -> None:
        inner, self._inner = self._inner, None
        if inner is not None:
            await inner.close()
        if self.is_open:
            self.disconnected("another door")

    async def _enters(self) -> None:
        name = self.random.choice(list(self._doors))
        self.visited.add(name)
        kind, options = self._doors[name]
        inner = kind(self.url, self.token, self.resources, **options)
        inner.cursor = self.cursor
        self._follow(inner)
        self._inner = inner
        await inner.open()

    def _follow(self, inner: Client) -> None:
        """Hear what this door is told, for as long as it is the present one."""
        for name in TOLD:
            if hasattr(inner, name):
                setattr(inner, name, self._both(inner, getattr(inner, name), getattr(self, name)))
        if isinstance(inner, PythonClient):
            inner.sio.on("*", inner.told)
            inner.sio.on("connect", inner.connected)
            inner.sio.on("disconnect", inner.disconnected)

    def _both(self, inner: Client, its: Callable[..., None], mine: Callable[..., None]) -> Callable[..., None]:
        def tell(*args: Any) -> None:
            try:
                if self._inner is inner:
                    mine(*args)
                its(*args)
            except AssertionError as fault:  # raised here it would end a door's task, and nobody would know
                self.faults.append(fault)

        return tell


EVERY_DOOR: Doors = {**WIRE_DOORS, "one after the other": (Wanderer, {})}
SPEAKING = ("Socket.IO over WebSocket", "Socket.IO over polling", "plain WebSocket")
