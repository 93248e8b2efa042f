"""Hosts of pages that are not the server: one that serves a page of another origin, one that serves a board which was built
to ask a server elsewhere, and one that serves the built board and passes what it asks on, as static hosts with rewrites do.
Such hosts pass no WebSockets."""

import os
import ssl
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from fnmatch import fnmatch
from pathlib import Path

from aiohttp import ClientSession, TCPConnector, hdrs, web
from proxies import Front

WEB = Path(__file__).parents[2] / "web"
DIST = WEB / "dist"
OF_ONE_HOP = {
    hdrs.ACCEPT_ENCODING, hdrs.CONNECTION, hdrs.CONTENT_ENCODING, hdrs.CONTENT_LENGTH, hdrs.HOST, hdrs.TRANSFER_ENCODING,
}  # fmt: skip
PASSED_ON = ("/api", "/healthz")


@asynccontextmanager
async def hosted(application: web.Application, port: int, tls: ssl.SSLContext | None = None) -> AsyncIterator[None]:
    """At 127.0.0.1, which is another site than localhost."""
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, ssl_context=tls).start()
    try:
        yield
    finally:
        await runner.cleanup()


@asynccontextmanager
async def an_empty_page(port: int) -> AsyncIterator[str]:
    """The origin of a page without anything."""

    async def page(_: web.Request) -> web.Response:
        return web.Response(text="<!doctype html><title>Elsewhere</title>", content_type="text/html")

    application = web.Application()
    application.router.add_get("/", page)
    async with hosted(application, port):
        yield f"http://127.0.0.1:{port}"


def built_for(server: str, folder: Path) -> Path:
    """The board as a static host builds it when it is told where the server is; where it lies."""
    command = ["npm", "run", "--silent", "build", "--", "--logLevel", "warn", "--outDir", str(folder), "--emptyOutDir"]
    subprocess.run(command, cwd=WEB, env={**os.environ, "VITE_CALLBOARD_URL": server}, check=True)
    return folder


class FileHost:
    """Serves a folder as Netlify and its like do: what lies there, else what `_redirects` says, with what `_headers` says."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._redirects = [line.split() for line in (folder / "_redirects").read_text().splitlines()]
        self._headers = list(_blocks((folder / "_headers").read_text()))
        self.application = web.Application()
        self.application.router.add_get("/{path:.*}", self._answer)

    async def _answer(self, request: web.Request) -> web.FileResponse:
        file = self._folder / request.path.lstrip("/")
        if not file.is_file():
            target = next(target for path, target, _ in self._redirects if fnmatch(request.path, path))
            file = self._folder / target.lstrip("/")
        headers: dict[str, str] = {}
        for path, name, value in self._headers:
            if fnmatch(request.path, path):
                headers[name] = f"{headers[name]}, {value}" if name in headers else value
        return web.FileResponse(file, headers=headers)


def _blocks(text: str) -> Iterator[tuple[str, str, str]]:
    """(path, name, value) of each header in a `_headers`."""
    path = ""
    for line in text.splitlines():
        if line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            yield path, name, value
        else:
            path = line


class StaticHost:
    """The built board at an origin of its own; what begins as PASSED_ON goes to the server, with the visitor's address."""

    def __init__(self, front: Front, http: ClientSession) -> None:
        self._front, self._http = front, http
        self.application = web.Application()
        self.application.router.add_route("*", "/{path:.*}", self._answer)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        if request.path.startswith(PASSED_ON):
            return await self._passed_on(request)
        file = DIST / request.path.lstrip("/")
        return web.FileResponse(file if file.is_file() else DIST / "index.html")

    async def _passed_on(self, request: web.Request) -> web.StreamResponse:
        headers = {name: value for name, value in request.headers.items() if name not in OF_ONE_HOP}
        before = request.headers.get("X-Forwarded-For")
        headers["X-Forwarded-For"] = ", ".join(filter(None, (before, request.remote)))
        url, data = self._front.url + str(request.rel_url), await request.read()
        async with self._http.request(request.method, url, headers=headers, data=data) as answer:
            passed = web.StreamResponse(status=answer.status)
            for name, value in answer.headers.items():
                if name not in OF_ONE_HOP:
                    passed.headers.add(name, value)
            await passed.prepare(request)
            async for part in answer.content.iter_any():
                await passed.write(part)
        return passed


@asynccontextmanager
async def a_static_host(front: Front, port: int) -> AsyncIterator[str]:
    """Its origin."""
    connector = TCPConnector(ssl=front.certificate.trust, limit=0)
    async with ClientSession(connector=connector) as http, hosted(StaticHost(front, http).application, port):
        yield f"http://127.0.0.1:{port}"
