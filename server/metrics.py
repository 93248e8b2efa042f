"""Figures about the server for Prometheus: `/metrics`, for this machine or for who knows METRICS_TOKEN (PROTOCOL section 6).

They are read from the parts themselves when they are asked for (`figures.py`). Each board has a registry of its own, so
that two in one process do not mix.
"""

import secrets

from aiohttp import hdrs, web
from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from events.errors import Forbidden
from server.address import is_loopback
from server.figures import Figures
from server.gate import Gate
from server.settings import Settings


class Metrics:
    """The door."""

    def __init__(self, gate: Gate, settings: Settings, figures: Figures) -> None:
        token = settings.metrics_token
        self._gate, self._figures = gate, figures
        self._token = token.get_secret_value() if token is not None else None
        self.registry = CollectorRegistry()
        self.registry.register(figures)
        ProcessCollector(registry=self.registry)

    def attach(self, application: web.Application) -> None:
        """Serve `/metrics`."""
        application.router.add_get("/metrics", self._answer)
        application.on_startup.append(self._start)
        application.on_cleanup.append(self._stop)

    async def _start(self, _: web.Application) -> None:
        self._figures.pulse.start()

    async def _stop(self, _: web.Application) -> None:
        self._figures.pulse.stop()

    async def _answer(self, request: web.Request) -> web.Response:
        if not self._may_read(request):
            raise Forbidden("The figures are for this machine, or for who has METRICS_TOKEN.")
        return web.Response(body=generate_latest(self.registry), headers={hdrs.CONTENT_TYPE: CONTENT_TYPE_LATEST})

    def _may_read(self, request: web.Request) -> bool:
        """A request that a proxy passed on is not from this machine, whatever its peer is."""
        sent, _ = self._gate.credential(request)
        if self._token and sent and secrets.compare_digest(sent.encode(errors="replace"), self._token.encode()):
            return True
        passed_on = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
        return is_loopback(request.remote or "") and not passed_on
