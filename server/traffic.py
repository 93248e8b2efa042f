"""HTTP requests as they are answered: how many by method, address and status, and how long until the answer began."""

from collections import Counter

from aiohttp import web

from events.measures import Spread
from server.route import UNHURRIED, method_of, route_of

SECONDS = (0.005, 0.025, 0.1, 0.25, 1.0, 2.5, 10.0)


class Traffic:
    """`requests` by (method, route, status); `took`, in seconds, by (method, route)."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, str, str]] = Counter()
        self.took: dict[tuple[str, str], Spread] = {}

    def count(self, request: web.Request, status: int, seconds: float) -> None:
        """One more has been answered. Those that wait on purpose are not timed."""
        place = (method_of(request), route_of(request))
        self.requests[*place, str(status)] += 1
        if place[1] not in UNHURRIED:
            if place not in self.took:
                self.took[place] = Spread(SECONDS)
            self.took[place].add(seconds)
