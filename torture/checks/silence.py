"""C5: nobody is told what is not for him.

The oracle is DOMAIN.md written out once more, independent of the server's permissions: the five roles are members and read
seven kinds of record of their own team, without hidden fields; who was deactivated or deleted reads nothing; another team's
record does not exist.
"""

from collections.abc import Callable, Mapping

from torture.checks.check import Check
from torture.history import Line
from torture.truth import Truth

READABLE = frozenset(
    ("calls", "services", "categories", "service_categories", "customers", "notes", "users")
)  # by every member, whatever his role
NO_SUCH = frozenset(("not_found", "unauthenticated", "rate_limited", "unavailable"))


class Silence(Check):
    """Nobody hears or sees what he may not read: on no door, in no answer, error text, search, snapshot, export or log."""

    number = "C5"

    @property
    def handlers(self) -> Mapping[str, Callable[[Line, Truth], None]]:
        """Everything that was told to anybody."""
        return {
            "heard": self._heard, "answered": self._answered, "snapshot": self._told, "subscribed": self._told,
            "fresh": self._told, "exported": self._told, "overheard": self._told, "log": self._log, "sent": self._was_sent,
        }  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._foreign: set[tuple[str, int]] = set()

    def _told(self, line: Line, _: Truth) -> None:
        self.seen += 1
        if "leak" in line:
            self.complain(line, f"was told {line['leak']!r} ({line['kind']}, {line.get('conn', '')})")

    def _heard(self, line: Line, truth: Truth) -> None:
        self._told(line, truth)
        ledger, seq, user_id = truth.of(line["who"]), line["seq"], truth.ids[line["who"]]
        if line["resource"] not in READABLE:
            self.complain(line, f"heard of {line['resource']}, which no role reads")
        if not ledger.is_member(user_id, seq):
            self.complain(line, f"heard {line['event']} at {seq}, when he was no active member any more")

    def _was_sent(self, line: Line, _: Truth) -> None:
        if line["foreign"]:
            self._foreign.add((line["who"], line["n"]))

    def _answered(self, line: Line, truth: Truth) -> None:
        self._told(line, truth)
        key = (line["who"], line["n"])
        if key in self._foreign:
            self._foreign.discard(key)
            if line["ok"] or line["code"] not in NO_SUCH:
                said = line["code"] or "ok"
                self.complain(line, f"{line['name']} on a record of another team was answered {said}, not not_found")
        self._believe(line, truth)

    def _believe(self, line: Line, truth: Truth) -> None:
        """What an answer says of records, of the journal and of him who asked is so."""
        ledger, myself = truth.of(line["who"]), [line["who"].partition("/")[0], truth.ids[line["who"]]]
        for version, digest in line.get("records", ()):
            fact = ledger.at(version)
            if fact is None or fact.digest != digest:
                self.complain(line, f"{line['name']} showed a version {version} that never was in the journal")
        for seq, *said in line.get("entries", ()):
            fact = ledger.at(seq)
            if fact is None or said != [fact.resource, fact.id, fact.actor]:
                self.complain(line, f"{line['name']} tells of {said} at {seq}, which is not in the journal")
        if line.get("me", myself) != myself:
            self.complain(line, f"{line['name']} takes him for {line['me']}")

    def _log(self, line: Line, _: Truth) -> None:
        for word in line["canaries"]:
            self.complain(line, f"{word!r} stands in the server's log")
