"""Figures of a torment, for people: how much of what happened."""

from collections import Counter
from typing import NamedTuple

from torture.history import Line
from torture.weather import ACTS


class Round(NamedTuple):
    """One round as the server went through it: bytes resident in the quiet moments before and after, its starts in between."""

    before: int
    after: int
    starts: int


class Tally:
    """Counts lines as the checks see them."""

    def __init__(self) -> None:
        self.kinds: Counter[str] = Counter()
        self.codes: Counter[str] = Counter()
        self.gusts: Counter[str] = Counter()
        self.doors: Counter[str] = Counter()
        self.host: Counter[str] = Counter()
        """What became of the process: ended, started, did_not_start."""
        self.rounds: list[Round] = []
        self.seconds = 0.0
        self.server: Counter[str] = Counter()
        self._before: dict[str, float] = {}
        self._rss = self._starts = 0  # as of the last quiet moment

    def see(self, line: Line) -> None:
        """One line."""
        self.kinds[line["kind"]] += 1
        self.seconds = line["t"]
        if line["kind"] == "answered":
            self.codes["repeated" if line.get("repeated") else line["code"] or "ok"] += 1
        elif line["kind"] == "gust" and line["name"] != "over":
            (self.gusts if line["name"] in ACTS else self.host)[line["name"]] += 1
        self._see_rest(line)

    def _see_rest(self, line: Line) -> None:
        if line["kind"] == "opens":
            self.doors[line["door"]] += 1
        elif line["kind"] == "measured":
            self._measure(line["rss"])
            self._add(line["metrics"])

    def _measure(self, rss: int) -> None:
        if self._rss:
            self.rounds.append(Round(self._rss, rss, self.host["started"] - self._starts))
        self._rss, self._starts = rss, self.host["started"]

    def _add(self, metrics: dict[str, float]) -> None:
        """Counters begin anew with each start of the server."""
        for name, value in metrics.items():
            before = self._before.get(name, 0.0)
            self.server[name.removeprefix("callboard_")] += int(value - before if value >= before else value)
        self._before = metrics

    @property
    def line(self) -> str:
        """All in one line."""
        return (
            f"{self.kinds['sent']} sent, {self.codes['ok']} ok, {self.kinds['heard']} heard, "
            f"{sum(self.doors.values())} doors, {sum(self.gusts.values())} gusts"
        )
