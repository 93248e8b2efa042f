"""The composition root: builds everything once, in order, and takes it down again in order (A6, O7).

    board = Callboard(Settings.read())
    await board.start()
    await board.listen()
    ...
    await board.stop()

`serve` does that for a process of its own. Nothing below knows of this module, so two boards can live in one process.
"""

import asyncio
import gc
import logging
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiohttp import web

from events.catalog import discover
from events.desk import Desk
from events.durability import Threads
from events.errors import CallboardError, Invalid, NotFound
from events.feed import Feed
from events.resource import Resource
from server.board import BoardDoor
from server.body import MOST_BYTES
from server.census import Census
from server.control import Control
from server.departures import Departures
from server.gate import Gate
from server.health import Health
from server.http import HttpDoor
from server.identity import Identity
from server.limits import Limits
from server.listening import BACKLOG, listening_at
from server.log import configure
from server.metrics import Metrics
from server.middleware import Middleware
from server.places import control_socket
from server.polling import PollDoor
from server.pruning import Pruning
from server.reception import Reception
from server.settings import Settings, SettingsError
from server.setup import Setup
from server.signin import SignInDoor
from server.sockets import Sockets
from server.sse import StreamDoor
from server.static import StaticDoor
from server.track import TrackDoor
from server.waiting import WaitingRoom
from server.websocket import WebSocketDoor
from stores.clock import Clock, new_id
from stores.database import Database
from stores.desks import Tenant
from stores.errors import Locked, StoreError

log = logging.getLogger("callboard.app")

HASHERS, READERS = 2, 4
IN_FLIGHT_S = 5.0  # that long requests under way may take at the end
STOP_S = 25
COLLECT_AFTER = (10_000, 10, 10)  # more objects than a turn of the lane needs and lets go again


class Callboard:
    """One server. Build it inside a running event loop; `extra` resources are those a test brings along.

    `lost` is done, with the error, when the process must exit: another has the desk, or the disk cannot be trusted.
    """

    def __init__(
        self, settings: Settings, *, extra: Iterable[Resource] = (), clock: Clock | None = None,
        say: Callable[[str], None] = log.info,
    ) -> None:  # fmt: skip
        self.settings, self.clock, self.say = settings, clock or Clock(), say
        self.catalog = discover(extra)
        self.lost: asyncio.Future[Exception] = asyncio.get_running_loop().create_future()
        self.threads = Threads(
            ThreadPoolExecutor(1, "writer"),
            ThreadPoolExecutor(READERS, "reader"),
            ThreadPoolExecutor(HASHERS, "hasher"),
        )
        self.database = Database(settings.database_url, self.catalog.record_classes)
        self.desks: dict[str, Desk] = {}
        self.feeds: dict[str, Feed] = {}
        self.is_open = self.is_draining = False
        self.limits = Limits(settings.commands_per_second)
        self.identity = Identity(self.database, self.desks, self.clock, settings, self.threads, self.limits)
        self.gate = Gate(self.identity, settings)
        self.setup = Setup(self.desks, self.catalog, self.create_tenant, settings.public_url, self.limits, say)
        self.census = Census(settings)
        self.reception = Reception(settings, self.gate, self.identity, self.catalog, self.feeds, self.census)
        self.sockets = Sockets(settings, self.gate, self.reception)
        self.websocket = WebSocketDoor(settings, self.gate, self.reception)
        departures = Departures()
        one_way = (self.census, departures)
        self.streams = StreamDoor(self.gate, self.identity, self.catalog, self.feeds, *one_way)
        self.polls = PollDoor(self.gate, self.identity, self.catalog, *one_way)
        self.tracks = TrackDoor(self.gate, self.desks, self.limits, self.clock, departures)
        self.pruning = Pruning(self.desks, self.clock, settings.journal_days)
        self.control = Control(control_socket(settings.database_url), self)
        self.web = self._doors()
        self._runner: web.AppRunner | None = None

    @property
    def is_ready(self) -> bool:
        """Whether the desks are open and nobody has asked us to stop."""
        return self.is_open and not self.is_draining and not self.lost.done()

    def _doors(self) -> web.Application:
        """The web application. The order matters: what is more particular comes first, `/api/tenants/…` of HTTP last."""
        middleware = Middleware(self.gate, lambda: self.is_ready)
        application = web.Application(client_max_size=MOST_BYTES, middlewares=middleware.all)
        application.on_response_prepare.append(middleware.add_headers)
        metrics = Metrics(self.gate, self.settings, self.desks, self.identity)
        middleware.answered.append(metrics.count)
        self.sockets.attach(application)
        self.websocket.attach(application)
        for door in (
            Health(lambda: self.is_ready), metrics, StaticDoor(self.catalog),
            SignInDoor(self.gate, self.identity, self.setup), self.tracks, self.streams, self.polls,
            HttpDoor(self.gate, self.catalog, self.limits, self.clock), BoardDoor(self.gate),
        ):  # fmt: skip
            door.attach(application)
        return application

    # -- tenants ---------------------------------------------------------------------------------------------------

    def desk_of_slug(self, slug: str) -> Desk:
        """The desk of the tenant with this slug, or `NotFound`."""
        desk = next((desk for desk in self.desks.values() if desk.tenant.slug == slug), None)
        if desk is None:
            raise NotFound("There is no such team.")
        return desk

    async def create_tenant(self, slug: str, name: str) -> Desk:
        """A new tenant, at run time; DataRejected where its slug is in use."""
        tenant = Tenant(new_id(), slug, name, self.clock.now())
        fields = (tenant.tenant_id, slug, name, tenant.created_at)
        await asyncio.get_running_loop().run_in_executor(self.threads.writer, self.database.create_tenant, *fields)
        return self._open_desk(tenant)

    def _open_desk(self, tenant: Tenant) -> Desk:
        desk = Desk(tenant, self.catalog, self.database, self.clock, self.threads, self._lose)
        self.desks[tenant.tenant_id] = desk
        self.identity.adopt(desk)
        self.feeds[tenant.tenant_id] = Feed(desk, self.settings.unsent_budget_mb * 2**20)
        desk.start()
        self.feeds[tenant.tenant_id].start()
        return desk

    def _lose(self, error: Exception) -> None:
        log.error("the desk is lost, so this process ends: %s", error)
        if not self.lost.done():
            self.lost.set_result(error)

    def _lock_lost(self, error: Exception) -> None:
        """From any thread."""
        self.lost.get_loop().call_soon_threadsafe(self._lose, error)

    # -- from start to stop ----------------------------------------------------------------------------------------

    def lock(self) -> None:
        """Take the database for life, or raise Locked (D8). Taking it twice is one taking; any thread may."""
        self.database.lock(self._lock_lost)

    async def start(self) -> None:
        """Take the lock, bring the tables up to date, open all desks. Raises a StoreError, or SettingsError."""
        self.lock()
        self.database.migrate()
        for tenant in self.database.tenants():
            self._open_desk(tenant)
        await self.identity.start()
        await self._make_first_tenant()
        await self.control.start()
        self.pruning.start()
        self.is_open = True

    async def _make_first_tenant(self) -> None:
        first = self.settings.first_tenant
        if first is None or not self.setup.needed:
            return
        name, email, password = first
        try:
            await self.setup.create_first(name, email=email, display_name=email.partition("@")[0], password=password)
        except Invalid as error:
            raise SettingsError(_wrong_first(error)) from None

    async def listen(self, sockets: Sequence[socket.socket] = ()) -> None:
        """Serve on these sockets, else on HOST and PORT. Raises OSError where that is not to be had."""
        self._runner = web.AppRunner(self.web, access_log=None, handle_signals=False, shutdown_timeout=IN_FLIGHT_S)
        await self._runner.setup()
        for each in sockets or listening_at(self.settings.host, self.settings.port):
            await web.SockSite(self._runner, each, backlog=BACKLOG).start()

    async def stop(self) -> None:
        """O7: stop accepting, tell the clients, finish what is in flight, close. Once; also after a start that failed."""
        if self.is_draining:
            return
        self.is_draining = True
        for site in list(self._runner.sites) if self._runner is not None else ():
            await site.stop()
        self.streams.drain()
        self.polls.drain()
        self.tracks.drain()
        await self.reception.drain()
        await asyncio.gather(self.sockets.drain(), self.websocket.drain())
        await self.control.stop()
        if self._runner is not None:
            await self._runner.cleanup()
        await self._close_desks()

    async def _close_desks(self) -> None:
        await self.pruning.stop()
        for tenant_id, desk in self.desks.items():
            await self.feeds[tenant_id].stop()
            await desk.stop()
        try:
            await self.identity.stop()
        except StoreError as error:
            log.warning("signs of life could not be written: %s", error)
        for pool in (self.threads.writer, self.threads.readers, self.threads.hashers):
            pool.shutdown()
        self.database.close()


def _wrong_first(error: Invalid) -> str:
    names = {"tenant_name": "CALLBOARD_TENANT", "password": "CALLBOARD_ADMIN_PASSWORD"}
    said = (f"{names.get(field, 'CALLBOARD_ADMIN_EMAIL')}: {need}" for field, need in error.fields.items())
    return "; ".join(said)


# -- the life of the server process ----------------------------------------------------------------------------------

Beside = Callable[[Callboard], Awaitable[None]]


async def serve(settings: Settings, beside: Beside | None = None) -> int:
    """Serve until somebody says stop (O7); the exit code. `beside` is done meanwhile, with the board that serves."""
    configure(settings)
    asked_to_stop = _stop_on_signals()
    try:
        board = Callboard(settings, say=_say)
    except StoreError as error:
        return _refused(error, settings)
    try:
        serves = await _begin(board, asked_to_stop)
    except (StoreError, SettingsError, CallboardError, OSError) as error:
        await board.stop()
        return _refused(error, settings)
    if serves:
        _say(f"Callboard serves at {settings.public_url}")
        if board.setup.needed:
            board.setup.announce()
        await _until(asked_to_stop, board, beside)
    return await _stopped(board)


async def _begin(board: Callboard, asked_to_stop: asyncio.Event) -> bool:
    """Open the desks and listen; False where we were asked to stop while another had the database."""
    async with WaitingRoom(board.settings.host, board.settings.port) as room:
        if not await _has_lock(board, room, asked_to_stop):
            return False
        gc.disable()
        await board.start()
        _collect_rarely()
        await board.listen(await room.leave())
    return True


async def _has_lock(board: Callboard, room: WaitingRoom, asked_to_stop: asyncio.Event) -> bool:
    """D8: the lock, at once or, where the new instance is started before the old is stopped, after a while."""
    try:
        board.lock()
    except Locked as error:
        if not board.settings.wait_for_lock:
            raise
        log.info("waiting until the other instance has ended: %s", error)
        if not await room.wait(board.lock, asked_to_stop):
            return False
        log.info("the other instance has ended: this one goes on")
    return True


async def _until(asked_to_stop: asyncio.Event, board: Callboard, beside: Beside | None) -> None:
    """Wait for a signal, or for the desk to be lost."""
    waiting = asyncio.ensure_future(asked_to_stop.wait())
    work = asyncio.ensure_future(beside(board)) if beside is not None else None
    ends: list[asyncio.Future[Any]] = [waiting, board.lost]
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    for task in (waiting, work):
        if task is not None:
            task.cancel()
            for error in await asyncio.gather(task, return_exceptions=True):
                if isinstance(error, Exception):
                    log.error("what went on beside the server has failed", exc_info=error)


async def _stopped(board: Callboard) -> int:
    try:
        async with asyncio.timeout(STOP_S):
            await board.stop()
    except TimeoutError:
        log.warning("something did not end in time")
        return 1
    return 1 if board.lost.done() else 0


def _collect_rarely() -> None:
    """What a start leaves stays for good. The collector looked at it again and again, which held up the loop for 70 to
    110 ms each time and took 7 to 9 % of it where everybody writes; now it takes 0.5 %."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    gc.enable()


def _stop_on_signals() -> asyncio.Event:
    asked = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    return asked


def _refused(error: Exception, settings: Settings) -> int:
    """One line on standard error that says why there is no server; the exit code."""
    line = str(error)
    if isinstance(error, Locked):
        line = f"Callboard is running already: {error}"
    elif isinstance(error, OSError):
        line = f"{settings.host} port {settings.port} cannot be served: {error.strerror or error}"
    sys.stderr.write(f"callboard: {' '.join(line.split())}\n")
    return 1


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
