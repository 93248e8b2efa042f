"""Clients that reach a server through its real doors, and what each of them has been told, in order.

A `Client` follows the contract (PROTOCOL section 4, rule F5): cursors order, a snapshot replaces, acks never touch the
replica; and it fails where an event comes twice or out of order. What carries it is a subclass: here python-socketio,
in javascript.py the real socket.io-client. Nothing waits for time: `until` waits for something that has been told.
"""

import asyncio
import os
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from itertools import cycle
from typing import Any, Self

import aiohttp
import socketio
from premises import PASSWORD, id_of
from speech import Replica, Said, is_deletion

PATIENCE = 30.0
SIGNALS = (
    "presence_state", "presence_joined", "presence_updated", "presence_left", "typing", "broadcast", "record_locked",
    "record_unlocked",
)  # fmt: skip


def free_port() -> int:
    """A port that nobody listens on, and that nobody is given before the test listens there: neither by the system, which
    takes others for connections, nor by this function in a test process that runs beside this one."""
    for port in _ports():
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("endless")


@cache
def _ports() -> Iterator[int]:
    """In turn, from a place of this process's own, so that two checkouts can be tested at once."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    mine = range(10_000 + worker % 8, 32_000, 8)
    start = os.getpid() % len(mine)
    return cycle([*mine[start:], *mine[:start]])


async def sign_in(http: aiohttp.ClientSession, url: str, name: str) -> str:
    """The token of one of the team."""
    body = {"email": f"{name}@example.com", "password": PASSWORD}
    async with http.post(f"{url}/api/login", json=body) as answer:
        assert answer.status == 200, await answer.text()
        return str((await answer.json())["token"])


def url_of(board: Any) -> str:
    return f"http://127.0.0.1:{board.settings.port}"


async def token_of(board: Any, name: str) -> str:
    """A session of one of the team, without the time that hashing takes."""
    (desk,) = board.desks.values()
    signed_in = await board.identity.open_session(desk, desk.stores["users"].get(id_of(name)), "127.0.0.1", "test")
    return str(signed_in.token)


def seq_of(cursor: str) -> int:
    return int(cursor.rpartition(".")[2])


def as_said(value: Any) -> Any:
    """JSON whose objects can be read like attributes."""
    if isinstance(value, dict):
        return Said({name: as_said(inner) for name, inner in value.items()})
    return [as_said(inner) for inner in value] if isinstance(value, list) else value


class GoneError(Exception):
    """The connection ended before the answer came."""


class Client:
    """One person's connection, and the next after it. `log` holds all that it was told, in order, each a `Said` with
    its `kind`: connect, event, signal, ack, disconnect or connect_error. Signals are told of people, not of records
    (F6): they come at any time, and `hears` passes them over."""

    def __init__(self, url: str, token: str | None, resources: list[str] | None = None) -> None:
        self.url, self.token, self.resources = url, token, resources
        self.cursor: str | None = None
        self.replica: Replica = {}
        self.log: list[Said] = []
        self.on_event: Callable[[str, Said, Said], None] = lambda *_: None
        self.is_open = False
        self._changed = asyncio.Event()
        self._asked: dict[int, tuple[str, asyncio.Future[Said]]] = {}
        self._ids = self._place = 0
        self._last_seq = -1
        self._pages: list[Said] = []

    # -- what a subclass does --------------------------------------------------------------------------------------

    async def open(self) -> None:
        """Begin to connect, with `self.auth`."""
        raise NotImplementedError

    def put(self, number: int, event: str, args: tuple[Any, ...]) -> None:
        """Send one event, at once, in the order of calls; `answered(number, ack)` is called with its ack."""
        raise NotImplementedError

    async def close(self) -> None:
        """End the connection."""
        raise NotImplementedError

    def connected(self) -> None:
        self.is_open, self._last_seq = True, -1
        self._note("connect")

    def told(self, event: str, *args: Any) -> None:
        """An event has arrived."""
        data, meta = as_said((*args, None, None)[0]), as_said((*args, None, None)[1])
        if event in SIGNALS:
            self._note("signal", name=event, data=data)
            return
        self._note("event", name=event, data=data, meta=meta)
        if meta is not None:
            self._event(event, data, meta)
        elif event == "cursor" and self.cursor is not None:
            self.cursor = data.cursor
        elif event == "ready":
            self.cursor = None if data.snapshot_required else data.cursor
        elif event == "snapshot_required":
            self.cursor = None
        self.on_event(event, data, meta)

    def answered(self, number: int, answer: Any) -> None:
        """An ack has arrived."""
        event, future = self._asked.pop(number)
        ack = as_said(answer)
        self._note("ack", name=event, data=ack, number=number)
        if event == "snapshot" and ack.ok:
            self._page(ack.data)
        if not future.done():
            future.set_result(ack)

    def disconnected(self, reason: Any) -> None:
        self.is_open = False
        self._pages = []
        self._note("disconnect", name=str(reason))
        asked, self._asked = self._asked, {}
        for _, future in asked.values():
            if not future.done():
                future.set_exception(GoneError())
                future.exception()  # whoever does not wait for it is not told again

    def refused(self, message: str, data: Any) -> None:
        self._note("connect_error", name=message, data=as_said(data))

    # -- what a test does ------------------------------------------------------------------------------------------

    @property
    def auth(self) -> dict[str, Any]:
        held = {"token": self.token, "cursor": self.cursor, "resources": self.resources}
        return {name: value for name, value in held.items() if value is not None}

    async def connects(self) -> Said:
        """Connect with what I hold, and wait for `ready`, which is returned."""
        since = len(self.log)
        await self.open()
        return await self.until(lambda: self.first("ready", since))

    async def is_refused(self) -> Said:
        """Try to connect, in vain: the connect_error, with its message as `name` and its `data`."""
        since = len(self.log)
        await self.open()
        return await self.until(lambda: next((s for s in self.log[since:] if s.kind == "connect_error"), None))

    def sends(self, event: str, *args: Any) -> "asyncio.Future[Said]":
        """Send at once, whatever the arguments; the future brings the ack."""
        self._ids += 1
        future: asyncio.Future[Said] = asyncio.get_running_loop().create_future()
        if self.is_open:
            self._asked[self._ids] = (event, future)
            self.put(self._ids, event, args)
        else:
            future.set_exception(GoneError())
            future.exception()
        return future

    async def asks(self, event: str, /, **payload: Any) -> Said:
        """The ack, whether ok or not."""
        return await asyncio.wait_for(self.sends(event, payload), PATIENCE)

    async def does(self, event: str, /, **payload: Any) -> Any:
        """The `data` of an ack that must be ok."""
        ack = await self.asks(event, **payload)
        assert ack.ok, f"{event}: {ack}"
        return ack.data

    async def cannot(self, event: str, /, **payload: Any) -> Said:
        """The error of an ack that must not be ok."""
        ack = await self.asks(event, **payload)
        assert not ack.ok, f"{event} was carried out"
        return ack.error

    async def hears(self, name: str) -> Said:
        """The next event, of whatever name: it must be this one."""
        said = await self.until(lambda: next((s for s in self.log[self._place :] if s.kind == "event"), None))
        self._place = next(i for i, s in enumerate(self.log) if s is said) + 1
        assert said.name == name, f"hears {said.name}, not {name}"
        return said

    def hush(self) -> None:
        """Pass over what has been heard so far."""
        self._place = len(self.log)

    async def settles(self) -> None:
        """Until all that is on its way to a live connection is here: the ack of a read comes behind it."""
        await self.asks("count", resource="calls")

    async def takes_snapshot(self, **payload: Any) -> list[Said]:
        """All pages; the last one has replaced the replica (F4)."""
        pages = [await self.does("snapshot", **payload)]
        while pages[-1].next is not None:
            pages.append(await self.does("snapshot", after=pages[-1].next))
        return pages

    async def fresh(self) -> Replica:
        """What a snapshot holds now, all pages; it replaces the replica too."""
        return held_in(await self.takes_snapshot())

    async def until(self, condition: Callable[[], Any]) -> Any:
        """Wait until something told makes this true; what it was."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not (found := condition()):
                    self._changed.clear()
                    await self._changed.wait()
                return found
        except TimeoutError:
            said = [(s.kind, s.get("name")) for s in self.log[-20:]]
            raise AssertionError(f"waited in vain; the last told: {said}") from None

    def first(self, name: str, since: int = 0) -> Said | None:
        """The first event or ack of this name."""
        return next((said for said in self.log[since:] if said.get("name") == name), None)

    def events(self, since: int = 0) -> list[Said]:
        """The events told of records, that is with meta."""
        return [said for said in self.log[since:] if said.kind == "event" and said.meta is not None]

    def names(self, since: int = 0) -> list[str]:
        """The names of all events."""
        return [said.name for said in self.log[since:] if said.kind == "event"]

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    # -- the contract ----------------------------------------------------------------------------------------------

    def _note(self, kind: str, **said: Any) -> None:
        self.log.append(Said(kind=kind, **said))
        self._changed.set()

    def _event(self, event: str, data: Said, meta: Said) -> None:
        seq = seq_of(meta.cursor)
        assert seq > self._last_seq, f"{event} at {seq} after {self._last_seq}: a double, or out of order"
        assert not self._pages, f"{event} came between two pages of a snapshot"
        self._last_seq = seq
        if self.cursor is not None and seq > seq_of(self.cursor):
            self.cursor = meta.cursor
            key = (meta.resource, meta.id)
            if event == "record_hidden" or is_deletion(event):
                self.replica.pop(key, None)
            else:
                self.replica[key] = data

    def _page(self, page: Said) -> None:
        """A further page; with the last one the snapshot replaces what was held of its resources."""
        self._pages.append(page)
        if page.next is None:
            replaced = {plural for each in self._pages for plural in each.records}
            held = {key: record for key, record in self.replica.items() if key[0] not in replaced}
            self.replica = {**held, **held_in(self._pages)}
            self.cursor, self._pages = page.cursor, []


def held_in(pages: list[Said]) -> Replica:
    """The records of all pages."""
    return {(plural, r["id"]): r for page in pages for plural, records in page.records.items() for r in records}


class PythonClient(Client):
    """python-socketio; `transports` as it takes them, None being polling with an upgrade."""

    def __init__(self, *args: Any, transports: list[str] | None = None, reconnection: bool = False) -> None:
        super().__init__(*args)
        self.transports, self.headers = transports, dict[str, str]()
        self.sio = socketio.AsyncClient(reconnection=reconnection, reconnection_delay=0.2, reconnection_delay_max=1)
        self.sio.on("*", self.told)
        self.sio.on("connect", self.connected)
        self.sio.on("disconnect", self.disconnected)
        self.sio.on("connect_error", self._refused)
        self._outgoing: asyncio.Queue[tuple[int, str, tuple[Any, ...]]] = asyncio.Queue()
        self._sender: asyncio.Task[None] | None = None

    async def open(self) -> None:
        if self._sender is None:
            self._sender = asyncio.create_task(self._send())
        try:
            await self.sio.connect(
                self.url, self.headers, lambda: self.auth, transports=self.transports, wait_timeout=PATIENCE
            )
        except socketio.exceptions.ConnectionError:
            await self._unwind()

    def put(self, number: int, event: str, args: tuple[Any, ...]) -> None:
        self._outgoing.put_nowait((number, event, args))

    async def close(self) -> None:
        if self._sender is not None:
            self._sender.cancel()
            await asyncio.gather(self._sender, return_exceptions=True)
            self._sender = None
        await self.sio.shutdown()
        await self._unwind()

    async def _unwind(self) -> None:
        if self.sio.eio.http is not None and not self.sio.eio.http.closed:
            await self.sio.eio.http.close()

    async def _send(self) -> None:
        while True:
            number, event, args = await self._outgoing.get()
            with suppress(socketio.exceptions.SocketIOError):  # gone: then `disconnected` says so
                await self.sio.emit(event, args, callback=lambda answer, number=number: self.answered(number, answer))

    def _refused(self, said: Any = None) -> None:
        known = isinstance(said, Mapping)
        self.refused(said["message"] if known else str(said), said.get("data") if known else None)
