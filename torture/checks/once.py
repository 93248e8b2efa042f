"""C2: what was asked twice happened once."""

from collections.abc import Callable, Mapping

from torture.checks.check import Check
from torture.history import Line
from torture.truth import Ledger, Truth

Key = tuple[str, str]


class Once(Check):
    """No command is applied twice: one op_id is one change set, one first outcome; and a refused one is none at all."""

    number = "C2"

    def __init__(self) -> None:
        super().__init__()
        self._sent: dict[Key, int] = {}
        self._first: set[Key] = set()
        self._refused: dict[Key, Line] = {}
        self._judged: dict[str, int] = {}

    @property
    def handlers(self) -> Mapping[str, Callable[[Line, Truth], None]]:
        """What was sent how often, and how it was answered."""
        return {"sent": self._was_sent, "answered": self._answered}

    def _was_sent(self, line: Line, _: Truth) -> None:
        if line["op"]:
            key = (line["who"], line["op"])
            self._sent[key] = self._sent.get(key, 0) + 1

    def _answered(self, line: Line, _: Truth) -> None:
        if not line["op"]:
            return
        key = (line["who"], line["op"])
        if line["ok"] and not line.get("repeated"):
            if key in self._first:
                self.complain(line, f"{line['op']} was answered twice as if it had happened only now")
            self._first.add(key)
        elif not line["ok"]:
            self._refused[key] = line

    def judge(self, truth: Truth, at: float) -> None:
        """One change set for each op_id; nothing of what was sent once and refused."""
        for slug, ledger in truth.ledgers.items():
            self._judge(slug, ledger, at)
        for (who, op), line in self._refused.items():
            if self._sent.get((who, op)) == 1 and (truth.ids[who], op) in truth.of(who).sets:
                self.complain(line, f"{op} was refused ({line['code']}), and is in the journal")
        self._sent.clear()
        self._refused.clear()

    def _judge(self, slug: str, ledger: Ledger, at: float) -> None:
        for fact in ledger.facts[self._judged.get(slug, 0) :]:
            self.seen += 1
            sets = set(ledger.sets.get((fact.actor, fact.op or ""), ()))
            if len(sets) > 1 and fact.seq == fact.last:
                self.broken(at, f"{slug}/?", f"{fact.op} was applied {len(sets)} times: {sorted(sets)}")
        self._judged[slug] = ledger.head
