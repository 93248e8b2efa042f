"""How much one address may ask over HTTP, whoever asks there: requests, and bytes of their bodies (PROTOCOL section 7).

Stands behind the middleware that turns failures into answers, before every door. WebSockets are slowed down by
themselves (`takeover.py`).
"""

import math
from collections.abc import Awaitable, Callable
from time import monotonic

from aiohttp import web
from aiohttp.typedefs import Middleware

from events.errors import RateLimited
from server.bucket import Buckets
from server.gate import Gate
from server.refusals import Refusals
from server.settings import Settings

BURST_S = 10  # that many seconds' worth may come at once: an office that opens its boards at eight o'clock
UNKNOWN = 256 * 1024  # bytes that a body counts which does not say how long it is: as many as it may have

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Pace:
    """The buckets of all addresses; a limit that is 0 is none."""

    def __init__(self, settings: Settings, gate: Gate, refusals: Refusals) -> None:
        requests, kilobytes = settings.requests_per_second, settings.incoming_kb_per_second
        self._gate, self._refusals = gate, refusals
        self._requests = Buckets(requests, BURST_S) if requests else None
        self._bytes = Buckets(kilobytes * 1024, BURST_S) if kilobytes else None

    @property
    def all(self) -> tuple[Middleware, ...]:
        """The middleware, where there is anything to look at."""
        return () if self._requests is None and self._bytes is None else (self._check,)

    @web.middleware
    async def _check(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """`RateLimited` where this address has asked too much."""
        self._count(self._gate.address(request), _size(request), monotonic())
        return await handler(request)

    def _count(self, address: str, size: int, now: float) -> None:
        if self._requests is not None and not self._requests.of(address, now).take(now):
            self._refusals.add("request", "too_often")
            raise RateLimited("Your address asks too often. Please wait a moment.")
        if self._bytes is not None and size:
            bucket = self._bytes.of(address, now)
            wait = bucket.spend(now, 0)
            if wait:
                self._refusals.add("request", "too_much")
                raise RateLimited("Your address sends too much at once. Please wait a moment.", math.ceil(wait))
            bucket.spend(now, size)


def _size(request: web.Request) -> int:
    """Bytes of the body."""
    if request.content_length is not None:
        return min(request.content_length, UNKNOWN)
    return UNKNOWN if request.can_read_body else 0
