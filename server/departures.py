"""Notices clients that have left while nothing is written to them: streams in silence, and polls that wait.

aiohttp tells a handler of it only when it writes. One look a second over all of them, and none while there are none.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from aiohttp import web

LOOK_S = 1.0


class Departures:
    """The requests that are watched now."""

    def __init__(self) -> None:
        self._watched: dict[Callable[[], None], web.Request] = {}
        self._timer: asyncio.TimerHandle | None = None

    @contextmanager
    def watched(self, request: web.Request, gone: Callable[[], None]) -> Iterator[None]:
        """Meanwhile `gone` is called, once, when the client has left."""
        self._watched[gone] = request
        self._look_later()
        try:
            yield
        finally:
            self._watched.pop(gone, None)

    def _look_later(self) -> None:
        if self._timer is None and self._watched:
            self._timer = asyncio.get_running_loop().call_later(LOOK_S, self._look)

    def _look(self) -> None:
        self._timer = None
        for gone in [gone for gone, request in self._watched.items() if request.transport is None]:
            del self._watched[gone]
            gone()
        self._look_later()
