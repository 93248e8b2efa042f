"""C3: one order for everybody, in the journal and on each connection."""

from collections.abc import Callable, Mapping

from torture.checks.check import Check
from torture.history import Line
from torture.truth import Ledger, Truth


class Order(Check):
    """The journal has no holes, a record's version is the seq of its change, a connection's commands keep their order, and its
    client hears his own event before the answer."""

    number = "C3"

    def __init__(self) -> None:
        super().__init__()
        self._judged: dict[str, int] = {}
        self._sent: dict[tuple[str, int], str] = {}
        self._last: dict[str, tuple[int, int]] = {}
        """Connection → the last sending that was answered, and the last seq of its commands."""
        self._early: list[tuple[str, Line]] = []
        self._ended: set[str] = set()
        """Connections whose session ended under them: they are told nothing more that an answer could wait for."""

    @property
    def handlers(self) -> Mapping[str, Callable[[Line, Truth], None]]:
        """What went over connections."""
        return {
            "sent": self._was_sent,
            "answered": self._answered,
            "closes": self._closed,
            "unanswered": self._forgotten,
            "ended": self._over,
        }

    def _was_sent(self, line: Line, _: Truth) -> None:
        if line["conn"]:
            self._sent[line["who"], line["n"]] = line["conn"]

    def _over(self, line: Line, _: Truth) -> None:
        self._ended.add(line["conn"])

    def _forgotten(self, line: Line, _: Truth) -> None:
        self._sent.pop((line["who"], line["n"]), None)

    def _closed(self, line: Line, _: Truth) -> None:
        self._last.pop(line["conn"], None)

    def _answered(self, line: Line, truth: Truth) -> None:
        conn = self._sent.pop((line["who"], line["n"]), None)
        if conn is None:
            return
        self.seen += 1
        number, seq = self._last.get(conn, (0, 0))
        if line["n"] < number:
            self.complain(line, f"on {conn} the answer of sending {line['n']} came after that of {number}")
        now = self._seq(line, truth)
        if now is not None and now < seq:
            self.complain(line, f"on {conn} sending {line['n']} happened at {now}, before an earlier one at {seq}")
        if now is not None and self._is_early(line, now, truth):
            self._early.append((conn, line))
        self._last[conn] = (line["n"], seq if now is None else now)

    def _is_early(self, line: Line, now: int, truth: Truth) -> bool:
        """Whether its client had not heard yet what he listens to, up to there; `listens` is null where that is everything."""
        between, kinds = truth.of(line["who"]).facts[line.get("stood", now) : now], line.get("listens")
        return any(kinds is None or fact.resource in kinds for fact in between)

    def _seq(self, line: Line, truth: Truth) -> int | None:
        """Where a command that happened now, and changed something, stands in the journal."""
        if not line["ok"] or line.get("repeated") or not line["op"]:
            return None
        changed = (truth.ids[line["who"]], line["op"]) in truth.of(line["who"]).sets
        return int(line["seq"]) if changed else None

    def judge(self, truth: Truth, at: float) -> None:
        """The journal by itself; and answers that did not wait for their events."""
        for conn, line in self._early:
            if conn not in self._ended:
                self.complain(line, f"on {conn} the answer at {line['seq']} came before its event")
        self._early.clear()
        self._ended.clear()
        for slug, ledger in truth.ledgers.items():
            self._judge(slug, ledger, at)

    def _judge(self, slug: str, ledger: Ledger, at: float) -> None:
        judged = self._judged.get(slug, 0)
        for place, fact in enumerate(ledger.facts[judged:], judged + 1):
            self.seen += 1
            if fact.seq != place:
                self.broken(at, slug, f"the journal has {fact.seq} where {place} should be")
            if fact.kind != "deleted" and fact.version != fact.seq:
                self.broken(at, slug, f"{fact.resource}/{fact.id} at {fact.seq} calls itself version {fact.version}")
            if not fact.first <= fact.seq <= fact.last:
                self.broken(at, slug, f"the entry {fact.seq} says that its set is {fact.first} to {fact.last}")
        self._judged[slug] = ledger.head
