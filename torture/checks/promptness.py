"""C7: an answer always comes, and soon.

The clock of a sending runs from sending to answer, without the time in which weather stood between the two: gusts that hit
everybody (the server away, paused, its disk broken, nobody let in), gusts that hit this client's connections, his own naps,
and moments in which the torment itself was not scheduled.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from torture.checks.check import Check
from torture.history import Line
from torture.truth import Truth

LIMIT_S = 10.0
GRACE_S = 1.0  # after a gust is over: what was held up by it is still on its way
KEPT_S = 120.0
MOMENTARY = frozenset((
    "cut", "cut_all", "finish", "clock", "started", "did_not_start", "sessions_cut", "table_held"
))  # fmt: skip
"""Gusts that excuse nothing: they are over at once, or last less than an answer may take."""


@dataclass
class Span:
    """A time that does not count; open while `end` is None."""

    begin: float
    end: float | None = None


@dataclass
class Obstacles:
    """Times that do not count, for all (`""`) or for one client."""

    spans: dict[str, list[Span]] = field(default_factory=dict)

    def begin(self, client: str, at: float, seconds: float | None = None) -> Span:
        """From now on; `seconds` where its end is known."""
        span = Span(at, None if seconds is None else at + seconds)
        self.spans.setdefault(client, []).append(span)
        return span

    def clear(self, client: str, begin: float, end: float) -> float:
        """Seconds between these moments in which nothing stood in the way."""
        spans = sorted(
            (max(span.begin, begin), min(end, end if span.end is None else span.end))
            for name in {"", client}
            for span in self.spans.get(name, ())
        )
        clear, at = 0.0, begin
        for first, last in spans:
            if last > at:
                clear += max(0.0, first - at)
                at = max(at, last)
        return clear + max(0.0, end - at)

    def forget(self, before: float) -> None:
        """What ended long ago."""
        for client, spans in self.spans.items():
            self.spans[client] = [span for span in spans if span.end is None or span.end > before]


class Promptness(Check):
    """Every command is answered within 10 s while the server is reachable."""

    number = "C7"

    def __init__(self) -> None:
        super().__init__()
        self.slowest = 0.0
        self._obstacles = Obstacles()
        self._blowing: dict[str, list[Span]] = {}
        self._sent: dict[tuple[str, int], Line] = {}

    @property
    def handlers(self) -> Mapping[str, Callable[[Line, Truth], None]]:
        """Sendings, answers, and all that may stand between them."""
        return {
            "sent": self._was_sent, "answered": self._answered, "unanswered": self._unanswered, "gust": self._gust,
            "naps": self._napped, "lagged": self._lagged, "unsettled": self._unsettled, "mute": self._mute,
        }  # fmt: skip

    def _was_sent(self, line: Line, _: Truth) -> None:
        self._sent[line["who"], line["n"]] = line

    def _answered(self, line: Line, _: Truth) -> None:
        self._measure(line, "answered")

    def _unanswered(self, line: Line, _: Truth) -> None:
        if line["why"] == "silence":
            self._measure(line, "still not answered")
        else:
            self._sent.pop((line["who"], line["n"]), None)

    def _measure(self, line: Line, how: str) -> None:
        sent = self._sent.pop((line["who"], line["n"]), None)
        if sent is None:
            return
        self.seen += 1
        clear = self._obstacles.clear(line["who"], sent["t"], line["t"])
        self.slowest = max(self.slowest, clear)
        if clear > LIMIT_S:
            over = f"over {sent['conn'] or 'HTTP'} {line.get('state', '')}".rstrip()
            self.complain(line, f"{sent['name']} (sending {sent['n']}) was {how} after {clear:.1f} s of calm, {over}")

    def _gust(self, line: Line, _: Truth) -> None:
        name, args = line["name"], line["args"]
        if name in {"over", "started"}:
            for span in self._blowing.pop("ended" if name == "started" else args["of"], ()):
                span.end = line["t"] + GRACE_S
        elif name not in MOMENTARY:
            clients = args.get("clients", [""])
            self._blowing.setdefault(name, []).extend(self._obstacles.begin(who, line["t"]) for who in clients)
        self._obstacles.forget(line["t"] - KEPT_S)

    def _napped(self, line: Line, _: Truth) -> None:
        self._obstacles.begin(line["who"], line["t"], line["seconds"] + GRACE_S)

    def _lagged(self, line: Line, _: Truth) -> None:
        self._obstacles.begin("", line["t"] - line["seconds"], line["seconds"])

    def _mute(self, line: Line, _: Truth) -> None:
        self.complain(line, f"did not answer in a quiet moment: {line['said']}")

    def _unsettled(self, line: Line, _: Truth) -> None:
        self.complain(line, f"had something under way {line['seconds']:.0f} s after everything was calm")
