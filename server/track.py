"""The customer's page about his repair, by its tracking code and without signing in (DOMAIN.md)."""

from collections.abc import Mapping

from aiohttp import web

from events.desk import Desk
from events.errors import NotFound
from events.tracking import read_code, tracked
from server.gate import Gate
from server.limits import Limits
from stores.clock import Clock
from stores.record import encode

# Nobody keeps it, nobody is told where it was read, no search engine lists it.
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


class TrackDoor:
    """`GET /api/track/{code}`. Wrong codes are counted by address, so that nobody guesses."""

    def __init__(self, gate: Gate, desks: Mapping[str, Desk], limits: Limits, clock: Clock) -> None:
        self._gate, self._desks, self._limits, self._clock = gate, desks, limits, clock

    def attach(self, application: web.Application) -> None:
        """Serve this address."""
        application.add_routes([web.get("/api/track/{code}", self._track)])

    async def _track(self, request: web.Request) -> web.Response:
        key = f"track {self._gate.address(request)}"
        self._limits.check_failures(key)
        code, now = read_code(request.match_info["code"]), self._clock.now()
        for desk in list(self._desks.values()) if code is not None else ():
            found = await desk.read(None, lambda view: tracked(view, str(code), now))
            if found is not None:
                return web.Response(body=encode(found), content_type="application/json", headers=HEADERS)
        self._limits.failed(key)
        raise NotFound("We know of no repair with this code.")
