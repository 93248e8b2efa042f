"""The SSE door: one-way streams for `EventSource` and `curl -N`, resumed by Last-Event-ID (PROTOCOL section 5).

Who may listen is the gate's to say, what he hears the feed's; here a stream is opened, counted, and ended in good order.
"""

import random
from collections.abc import Mapping, Sequence

from aiohttp import hdrs, web

from events.catalog import Catalog
from events.errors import Unauthenticated, Unavailable
from events.feed import Feed
from events.view import View
from server.body import only, query_of, resources_of
from server.census import Census
from server.departures import Departures
from server.gate import Gate
from server.http import BASE
from server.identity import Identity, Who, counted_as
from server.reception import SPREAD_MS, welcome
from server.stream import Stream, StreamEncoder, message
from stores.record import encode
from stores.sessions import Session

HEADERS = {
    hdrs.CONTENT_TYPE: "text/event-stream", hdrs.CACHE_CONTROL: "no-store",
    "X-Accel-Buffering": "no",  # nginx would keep events back until its buffer is full
}  # fmt: skip
RETRY_MS = 2_000
OPENING = b": this is Callboard\nretry: %d\n\n" % RETRY_MS
RESTARTS = "The server is about to restart. Please come back in a moment."


class StreamDoor:
    """All open streams. `feeds` are by tenant id."""

    def __init__(
        self, gate: Gate, identity: Identity, catalog: Catalog, feeds: Mapping[str, Feed], census: Census,
        departures: Departures,
    ) -> None:  # fmt: skip
        self._gate, self._catalog, self._feeds, self._census = gate, catalog, feeds, census
        self._departures, self._encoder = departures, StreamEncoder()
        self._streams: dict[Stream, str] = {}  # and the id of its session
        self._draining = False
        identity.ended.append(self._end_session)

    def attach(self, application: web.Application) -> None:
        """Serve both addresses; before the HTTP door, whose addresses are general."""
        application.router.add_get(f"{BASE}/realtime", self._answer)
        application.router.add_get(BASE + "/realtime/{plural}", self._answer)

    def drain(self) -> None:
        """O7: tell everyone when to come back, and end all streams."""
        self._draining = True
        for stream in list(self._streams):
            _send_away(stream)

    def _end_session(self, session: Session, reason: str) -> None:
        for stream in [each for each, session_id in self._streams.items() if session_id == session.id]:
            stream.end(reason)

    # -- one stream ------------------------------------------------------------------------------------------------

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        who = self._gate.member(request, stream=True)
        resources, cursor = self._asked(request)
        if self._draining:
            raise Unavailable(RESTARTS)
        if request.method == hdrs.METH_HEAD:
            return web.Response(headers=HEADERS)
        place = (counted_as(who.desk, who.caller), self._gate.address(request))
        self._census.enter(*place)
        try:
            return await self._serve(request, who, resources, cursor)
        finally:
            self._census.leave(*place)

    def _asked(self, request: web.Request) -> tuple[Sequence[str], str | None]:
        """(what is listened to, the cursor): a reconnect's header is newer than the address it was opened with."""
        query, plural = query_of(request), request.match_info.get("plural")
        only(query, "since", *(() if plural else ("resources",)))
        resources = resources_of({"resources": plural} if plural else query, self._catalog)
        return resources, request.headers.get("Last-Event-ID") or query.get("since")

    async def _serve(
        self, request: web.Request, who: Who, resources: Sequence[str], cursor: str | None
    ) -> web.StreamResponse:
        response = web.StreamResponse(headers=HEADERS)
        await response.prepare(request)
        await response.write(OPENING)  # at once, whatever there is to replay: a proxy or a browser may be waiting
        stream = Stream(request, response, self._encoder)
        self._streams[stream] = who.session.id
        try:
            with self._departures.watched(request, lambda: stream.cut("gone")):
                await self._enter(request, stream, who, resources, cursor)
                await stream.write()
        finally:
            stream.close()
            self._streams.pop(stream)
        return response

    async def _enter(
        self, request: web.Request, stream: Stream, who: Who, resources: Sequence[str], cursor: str | None
    ) -> None:
        """Put a reader into the feed."""
        feed = self._feeds[who.desk.tenant.tenant_id]

        def enter(view: View) -> None:
            if not stream.is_over:
                stream.welcome = welcome(view, who.desk)
                stream.reader = feed.open(view, stream, who.caller, cursor, resources)

        try:
            self._gate.who(request)  # once more: it may have ended before anybody knew of this stream
            await who.desk.read(who.caller, enter)
        except Unauthenticated:
            stream.end("revoked")
        if self._draining:
            _send_away(stream)
        if stream.reader is not None:
            stream.reader.start()


def _send_away(stream: Stream) -> None:
    delay = random.randrange(SPREAD_MS)  # noqa: S311  # spreads load, guards nothing
    stream.finish(b"retry: %d\n" % delay + message("server_draining", encode({"reconnect_in_ms": delay})))
