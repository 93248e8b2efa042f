"""C1: what was acknowledged is there."""

from collections.abc import Callable, Mapping

from torture.checks.check import Check
from torture.history import Line
from torture.truth import Truth


class Kept(Check):
    """No acknowledged command is lost: what was answered `ok` is in the journal, or kept as one that changed nothing."""

    number = "C1"

    @property
    def handlers(self) -> Mapping[str, Callable[[Line, Truth], None]]:
        """Answers alone."""
        return {"answered": self._answered}

    def _answered(self, line: Line, truth: Truth) -> None:
        if not (line["ok"] and line["op"]):
            return
        self.seen += 1
        who, op = line["who"], line["op"]
        sets = truth.of(who).sets.get((truth.ids[who], op), [])
        if sets:
            if line["seq"] not in {last for _, last in sets}:
                self.complain(line, f"{op} was acknowledged at {line['seq']}, but the journal has it at {sets}")
            return
        kept = truth.operation(who, op)
        if kept is None:
            self.complain(line, f"{line['name']} {op} was acknowledged at {line['seq']} and is nowhere in the database")
        elif kept.first <= kept.last:
            self.complain(line, f"{op} is kept as {kept.first} to {kept.last}, where the journal does not have it")
