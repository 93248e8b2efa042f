"""C4: who listens hears everything, once, in order, over all doors and restarts."""

from collections.abc import Callable, Mapping

from torture.checks.check import Check
from torture.history import Line
from torture.truth import Fact, Ledger, Truth


class Continuity(Check):
    """No gap and no double: between its snapshot and now a client hears every entry that it may read exactly once, as it is
    in the journal, whatever doors it goes through."""

    number = "C4"

    def __init__(self) -> None:
        super().__init__()
        self._places: dict[str, int] = {}
        """Who holds a base → the last seq that he has heard of."""

    @property
    def handlers(self) -> Mapping[str, Callable[[Line, Truth], None]]:
        """Whatever moves a client's place."""
        return {"heard": self._heard, "stands": self._stands, "snapshot": self._snapshot, "lost": self._lost}

    def _heard(self, line: Line, truth: Truth) -> None:
        self.seen += 1
        who, seq, ledger = line["who"], line["seq"], truth.of(line["who"])
        self._compare(line, ledger.at(seq), truth)
        if not line["held"]:
            return
        place = self._places[who]
        if seq <= place:
            self.complain(line, f"{line['event']} at {seq} again: he had heard all up to {place} ({line['conn']})")
        else:
            self._passed(line, ledger, place, seq - 1, truth)
            self._places[who] = seq

    def _stands(self, line: Line, truth: Truth) -> None:
        if not line["held"]:
            return
        place = self._places[line["who"]]
        if line["seq"] < place:
            self.complain(line, f"was put back from {place} to {line['seq']} ({line['conn']})")
        self._passed(line, truth.of(line["who"]), place, line["seq"], truth)
        self._places[line["who"]] = line["seq"]

    def _snapshot(self, line: Line, _: Truth) -> None:
        self._places[line["who"]] = line["seq"]

    def _lost(self, line: Line, _: Truth) -> None:
        self._places.pop(line["who"], None)

    def _passed(self, line: Line, ledger: Ledger, after: int, upto: int, truth: Truth) -> None:
        missed = [fact for fact in ledger.facts[after:upto] if fact.resource in truth.public]
        if missed:
            said = f"{len(missed)} of the entries {after + 1} to {upto} were never told, the first {_named(missed[0])}"
            self.complain(line, f"{said} ({line['conn']})")
        if upto > ledger.head:
            self.complain(line, f"was told of {upto}, and the journal ends at {ledger.head}")

    def _compare(self, line: Line, fact: Fact | None, truth: Truth) -> None:
        """What was told is what the journal has."""
        if fact is None:
            self.complain(line, f"heard {line['event']} at {line['seq']}, which is not in the journal")
            return
        is_his = fact.personal is not None and fact.personal[0] == truth.ids[line["who"]]
        event = fact.personal[1] if fact.personal is not None and is_his else fact.event
        told = (line["event"], line["resource"], line["id"], line["digest"])
        if told != (event, fact.resource, fact.id, fact.digest):
            self.complain(line, f"heard {told} at {fact.seq}, where the journal has {_named(fact)} {fact.digest}")


def _named(fact: Fact) -> str:
    return f"{fact.event} {fact.resource}/{fact.id} at {fact.seq}"
