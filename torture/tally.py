"""Figures of a torment, for people: how much of what happened."""

from collections import Counter

from torture.history import Line


class Tally:
    """Counts lines as the checks see them."""

    def __init__(self) -> None:
        self.kinds: Counter[str] = Counter()
        self.codes: Counter[str] = Counter()
        self.gusts: Counter[str] = Counter()
        self.doors: Counter[str] = Counter()
        self.rss: list[int] = []
        self.seconds = 0.0
        self.server: Counter[str] = Counter()
        self._before: dict[str, float] = {}

    def see(self, line: Line) -> None:
        """One line."""
        self.kinds[line["kind"]] += 1
        self.seconds = line["t"]
        if line["kind"] == "answered":
            self.codes["repeated" if line.get("repeated") else line["code"] or "ok"] += 1
        elif line["kind"] == "gust" and line["name"] != "over":
            self.gusts[line["name"]] += 1
        self._see_rest(line)

    def _see_rest(self, line: Line) -> None:
        if line["kind"] == "opens":
            self.doors[line["door"]] += 1
        elif line["kind"] == "measured":
            self.rss.append(line["rss"])
            self._add(line["metrics"])

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
