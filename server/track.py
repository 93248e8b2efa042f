"""The customer's page about his repair, by its tracking code and without signing in (DOMAIN.md): once, and live.

What it says is `events/tracking.py`'s. Here wrong codes are counted by address, so that nobody guesses, and open streams
too, as whoever asks has no account to be held to.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from aiohttp import hdrs, web

from events.desk import Desk
from events.errors import NotFound, RateLimited, Unavailable
from events.tracking import Followers, read_code, repair_of, tracked
from server.departures import Departures
from server.gate import Gate
from server.limits import Limits
from server.reception import SPREAD_MS
from server.sse import HEADERS as STREAM
from server.sse import OPENING, RESTARTS
from server.stream import message
from stores.clock import Clock
from stores.record import encode

# Nobody keeps it, nobody is told where it was read, no search engine lists it.
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
HEARTBEAT_S = 14.0
SLOW_S = 30.0
MOST_OF_ADDRESS, MOST = 20, 2_000
NOTHING = encode(None)


class TrackDoor:
    """`GET /api/track/{code}`, and `/realtime` below it as SSE: `event: tracked` at once and whenever what the customer can
    see has changed, `event: ended` when there is nothing to see any more. `desks` are by tenant id."""

    def __init__(
        self, gate: Gate, desks: Mapping[str, Desk], limits: Limits, clock: Clock, departures: Departures
    ) -> None:
        self._gate, self._desks, self._limits, self._clock = gate, desks, limits, clock
        self._departures = departures
        self._followers: dict[str, Followers] = {}  # by tenant id
        self._streams: dict[asyncio.Event, None] = {}
        self._of_address: Counter[str] = Counter()
        self._draining = False

    def attach(self, application: web.Application) -> None:
        """Serve these addresses."""
        application.add_routes(
            [web.get("/api/track/{code}", self._track), web.get("/api/track/{code}/realtime", self._follow)]
        )

    @property
    def count(self) -> int:
        """How many customers follow their repair."""
        return len(self._streams)

    def drain(self) -> None:
        """O7: whoever follows is told when to come back."""
        self._draining = True
        for news in list(self._streams):
            news.set()

    async def _track(self, request: web.Request) -> web.Response:
        desk, code, _ = await self._find(request)
        return web.Response(body=await self._said(desk, code), content_type="application/json", headers=HEADERS)

    async def _find(self, request: web.Request) -> tuple[Desk, str, str]:
        """(desk, code, id) of the repair that is asked for; `NotFound` counts against the address."""
        key = f"track {self._gate.address(request)}"
        self._limits.check_failures(key)
        code, now = read_code(request.match_info["code"]), self._clock.now()
        for desk in list(self._desks.values()) if code is not None else ():
            found = await desk.read(None, lambda view: repair_of(view, str(code), now))
            if found is not None:
                return desk, str(code), found.id
        self._limits.failed(key)
        raise NotFound("We know of no repair with this code.")

    async def _said(self, desk: Desk, code: str) -> bytes:
        """What the customer sees now, as JSON; `NOTHING` where it has ended."""
        now = self._clock.now()
        return encode(await desk.read(None, lambda view: tracked(view, code, now)))

    # -- live ------------------------------------------------------------------------------------------------------

    async def _follow(self, request: web.Request) -> web.StreamResponse:
        desk, code, repair_id = await self._find(request)
        if request.method == hdrs.METH_HEAD:
            return web.Response(headers={**STREAM, **HEADERS})
        with self._counted(self._gate.address(request)), self._followers_of(desk).following(repair_id) as news:
            response = web.StreamResponse(headers={**STREAM, **HEADERS})
            await response.prepare(request)
            self._streams[news] = None
            try:
                with self._departures.watched(request, news.set), suppress(ConnectionError):
                    await self._tell(request, response, news, desk, code)
            finally:
                self._streams.pop(news)
        return response

    async def _tell(
        self, request: web.Request, response: web.StreamResponse, news: asyncio.Event, desk: Desk, code: str
    ) -> None:
        """Write until the client has left, there is nothing to see any more, or the server ends."""
        await _write(request, response, OPENING)
        told = b""
        while request.transport is not None and not self._draining:
            news.clear()
            said = await self._said(desk, code)
            if said == NOTHING:
                await _write(request, response, message("ended", b"{}"))
                return
            if said != told:
                await _write(request, response, message("tracked", said))
                told = said
            if not await _comes(news):
                await _write(request, response, b": still here\n\n")
        if self._draining:
            delay = random.randrange(SPREAD_MS)  # noqa: S311  # spreads load, guards nothing
            await _write(request, response, b"retry: %d\n\n" % delay)

    @contextmanager
    def _counted(self, address: str) -> Iterator[None]:
        if self._draining or len(self._streams) >= MOST:
            raise Unavailable(
                RESTARTS if self._draining else "Too many people are looking. Please come back in a moment."
            )
        if self._of_address[address] >= MOST_OF_ADDRESS:
            raise RateLimited("There are too many pages open at your address.")
        self._of_address[address] += 1
        try:
            yield
        finally:
            self._of_address[address] -= 1
            if not self._of_address[address]:
                del self._of_address[address]

    def _followers_of(self, desk: Desk) -> Followers:
        tenant_id = desk.tenant.tenant_id
        if tenant_id not in self._followers:
            self._followers[tenant_id] = Followers(desk)
        return self._followers[tenant_id]


async def _comes(news: asyncio.Event) -> bool:
    """Whether there is news before the next sign of life is due."""
    with suppress(TimeoutError):
        return await asyncio.wait_for(news.wait(), HEARTBEAT_S)
    return False


async def _write(request: web.Request, response: web.StreamResponse, text: bytes) -> None:
    """Write, and part with a client that accepts nothing for half a minute."""
    try:
        await asyncio.wait_for(response.write(text), SLOW_S)
    except TimeoutError:
        if request.transport is not None:
            request.transport.abort()
        raise ConnectionResetError from None
