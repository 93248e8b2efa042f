"""What happens to every HTTP request, whatever door it is for: failures become answers, foreign pages of ours are let
read them, and each answer says how browsers must treat it.
"""

import logging
from collections.abc import Awaitable, Callable
from time import monotonic

from aiohttp import hdrs, web

from events.errors import Unavailable, Unknown
from server.gate import Gate
from server.replies import NOT_NOW, Gone, foreseen, problem
from server.requestid import HEADER, PRESENT, REQUEST_ID, id_of
from server.route import UNHURRIED, method_of, route_of

log = logging.getLogger("callboard.middleware")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Answered = Callable[[web.Request, int, float], None]

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
SECURITY = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",  # no page elsewhere embeds what a cookie of ours would show
}
STARTED = web.RequestKey("started", web.StreamResponse)  # its head is on its way: no other answer can follow it
STARTED_AT = web.RequestKey("started_at", float)  # the rest of a stream takes as long as its client takes over it
SHARED = ("/api/", "/healthz")  # what pages of allowed origins may read
TAKEN = "Authorization, Content-Type, Idempotency-Key, If-Match, Last-Event-ID"
TOLD = f"Callboard-Cursor, ETag, Retry-After, {HEADER}"
SLOW_S = 1.0


class Middleware:
    """`all` in the order that aiohttp wants them; `answered` hears of every answer: its status, and the seconds until
    it began."""

    def __init__(self, gate: Gate, is_ready: Callable[[], bool]) -> None:
        self._gate, self._is_ready = gate, is_ready
        self.answered: list[Answered] = [_tell_slow]
        self.all = (self._answer, self._preflight, self._wait)

    @web.middleware
    async def _answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Around everything else: the request's id is made, and every answer told to those who count."""
        request[REQUEST_ID], begun = id_of(request, self._gate.proxies), monotonic()
        before = PRESENT.set(request[REQUEST_ID])
        try:
            response = await _caught(request, handler)
            for listener in self.answered:
                listener(request, response.status, request.get(STARTED_AT, monotonic()) - begun)
        finally:
            PRESENT.reset(before)
        return response

    @web.middleware
    async def _preflight(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """The question a browser asks before a page of another origin may send something."""
        asks = request.method == hdrs.METH_OPTIONS and hdrs.ACCESS_CONTROL_REQUEST_METHOD in request.headers
        if not (asks and request.path.startswith("/api/")):
            return await handler(request)
        response = web.Response(status=204)
        if self._gate.is_own(request):
            response.headers[hdrs.ACCESS_CONTROL_ALLOW_METHODS] = "GET, POST, PATCH, DELETE"
            response.headers[hdrs.ACCESS_CONTROL_ALLOW_HEADERS] = TAKEN
            response.headers[hdrs.ACCESS_CONTROL_MAX_AGE] = "7200"
        return response

    @web.middleware
    async def _wait(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Before the desks are open and while the server ends, nothing is asked of them."""
        if request.path.startswith("/api/") and not self._is_ready():
            raise Unavailable(NOT_NOW)
        return await handler(request)

    async def add_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        """Called for every answer, streams too, before its head is sent."""
        request[STARTED], request[STARTED_AT] = response, monotonic()
        if REQUEST_ID in request:
            response.headers[HEADER] = request[REQUEST_ID]
        for name, value in SECURITY.items():
            response.headers.setdefault(name, value)
        response.headers[hdrs.SERVER] = "Callboard"
        if self._gate.secure:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        response.headers.setdefault(hdrs.CACHE_CONTROL, "no-store")  # what may be kept says so itself
        if request.path.startswith(SHARED):
            self._share(request, response)

    def _share(self, request: web.Request, response: web.StreamResponse) -> None:
        """Let a page of one of our origins read the answer."""
        response.headers.add(hdrs.VARY, hdrs.ORIGIN)
        if self._gate.is_own(request):
            response.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = request.headers[hdrs.ORIGIN]
            response.headers[hdrs.ACCESS_CONTROL_ALLOW_CREDENTIALS] = "true"
            response.headers[hdrs.ACCESS_CONTROL_EXPOSE_HEADERS] = TOLD


async def _caught(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The one place that catches, for all HTTP doors."""
    try:
        return await handler(request)
    except Exception as error:
        if isinstance(error, web.HTTPException) and error.status < 400:
            raise
        started = request.get(STARTED)
        if started is not None:
            return _cut_short(request, started, error)
        return problem(_named(request, error), request[REQUEST_ID])


def _tell_slow(request: web.Request, status: int, seconds: float) -> None:
    """One line, without what was asked for: its template alone."""
    route = route_of(request)
    if seconds > SLOW_S and route not in UNHURRIED:
        log.warning("slow: %s %s took %.1f s, answered %d", method_of(request), route, seconds, status)


def _named(request: web.Request, error: Exception) -> Exception:
    """An address for a command that does not exist is an unknown command; who has gone meanwhile has done nothing wrong."""
    if isinstance(error, ConnectionError) and (request.transport is None or request.transport.is_closing()):
        return Gone(NOT_NOW)
    is_command = request.method == hdrs.METH_POST and request.path.startswith("/api/tenants/")
    return Unknown("There is no such command.") if isinstance(error, web.HTTPNotFound) and is_command else error


def _cut_short(request: web.Request, started: web.StreamResponse, error: Exception) -> web.StreamResponse:
    """A stream that broke ends with its connection. A client that went away is no news, anything else is logged."""
    if not isinstance(error, ConnectionError):
        foreseen(error, request[REQUEST_ID])
    if request.transport is not None:
        request.transport.abort()
    return started
