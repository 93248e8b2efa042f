"""How much somebody may do: a token bucket that holds some seconds' worth, so that a burst is no crime."""

LEAST = 1024  # buckets; below that nobody looks which are full again


class Bucket:
    """`rate` per second, 1 or more; it holds what flows in within `seconds`."""

    __slots__ = ("_at", "_left", "_most", "_rate")

    def __init__(self, rate: int, seconds: int = 1) -> None:
        self._rate, self._most = rate, float(rate * seconds)
        self._left, self._at = self._most, 0.0

    def take(self, now: float) -> bool:
        """Take one, if there is one; `now` in seconds of a clock that never goes back."""
        if self.left(now) < 1:
            return False
        self._left -= 1
        return True

    def spend(self, now: float, amount: float) -> float:
        """Take so much, on credit where there is not so much: the seconds until it has been paid back."""
        self._left = self.left(now) - amount
        return max(0.0, -self._left / self._rate)

    def left(self, now: float) -> float:
        """How much is in it; below zero on credit."""
        self._left = min(self._most, self._left + (now - self._at) * self._rate)
        self._at = now
        return self._left

    def is_full(self, now: float) -> bool:
        """Whether it is as good as a new one."""
        return self.left(now) >= self._most


class Buckets:
    """One for each key, made when it is asked for and forgotten some time after it is full again."""

    def __init__(self, rate: int, seconds: int = 1) -> None:
        self._rate, self._seconds = rate, seconds
        self._buckets: dict[str, Bucket] = {}
        self._most = LEAST

    def __len__(self) -> int:
        return len(self._buckets)

    def of(self, key: str, now: float) -> Bucket:
        """The bucket of this key."""
        bucket = self._buckets.get(key)
        if bucket is None:
            if len(self._buckets) >= self._most:
                self._forget(now)
            bucket = self._buckets[key] = Bucket(self._rate, self._seconds)
        return bucket

    def _forget(self, now: float) -> None:
        """Those that are full; where few are, the next look is far away, so that looking never costs more than it brings."""
        self._buckets = {key: bucket for key, bucket in self._buckets.items() if not bucket.is_full(now)}
        self._most = max(LEAST, 2 * len(self._buckets))
