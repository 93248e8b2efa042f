"""Which address of ours a request was for, as its template: figures and the log name requests by it, as a path may hold
ids, tracking codes and whatever a client likes to write.
"""

from aiohttp import hdrs, web

from server.http import BASE

NOWHERE = "none"

# Where a client is kept waiting on purpose: how long says nothing about us.
UNHURRIED = frozenset((
    "/socket.io/", "/ws", f"{BASE}/changes", f"{BASE}/realtime", BASE + "/realtime/{plural}", "/api/track/{code}/realtime",
))  # fmt: skip


def method_of(request: web.Request) -> str:
    """The method, or `other` for one that nobody knows."""
    return request.method if request.method in hdrs.METH_ALL else "other"


def route_of(request: web.Request) -> str:
    """`/api/tenants/{slug}/{plural}`; NOWHERE for an address that is none."""
    resource = request.match_info.route.resource
    return NOWHERE if resource is None else resource.canonical
