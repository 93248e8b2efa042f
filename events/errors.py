"""What can go wrong with a request, as one tree; `server/replies.py` turns each into an answer for every door.

    CallboardError
    ├── Unknown             no such command
    ├── TooLarge            the payload passes 256 KiB
    ├── Unauthenticated     no session, or it ended
    ├── RateLimited         over a limit; says when to come back
    ├── NotFound            no such record, or none the actor may read
    ├── Forbidden           readable, but not the actor's to change
    ├── Invalid             a field is missing, unknown, of the wrong type or out of range
    ├── Conflict            somebody changed the same fields since
    ├── Refused             the rules of the record say no
    ├── Taken               a unique value or the id is in use
    ├── SnapshotRequired    the cursor cannot be resumed
    ├── Unavailable         not known to have happened: send it again with the same op_id
    └── Internal            unforeseen; the reference is in the log

The order of the classes is the order of refusals (DESIGN E): what stands higher is said first.
"""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, ClassVar

LONGEST_NAME, MOST_NAMES = 100, 50  # of fields, as they are told back


class CallboardError(Exception):
    """A request that was not carried out: `code` is for programs, the message for people."""

    code: ClassVar[str] = "internal"
    status: ClassVar[int] = 500
    retry: ClassVar[bool] = False

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def details(self) -> dict[str, Any]:
        """The members of the error object beside code, message and retry."""
        return {}


def _shown(name: str) -> str:
    """The name of a field as it can be told back: a client may have made up one that is no text at all, or a very long one."""
    return name[:LONGEST_NAME].encode(errors="replace").decode()


class Unknown(CallboardError):
    """No such command."""

    code, status = "unknown", 404


class TooLarge(CallboardError):
    """The payload is over the limit."""

    code, status = "too_large", 413


class Unauthenticated(CallboardError):
    """No session, or it has ended."""

    code, status = "unauthenticated", 401


class RateLimited(CallboardError):
    """Over a limit; `retry_after` in whole seconds."""

    code, status, retry = "rate_limited", 429, True

    def __init__(self, message: str, retry_after: int = 1) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class NotFound(CallboardError):
    """No such record, or none the actor may read: the same answer for both."""

    code, status = "not_found", 404


class Forbidden(CallboardError):
    """Readable, but not the actor's to change; the message says whose it is."""

    code, status = "forbidden", 403


class Invalid(CallboardError):
    """`fields` maps a field to what is wrong with it, and never repeats the value; of very many only the first are told."""

    code, status = "invalid", 422

    def __init__(self, message: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields = {_shown(name): wrong for name, wrong in islice((fields or {}).items(), MOST_NAMES)}

    def details(self) -> dict[str, Any]:
        """The fields that are wrong."""
        return {"fields": self.fields}


class Conflict(CallboardError):
    """`current` is the record as it is, `changes` who changed what since the version that was expected (D6)."""

    code, status = "conflict", 409

    def __init__(self, message: str, current: Any = None, changes: Sequence[Mapping[str, Any]] = ()) -> None:
        super().__init__(message)
        self.current = current
        self.changes: Sequence[Mapping[str, Any]] = changes

    def details(self) -> dict[str, Any]:
        """What stands there now, and how it came about."""
        return {"current": self.current, "changes": self.changes}


class Refused(CallboardError):
    """The rules of the record say no."""

    code, status = "refused", 409


class Taken(CallboardError):
    """A unique value or the id is in use."""

    code, status = "taken", 409

    def __init__(self, message: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields = dict(fields or {})

    def details(self) -> dict[str, Any]:
        """The field whose value is in use."""
        return {"fields": self.fields} if self.fields else {}


class SnapshotRequired(CallboardError):
    """The cursor cannot be resumed: too old, from the future, another epoch, or made for other rights (F2)."""

    code, status = "snapshot_required", 410


class Unavailable(CallboardError):
    """Not known to have happened: send it again with the same op_id; or the server is starting or draining. `ref` is found
    in the log, where there is one."""

    code, status, retry = "unavailable", 503, True

    def __init__(self, message: str, ref: str | None = None) -> None:
        super().__init__(message)
        self.ref = ref

    def details(self) -> dict[str, Any]:
        """The reference to look for in the log."""
        return {} if self.ref is None else {"ref": self.ref}


class Internal(CallboardError):
    """Unforeseen; `ref` is found in the log."""

    code, status = "internal", 500

    def __init__(self, ref: str) -> None:
        super().__init__(f"Something went wrong on our side. Reference {ref}.")
        self.ref = ref

    def details(self) -> dict[str, Any]:
        """The reference to look for in the log."""
        return {"ref": self.ref}
