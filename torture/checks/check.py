"""What every check is: it sees the lines of a round one by one, beside the truth, and says which promise was broken."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from torture.history import Line
from torture.truth import Truth

MOST = 50  # complaints of one check that are kept: the first ones say what is wrong


@dataclass(frozen=True, slots=True)
class Complaint:
    """A broken promise: of which check, when, about whom, and what happened."""

    number: str
    at: float
    who: str
    said: str

    def __str__(self) -> str:
        return f"{self.number} at {self.at:.1f} s, {self.who or 'the server'}: {self.said}"


class Check:
    """One promise; the docstring of each subclass says which. `seen` counts what was held against it."""

    number = ""

    def __init__(self) -> None:
        self.complaints: list[Complaint] = []
        self.seen = 0

    @property
    def handlers(self) -> Mapping[str, Callable[[Line, Truth], None]]:
        """By kind of line, what looks at it."""
        raise NotImplementedError

    def see(self, line: Line, truth: Truth) -> None:
        """One line. The truth is as it was at the end of its round."""
        handler = self.handlers.get(line["kind"])
        if handler is not None:
            handler(line, truth)

    def judge(self, truth: Truth, at: float) -> None:
        """The round is over: say what can be said only now."""

    def complain(self, line: Line, said: str) -> None:
        """A promise was broken."""
        self.broken(line["t"], line["who"], said)

    def broken(self, at: float, who: str, said: str) -> None:
        """The same, without a line."""
        if len(self.complaints) < MOST:
            self.complaints.append(Complaint(self.number, at, who, said))

    @property
    def rule(self) -> str:
        """The promise in one sentence."""
        return (self.__doc__ or "").splitlines()[0]


def complaints_of(checks: list[Check]) -> Iterator[Complaint]:
    """All that was broken, the earliest first."""
    yield from sorted((each for check in checks for each in check.complaints), key=lambda each: each.at)
