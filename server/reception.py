"""The reception: who comes in, what he asks, what he is told, for every door through which clients also send.

A door gives it well-formed messages in order. A command of the catalog goes on the road; the few commands of a connection
itself are the table in `asking.py`. Answers line up in the connection's `AckLine`; events come from the feed.
"""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import Any

from events.catalog import Catalog
from events.desk import Desk
from events.errors import Invalid, NotFound, RateLimited, TooLarge, Unauthenticated, Unavailable, Unknown
from events.feed import Feed
from events.outcome import Outcome
from events.request import Request
from events.resource import Command
from events.telling import Encoder
from events.view import View
from server.ackline import Slot
from server.asking import Answer, Asking, Settle
from server.census import Census
from server.channels import Channels
from server.connection import Connection, Link
from server.gate import Gate
from server.identity import Identity, Who, counted_as
from server.refusals import Refusals
from server.settings import Settings
from stores.record import encode, public
from stores.sessions import Session

log = logging.getLogger("callboard.reception")

HEARTBEAT_S = 15
IN_FLIGHT_S = 5.0
UNKNOWN = "unknown"  # as what is counted that is no command
SPREAD_MS = 3_000  # reconnects after a restart are spread over this long (O7)


class Reception:
    """Connections of all such doors. `feeds` are by tenant id; a tenant made while running brings its own."""

    def __init__(
        self, settings: Settings, gate: Gate, identity: Identity, catalog: Catalog, feeds: Mapping[str, Feed],
        census: Census, refusals: Refusals | None = None,
    ) -> None:  # fmt: skip
        self._refusals = refusals or Refusals()
        self._settings, self._gate, self._identity, self._census = settings, gate, identity, census
        self._catalog, self._feeds = catalog, feeds
        self._connections: dict[str, dict[Connection, None]] = {}  # by session, as that is what ends many at once
        self._channels = Channels(catalog)
        self._asking = Asking(catalog, self._channels.answers)
        self._draining = False
        self.ends: Counter[str] = Counter()  # connections that ended, by reason
        identity.ended.append(self._end_session)

    async def drain(self) -> None:
        """O7: tell everyone, and finish what is in flight; then the doors close."""
        self._draining = True
        self._channels.close()
        for connection in [each for of_session in self._connections.values() for each in of_session]:
            delay = random.randrange(SPREAD_MS)  # noqa: S311  # spreads load, guards nothing
            connection.link.emit("server_draining", encode({"reconnect_in_ms": delay}))
        try:
            async with asyncio.timeout(IN_FLIGHT_S):
                await asyncio.gather(*(feed.desk.settle() for feed in self._feeds.values()))
        except TimeoutError:
            log.warning("some commands did not finish before the end")

    # -- coming and going ------------------------------------------------------------------------------------------

    async def admit(self, link: Link, auth: Mapping[str, Any], encoder: Encoder) -> None:
        """Let a client in who can say who he is, and put a reader for him into the feed; a CallboardError says why not.

        `auth`: `token` (else the handshake's cookie, from a page of ours), `cursor`, `resources`, `tenant`."""
        if self._draining:
            raise Unavailable("The server is about to restart. Please come back in a moment.")
        who = self._who(link, auth)
        if auth.get("tenant") not in (None, who.desk.tenant.slug):
            raise NotFound("There is no such team.")
        resources = self._resources(auth.get("resources"))
        connection = self._welcomed(link, who, encoder)
        feed = self._feeds[who.desk.tenant.tenant_id]

        def enter(view: View) -> None:
            # The client may have gone while this waited in the lane: a reader without a connection would never leave.
            if not connection.is_closed:
                connection.welcome = welcome(view, who.desk)
                connection.reader = feed.open(view, connection, who.caller, auth.get("cursor"), resources)
                self._channels.enter(connection, view.actor)

        await who.desk.read(who.caller, enter)
        self._who(link, auth)  # once more: the session may have ended meanwhile, when nobody knew of this connection

    def _welcomed(self, link: Link, who: Who, encoder: Encoder) -> Connection:
        """A connection, counted; from here on `closed` takes it out again."""
        address = self._gate.address(link.request)
        self._census.enter(counted_as(who.desk, who.caller), address)
        rate = self._settings.commands_per_second
        connection = Connection(link, who.desk, who.caller, who.session.id, address, encoder, rate)
        link.context = connection
        self._connections.setdefault(who.session.id, {})[connection] = None
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

    def knows(self, token: str) -> bool:
        """Whether this token opens anything now."""
        return self._identity.authenticate(token) is not None

    def _resources(self, wanted: Any) -> list[str] | None:
        """The resources a connection listens to; None is all of them."""
        if wanted is None:
            return None
        if not isinstance(wanted, list) or not all(plural in self._catalog.wire_plurals for plural in wanted):
            raise Invalid("Some resources do not exist.", {"resources": "must be a list of kinds of record"})
        return wanted

    def opened(self, connection: Connection) -> None:
        """The client knows that it is connected: begin the replay."""
        if connection.reader is not None:
            connection.reader.start()

    def closed(self, link: Link, reason: str) -> None:
        """The end of a link, let in or not."""
        log.debug("a connection closed: %s", reason)
        self.ends[reason] += 1
        connection: Connection | None = link.context
        if connection is not None:
            self._forget(connection)
            self._census.leave(counted_as(connection.desk, connection.caller), connection.address)
            connection.close()
            link.context = None

    def _end_session(self, session: Session, reason: str) -> None:
        for connection in list(self._connections.get(session.id, ())):
            connection.end(reason)

    def _forget(self, connection: Connection) -> None:
        of_session = self._connections.get(connection.session_id, {})
        of_session.pop(connection, None)
        if not of_session:
            self._connections.pop(connection.session_id, None)

    # -- asking ----------------------------------------------------------------------------------------------------

    def received(self, connection: Connection, event: str, message: Any, ack_id: Any) -> None:
        """One command, in the order sent; `ack_id` is what its answer is known by, None where nobody waits for it."""
        self._identity.touch(connection.session_id)
        slot = connection.line.slot(ack_id)
        settle = partial(connection.answer, slot)
        try:
            look = self._asking.answers.get(event)
            command = self._catalog.wire_command(event) if look is None else None
            self._admit(connection)
            if not isinstance(message, dict):
                raise Invalid("A command takes one object.", {"payload": "must be one object"})  # noqa: TRY301  # one place answers
            if command is not None:
                self._command(connection, command, message, settle)
            elif look is not None:
                self._look(connection, look, message, slot, connection.desk.measures.counting(event, settle))
        except Exception as error:  # noqa: BLE001  # every command is answered (T1)
            connection.desk.measures.answered(UNKNOWN if isinstance(error, Unknown) else event, error)
            settle(error)

    def refuse(self, connection: Connection, ack_id: Any, error: Exception) -> None:
        """What was sent is no command; its answer takes its place in the line all the same."""
        if isinstance(error, TooLarge):
            self._refusals.add("command", "too_large")
        connection.desk.measures.answered(UNKNOWN, error)
        connection.answer(connection.line.slot(ack_id), error)

    def _admit(self, connection: Connection) -> None:
        if connection.is_over:
            raise Unauthenticated("Please sign in.")
        if connection.bucket is not None and not connection.bucket.take(asyncio.get_running_loop().time()):
            self._refusals.add("command", "too_often")
            raise RateLimited("Too many commands at once. Please wait a moment.")
        if self._draining:
            raise Unavailable("The server is about to restart. Please send it again.")

    def _look(
        self, connection: Connection, look: Answer, message: Mapping[str, Any], slot: Slot, settle: Settle
    ) -> None:
        connection.looking += 1

        def settle_look(result: "bytes | Exception") -> None:
            connection.looking -= 1
            settle(result)

        try:
            look(connection, message, slot, settle_look)
        except Exception as error:  # noqa: BLE001  # every command is answered (T1)
            settle_look(error)

    def _command(self, connection: Connection, command: Command, message: Mapping[str, Any], settle: Settle) -> None:
        request = Request.of(connection.caller, command, message)
        if command.prepare is None:
            connection.desk.ask(request, settle)
            return
        self._identity.count_guess(connection.desk, request)
        connection.slow += 1

        def settle_slow(result: "Outcome | Exception") -> None:
            connection.slow -= 1
            settle(result)

        connection.desk.ask(request, settle_slow)


def welcome(view: View, desk: Desk) -> dict[str, Any]:
    """What `ready` says of who has come and where he is."""
    tenant = desk.tenant
    return {
        "user": public(view.user), "tenant": {"id": tenant.tenant_id, "slug": tenant.slug, "name": tenant.name},
        "heartbeat_s": HEARTBEAT_S,
    }  # fmt: skip
