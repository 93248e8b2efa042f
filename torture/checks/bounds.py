"""C8: the server stays within bounds, and nothing happens in it that nobody foresaw."""

from collections.abc import Callable, Mapping

from torture.checks.check import Check
from torture.history import Line
from torture.truth import Truth

MIB = 2**20
ROOM = 112 * MIB  # beside records and entries: the window of the journal, encoded for all doors, and what is under way
PER_RECORD, PER_ENTRY, WINDOW = 6 * 1024, 4 * 1024, 20_000
EXPLAINED = frozenset(("kill", "stop", "fsync_fails", "disk_full", "read_only"))


class Bounds(Check):
    """Memory is bounded, the log holds no traceback and no forgotten exception, no answer is `internal`, and the server ends
    only when it is ended, or when its disk broke."""

    number = "C8"

    def __init__(self) -> None:
        super().__init__()
        self.first = self.last = 0
        self._lately: dict[str, float] = {}

    @property
    def handlers(self) -> Mapping[str, Callable[[Line, Truth], None]]:
        """What was measured, and read in the log."""
        return {"measured": self._measured, "log": self._log, "answered": self._answered, "gust": self._gust}

    def _measured(self, line: Line, _: Truth) -> None:
        self.seen += 1
        self.first, self.last = self.first or line["rss"], line["rss"]
        bound = self.first + ROOM + PER_RECORD * line["records"] + PER_ENTRY * min(line["entries"], WINDOW)
        if line["rss"] > bound:
            said = f"{line['rss'] / MIB:.0f} MiB with {line['records']} records and {line['entries']} entries"
            self.complain(line, f"{said}: more than the {bound / MIB:.0f} MiB that these explain")

    def _log(self, line: Line, _: Truth) -> None:
        self.seen += 1
        for said in line["alarming"]:
            self.complain(line, f"the log says: {said}")

    def _answered(self, line: Line, _: Truth) -> None:
        if line["code"] == "internal":
            self.complain(line, f"{line['name']} was answered `internal`")

    def _gust(self, line: Line, _: Truth) -> None:
        name = line["name"]
        self._lately[line["args"]["of"] if name == "over" else name] = line["t"]
        if name == "ended" and not any(line["t"] - self._lately.get(each, -60) < 60 for each in EXPLAINED):
            self.complain(line, f"the server ended by itself with code {line['args']['code']}")
