"""The records of one resource of one tenant, in memory, with their indexes.

The one place where a change is applied or taken back. Reads answer from here; the database is behind it, never
beside it. Nothing here is thread-safe: the lane of the desk is the only one who looks (rule D1).
"""

from collections.abc import Iterable
from typing import Any

from stores.change import Change
from stores.record import Indexed, Record, Unique, fold, markers


class MemoryStore:
    """Records by id, by the values of their indexed fields, and by the folded values of their unique ones."""

    def __init__(self, resource: str, record_class: type[Record]) -> None:
        self.resource = resource
        self.record_class = record_class
        self.touched: dict[str, dict[str, int]] = {}
        """id -> field -> seq of its last change, beside each record (rule D6)."""
        self._records: dict[str, Record] = {}
        self._indexes: dict[str, dict[Any, dict[str, None]]] = {name: {} for name in markers(record_class, Indexed)}
        self._holders: dict[str, dict[str, str]] = {name: {} for name in markers(record_class, Unique)}
        self._highest = 0
        self._in_order = True

    def __len__(self) -> int:
        return len(self._records)

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._records

    def get(self, record_id: str) -> Record | None:
        """The record of this id."""
        return self._records.get(record_id)

    def all(self) -> Iterable[Record]:
        """All records in the order of their creation, which is that of their numbers."""
        if not self._in_order:
            self._records = dict(sorted(self._records.items(), key=lambda item: item[1].number))
            self._in_order = True
        return self._records.values()

    def where(self, **fields: Any) -> list[Record]:
        """Records whose indexed fields have these values, in no promised order; ValueError for a field not indexed."""
        smallest = min((self._bucket(field, value) for field, value in fields.items()), key=len)
        found = (self._records[record_id] for record_id in smallest)
        return [record for record in found if all(record.__dict__[name] == value for name, value in fields.items())]

    def where_any(self, field: str, values: Iterable[Any]) -> list[Record]:
        """Records whose indexed field has one of these values."""
        buckets = [self._bucket(field, value) for value in dict.fromkeys(values)]
        return [self._records[record_id] for bucket in buckets for record_id in bucket]

    def count(self, field: str, value: Any) -> int:
        """How many records have this value in an indexed field."""
        return len(self._bucket(field, value))

    def holder(self, field: str, value: str | None) -> Record | None:
        """The record that holds this value in a unique field, compared folded; nobody holds None."""
        if field not in self._holders:
            raise ValueError(f"{self.resource}.{field} is not unique")
        return None if value is None else self._records.get(self._holders[field].get(fold(value), ""))

    def taken_by(self, record: Record) -> str | None:
        """The first unique field whose value another record holds already."""
        for field in self._holders:
            holder = self.holder(field, record.__dict__[field])
            if holder is not None and holder.id != record.id:
                return field
        return None

    def put(self, change: Change) -> None:
        """Apply a change."""
        self._swap(change.before, change.after)

    def take_back(self, change: Change) -> None:
        """Undo a change; several are undone in reverse order."""
        self._swap(change.after, change.before)

    def load(self, records: Iterable[Record]) -> None:
        """Put many new records."""
        for record in records:
            self._swap(None, record)

    def _bucket(self, field: str, value: Any) -> dict[str, None]:
        if field not in self._indexes:
            raise ValueError(f"{self.resource}.{field} is not indexed")
        return self._indexes[field].get(value, {})

    def _swap(self, old: Record | None, new: Record | None) -> None:
        """Every index first forgets the old record, then learns the new one, where its value differs."""
        for field, index in self._indexes.items():
            if old is None or new is None or old.__dict__[field] != new.__dict__[field]:
                self._move(index, field, old, new)
        for field, holders in self._holders.items():
            self._rename(holders, field, old, new)
        if new is None:
            self._remove(old)
        else:
            self._keep(new)

    def _move(self, index: dict[Any, dict[str, None]], field: str, old: Record | None, new: Record | None) -> None:
        if old is not None:
            value = old.__dict__[field]
            bucket = index[value]
            del bucket[old.id]
            if not bucket:
                del index[value]
        if new is not None:
            index.setdefault(new.__dict__[field], {})[new.id] = None

    def _rename(self, holders: dict[str, str], field: str, old: Record | None, new: Record | None) -> None:
        before = None if old is None else old.__dict__[field]
        after = None if new is None else new.__dict__[field]
        if before == after:
            return
        if before is not None and old is not None:
            del holders[fold(before)]
        if after is not None and new is not None:
            holders[fold(after)] = new.id

    def _keep(self, record: Record) -> None:
        if record.id not in self._records:
            self._in_order = self._in_order and record.number >= self._highest
            self._highest = max(self._highest, record.number)
        self._records[record.id] = record

    def _remove(self, record: Record | None) -> None:
        if record is not None:
            del self._records[record.id]
