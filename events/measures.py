"""What a desk counts of its own work: commands by what they came to, batches, waits and commits.

Plain numbers, cheap enough for every command; whoever shows them reads them when he is asked.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from events.errors import CallboardError, Internal, Unavailable
from events.outcome import Outcome
from stores.errors import StoreError

SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
COMMANDS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0)
DONE = "ok"
LOST = "lost"  # a commit after which the desk could not go on


class Spread:
    """How often a figure was how large: `counts` by upper bound, the last without one, and the `total` of all."""

    __slots__ = ("bounds", "counts", "total")

    def __init__(self, bounds: Sequence[float]) -> None:
        self.bounds = tuple(bounds)
        self.counts = [0] * (len(self.bounds) + 1)
        self.total = 0.0

    def add(self, figure: float) -> None:
        """One more."""
        self.counts[bisect_left(self.bounds, figure)] += 1
        self.total += figure


class Measures:
    """Waits and commits in seconds, batches in commands, `verdicts` of commits; and what commands came to."""

    def __init__(self) -> None:
        self.verdicts: Counter[str] = Counter()
        self.waits, self.batches, self.commits = Spread(SECONDS), Spread(COMMANDS), Spread(SECONDS)
        self.snapshots = 0
        self._done: defaultdict[str, int] = defaultdict(int)
        self._others: Counter[tuple[str, str]] = Counter()

    @property
    def commands(self) -> Counter[tuple[str, str]]:
        """By (name, outcome)."""
        return Counter(
            {**self._others, **{(name, DONE): self._others[name, DONE] + n for name, n in self._done.items()}}
        )

    def answered(self, command: str, result: object) -> None:
        """A command of the catalog's or the protocol's has come to this."""
        self._others[command, outcome_name(result)] += 1

    def counting(self, command: str, settle: Callable[[Any], None]) -> Callable[[Any], None]:
        """`settle`, which now also counts what the command came to."""
        return partial(self._settle, command, settle)

    def _settle(self, command: str, settle: Callable[[Any], None], result: object) -> None:
        if type(result) is Outcome and not result.repeated:  # nearly all of them: by name and outcome it took 1 µs more
            self._done[command] += 1
        else:
            self.answered(command, result)
        settle(result)

    def committed(self, verdict: str, seconds: float) -> None:
        """A batch has been given to the database, and this is what became of it."""
        self.verdicts[verdict] += 1
        self.commits.add(seconds)


def outcome_name(result: object) -> str:
    """`ok`, `repeated`, or the code of the error."""
    if isinstance(result, CallboardError):
        return result.code
    if isinstance(result, Exception):
        return Unavailable.code if isinstance(result, StoreError) else Internal.code
    return "repeated" if isinstance(result, Outcome) and result.repeated else DONE
