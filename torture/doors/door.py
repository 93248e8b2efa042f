"""What all doors have in common: a way to the server, somebody who listens, and, where one can speak, answers.

A `Door` is one connection: `attend` opens it and returns when it has ended, `ask` sends a command over it where it
`speaks`. What it hears goes to the replica at once, in the order of arrival.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import aiohttp

from torture.replica import Replica

PATIENCE_S = 12.0  # for an answer: two seconds more than the server may take (C7)
Answer = Mapping[str, Any]
BROKEN = (aiohttp.ClientError, OSError, TimeoutError)


class GoneError(Exception):
    """The connection ended before the answer came, or could not be made."""


class SilenceError(GoneError):
    """The connection stands, but no answer came in time."""


class RefusedError(Exception):
    """The server does not let this connection in."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Way:
    """How one person reaches the server: through his own port of the proxy, as himself. `token` changes with his sessions."""

    url: str
    tenant: str
    address: str
    token: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """What each request carries; the address lets the server count him by himself."""
        held = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return {"X-Forwarded-For": self.address, **held}

    @property
    def base(self) -> str:
        """Below it stands all that belongs to his team."""
        return f"{self.url}/api/tenants/{self.tenant}"


def session() -> aiohttp.ClientSession:
    """HTTP without cookies and without a limit of time: each user of it says how long he waits."""
    return aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), timeout=aiohttp.ClientTimeout(None, connect=5))


class Door:
    """One connection. `conn` names it in the history; `naps` makes it a slow reader: so many seconds it reads nothing, once."""

    name = ""
    speaks = False

    def __init__(self, way: Way, replica: Replica, conn: str) -> None:
        self.way, self.replica, self.conn = way, replica, conn
        self.http, self.naps = session(), 0.0
        self.is_left = False
        """Its person has gone on to another door: what it still says he does not hear."""

    async def attend(self) -> None:
        """Open, and listen from where the replica stands until the connection ends. GoneError or RefusedError where there was
        nothing to be heard; RefusedError with `unauthenticated` where the session ended under way."""
        try:
            await self._attend()
        except BROKEN as error:
            raise GoneError(repr(error)) from None
        finally:
            await self.close()

    async def _attend(self) -> None:
        raise NotImplementedError

    async def close(self) -> None:
        """End the connection."""
        if not self.http.closed:
            await self.http.close()

    @property
    def state(self) -> str:
        """What it is doing, for people who wonder why nothing comes."""
        return "open"

    async def nap(self) -> None:
        """Read nothing for a while, where that was wished."""
        if self.naps:
            seconds, self.naps = self.naps, 0.0
            self.replica.history.note("naps", self.replica.who, conn=self.conn, seconds=seconds)
            await asyncio.sleep(seconds)

    def told(self, event: str, data: Any, meta: Any) -> None:
        """What the feed says, on whatever door."""
        if self.is_left:
            return
        if meta is not None:
            self.replica.told(self.conn, event, data, meta)
        elif event == "ready":
            self.ready(data)
        elif event == "cursor":
            self.replica.stands(self.conn, data["cursor"])
        else:
            self._signal(event, data)

    def ready(self, said: Mapping[str, Any]) -> None:
        """The replay is over."""
        self.replica.history.note("ready", self.replica.who, conn=self.conn, base=not said["snapshot_required"])
        if said["snapshot_required"]:
            self.lost("ready")
        else:
            self.replica.stands(self.conn, said["cursor"])

    def lost(self, reason: str) -> None:
        """The replica is no base any more."""
        self.replica.lost(self.conn, reason)

    def ended(self, reason: str) -> None:
        """The session has ended."""
        self.replica.history.note("ended", self.replica.who, conn=self.conn, reason=reason)

    def _signal(self, event: str, data: Any) -> None:
        if event == "snapshot_required":
            self.lost(str(data.get("reason")))
        elif event == "session_ended":
            self.ended(str(data.get("reason")))
        else:
            self.replica.overheard(self.conn, event, data)


class SpeakingDoor(Door):
    """A connection over which commands are sent and answered too. Without a base it asks for a snapshot by itself."""

    speaks = True

    def __init__(self, way: Way, replica: Replica, conn: str) -> None:
        super().__init__(way, replica, conn)
        self.over = asyncio.Event()
        self._refs = 0
        self._asked: dict[int, asyncio.Future[Answer]] = {}
        self._paging = 0  # the ref of the page that is waited for, of a snapshot or of what is newly listened to
        self._pages: list[Mapping[str, Any]] = []
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def is_settled(self) -> bool:
        """Whether there is a base, and no page of one on its way."""
        return self.replica.cursor is not None and not self._paging

    async def put(self, ref: int, command: str, message: Any) -> None:
        """Send one message whose answer comes to `answered(ref, …)`."""
        raise NotImplementedError

    async def send(self, command: str, message: Any) -> "asyncio.Future[Answer]":
        """Send now, behind all that was sent before; the future brings the answer, or GoneError. What a subscription brings
        is taken into the replica once all of it is there, unless the base is lost meanwhile."""
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._refs += 1
        ref = self._refs
        self._asked[ref] = future
        brings_records = command == "subscribe" and self.is_settled
        if brings_records:
            self._paging, self._pages = ref, []
        try:
            if self.over.is_set():
                raise ConnectionError("closed")
            await self.put(ref, command, message)
        except BROKEN as error:
            self._asked.pop(ref, None)
            if brings_records and self._paging == ref:
                self._paging = 0  # it was never sent
            raise GoneError(repr(error)) from None
        return future

    def answered(self, ref: int, answer: Answer) -> None:
        """An ack. A page of records is taken at once: what arrives next comes after it."""
        future = self._asked.pop(ref, None)
        if ref == self._paging and not self.is_left:
            self._page(answer, is_base=future is None)
        if future is not None and not future.done():
            stood = {"stood": self.replica.cursor, "listens": self.replica.selection}
            future.set_result(answer if self.replica.cursor is None or self.is_left else {**answer, **stood})

    def end(self) -> None:
        """There will be no more."""
        self.over.set()
        asked, self._asked = self._asked, {}
        for future in asked.values():
            if not future.done():
                future.set_exception(GoneError("cut"))
                future.exception()  # whoever does not wait for it is not told again
        for task in self._tasks:
            task.cancel()

    async def close(self) -> None:
        """End, whatever is under way."""
        self.end()
        await super().close()

    def lost(self, reason: str) -> None:
        """Ask for a snapshot: it stands in the feed at its cursor."""
        super().lost(reason)
        self._pages = []
        self._ask_page({})

    def ended(self, reason: str) -> None:
        """The server closes the connection now; a client that has been told so does not wait for it."""
        super().ended(reason)
        self.end()

    def _ask_page(self, message: Mapping[str, Any]) -> None:
        self._refs += 1
        self._paging = self._refs
        task = asyncio.ensure_future(self._put_page(self._paging, message))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _put_page(self, ref: int, message: Mapping[str, Any]) -> None:
        with suppress(*BROKEN):
            await self.put(ref, "snapshot", message)

    def _page(self, answer: Answer, *, is_base: bool) -> None:
        """`is_base` of what cannot be done without: not of the first page of a subscription."""
        self._paging = 0
        if not answer["ok"]:
            if is_base:
                self.replica.history.note("no snapshot", self.replica.who, conn=self.conn, code=answer["error"]["code"])
                self.end()
            return
        self._pages.append(answer["data"])
        if answer["data"]["next"] is not None:
            self._ask_page({"after": answer["data"]["next"]})
            return
        pages, self._pages = self._pages, []
        if "resources" in pages[0]:
            self.replica.subscribed(self.conn, pages)
        else:
            self.replica.replace(self.conn, pages)
