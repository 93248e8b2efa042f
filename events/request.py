"""A request: one command as a door hands it over, none of it checked yet but what command it is."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from events.actor import Caller
from events.resource import Command
from stores.record import Record

MOST_FIELDS = 100  # no command has nearly as many
SORTED = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME


@dataclass(slots=True)
class Request:
    """One command as a door hands it over: payload without id, op_id and expected_version, none of it checked yet."""

    caller: Caller
    command: Command
    record_id: Any = None
    payload: Mapping[str, Any] = field(default_factory=dict)
    op_id: Any = None
    expected_version: Any = None
    prepared: Any = None
    rested_on: Record | None = None

    @property
    def told(self) -> dict[str, Any]:
        """What the meta of its events says of it."""
        action = {"action": self.command.name}
        return action if self.op_id is None else {**action, "op_id": self.op_id}

    def fingerprint(self) -> str:
        """What makes two requests the same (D5). Secrets are left out: a stored digest of a password could be guessed."""
        try:
            return _digest(orjson.dumps(self._asked, default=str, option=SORTED))
        except TypeError:
            return self._older_fingerprint()

    def has(self, fingerprint: str) -> bool:
        """Whether this is the request with that fingerprint, be it one that an earlier release made."""
        return fingerprint == self.fingerprint() or fingerprint == self._older_fingerprint()

    @property
    def _asked(self) -> list[Any]:
        payload = {name: value for name, value in self.payload.items() if name not in self.command.secret}
        return [self.command.name, self.record_id, self.expected_version, payload]

    def _older_fingerprint(self) -> str:
        """The standard library's JSON takes what orjson refuses: this runs before anything has looked at the values. What
        even that cannot write, a thousand lists in each other, no command takes: nothing has this fingerprint."""
        try:
            return _digest(json.dumps(self._asked, sort_keys=True, default=str).encode())
        except RecursionError:
            return ""

    @classmethod
    def of(cls, caller: Caller, command: Command, message: Mapping[str, Any]) -> "Request":
        """The request in a message as clients send it: the payload beside `id`, `op_id` and `expected_version`."""
        payload = dict(message)
        op_id, expected = payload.pop("op_id", None), payload.pop("expected_version", None)
        record_id = None if command.kind in {"create", "undo"} else payload.pop("id", None)
        return cls(caller, command, record_id, payload, op_id, expected)


def _digest(asked: bytes) -> str:
    return hashlib.sha256(asked).hexdigest()


def is_op_id(value: Any) -> bool:
    """1 to 64 printable characters (D5)."""
    return isinstance(value, str) and 1 <= len(value) <= 64 and value.isprintable()


def wrong_envelope(request: Request) -> dict[str, str]:
    """What is wrong with op_id and expected_version (PROTOCOL section 2), and with the payload as a whole."""
    wrong: dict[str, str] = {}
    expected = request.expected_version
    if request.op_id is not None and not is_op_id(request.op_id):
        wrong["op_id"] = "must be 1 to 64 printable characters"
    if len(request.payload) > MOST_FIELDS:
        wrong["payload"] = f"must have at most {MOST_FIELDS} fields"
    if expected is not None and not (type(expected) is int and 0 <= expected < 2**53):
        wrong["expected_version"] = "must be a version, a whole number"
    return wrong
