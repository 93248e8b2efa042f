"""C6: in quiet moments everybody holds the same, and it is the truth."""

from collections.abc import Callable, Mapping

from torture.checks.check import Check
from torture.history import Line
from torture.replica import sum_of
from torture.truth import Truth


class Agreement(Check):
    """Every replica equals a fresh snapshot, and that is what the journal adds up to; nobody is left behind."""

    number = "C6"

    @property
    def handlers(self) -> Mapping[str, Callable[[Line, Truth], None]]:
        """What was found in quiet moments."""
        return {"compared": self._compared, "behind": self._behind}

    def _compared(self, line: Line, truth: Truth) -> None:
        self.seen += 1
        ledger = truth.of(line["who"])
        known = {key: digest for key, digest in ledger.state.items() if key[0] in line["resources"]}
        if ledger.head == line["seq"] and sum_of(known) != line["sum"]:
            self.complain(line, f"a fresh snapshot at {line['seq']} is not what the journal adds up to")
        if line["differing"]:
            said = f"{line['differing']} of {line['records']} records differ, such as {line['such']}"
            self.complain(line, f"{said} ({line['what']})")

    def _behind(self, line: Line, _: Truth) -> None:
        self.complain(line, f"stood at {line['place']} when all was calm, and the head was {line['head']}")
