"""The composition root: builds everything once, in order, and takes it down again in order (A6, O7).

    board = Callboard(Settings.read())
    await board.start()
    await board.listen()
    ...
    await board.stop()

`serving.py` does that for a process of its own. Nothing below knows of this module, so two boards can live in one process.
"""

import asyncio
import logging
import socket
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context

from aiohttp import web

from events.catalog import discover
from events.desk import Desk
from events.durability import Threads
from events.errors import Invalid, NotFound
from events.feed import Feed
from events.resource import Resource
from server.acceptor import Acceptor, GuardedSite
from server.arrivals import Arrivals, Leave
from server.board import BoardDoor
from server.body import MOST_BYTES
from server.census import Census
from server.control import Control
from server.departures import Departures
from server.figures import Figures
from server.gate import Gate
from server.health import Health
from server.http import HttpDoor
from server.identity import Identity
from server.limits import Limits
from server.listening import BACKLOG, listening_at
from server.metrics import Metrics
from server.middleware import Middleware
from server.pace import Pace
from server.places import control_socket
from server.polling import PollDoor
from server.pruning import Pruning
from server.pulse import Pulse
from server.reception import Reception
from server.refusals import Refusals
from server.settings import Settings, SettingsError
from server.setup import Setup
from server.signin import SignInDoor
from server.sockets import Sockets
from server.sse import StreamDoor
from server.static import StaticDoor
from server.track import TrackDoor
from server.traffic import Traffic
from server.websocket import WebSocketDoor
from stores.clock import Clock, new_id
from stores.database import Database
from stores.desks import Tenant
from stores.errors import StoreError

log = logging.getLogger("callboard.app")

HASHERS, READERS = 2, 4
IN_FLIGHT_S = 5.0  # that long requests under way may take at the end


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
        self.refusals, self.traffic = Refusals(), Traffic()
        self.limits = Limits(settings.commands_per_second, self.refusals)
        self.identity = Identity(self.database, self.desks, self.clock, settings, self.threads, self.limits)
        self.gate = Gate(self.identity, settings)
        self.setup = Setup(self.desks, self.catalog, self.create_tenant, settings.public_url, self.limits, say)
        self.census = Census(settings, self.refusals)
        self.acceptor = Acceptor(settings, self.gate.proxies, self.refusals)
        of_all = (settings, self.gate, self.identity, self.catalog, self.feeds)
        self.reception = Reception(*of_all, self.census, self.refusals)
        self.arrivals = Arrivals(settings, self.refusals)
        self.sockets = Sockets(settings, self.gate, self.reception, self._knock, self.refusals)
        self.websocket = WebSocketDoor(settings, self.gate, self.reception, self._knock, self.refusals)
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

    def _knock(self, request: web.Request) -> Leave:
        """Somebody wants to connect: `RateLimited`, or what is to be called when he has said who he is."""
        return self.arrivals.enter(self.gate.address(request))

    def _doors(self) -> web.Application:
        """The web application. The order matters: what is more particular comes first, `/api/tenants/…` of HTTP last."""
        middleware = Middleware(self.gate, lambda: self.is_ready)
        pace = Pace(self.settings, self.gate, self.refusals)
        application = web.Application(client_max_size=MOST_BYTES, middlewares=(*middleware.all, *pace.all))
        application.on_response_prepare.append(middleware.add_headers)
        metrics = Metrics(self.gate, self.settings, self._figures())
        middleware.answered.append(self.traffic.count)
        self.sockets.attach(application)
        self.websocket.attach(application)
        for door in (
            Health(lambda: self.is_ready), metrics, StaticDoor(self.catalog),
            SignInDoor(self.gate, self.identity, self.setup), self.tracks, self.streams, self.polls,
            HttpDoor(self.gate, self.catalog, self.limits, self.clock), BoardDoor(self.gate),
        ):  # fmt: skip
            door.attach(application)
        return application

    def _figures(self) -> Figures:
        return Figures(
            desks=self.desks, feeds=self.feeds, identity=self.identity, reception=self.reception, sockets=self.sockets,
            websocket=self.websocket, polls=self.polls, tracks=self.tracks, refusals=self.refusals, traffic=self.traffic,
            acceptor=self.acceptor, pulse=Pulse(), is_ready=lambda: self.is_ready, mark=self.catalog.mark,
        )  # fmt: skip

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
        # A desk outlives the request that made it: once all that it ever logged was named as of that set-up.
        return Context().run(self._open_desk, tenant)

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

    def lock(self, *, knock: bool = False) -> None:
        """Take the database for life, or raise Locked (D8); with `knock` whoever has it is asked for it. Taking it twice is one
        taking; any thread may."""
        self.database.lock(self._lock_lost, knock=knock)

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
            await GuardedSite(self._runner, each, self.acceptor, BACKLOG).start()

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
