"""The pages that the server itself has: the description of its doors, for people and for programs.

They are files beside this one, without a build and without anything from elsewhere, so that the strict policy of
`server/middleware.py` holds for them. The board is `server/board.py`'s.
"""

from importlib import resources

from aiohttp import hdrs, web

from events.catalog import Catalog
from server.asyncapi import asyncapi
from server.schema import openapi
from stores.record import encode

FILES = {
    "/docs": ("docs.html", "text/html"),
    "/docs.css": ("docs.css", "text/css"),
    "/docs.js": ("docs.js", "text/javascript"),
    "/page.css": ("page.css", "text/css"),
}
DESCRIPTIONS = {"/openapi.json": openapi, "/asyncapi.json": asyncapi}


class StaticDoor:
    """`FILES`, and the `DESCRIPTIONS`, each made when it is first asked for."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._described: dict[str, bytes] = {}

    def attach(self, application: web.Application) -> None:
        """Serve these addresses."""
        for path in FILES:
            application.router.add_get(path, self._page)
        for path in DESCRIPTIONS:
            application.router.add_get(path, self._description)

    async def _page(self, request: web.Request) -> web.Response:
        name, content_type = FILES[request.path]
        text = resources.files("server").joinpath("public", name).read_text("utf-8")
        return web.Response(
            text=text, content_type=content_type, charset="utf-8", headers={hdrs.CACHE_CONTROL: "no-cache"}
        )

    async def _description(self, request: web.Request) -> web.Response:
        if request.path not in self._described:
            self._described[request.path] = encode(DESCRIPTIONS[request.path](self._catalog))
        return web.Response(body=self._described[request.path], content_type="application/json")
