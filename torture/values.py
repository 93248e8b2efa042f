"""Values for the fields of any command, made from its schema: fitting ones, and on purpose wrong ones.

A new kind of record is tormented without a line written for it: what fits is read from the catalog alone.
"""

from collections.abc import Mapping
from random import Random
from typing import Any
from uuid import UUID

from events.catalog import Catalog
from events.resource import Command, Refers
from torture.crew import Book

SPARSE = 0.55  # so often an optional field is left out
WORDS = (
    "printer", "blank", "Ruß", "日本", "noisy fan", "naïve", "O'Neil", "=1+1", "<b>", "emoji 🛠", "%s", "{}", "\\", "é",
    "-5", "null", "ʼn", "x" * 150,
)  # fmt: skip
WRONG: tuple[Any, ...] = (
    None, 17, -1, 1.5, True, "", " ", "x" * 5000, [], {}, ["a"], {"a": {"b": []}}, "\x00", "\ud800", "\u202e", 2**60,
    "2026-13-45", "not-a-uuid", "00000000-0000-7000-8000-000000000000",
)  # fmt: skip
NOTED = ("calls", "services", "customers")


class Values:
    """Makes payloads. `word` stands in every text, so that it can be known again where it does not belong."""

    def __init__(self, catalog: Catalog, random: Random, word: str) -> None:
        self._catalog, self._random, self._word = catalog, random, word
        self._schemas: dict[str, dict[str, Any]] = {}

    def id(self) -> str:
        """A new id."""
        return str(UUID(int=self._random.getrandbits(128), version=4))

    def text(self, length: int = 40) -> str:
        """A line that only this team would write."""
        return f"{self._word} {self._random.choice(WORDS)} {self._random.randrange(1000)}"[:length].strip()

    def payload(self, command: Command, book: Book) -> dict[str, Any]:
        """A payload without id that the command should take, where the book has what it refers to."""
        schema = self._schema(command)
        needed = set(schema.get("required", ()))
        made = {
            name: self._value(command, name, kind, book)
            for name, kind in schema.get("properties", {}).items()
            if name != "id" and (name in needed or self._random.random() > SPARSE)
        }
        return self._fitting(made, book)

    def spoil(self, payload: dict[str, Any]) -> dict[str, Any]:
        """The same, with one thing wrong."""
        spoilt = dict(payload)
        how = self._random.randrange(3)
        names = [name for name in spoilt if name != "id"]
        if how == 0 or not names:
            spoilt[self._random.choice(("tenant_id", "version", "nonsense", "tracking_code"))] = self.text()
        elif how == 1:
            spoilt.pop(self._random.choice(names))
        else:
            spoilt[self._random.choice(names)] = self._random.choice(WRONG)
        return spoilt

    def _schema(self, command: Command) -> dict[str, Any]:
        if command.name not in self._schemas:
            self._schemas[command.name] = command.payload.model_json_schema()
        return self._schemas[command.name]

    def _value(self, command: Command, name: str, kind: Mapping[str, Any], book: Book) -> Any:
        refers = command.references.get(name)
        if refers is not None:
            return self._reference(refers, book)
        if name == "email":
            return f"{self._word}.{self._random.randrange(10**9)}@team.example"
        if "anyOf" in kind:
            kind = next(choice for choice in kind["anyOf"] if choice.get("type") != "null")
        choices = kind.get("enum") or ([kind["const"]] if "const" in kind else None)
        return self._random.choice(choices) if choices else self._plain(kind)

    def _plain(self, kind: Mapping[str, Any]) -> Any:
        number, day = self._random.randrange(10_000), f"2026-{self._random.randint(1, 12):02}-11"
        made = {
            "^#[0-9a-f]{6}$": f"#{number:06x}", "^[A-Z]{3}$": self._random.choice(("EUR", "USD", "CHF")),
            "date-time": f"{day}T10:00:00.000Z", "date": day, "integer": number, "boolean": number % 3 == 0,
            "array": [self.text() for _ in range(number % 4)], "string": self.text(),
        }  # fmt: skip
        return made[kind.get("pattern") or kind.get("format") or kind["type"]]

    def _reference(self, refers: Refers, book: Book) -> str | None:
        found = book.any(self._random, refers.to)
        return str(found["id"]) if found else None

    def _fitting(self, made: dict[str, Any], book: Book) -> dict[str, Any]:
        """A note stands on a record of the kind it names."""
        if "record_id" in made:
            plural = self._random.choice(NOTED)
            found = book.any(self._random, plural)
            made |= {"resource": plural, "record_id": found["id"] if found else self.id()}
        return made
