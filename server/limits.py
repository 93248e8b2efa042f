"""How often somebody may try: sign-in and set-up failures, and commands a second (PROTOCOL sections 1 and 7).

Counted in memory over a moving window; the doors ask before they do the work and are answered with `RateLimited`.
"""

import math
import time

from limits import RateLimitItem, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from events.errors import RateLimited
from events.request import Request
from server.refusals import Refusals

FAILURES_A_MINUTE = 10


class Limits:
    """The counters of one process. `commands_per_second` 0 means that nobody counts."""

    def __init__(self, commands_per_second: int = 0, refusals: Refusals | None = None) -> None:
        self._refusals = refusals or Refusals()
        self._window = MovingWindowRateLimiter(MemoryStorage())
        self._failures = RateLimitItemPerMinute(FAILURES_A_MINUTE)
        self._commands = RateLimitItemPerSecond(commands_per_second) if commands_per_second else None

    def check_failures(self, *keys: str) -> None:
        """`RateLimited` where one of these keys (an address, an address and an e-mail) has failed too often."""
        for key in keys:
            if not self._window.test(self._failures, key):
                self._refusals.add("attempt", "too_often")
                raise RateLimited("Too many attempts. Please wait a moment.", self._wait(self._failures, key))

    def failed(self, *keys: str) -> None:
        """One more failure of each of these keys."""
        for key in keys:
            self._window.hit(self._failures, key)

    def count_command(self, user: str) -> None:
        """One more command of this user, over whatever door; `RateLimited` where it is one too many."""
        if self._commands is not None and not self._window.hit(self._commands, user):
            self._refusals.add("command", "too_often")
            raise RateLimited("That is more than may be asked in a second.", self._wait(self._commands, user))

    def count_guess(self, user: str, request: Request) -> None:
        """A session that was left open or stolen finds out no password: of commands that take one's own there are as many
        a minute as of attempts to sign in."""
        if request.command.secret and request.record_id == request.caller.user_id:
            key = f"password {user}"
            self.check_failures(key)
            self.failed(key)

    def _wait(self, item: RateLimitItem, key: str) -> int:
        return max(1, math.ceil(self._window.get_window_stats(item, key).reset_time - time.time()))
