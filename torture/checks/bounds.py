"""C8: the server stays within bounds, and nothing happens in it that nobody foresaw."""

from collections.abc import Callable, Mapping

from torture.checks.check import Check
from torture.history import Line
from torture.truth import Truth

MIB = 2**20
ROOM = 112 * MIB  # beside records and entries: the window of the journal, encoded for all doors, and what is under way
PER_RECORD, PER_ENTRY, WINDOW = 6 * 1024, 4 * 1024, 20_000
EXPLAINED = frozenset(("kill", "stop", "fsync_fails", "disk_full", "read_only", "lock_cut"))
ENDS_S = 30.0  # that a server may go on without its lock; it looks twice a second


class Bounds(Check):
    """Memory is bounded, the log holds no traceback and no forgotten exception, no answer is `internal`, and the server ends
    only when it is ended, or when its disk broke; and always when its lock on the database is gone (D8)."""

    number = "C8"

    def __init__(self) -> None:
        super().__init__()
        self.first = self.last = 0
        self._lately: dict[str, float] = {}
        self._unlocked: float | None = None
        """Since when its lock has been gone."""

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
        self._see_lock(line)
        self._lately[line["args"]["of"] if name == "over" else name] = line["t"]
        if name == "ended" and not any(line["t"] - self._lately.get(each, -60) < 60 for each in EXPLAINED):
            self.complain(line, f"the server ended by itself with code {line['args']['code']}")

    def _see_lock(self, line: Line) -> None:
        if line["name"] == "lock_cut":
            self._unlocked = line["t"]
        elif line["name"] == "ended":
            self._unlocked = None
        elif line["args"].get("of") == "lock_cut" and self._unlocked is not None:
            if line["t"] - self._unlocked > ENDS_S:
                self.complain(line, f"the server went on {line['t'] - self._unlocked:.0f} s without its lock")
            self._unlocked = None
