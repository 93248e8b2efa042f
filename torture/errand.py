"""One thing that somebody wants of the server: what he asks, and how he goes about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["command", "read", "signal", "request"]


@dataclass(frozen=True, slots=True)
class Errand:
    """A command is sent until its outcome is known, always with the same op_id; a signal goes over connections alone, a
    request over HTTP alone. `foreign` says that it asks about a record
    of another team; `twice` that it goes over two doors at once; `hasty` that the connection is cut right after."""

    kind: Kind
    name: str
    message: Mapping[str, Any]
    foreign: bool = False
    twice: bool = False
    hasty: bool = False

    @property
    def op_id(self) -> str | None:
        """What makes it happen once."""
        op_id = self.message.get("op_id")
        return op_id if isinstance(op_id, str) else None
