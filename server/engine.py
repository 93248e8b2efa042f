"""The Engine.IO server behind the guard: who may come in, which session a request belongs to, and the end of them all.

It stands between aiohttp's router and the sessions. python-engineio gives the ids and the registry; its own request
handler is not used, for it answers 200 to what it drops (T17, T18) and 500 to what it does not expect (T15).
"""

import asyncio
from collections.abc import Callable
from typing import Any

import engineio
from aiohttp import hdrs, web

from events.errors import RateLimited
from server.arrivals import Leave, nobody
from server.outbox import Outbox, Turn
from server.refusals import Refusals
from server.session import DRAINING, Reader, Session
from server.socketlog import Complaints
from server.takeover import OpenSockets, Taken, take_over

AllowedOrigins = Callable[[str | None, web.Request], bool]
Knock = Callable[[web.Request], Leave]


def anybody(_: web.Request) -> Leave:
    """Stands where all may come."""
    return nobody


class GuardedEngine(engineio.AsyncServer):  # type: ignore[misc]
    """Holds the sessions. `allowed_origins(origin, request)` is asked for every request; origin None: none is named.
    `knock` is asked for every new session: `RateLimited`, or what is to be called when it has said who it is."""

    reader: Reader
    sockets: dict[str, Session]

    def __init__(
        self,
        *,
        allowed_origins: AllowedOrigins,
        connect_timeout: float,
        max_connections: int,
        linger: float,
        knock: Knock = anybody,
        bytes_per_second: int = 0,
        refusals: Refusals | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.allowed_origins = allowed_origins
        self.connect_timeout = connect_timeout
        self.max_connections = max_connections
        self.linger = linger
        self.refusals = refusals or Refusals()
        self.open = OpenSockets(bytes_per_second, self.refusals)
        self._knock = knock
        self._turn = Turn()
        self.draining = False
        self.complaints = Complaints(self.logger)
        self._serving: set[asyncio.Task[Any]] = set()

    def create_outbox(self) -> Outbox:
        """For a new session."""
        return Outbox(self._turn)

    create_queue = create_outbox

    def complain(self, session: Session, reason: str) -> None:
        """Log a bad packet."""
        self.complaints.add(session.peer, reason)

    async def handle_request(self, request: web.Request) -> web.StreamResponse:
        """Answer one HTTP request of a client, or serve it as a WebSocket until that ends."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - aiohttp runs every handler in a task
        self._serving.add(task)
        try:
            response = self._objection(request) or await self._route(request)
        finally:
            self._serving.discard(task)
        if not response.prepared:
            self._share(request, response)
        return response

    def _objection(self, request: web.Request) -> web.Response | None:
        """The answer to a request that is refused as it stands (T29)."""
        origin = request.headers.get(hdrs.ORIGIN)
        if origin == "null" or not self.allowed_origins(origin, request):
            return web.Response(status=403, text="This origin is not allowed")
        if request.method == hdrs.METH_OPTIONS:
            return web.Response(status=204)
        if request.method not in (hdrs.METH_GET, hdrs.METH_POST):
            return web.Response(status=405, text="GET and POST only")
        if "j" in request.query or request.query.get("transport") not in self.transports:
            return web.Response(status=400, text="Unknown transport")
        return None

    async def _route(self, request: web.Request) -> web.StreamResponse:
        websocket = request.query["transport"] == "websocket"
        if "sid" not in request.query:
            return await self._handshake(request, websocket=websocket)
        session = self.sockets.get(request.query["sid"])
        if session is None:
            return web.Response(status=400, text="Unknown session")
        if request.method == hdrs.METH_POST:
            return await session.post(request)
        return session.upgrade(request) if websocket else await session.poll(request)

    async def _handshake(self, request: web.Request, *, websocket: bool) -> web.StreamResponse:
        if request.query.get("EIO") != "4" or request.method != hdrs.METH_GET:
            return web.Response(status=400, text="Not a handshake of Engine.IO 4")
        if self.draining or len(self.sockets) >= self.max_connections:
            self.refusals.add("connection", "server_full")
            return web.Response(status=503, text="Not now")
        try:
            heard = self._knock(request)
        except RateLimited as refused:
            return web.Response(status=429, text=refused.message, headers={hdrs.RETRY_AFTER: str(refused.retry_after)})
        return await self._open(request, heard, websocket=websocket)

    async def _open(self, request: web.Request, heard: Leave, *, websocket: bool) -> web.StreamResponse:
        try:
            socket = take_over(request, self.max_http_buffer_size, self.open) if websocket else None
        except (web.HTTPException, ConnectionError):
            heard()
            raise
        session = Session(self, request, [] if websocket else ["websocket"])
        session.on_heard = heard
        self.sockets[session.sid] = session
        session.connected = True
        if socket is None:
            return await session.poll(request)
        session.start(socket)
        return Taken()

    def _share(self, request: web.Request, response: web.StreamResponse) -> None:
        """Let a page of another, allowed origin read the answer."""
        response.headers[hdrs.CACHE_CONTROL] = "no-store"
        if hdrs.ORIGIN not in request.headers or response.status == 403:
            return
        response.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = request.headers[hdrs.ORIGIN]
        response.headers[hdrs.ACCESS_CONTROL_ALLOW_CREDENTIALS] = "true"
        response.headers[hdrs.VARY] = hdrs.ORIGIN
        if request.method == hdrs.METH_OPTIONS:
            response.headers[hdrs.ACCESS_CONTROL_ALLOW_METHODS] = "GET, POST"
            response.headers[hdrs.ACCESS_CONTROL_ALLOW_HEADERS] = "Content-Type, Authorization"

    async def disconnect(self, sid: str | None = None) -> None:
        """python-engineio's way of ending one session, or all (T21)."""
        for session in list(self.sockets.values()):
            if sid in (None, session.sid):
                session.shut()

    async def drain(self, within: float) -> None:
        """Let nobody in any more, end every session with code 1012, and be done in `within` seconds (T19)."""
        self.draining = True
        for session in list(self.sockets.values()):
            session.shut(1012, DRAINING, within * 0.75)
        polls = self._serving - {asyncio.current_task()}
        await asyncio.gather(self.open.emptied(within), *([asyncio.wait(polls, timeout=within)] if polls else []))
        for session in list(self.sockets.values()):
            session.abort(DRAINING)
