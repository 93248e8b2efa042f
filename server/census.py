"""How many connections there are of one user and from one address, over all doors (PROTOCOL section 7)."""

from collections import Counter

from events.errors import RateLimited
from server.refusals import Refusals
from server.settings import Settings


class Census:
    """Counts connections; the limits of the settings, 0 being none, are held against it."""

    def __init__(self, settings: Settings, refusals: Refusals | None = None) -> None:
        self._of_user, self._of_address = settings.connections_per_user, settings.connections_per_address
        self._refusals = refusals or Refusals()
        self._count: Counter[tuple[str, str]] = Counter()

    def enter(self, user_id: str, address: str) -> None:
        """One more; `RateLimited` where it is one too many, and then it is not counted."""
        if self._of_user and self._count["user", user_id] >= self._of_user:
            self._refusals.add("connection", "user_full")
            raise RateLimited("You have too many connections open.")
        if self._of_address and self._count["address", address] >= self._of_address:
            self._refusals.add("connection", "address_full")
            raise RateLimited("There are too many connections from your address.")
        self._count.update((("user", user_id), ("address", address)))

    def leave(self, user_id: str, address: str) -> None:
        """One less."""
        for name in (("user", user_id), ("address", address)):
            self._count[name] -= 1
            if self._count[name] <= 0:
                del self._count[name]

    def of_user(self, user_id: str) -> int:
        """How many connections this user has open."""
        return self._count["user", user_id]
