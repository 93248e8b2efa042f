"""The built board (WEB U6): its page at every address that the board itself makes a screen of, and the files it loads.

The build is `web/dist`. Its files are named by their content, so browsers keep them for ever; the page is asked for each
time and carries a nonce of its own, without which no style beside those files counts. Where somebody's browser asks for an
address that is none, the page says so in words, under the status 404; programs are answered as everywhere.
"""

import secrets
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from pathlib import Path

from aiohttp import hdrs, web

from server.gate import Gate

DIST = Path(__file__).parent.parent / "web" / "dist"
UNBUILT = Path(__file__).parent / "public" / "unbuilt.html"
NONCE = "CSP_NONCE"  # what web/vite.config.ts lets stand in the page

# The screens, as web/src/app/routes.tsx has them; {at} is the number of a record, or its id while it has none.
SCREENS = (
    "/", "/calls/{at}", "/services", "/services/{at}", "/customers", "/customers/{at}", "/users", "/users/{at}",
    "/categories", "/activity", "/insights", "/settings", "/signin", "/setup",
)  # fmt: skip
TRACK = ("/track", "/track/{code}")
FILES = ("/assets/{name}", "/{name}")
NO_SCREENS = {"api", "assets", "docs", "socket.io", "ws"}  # below these there are no screens, not even mistyped ones
PRIVATE = {hdrs.CACHE_CONTROL: "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}

KINDS = {
    ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".json": "application/json",
    ".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon", ".woff2": "font/woff2", ".txt": "text/plain",
    ".webmanifest": "application/manifest+json", ".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".wav": "audio/wav",
}  # fmt: skip
FOR_EVER = "public, max-age=31536000, immutable"


class BoardDoor:
    """Serves what lies in `dist`; where nothing has been built there, the page says how to build it."""

    def __init__(self, gate: Gate, dist: Path = DIST) -> None:
        self._gate, self._dist = gate, dist

    def attach(self, application: web.Application) -> None:
        """Serve these addresses; after all doors that have files at the root."""
        for screen in SCREENS:
            application.router.add_get(screen, self._page)
        for address in TRACK:
            application.router.add_get(address, self._page_of_a_customer)
        application.router.add_get(FILES[0], self._asset)
        application.router.add_get(FILES[1], self._file)
        application.middlewares.append(self._mistyped)

    @web.middleware
    async def _mistyped(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """The board's own words for an address that is none."""
        try:
            return await handler(request)
        except web.HTTPNotFound:
            if not _asks_for_a_page(request):
                raise
        response = await self._page(request)
        if response.status == HTTPStatus.OK:
            response.set_status(HTTPStatus.NOT_FOUND)
        response.headers[hdrs.VARY] = hdrs.ACCEPT
        return response

    async def _page(self, request: web.Request) -> web.Response:
        page = self._dist / "index.html"
        if not page.is_file():
            return web.Response(text=UNBUILT.read_text("utf-8"), content_type="text/html", status=503)
        nonce = secrets.token_urlsafe(16)
        return web.Response(
            text=page.read_text("utf-8").replace(NONCE, nonce), content_type="text/html",
            headers={hdrs.CACHE_CONTROL: "no-cache", "Content-Security-Policy": self._policy(request, nonce)},
        )  # fmt: skip

    async def _page_of_a_customer(self, request: web.Request) -> web.Response:
        """Nobody keeps it, nobody is told where it was read, no search engine lists it (DOMAIN.md)."""
        response = await self._page(request)
        response.headers.update(PRIVATE)
        return response

    async def _asset(self, request: web.Request) -> web.FileResponse:
        """Named by its content. The smaller siblings that the build has put beside it are sent to who takes them."""
        return _sent(self._dist / "assets" / request.match_info["name"], FOR_EVER)

    async def _file(self, request: web.Request) -> web.FileResponse:
        return _sent(self._dist / request.match_info["name"], "no-cache")

    def _policy(self, request: web.Request, nonce: str) -> str:
        return (
            f"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
            f"img-src 'self' data:; font-src 'self'; connect-src 'self'{self._socket_of(request)}; object-src 'none'; "
            "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        )

    def _socket_of(self, request: web.Request) -> str:
        """Our own address once more as that of a WebSocket: older browsers do not count it as 'self'. Only an origin
        that we know stands in the policy, never whatever a request calls us."""
        scheme = "https" if self._gate.secure else "http"
        is_known = f"{scheme}://{request.host}" in self._gate.origins
        return f" {scheme.replace('http', 'ws')}://{request.host}" if is_known else ""


def _asks_for_a_page(request: web.Request) -> bool:
    """Whether somebody's browser wants to show what is here, rather than a program or a page wants to have it."""
    takes = request.headers.get(hdrs.ACCEPT, "")
    is_read = request.method in {hdrs.METH_GET, hdrs.METH_HEAD}
    return is_read and "text/html" in takes and request.path.split("/")[1] not in NO_SCREENS


def _sent(path: Path, cache: str) -> web.FileResponse:
    if ".." in path.parts or path.suffix not in KINDS or not path.is_file():
        raise web.HTTPNotFound
    headers = {hdrs.CONTENT_TYPE: KINDS[path.suffix], hdrs.CACHE_CONTROL: cache, hdrs.VARY: hdrs.ACCEPT_ENCODING}
    return web.FileResponse(path, headers=headers)
