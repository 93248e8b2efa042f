"""The waiting room (D8): an instance that finds another at work on its database stands here until that one has given it
back. It listens already, so that its host sees it alive; visitors whom the host sends early are told to come back.

`serve` enters it with the address of the board to come and leaves it with the sockets, which stay open all the time: who
knocks while the desks are being opened is not turned away.
"""

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import hdrs, web

from events.errors import Unavailable
from server.listening import BACKLOG, close, listening_at
from server.middleware import SECURITY
from server.replies import problem
from stores.errors import Locked

ALIVE = "/healthz"
PAGE = Path(__file__).parent / "public" / "waiting.html"
NOT_YET = "The server is about to take over from another one. Please try again in a moment."
RETRY_S = 1
AGAIN_S = 0.25  # after which the lock is tried once more


class WaitingRoom:
    """`async with WaitingRoom(host, port) as room:` nothing is opened before somebody has to wait."""

    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._sockets: list[socket.socket] = []
        self._runner: web.ServerRunner | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._close()
        close(self._sockets)

    async def wait(self, lock: Callable[[], None], asked_to_stop: asyncio.Event) -> bool:
        """Until `lock` raises Locked no more; False where we are asked to stop before. OSError where the address is not to
        be had."""
        await self._open()
        while not asked_to_stop.is_set():
            try:
                # Beside the loop: where a database takes its time over it, the host is answered all the same.
                await asyncio.to_thread(lock)
            except Locked:
                with suppress(TimeoutError):
                    await asyncio.wait_for(asked_to_stop.wait(), AGAIN_S)
            else:
                return True
        return False

    async def leave(self) -> list[socket.socket]:
        """Answer nobody any more. The board's sockets, listening; the caller's from here on."""
        await self._close()
        sockets, self._sockets = self._sockets or listening_at(*self._address), []
        return sockets

    async def _open(self) -> None:
        self._sockets = listening_at(*self._address)
        self._runner = web.ServerRunner(web.Server(_answer, access_log=None), shutdown_timeout=RETRY_S)
        await self._runner.setup()
        for each in self._sockets:
            # A copy: when it is closed, the original and who has knocked there stay.
            await web.SockSite(self._runner, each.dup(), backlog=BACKLOG).start()

    async def _close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None


async def _answer(request: web.BaseRequest) -> web.StreamResponse:
    """Alive, and nothing else yet. Each answer ends its connection: the next request may be for the board."""
    response = web.json_response({"ok": True}) if request.path == ALIVE else _not_yet(request)
    response.headers.update({**SECURITY, hdrs.SERVER: "Callboard", hdrs.CACHE_CONTROL: "no-store"})
    response.force_close()
    return response


def _not_yet(request: web.BaseRequest) -> web.Response:
    """`unavailable`; for somebody's browser a page that looks again by itself."""
    if "text/html" not in request.headers.get(hdrs.ACCEPT, ""):
        return problem(Unavailable(NOT_YET))
    headers = {hdrs.RETRY_AFTER: str(RETRY_S)}
    return web.Response(text=PAGE.read_text("utf-8"), content_type="text/html", status=503, headers=headers)
