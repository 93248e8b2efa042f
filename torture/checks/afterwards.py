"""C9: when all is over, what is on disk is what everybody saw."""

from collections.abc import Callable, Mapping

from torture.checks.check import Check
from torture.history import Line
from torture.truth import Truth


class Afterwards(Check):
    """After the end the server stops with 0, starts again and is ready; what it reads, what it exports and what everybody saw
    last are the same."""

    number = "C9"

    @property
    def handlers(self) -> Mapping[str, Callable[[Line, Truth], None]]:
        """What was found after the end."""
        return {"afterwards": self._found}

    def _found(self, line: Line, _: Truth) -> None:
        self.seen += 1
        if not line["ok"]:
            self.complain(line, f"{line['what']}: {line['said']}")
