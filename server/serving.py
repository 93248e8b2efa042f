"""The life of the server process: it waits where another instance has the database, serves until somebody says stop, and
ends in order (D8, O7).

It may let go before its end: where a new instance knocks, because visitors are sent to that one by now, this one parts
with its clients as if it were told to stop, gives the database back, and from then on is the one who waits.
"""

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from events.errors import CallboardError
from server.address import TrustedProxies
from server.app import Callboard
from server.log import configure
from server.settings import Settings, SettingsError
from server.waiting import AGAIN_S, WaitingRoom
from stores.errors import Locked, StoreError

log = logging.getLogger("callboard.serving")

Beside = Callable[[Callboard], Awaitable[None]]

STOP_S = 25
COLLECT_AFTER = (10_000, 10, 10)  # more objects than a turn of the lane needs and lets go again


async def serve(settings: Settings, beside: Beside | None = None) -> int:
    """Serve until somebody says stop (O7); the exit code. `beside` is done meanwhile, with the board that serves."""
    configure(settings)
    asked_to_stop = _stop_on_signals()
    proxied = settings.proxies != TrustedProxies()
    async with WaitingRoom(settings.host, settings.port, proxied=proxied) as room:
        return await Process(settings, room, asked_to_stop, beside).runs()


class Process:
    """One board after the other on one database, of which mostly there is only one."""

    def __init__(
        self, settings: Settings, room: WaitingRoom, asked_to_stop: asyncio.Event, beside: Beside | None
    ) -> None:
        self._settings, self._room, self._asked_to_stop, self._beside = settings, room, asked_to_stop, beside
        self._may_knock = True

    async def runs(self) -> int:
        """Until the end; the exit code."""
        while (code := await self._board_lives()) is None:
            # Whom visitors were sent to after us is not asked to let go for us: only its own end brings us back.
            self._may_knock = False
            gc.unfreeze()
            gc.collect()
        return code

    async def _board_lives(self) -> int | None:
        """The exit code; None where it has let go of the database for another instance."""
        try:
            board = Callboard(self._settings, say=_say)
        except StoreError as error:
            return _refused(error, self._settings)
        try:
            serves = await self._begin(board)
        except (StoreError, SettingsError, CallboardError, OSError) as error:
            await board.stop()
            return _refused(error, self._settings)
        is_wanted = serves and await self._serves(board)
        # Whoever comes while it stops is told to come again, or is to find no one here and go to another at once.
        await (self._room.open() if is_wanted else self._room.shut())
        code = await _stopped(board)
        return None if is_wanted and code == 0 else code

    async def _begin(self, board: Callboard) -> bool:
        """Open the desks and listen; False where we were asked to stop while another had the database."""
        if not await self._has_lock(board):
            return False
        gc.disable()
        await board.start()
        _collect_rarely()
        await board.listen(await self._room.leave())
        return True

    async def _has_lock(self, board: Callboard) -> bool:
        """D8: the lock, at once or, where the new instance is started before the old is stopped, after a while."""
        try:
            board.lock()
        except Locked as error:
            if not self._settings.wait_for_lock:
                raise
            log.info("waiting until the other instance has ended: %s", error)
            if not await self._room.wait(board.lock, self._asked_to_stop, may_knock=self._may_knock):
                return False
            log.info("the database is free: this one goes on")
        return True

    async def _serves(self, board: Callboard) -> bool:
        """Wait for a signal, for the desk to be lost, or for another instance to knock: whether it is that."""
        _say(f"Callboard serves at {self._settings.public_url}")
        if board.setup.needed:
            board.setup.announce()
        asked = asyncio.ensure_future(self._asked_to_stop.wait())
        knocking = asyncio.ensure_future(self._knocking(board))
        beside = [asyncio.ensure_future(self._beside(board))] if self._beside is not None else []
        ends: list[asyncio.Future[Any]] = [asked, knocking, board.lost]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        is_wanted = knocking.done() and not asked.done() and not board.lost.done()
        await _let_go([asked, knocking, *beside])
        return is_wanted

    async def _knocking(self, board: Callboard) -> None:
        """Until another instance knocks; where instances do not wait for each other, for ever."""
        while not (self._settings.wait_for_lock and board.database.is_wanted):  # noqa: ASYNC110  # told by another process
            await asyncio.sleep(AGAIN_S)
        log.info("another instance asks for the database: this one lets go of it")


async def _let_go(tasks: Iterable["asyncio.Future[Any]"]) -> None:
    for task in tasks:
        task.cancel()
        for error in await asyncio.gather(task, return_exceptions=True):
            if isinstance(error, Exception):
                log.error("what went on beside the server has failed", exc_info=error)


async def _stopped(board: Callboard) -> int:
    try:
        async with asyncio.timeout(STOP_S):
            await board.stop()
    except TimeoutError:
        log.warning("something did not end in time")
        return 1
    return 1 if board.lost.done() else 0


def _collect_rarely() -> None:
    """What a start leaves stays for good. The collector looked at it again and again, which held up the loop for 70 to
    110 ms each time and took 7 to 9 % of it where everybody writes; now it takes 0.5 %."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    gc.enable()


def _stop_on_signals() -> asyncio.Event:
    asked = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    return asked


def _refused(error: Exception, settings: Settings) -> int:
    """One line on standard error that says why there is no server; the exit code."""
    line = str(error)
    if isinstance(error, Locked):
        line = f"Callboard is running already: {error}"
    elif isinstance(error, OSError):
        line = f"{settings.host} port {settings.port} cannot be served: {error.strerror or error}"
    sys.stderr.write(f"callboard: {' '.join(line.split())}\n")
    return 1


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
