"""Who has come and has not said yet who he is: how many of one address at once, and how many a second.

Asked twice for each client: where a connection is accepted (`acceptor.py`), and where it wants to become one of those that
stay (the handshakes of the socket doors). Who has been let in is counted by the census.
"""

from collections import Counter
from collections.abc import Callable
from time import monotonic

from events.errors import RateLimited
from server.bucket import Buckets
from server.refusals import Refusals
from server.settings import Settings

SHARE = 8  # so many may come for each that may stay: a browser opens six connections to load its page
BURST_S = 5  # that many seconds' worth may come at once: all of an office whose network is back

Leave = Callable[[], None]


def nobody() -> None:
    """Stands where nobody asked to be told."""


class Arrivals:
    """Counts by address; the limits of the settings, 0 being none, are held against it."""

    def __init__(self, settings: Settings, refusals: Refusals) -> None:
        per_second = settings.new_connections_per_second
        self._most, self._refusals = settings.connections_per_address * SHARE, refusals
        self._pace = Buckets(per_second, BURST_S) if per_second else None
        self._count: Counter[str] = Counter()

    def __len__(self) -> int:
        """How many addresses have somebody here."""
        return len(self._count)

    def enter(self, address: str) -> Leave:
        """One more, until what is returned is called, once; `RateLimited` where it is one too many."""
        if self._most and self._count[address] >= self._most:
            raise self._refused("address_full", "There are too many connections from your address.")
        now = monotonic()
        if self._pace is not None and not self._pace.of(address, now).take(now):
            raise self._refused("too_often", "Too many connections at once from your address. Please wait a moment.")
        if not self._most:
            return nobody
        self._count[address] += 1
        return lambda: self._leave(address)

    def _refused(self, reason: str, said: str) -> RateLimited:
        self._refusals.add("connection", reason)
        return RateLimited(said)

    def _leave(self, address: str) -> None:
        self._count[address] -= 1
        if not self._count[address]:
            del self._count[address]
