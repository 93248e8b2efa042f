"""Figures about the server for Prometheus: `/metrics`, for this machine or for who knows METRICS_TOKEN (PROTOCOL section 6).

Each board counts in a registry of its own, so that two in one process do not mix.
"""

import secrets
from collections.abc import Mapping

from aiohttp import hdrs, web
from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from events.desk import Desk
from events.errors import Forbidden
from server.address import is_loopback
from server.gate import Gate
from server.identity import Identity
from server.settings import Settings


class Metrics:
    """Counts answered requests; reads everything else when it is asked."""

    def __init__(self, gate: Gate, settings: Settings, desks: Mapping[str, Desk], identity: Identity) -> None:
        token = settings.metrics_token
        self._gate, self._desks, self._identity = gate, desks, identity
        self._token = token.get_secret_value() if token is not None else None
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "callboard_http_requests", "Answered HTTP requests", ("method", "status"), registry=self.registry
        )
        self._head = Gauge(
            "callboard_journal_head", "Last seq of a tenant's journal", ("tenant",), registry=self.registry
        )
        self._sessions = Gauge("callboard_sessions", "Sessions that stand", registry=self.registry)

    def attach(self, application: web.Application) -> None:
        """Serve `/metrics`."""
        application.router.add_get("/metrics", self._answer)

    def count(self, request: web.BaseRequest, status: int) -> None:
        """One more request has been answered."""
        method = request.method if request.method in hdrs.METH_ALL else "other"
        self._requests.labels(method, str(status)).inc()

    async def _answer(self, request: web.Request) -> web.Response:
        if not self._may_read(request):
            raise Forbidden("The figures are for this machine, or for who has METRICS_TOKEN.")
        for desk in self._desks.values():
            self._head.labels(desk.tenant.slug).set(desk.journal.head)
        self._sessions.set(self._identity.count)
        return web.Response(body=generate_latest(self.registry), headers={hdrs.CONTENT_TYPE: CONTENT_TYPE_LATEST})

    def _may_read(self, request: web.Request) -> bool:
        """A request that a proxy passed on is not from this machine, whatever its peer is."""
        sent, _ = self._gate.credential(request)
        if self._token and sent and secrets.compare_digest(sent.encode(), self._token.encode()):
            return True
        passed_on = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
        return is_loopback(request.remote or "") and not passed_on
