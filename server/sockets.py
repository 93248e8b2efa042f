"""The Socket.IO door: who comes in, what he asks, what he is told (PROTOCOL sections 2 to 4).

The guard gives it well-formed events in order. A command of the catalog goes on the road; the few commands of a
connection itself are the table in `asking.py`. Answers line up in the connection's `AckLine`; events come from the feed.
"""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from events.catalog import Catalog
from events.desk import Desk
from events.errors import CallboardError, Invalid, RateLimited, TooLarge, Unauthenticated, Unavailable
from events.feed import Feed
from events.outcome import Outcome
from events.road import Request
from events.view import View
from server.ackline import Slot
from server.asking import Asking
from server.connection import Connection, SocketEncoder
from server.gate import Gate
from server.guard import GuardedServer, Link, Refusal
from server.identity import Identity, Who
from server.replies import socket_failure
from server.settings import Settings
from stores.record import encode, public
from stores.sessions import Session

log = logging.getLogger("callboard.sockets")

HEARTBEAT_S = 15
IN_FLIGHT_S = 5.0
SPREAD_MS = 3_000  # reconnects after a restart are spread over this long (O7)


class Sockets:
    """The door behind the guard. `feeds` are by tenant id; a tenant made while running brings its own."""

    def __init__(
        self, settings: Settings, gate: Gate, identity: Identity, catalog: Catalog, feeds: Mapping[str, Feed]
    ) -> None:
        self._settings, self._gate, self._identity = settings, gate, identity
        self._catalog, self._feeds = catalog, feeds
        self._connections: dict[Connection, None] = {}
        self._count: Counter[str] = Counter()  # of connections by user and by address
        self._encoder = SocketEncoder()
        self._asking = Asking(catalog)
        self._draining = False
        self.guard = GuardedServer(
            self, allowed_origins=lambda origin, _: origin is None or origin in gate.origins,
            max_connections=settings.max_connections,
        )  # fmt: skip
        identity.ended.append(self._end_session)

    def attach(self, application: web.Application) -> None:
        """Serve /socket.io/ of the application."""
        self.guard.attach(application)

    async def drain(self) -> None:
        """O7: tell everyone, finish what is in flight, close so that clients come back by themselves."""
        self._draining = True
        for connection in list(self._connections):
            delay = random.randrange(SPREAD_MS)  # noqa: S311  # spreads load, guards nothing
            connection.link.emit("server_draining", encode({"reconnect_in_ms": delay}))
        try:
            async with asyncio.timeout(IN_FLIGHT_S):
                await asyncio.gather(*(feed.desk.settle() for feed in self._feeds.values()))
        except TimeoutError:
            log.warning("some commands did not finish before the end")
        await self.guard.drain()

    # -- coming and going ------------------------------------------------------------------------------------------

    async def connect(self, link: Link, auth: Any) -> None:
        """Let a client in who can say who he is, and put a reader for him into the feed."""
        try:
            await self._connect(link, auth if isinstance(auth, dict) else {})
        except CallboardError as error:
            raise Refusal(error.message, {"code": error.code, "retry": error.retry, **error.details()}) from None

    async def _connect(self, link: Link, auth: Mapping[str, Any]) -> None:
        if self._draining:
            raise Unavailable("The server is about to restart. Please come back in a moment.")
        who = self._who(link, auth)
        resources = self._resources(auth.get("resources"))
        connection = self._welcomed(link, who)
        feed = self._feeds[who.desk.tenant.tenant_id]

        def enter(view: View) -> None:
            # The client may have gone while this waited in the lane: a reader without a connection would never leave.
            if not connection.is_closed:
                connection.welcome = _welcome(view, who.desk)
                connection.reader = feed.open(view, connection, who.caller, auth.get("cursor"), resources)

        await who.desk.read(who.caller, enter)
        self._who(link, auth)  # once more: the session may have ended meanwhile, when nobody knew of this connection

    def _welcomed(self, link: Link, who: Who) -> Connection:
        """A connection, counted; from here on `closed` takes it out again."""
        address = self._gate.address(link.request)
        self._check_limits(who.caller.user_id, address)
        rate = self._settings.commands_per_second
        connection = Connection(link, who.desk, who.caller, who.session.id, address, self._encoder, rate)
        link.context = connection
        self._connections[connection] = None
        self._count.update((who.caller.user_id, address))
        return connection

    def _who(self, link: Link, auth: Mapping[str, Any]) -> Who:
        """`auth.token`, else the cookie where the handshake's Origin is one of ours (an absent one is foreign)."""
        token = auth.get("token")
        if token is None and link.origin in self._gate.origins:
            token = link.cookies.get(self._gate.cookie)
        who = self._identity.authenticate(token) if isinstance(token, str) else None
        if who is None:
            raise Unauthenticated("Please sign in.")
        return who

    def _check_limits(self, user_id: str, address: str) -> None:
        of_user, of_address = self._settings.connections_per_user, self._settings.connections_per_address
        if of_user and self._count[user_id] >= of_user:
            raise RateLimited("You have too many connections open.")
        if of_address and self._count[address] >= of_address:
            raise RateLimited("There are too many connections from your address.")

    def _resources(self, wanted: Any) -> list[str] | None:
        """The resources a connection listens to; None is all of them."""
        if wanted is None:
            return None
        if not isinstance(wanted, list) or not all(plural in self._catalog.wire_plurals for plural in wanted):
            raise Invalid("Some resources do not exist.", {"resources": "must be a list of kinds of record"})
        return wanted

    def opened(self, link: Link) -> None:
        """The client knows that it is connected: begin the replay."""
        link.context.reader.start()

    def closed(self, link: Link, reason: str) -> None:
        """The end of a connection, let in or not."""
        log.debug("a connection closed: %s", reason)
        connection: Connection | None = link.context
        if connection is not None:
            self._connections.pop(connection, None)
            self._uncount(connection.caller.user_id, connection.address)
            connection.close()

    def _uncount(self, *names: str) -> None:
        self._count.subtract(names)
        for name in names:
            if self._count[name] <= 0:
                del self._count[name]

    def _end_session(self, session: Session, reason: str) -> None:
        for connection in [c for c in self._connections if c.session_id == session.id]:
            connection.end(reason)

    # -- asking ----------------------------------------------------------------------------------------------------

    async def ready_to_read(self, link: Link) -> None:
        """O6: a connection that leaves too much unanswered is not read."""
        if link.context is not None and link.context.is_busy:
            await link.context.ready_to_read()

    def received(self, link: Link, event: str, args: list[Any], packet_id: int | None) -> None:
        """One command, in the order sent."""
        connection: Connection = link.context
        self._identity.touch(connection.session_id)
        slot = connection.line.slot(packet_id)

        def settle(result: "Outcome | bytes | Exception") -> None:
            if isinstance(result, Outcome):
                connection.line.fill(slot, result.json(), result.seq)
            else:
                connection.line.fill(slot, result if isinstance(result, bytes) else socket_failure(result))
            connection.flows()

        try:
            self._admit(connection, event)
            message = _message(args)
            if event in self._asking.answers:
                self._look(connection, event, message, slot, settle)
            else:
                self._command(connection, event, message, settle)
        except Exception as error:  # noqa: BLE001  # every command is answered (T1)
            settle(error)

    def _admit(self, connection: Connection, event: str) -> None:
        if event not in self._asking.answers:
            self._catalog.wire_command(event)
        if connection.is_over:
            raise Unauthenticated("Please sign in.")
        if not connection.bucket.take(asyncio.get_running_loop().time()):
            raise RateLimited("Too many commands at once. Please wait a moment.")
        if self._draining:
            raise Unavailable("The server is about to restart. Please send it again.")

    def _look(self, connection: Connection, event: str, message: Mapping[str, Any], slot: Slot, settle: Any) -> None:
        connection.looking += 1

        def settle_look(result: "bytes | Exception") -> None:
            connection.looking -= 1
            settle(result)

        try:
            self._asking.answers[event](connection, message, slot, settle_look)
        except Exception as error:  # noqa: BLE001  # every command is answered (T1)
            settle_look(error)

    def _command(self, connection: Connection, event: str, message: Mapping[str, Any], settle: Any) -> None:
        command = self._catalog.wire_command(event)
        request = Request.of(connection.caller, command, message)
        if command.prepare is None:
            connection.desk.ask(request, settle)
            return
        connection.slow += 1

        def settle_slow(result: "Outcome | Exception") -> None:
            connection.slow -= 1
            settle(result)

        connection.desk.ask(request, settle_slow)

    def broken(self, link: Link, packet_id: int | None, reason: str) -> None:
        """Not a command at all."""
        self._refuse(link, packet_id, Invalid("This is not a well-formed command.", {"payload": reason}))

    def too_large(self, link: Link, packet_id: int | None) -> None:
        """A payload over the limit."""
        self._refuse(link, packet_id, TooLarge("This is more than 256 KiB."))

    def internal(self, link: Link, packet_id: int | None, error: Exception) -> None:
        """Our own fault."""
        self._refuse(link, packet_id, error)

    def _refuse(self, link: Link, packet_id: int | None, error: Exception) -> None:
        connection: Connection = link.context
        connection.line.fill(connection.line.slot(packet_id), socket_failure(error))


def _message(args: list[Any]) -> Mapping[str, Any]:
    """The one payload of a command; none is an empty one."""
    if not args:
        return {}
    if len(args) > 1 or not isinstance(args[0], dict):
        raise Invalid("A command takes one object.", {"payload": "must be one object"})
    return args[0]


def _welcome(view: View, desk: Desk) -> dict[str, Any]:
    tenant = desk.tenant
    return {
        "user": public(view.user), "tenant": {"id": tenant.tenant_id, "slug": tenant.slug, "name": tenant.name},
        "heartbeat_s": HEARTBEAT_S,
    }  # fmt: skip
