"""Who is asking, and from which page: credentials and origins of an HTTP request (PROTOCOL section 1).

Every HTTP door comes through here before it does anything. A token counts by `Authorization: Bearer` or by the cookie;
a wrong header never falls back to the cookie, and what the cookie alone allows must come from a page of ours.
"""

from aiohttp import hdrs, web

from events.errors import Forbidden, NotFound, Unauthenticated
from server.address import TrustedProxies, network_of
from server.identity import Identity, Who
from server.settings import Settings

SAFE = frozenset((hdrs.METH_GET, hdrs.METH_HEAD, hdrs.METH_OPTIONS))
NO_SESSION = "Please sign in."
FOREIGN = "This page may not do that here."


class Gate:
    """Asks the identity on behalf of the doors; knows our origins and the name of our cookie."""

    def __init__(self, identity: Identity, settings: Settings) -> None:
        self.origins = settings.own_origins
        self.proxies: TrustedProxies = settings.proxies
        self.secure = settings.secure
        self.cookie = cookie_name(settings)
        self._identity = identity

    def who(self, request: web.Request, *, stream: bool = False) -> Who:
        """Who is asking; `Unauthenticated`, or `Forbidden` for a foreign page where the cookie is the credential and
        something is to be changed, or to be streamed."""
        token, by_cookie = self.credential(request)
        who = self._identity.authenticate(token) if token else None
        if who is None:
            raise Unauthenticated(NO_SESSION)
        if by_cookie and (stream or request.method not in SAFE) and not self._is_trusted(request, stream):
            raise Forbidden(FOREIGN)
        return who

    def _is_trusted(self, request: web.Request, stream: bool) -> bool:
        """Whether what the cookie alone allows comes from a page of ours. Browsers send no Origin where a page reads from
        its own (EventSource), but `Sec-Fetch-Site`, which no page can forge: for streams that is as good."""
        no_origin = hdrs.ORIGIN not in request.headers
        same_origin = no_origin and request.headers.get("Sec-Fetch-Site") == "same-origin"
        return self.is_own(request) or (stream and request.method in SAFE and same_origin)

    def member(self, request: web.Request, *, stream: bool = False) -> Who:
        """As `who`, for an address below `/api/tenants/{slug}`: a tenant that is not his is `NotFound`."""
        who = self.who(request, stream=stream)
        if request.match_info["slug"] != who.desk.tenant.slug:
            raise NotFound("There is no such team.")
        return who

    def credential(self, request: web.Request) -> tuple[str | None, bool]:
        """(token, whether it is the cookie's)."""
        header = request.headers.get(hdrs.AUTHORIZATION)
        if header is None:
            return request.cookies.get(self.cookie), True
        scheme, _, token = header.partition(" ")
        return (token.strip() if scheme.lower() == "bearer" else None), False

    def is_own(self, request: web.BaseRequest) -> bool:
        """Whether the request says that it comes from a page of ours; saying nothing counts as foreign."""
        return request.headers.get(hdrs.ORIGIN) in self.origins

    def refuse_foreign(self, request: web.Request) -> None:
        """For what needs no session: a page that is not ours is `Forbidden`, a program says no origin and may."""
        if hdrs.ORIGIN in request.headers and not self.is_own(request):
            raise Forbidden(FOREIGN)

    def address(self, request: web.BaseRequest) -> str:
        """What the client is counted by where addresses have limits, seen through the trusted proxies."""
        return network_of(self.proxies.of(request))


def cookie_name(settings: Settings) -> str:
    """What our cookie is called: on https its name binds it to this host alone."""
    return "__Host-callboard_session" if settings.secure else "callboard_session"
