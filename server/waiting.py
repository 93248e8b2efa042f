"""The waiting room (D8): an instance that finds another at work on its database stands here until that one has given it
back. It listens already, so that its host sees it alive. The first visitor whom the host sends is its sign to knock: from
then on the other one is to let go (`stores/lock.py`), and who comes meanwhile waits at the door for a moment.

`serve` enters it with the address of the board to come. The sockets stay open all the time: who comes while the desks are
being opened, or while an instance that has let go closes them, is not turned away.
"""

import asyncio
import logging
import socket
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from aiohttp import hdrs, web

from events.errors import Unavailable
from server.listening import BACKLOG, close, listening_at
from server.middleware import SECURITY
from server.replies import problem
from stores.errors import Locked

log = logging.getLogger("callboard.waiting")

ALIVE = "/healthz"
PROBES = (ALIVE, "/readyz", "/metrics")
PAGE = Path(__file__).parent / "public" / "waiting.html"
NOT_YET = "The server is about to take over from another one. Please try again in a moment."
RETRY_S = 1
AGAIN_S = 0.25  # after which the lock is tried once more
HOLD_S = 5.0  # so long visitors wait at the door after a knock, in the system's queue; then they are answered again


class TakeLock(Protocol):
    """Takes the lock or raises Locked; with `knock` the other one is asked for it."""

    def __call__(self, *, knock: bool) -> None:
        """Any thread may."""


class WaitingRoom:
    """`async with WaitingRoom(host, port) as room:` nothing is opened before somebody has to wait.

    `proxied`: proxies stand before us, so that who did not come through them is no visitor."""

    def __init__(self, host: str, port: int, *, proxied: bool = False) -> None:
        self._address, self._proxied = (host, port), proxied
        self._sockets: list[socket.socket] = []
        self._runner: web.ServerRunner | None = None
        self._visited = False
        self._held_until: float | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.shut()

    async def wait(self, lock: TakeLock, asked_to_stop: asyncio.Event, *, may_knock: bool = True) -> bool:
        """Until `lock` raises Locked no more; False where we are asked to stop before. OSError where the address is not to
        be had. Who may not knock has let go himself: he waits for the other one's end."""
        await self.open()
        while not asked_to_stop.is_set():
            knock = may_knock and self._visited
            try:
                # Beside the loop: where a database takes its time over it, the host is answered all the same.
                await asyncio.to_thread(lock, knock=knock)
            except Locked:
                if knock:
                    await self._hold()
                with suppress(TimeoutError):
                    await asyncio.wait_for(asked_to_stop.wait(), AGAIN_S)
            else:
                return True
        return False

    async def open(self) -> None:
        """Answer whoever comes."""
        self._sockets = self._sockets or listening_at(*self._address)
        if self._runner is None:
            self._runner = web.ServerRunner(web.Server(self._answer, access_log=None), shutdown_timeout=RETRY_S)
            await self._runner.setup()
            for each in self._copies():
                await web.SockSite(self._runner, each, backlog=BACKLOG).start()

    async def leave(self) -> list[socket.socket]:
        """Answer nobody any more. Sockets for the board to listen at and to close; ours stay open beside them."""
        await self._close()
        self._sockets = self._sockets or listening_at(*self._address)
        return self._copies()

    async def shut(self) -> None:
        """Listen no more either: who comes now is to go elsewhere at once."""
        await self._close()
        close(self._sockets)
        self._sockets = []

    async def _hold(self) -> None:
        """After the first knock nobody is answered for a moment: at its end the board may be there to do it."""
        now = asyncio.get_running_loop().time()
        if self._held_until is None:
            log.info("the first visitor has come: the other instance is asked to let go of the database")
            self._held_until = now + HOLD_S
            await self._close()
        elif now > self._held_until:
            await self.open()

    def _copies(self) -> list[socket.socket]:
        """When they are closed, the originals and who has come there stay."""
        return [each.dup() for each in self._sockets]

    async def _close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Alive, and nothing else yet. Each answer ends its connection: the next request may be for the board."""
        self._visited = self._visited or self._is_visitor(request)
        response = web.json_response({"ok": True}) if request.path == ALIVE else _not_yet(request)
        response.headers.update({**SECURITY, hdrs.SERVER: "Callboard", hdrs.CACHE_CONTROL: "no-store"})
        response.force_close()
        return response

    def _is_visitor(self, request: web.BaseRequest) -> bool:
        """Whether the host sends its visitors to us by now. It looks for us itself before that, without passing its proxies."""
        is_look = request.path in PROBES or request.method in {hdrs.METH_HEAD, hdrs.METH_OPTIONS}
        return not is_look and (hdrs.X_FORWARDED_FOR in request.headers or not self._proxied)


def _not_yet(request: web.BaseRequest) -> web.Response:
    """`unavailable`; for somebody's browser a page that looks again by itself."""
    if "text/html" not in request.headers.get(hdrs.ACCEPT, ""):
        return problem(Unavailable(NOT_YET))
    headers = {hdrs.RETRY_AFTER: str(RETRY_S)}
    return web.Response(text=PAGE.read_text("utf-8"), content_type="text/html", status=503, headers=headers)
