"""The cookie that holds a session's token, as it is given to browsers and taken back (PROTOCOL section 1).

It is SameSite=Lax: sent to us by pages of our own site alone. A board on another site (ALLOWED_ORIGINS) could not stay
signed in with that. It gets one that its browser keeps for that very site, out of reach of pages anywhere else.
"""

from aiohttp import hdrs, web

from server.gate import Gate

LAX = "SameSite=Lax"
PARTITIONED = "SameSite=None; Partitioned"


class SessionCookie:
    """Writes it into answers; the gate reads it."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def give(self, request: web.Request, response: web.Response, token: str, seconds: int) -> None:
        """The browser is to keep the token for so many seconds."""
        # Written out, as the standard library knows of no partitioned cookies before Python 3.14.
        secure = "; Secure" if self._gate.secure else ""
        kept = f"{self._gate.cookie}={token}; Max-Age={seconds}; Path=/{secure}; HttpOnly; {self._reach(request)}"
        response.headers.add(hdrs.SET_COOKIE, kept)

    def take_back(self, request: web.Request, response: web.Response) -> None:
        """The browser is to forget it."""
        self.give(request, response, '""', 0)

    def _reach(self, request: web.Request) -> str:
        """Browsers take the second kind by https alone, and say themselves what is another site."""
        is_abroad = request.headers.get("Sec-Fetch-Site") == "cross-site"
        return PARTITIONED if is_abroad and self._gate.secure and self._gate.is_own(request) else LAX
