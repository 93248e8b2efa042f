"""The doctor's checks of how people get here: the server, its address, the proxies before it, the board."""

import asyncio
import os

from aiohttp import ClientError, ClientSession, ClientTimeout

from server.address import is_loopback
from server.board import DIST
from server.control import is_listening
from server.finding import Case, Finding, ok, warn
from server.places import control_socket
from server.settings import HOSTS
from stores.errors import Locked

PATIENCE_S = 5.0


def server(case: Case) -> Finding:
    """Does one run, and does it answer, on the control socket and on PORT?"""
    port, listens = case.settings.port, asyncio.run(is_listening(control_socket(case.settings.database_url)))
    alive, ready = asyncio.run(_asked(port, "/healthz")), asyncio.run(_asked(port, "/readyz"))
    if listens:
        return _running(port, alive, ready)
    if _is_held(case):
        return warn(
            f"one holds the database and does not answer{' yet' if alive == 200 else ''}",
            "It is starting, waiting or ending; where that lasts, see its log and restart it.",
        )
    if alive is not None:
        return warn(
            f"none runs on this database, but port {port} answers", "Another program has PORT, or DATABASE_URL differs."
        )
    return ok("none is running")


def address(case: Case) -> Finding:
    """Whether people reach us by https: only then is what they send secret, and the cookie Secure."""
    settings = case.settings
    if settings.secure:
        return ok(f"{settings.public_url}: cookies are Secure")
    if is_loopback(settings.host) and "public_url" not in settings.model_fields_set:
        return ok(f"{settings.public_url}: for this machine alone")
    return warn(
        f"{settings.public_url}: passwords and cookies can be read on their way",
        "Put a proxy with TLS before it and set PUBLIC_URL to its https address.",
    )


def proxies(case: Case) -> Finding:
    """Whose word is taken for where people come from: too few, and all look like one; too many, and anybody may lie."""
    given, mark = case.settings.trusted_proxies, next((mark for mark in HOSTS if os.environ.get(mark)), None)
    if mark is not None and given != str(HOSTS[mark]):
        return warn(
            f"TRUSTED_PROXIES is {given or 'empty'}, and this host ({mark}) puts {HOSTS[mark]} before us",
            f"Leave TRUSTED_PROXIES unset, or set it to {HOSTS[mark]}.",
        )
    if case.settings.secure and not given:
        return warn(
            "people come by https, so through a proxy, but none is trusted: all look like one address to the limits",
            "Set TRUSTED_PROXIES to the number of proxies before us.",
        )
    return ok(f"TRUSTED_PROXIES is {given}" if given else "none before us")


def board(_: Case) -> Finding:
    """Whether there are pages to serve."""
    if not (DIST / "index.html").is_file():
        return warn("it is not built: people see a page that says so", "Run `make install`, which needs Node.")
    return ok("it is built")


def _running(port: int, alive: int | None, ready: int | None) -> Finding:
    if ready == 200:
        return ok(f"running, and ready on port {port}")
    if alive is None:
        return warn(
            f"running, but not on port {port}", "PORT of this shell may differ from the server's; else see its log."
        )
    return warn("running, but not ready", "It is starting or stopping; where that lasts, see its log.")


async def _asked(port: int, path: str) -> int | None:
    """The status, or None where nobody answers."""
    try:
        async with (
            ClientSession(timeout=ClientTimeout(PATIENCE_S)) as session,
            session.get(f"http://127.0.0.1:{port}{path}") as response,
        ):
            return response.status
    except (ClientError, TimeoutError, OSError):
        return None


def _is_held(case: Case) -> bool:
    """Whether somebody has the lock. It is taken for a moment; where its file is not there nobody has it."""
    path = case.database.path
    if path is not None and not path.with_name(path.name + ".lock").exists():
        return False
    try:
        case.database.lock()
    except Locked:
        return True
    case.database.unlock()
    return False
