"""How many commands a connection may send: a token bucket that holds a second's worth, so that a burst is no crime."""


class Bucket:
    """`rate` per second, 1 or more."""

    __slots__ = ("_at", "_left", "_rate")

    def __init__(self, rate: int) -> None:
        self._rate, self._left, self._at = rate, float(rate), 0.0

    def take(self, now: float) -> bool:
        """Take one, if there is one; `now` in seconds of a clock that never goes back."""
        self._left = min(self._rate, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
