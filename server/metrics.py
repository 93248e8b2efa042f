"""Figures about the server for Prometheus: `/metrics`, for this machine or for who knows METRICS_TOKEN (PROTOCOL section 6).

Answered requests are counted here; all else is read from the parts themselves when it is asked for (`figures.py`). Each
board has a registry of its own, so that two in one process do not mix.
"""

import secrets

from aiohttp import hdrs, web
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from events.errors import Forbidden
from server.address import is_loopback
from server.figures import Figures
from server.gate import Gate
from server.route import UNHURRIED, method_of, route_of
from server.settings import Settings

SECONDS = (0.005, 0.025, 0.1, 0.25, 1.0, 2.5, 10.0)


class Metrics:
    """The door, and what is counted of all doors' requests."""

    def __init__(self, gate: Gate, settings: Settings, figures: Figures) -> None:
        token = settings.metrics_token
        self._gate, self._figures = gate, figures
        self._token = token.get_secret_value() if token is not None else None
        self.registry = CollectorRegistry()
        self.registry.register(figures)
        ProcessCollector(registry=self.registry)
        route = ("method", "route")
        self._requests = Counter(
            "callboard_http_requests", "Answered HTTP requests", (*route, "status"), registry=self.registry
        )
        took = "How long they took, those that wait on purpose left out"
        self._took = Histogram("callboard_http_request_seconds", took, route, buckets=SECONDS, registry=self.registry)

    def attach(self, application: web.Application) -> None:
        """Serve `/metrics`."""
        application.router.add_get("/metrics", self._answer)
        application.on_startup.append(self._start)
        application.on_cleanup.append(self._stop)

    def count(self, request: web.Request, status: int, seconds: float) -> None:
        """One more request has been answered."""
        method, route = method_of(request), route_of(request)
        self._requests.labels(method, route, str(status)).inc()
        if route not in UNHURRIED:
            self._took.labels(method, route).observe(seconds)

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
