"""What became true: a change of one record, how the journal keeps it, and what one transaction writes.

events/ makes these while it decides; the database writes a Batch of them, the journal keeps the entries.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from stores.record import Record

Kind = Literal["created", "updated", "deleted"]


class Change(NamedTuple):
    """What became true of one record; `resource` is the plural. One of the two sides may be missing, never both."""

    resource: str
    before: Record | None
    after: Record | None

    @property
    def kind(self) -> Kind:
        """Whether the record was created, updated or deleted."""
        if self.before is None:
            return "created"
        return "deleted" if self.after is None else "updated"

    @property
    def record(self) -> Record:
        """The record after the change, or its last state where it was deleted."""
        record = self.before if self.after is None else self.after
        if record is None:
            raise ValueError("a change needs a record on one side")
        return record

    @property
    def id(self) -> str:
        """The record's id."""
        return self.record.id


class Entry(NamedTuple):
    """One change as the journal keeps it, told from these bytes for ever after. A tuple, as are its neighbours: a frozen
    dataclass of so many fields is made five times as slowly."""

    seq: int
    """Without holes within a tenant."""
    epoch: str
    first: int
    """First seq of its change set."""
    last: int
    resource: str
    record_id: str
    event: str
    actor_id: str
    at: datetime
    kind: Kind
    keys_before: tuple[str, ...]
    """Audience keys of those who could read `before` (rules V2, V3)."""
    keys_after: tuple[str, ...]
    personal: tuple[str, str] | None
    """(user id, event name) told to one user's connections instead (rule V5)."""
    rights_of: str | None
    """The user whose rights this change altered (rule V4)."""
    record: bytes
    """JSON of the record after, or before for a deletion; without hidden fields."""
    meta: bytes
    was: bytes
    """JSON object: former public values of the changed fields."""

    @property
    def size(self) -> int:
        """Bytes of what is encoded, for windows and pages."""
        return len(self.record) + len(self.meta) + len(self.was)


class Operation(NamedTuple):
    """One accepted command with an op_id (rule D5); first > last means that it changed nothing."""

    actor_id: str
    op_id: str
    fingerprint: str
    first: int
    last: int
    resource: str
    record_id: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What one transaction writes: all of it or nothing, and only while the head is still `epoch`, `old_seq`."""

    tenant_id: str
    epoch: str
    old_seq: int
    new_seq: int
    changes: tuple[Change, ...]
    entries: tuple[Entry, ...]
    operations: tuple[Operation, ...]
    counters: Mapping[str, int]
    """resource -> last number given."""
    touched: Mapping[tuple[str, str], Mapping[str, int]]
    """(resource, id) -> field -> seq of its last change, only fields changed since creation (rule D6)."""
