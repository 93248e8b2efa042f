"""Valid payloads for any command, made from its declaration: what contract and property tests send."""

import random
import string
from typing import Any

from events.desk import Desk
from events.resource import Command

ALPHABET = string.ascii_letters + "äöüß é"


class Payloads:
    """Makes payloads for the commands of a desk; `most` fields are left out with this chance."""

    def __init__(self, desk: Desk, random_: random.Random, sparse: float = 0.0) -> None:
        self.desk, self.random, self.sparse = desk, random_, sparse

    def of(self, command: Command) -> dict[str, Any] | None:
        """A payload, or None where a needed reference has nothing to point at."""
        schema = command.payload.model_json_schema()
        needed, made = set(schema.get("required", ())), {}
        for name, kind in schema.get("properties", {}).items():
            if name == "id" or (name not in needed and self.random.random() < self.sparse):
                continue
            made[name] = self.value(command, name, kind)
            if made[name] is None and name in needed:
                return None
        return self._fitting(command, made)

    def value(self, command: Command, name: str, kind: dict[str, Any]) -> Any:
        """A value for one field."""
        refers = command.references.get(name)
        if refers is not None:
            return self._reference(refers)
        if "anyOf" in kind:
            kind = next(choice for choice in kind["anyOf"] if choice.get("type") != "null")
        if name in {"email", "password", "current", "new"}:
            return {"email": f"{self._text(8)}@example.com".lower().replace(" ", "x")}.get(name, "a password for tests")
        if "enum" in kind or "const" in kind:
            return self.random.choice(kind.get("enum") or [kind["const"]])
        return self._plain(kind)

    def _plain(self, kind: dict[str, Any]) -> Any:
        made = {
            "^#[0-9a-f]{6}$": lambda: f"#{self.random.randrange(2**24):06x}",
            "^[A-Z]{3}$": lambda: self.random.choice(["EUR", "USD", "CHF"]),
            "date-time": lambda: f"2026-{self.random.randint(1, 12):02}-11T10:00:00.000Z",
            "date": lambda: f"2026-{self.random.randint(1, 12):02}-11",
            "integer": lambda: self.random.randrange(10_000),
            "boolean": lambda: self.random.random() < 0.3,
            "array": lambda: list({self._text(6) for _ in range(self.random.randrange(4))}),
            "string": lambda: self._text(12),
        }
        return made[kind.get("pattern") or kind.get("format") or kind["type"]]()

    def _reference(self, refers: Any) -> str | None:
        fitting = [
            record.id
            for record in self.desk.stores[refers.to].all()
            if not getattr(record, "archived", False) and (refers.fits is None or refers.fits(record))
        ]
        return self.random.choice(fitting) if fitting else None

    def _fitting(self, command: Command, made: dict[str, Any]) -> dict[str, Any]:
        """A note stands on something; ids without a declared reference are looked up by its `resource`."""
        if "record_id" in made:
            there = [
                (plural, r.id) for plural in ("calls", "services", "customers") for r in self.desk.stores[plural].all()
            ]
            if not there:
                return {**made, "resource": "calls"}
            made["resource"], made["record_id"] = self.random.choice(there)
        return made

    def _text(self, length: int) -> str:
        return "x" + "".join(self.random.choice(ALPHABET) for _ in range(length)) + "y"
