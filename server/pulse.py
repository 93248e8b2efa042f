"""The pulse: how late the event loop is. Whatever keeps it from its next turn keeps everybody waiting."""

import asyncio
from time import monotonic

from events.measures import SECONDS, Spread

EVERY_S = 0.25


class Pulse:
    """`lags`: by how many seconds a timer was late, four times a second between `start` and `stop`."""

    def __init__(self) -> None:
        self.lags = Spread(SECONDS)
        self._due = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin to beat, in the running loop."""
        self._due = monotonic() + EVERY_S
        self._timer = asyncio.get_running_loop().call_later(EVERY_S, self._beat)

    def stop(self) -> None:
        """Beat no more."""
        if self._timer is not None:
            self._timer.cancel()

    def _beat(self) -> None:
        self.lags.add(max(0.0, monotonic() - self._due))
        self.start()
