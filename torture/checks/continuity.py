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
        self._kinds: dict[str, frozenset[str]] = {}
        """And the kinds of record that he listens to."""

    @property
    def handlers(self) -> Mapping[str, Callable[[Line, Truth], None]]:
        """Whatever moves a client's place."""
        return {
            "heard": self._heard, "stands": self._stands, "snapshot": self._snapshot, "subscribed": self._subscribed,
            "lost": self._lost, "answered": self._answered,
        }  # fmt: skip

    def _heard(self, line: Line, truth: Truth) -> None:
        self.seen += 1
        who, seq, ledger = line["who"], line["seq"], truth.of(line["who"])
        self._compare(line, ledger.at(seq), truth)
        if not line["held"]:
            return
        place = self._places[who]
        if line["resource"] not in self._kinds[who] and not _is_his(ledger.at(seq), truth.ids[who]):
            self.complain(line, f"heard {line['event']} at {seq}, to which he does not listen ({line['conn']})")
        if seq <= place:
            self.complain(line, f"{line['event']} at {seq} again: he had heard all up to {place} ({line['conn']})")
        else:
            self._passed(line, ledger, place, seq - 1)
            self._places[who] = seq

    def _stands(self, line: Line, truth: Truth) -> None:
        if not line["held"]:
            return
        place = self._places[line["who"]]
        if line["seq"] < place:
            self.complain(line, f"was put back from {place} to {line['seq']} ({line['conn']})")
        self._passed(line, truth.of(line["who"]), place, line["seq"])
        self._places[line["who"]] = line["seq"]

    def _snapshot(self, line: Line, _: Truth) -> None:
        self._places[line["who"]] = line["seq"]
        self._kinds[line["who"]] = frozenset(line["resources"])

    def _subscribed(self, line: Line, truth: Truth) -> None:
        """It takes effect at its place in the feed: up to there he has heard all that he listened to before."""
        self.seen += 1
        self._stands({**line, "held": True}, truth)
        self._snapshot(line, truth)

    def _lost(self, line: Line, _: Truth) -> None:
        self._places.pop(line["who"], None)

    def _answered(self, line: Line, truth: Truth) -> None:
        """One kind of record between two places, asked for: each id once, by its last state."""
        if "status" not in line:
            return
        self.seen += 1
        status = line["status"]
        between = truth.of(line["who"]).facts[status["since"] : status["upto"]]
        last = {f.id: None if f.kind == "deleted" else f.digest for f in between if f.resource == status["resource"]}
        told = dict(status["states"])
        if last != told or len(told) != len(status["states"]):
            such = ", ".join(sorted({each for each, _ in last.items() ^ told.items()})[:3]) or "one was told twice"
            said = f"{status['resource']} between {status['since']} and {status['upto']}"
            self.complain(line, f"{line['name']} was wrong about {said}: {such}")

    def _passed(self, line: Line, ledger: Ledger, after: int, upto: int) -> None:
        kinds = self._kinds[line["who"]]
        missed = [fact for fact in ledger.facts[after:upto] if fact.resource in kinds]
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
        is_his = _is_his(fact, truth.ids[line["who"]])
        event = fact.personal[1] if fact.personal is not None and is_his else fact.event
        told = (line["event"], line["resource"], line["id"], line["digest"])
        if told != (event, fact.resource, fact.id, fact.digest):
            self.complain(line, f"heard {told} at {fact.seq}, where the journal has {_named(fact)} {fact.digest}")


def _is_his(fact: Fact | None, user_id: str) -> bool:
    """Whether it is told to him in his own words, whatever he listens to."""
    return fact is not None and fact.personal is not None and fact.personal[0] == user_id


def _named(fact: Fact) -> str:
    return f"{fact.event} {fact.resource}/{fact.id} at {fact.seq}"
