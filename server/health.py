"""Whether the server lives and whether it can serve: for hosts and balancers (PROTOCOL section 6)."""

from collections.abc import Callable

from aiohttp import web


class Health:
    """`/healthz`: the process answers. `/readyz`: the desks are open and nobody has asked it to stop."""

    def __init__(self, is_ready: Callable[[], bool]) -> None:
        self._is_ready = is_ready

    def attach(self, application: web.Application) -> None:
        """Serve both addresses."""
        application.router.add_get("/healthz", self._alive)
        application.router.add_get("/readyz", self._ready)

    async def _alive(self, _: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    async def _ready(self, _: web.Request) -> web.Response:
        is_ready = self._is_ready()
        return web.json_response({"ok": is_ready}, status=200 if is_ready else 503)
