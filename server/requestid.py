"""The id of an HTTP request: in every line that is logged meanwhile, in the answer's `X-Request-ID`, and in the `ref` of a
failure of ours, so that who reports one and who reads the log speak of the same.
"""

import re
import secrets
from contextvars import ContextVar

from aiohttp import web

from server.address import TrustedProxies

HEADER = "X-Request-ID"
FIELD = "request_id"  # in the log
PRESENT: ContextVar[str] = ContextVar(FIELD)  # of the request that all this is done for
REQUEST_ID = web.RequestKey("request_id", str)
WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)


def id_of(request: web.Request, proxies: TrustedProxies) -> str:
    """What a proxy that we trust calls this request, where that can be an id; else one of our own."""
    given = request.headers.get(HEADER, "")
    is_theirs = WELL_FORMED.fullmatch(given) is not None and proxies.passed_on(request)
    return given if is_theirs else secrets.token_hex(8)
