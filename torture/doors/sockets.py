"""Socket.IO as its Python client speaks it, over WebSocket alone and over long-polling alone."""

import asyncio
from collections.abc import Mapping
from typing import Any

import socketio

from torture.doors.door import GoneError, RefusedError, SpeakingDoor

CONNECT_S = 10


class SocketDoor(SpeakingDoor):
    """One Socket.IO connection; it does not come back by itself, its person opens the next."""

    transports = ("websocket",)

    _sio: Any = None
    _refusal: Any = None

    async def _attend(self) -> None:
        self._sio = socketio.AsyncClient(
            reconnection=False, http_session=self.http, request_timeout=CONNECT_S, handle_sigint=False
        )
        self._sio.on("*", self._told)
        self._sio.on("connect_error", self._refused)
        self._sio.on("disconnect", self._cut)
        auth = {"token": self.way.token, "cursor": self.replica.cursor, "resources": self.replica.selection}
        headers = {"X-Forwarded-For": self.way.address}
        try:
            await self._sio.connect(
                self.way.url, headers, {name: held for name, held in auth.items() if held is not None},
                transports=list(self.transports), wait_timeout=CONNECT_S,
            )  # fmt: skip
        except socketio.exceptions.ConnectionError as error:
            self._explain(error)
        await self._listen()

    async def _listen(self) -> None:
        """Until the connection ends. The client's own reading may end before it, and the client does not notice: so where a
        poll is cut in the middle of its answer. Once somebody sat there and waited for an answer for good (seed 20261120-1).
        Nor does it notice, before its next poll comes back, that its writing has ended."""
        over, eio = asyncio.ensure_future(self.over.wait()), self._sio.eio
        ends = {each for each in (over, eio.read_loop_task, eio.write_loop_task) if each is not None}
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        over.cancel()
        if not self.over.is_set():
            self._cut("nobody reads or writes any more")

    @property
    def state(self) -> str:
        """What its client is doing, for people who wonder."""
        eio = self._sio.eio if self._sio is not None else None
        if eio is None:
            return "not open"
        tasks = {"reads": eio.read_loop_task, "writes": eio.write_loop_task}
        doing = ", ".join(f"{name}: {_place_of(task)}" for name, task in tasks.items())
        return f"{eio.state}, {eio.queue.qsize()} waiting, {doing}"

    async def put(self, ref: int, command: str, message: Any) -> None:
        """Emit with an ack."""
        if self._sio is None:
            raise ConnectionError("not open")
        try:
            await self._sio.emit(command, message, callback=lambda *answer: self.answered(ref, *answer))
        except socketio.exceptions.SocketIOError as error:
            raise ConnectionError(str(error)) from None

    async def close(self) -> None:
        """Leave without waiting for a server that may not be there."""
        self.end()
        if self._sio is not None:
            await asyncio.wait({asyncio.ensure_future(self._sio.shutdown())}, timeout=1)
        await super().close()

    def _told(self, event: str, data: Any = None, meta: Any = None) -> None:
        self.told(event, data, meta)

    def _cut(self, reason: Any = None) -> None:
        self.replica.history.note("cut", self.replica.who, conn=self.conn, why=str(reason))
        self.end()

    def _refused(self, said: Any = None) -> None:
        self._refusal = said

    def _explain(self, error: Exception) -> None:
        known = isinstance(self._refusal, Mapping) and isinstance(self._refusal.get("data"), Mapping)
        if known:
            raise RefusedError(str(self._refusal["data"]["code"])) from None
        raise GoneError(str(error)) from None


class SocketWebSocketDoor(SocketDoor):
    """Straight over WebSocket."""

    name = "Socket.IO over WebSocket"


class SocketPollingDoor(SocketDoor):
    """Long-polling that never upgrades."""

    name = "Socket.IO over polling"
    transports = ("polling",)


def _place_of(task: "asyncio.Task[Any] | None") -> str:
    """Where a task stands."""
    if task is None or task.done():
        return "ended"
    return " < ".join(f"{frame.f_code.co_name}:{frame.f_lineno}" for frame in task.get_stack()) or "nowhere"
