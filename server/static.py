"""The pages that the server itself has: the start, the first set-up and the description of the doors.

They are files beside this one, without a build and without anything from elsewhere, so that the strict policy of
`server/middleware.py` holds for them.
"""

from functools import cached_property
from importlib import resources

from aiohttp import hdrs, web

from events.catalog import Catalog
from server.schema import openapi
from stores.record import encode

FILES = {
    "/": ("index.html", "text/html"),
    "/setup": ("setup.html", "text/html"),
    "/setup.js": ("setup.js", "text/javascript"),
    "/docs": ("docs.html", "text/html"),
    "/docs.js": ("docs.js", "text/javascript"),
    "/page.css": ("page.css", "text/css"),
}


class StaticDoor:
    """`FILES`, and `/openapi.json`, made when it is first asked for."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def attach(self, application: web.Application) -> None:
        """Serve these addresses."""
        for path in FILES:
            application.router.add_get(path, self._page)
        application.router.add_get("/openapi.json", self._openapi)

    @cached_property
    def _document(self) -> bytes:
        return encode(openapi(self._catalog))

    async def _page(self, request: web.Request) -> web.Response:
        name, content_type = FILES[request.path]
        text = resources.files("server").joinpath("public", name).read_text("utf-8")
        return web.Response(
            text=text, content_type=content_type, charset="utf-8", headers={hdrs.CACHE_CONTROL: "no-cache"}
        )

    async def _openapi(self, _: web.Request) -> web.Response:
        return web.Response(body=self._document, content_type="application/json")
