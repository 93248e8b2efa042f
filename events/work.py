"""A change set in the making: what a command's function sees of the desk and how it asks for further changes (R3).

The road gives a `Work` to each function. It reads the memory, collects changes, and turns them into a change set at the
end; nothing is applied while a function still runs, so a refusal half-way leaves no trace.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn, TypeVar

from pydantic import ValidationError

from events.actor import Actor
from events.catalog import Catalog
from events.errors import Forbidden, Invalid, Refused
from events.resource import ROAD_FIELDS, Resource
from events.text import FORMS, counted
from stores.clock import new_id
from stores.desks import Tenant
from stores.memory import MemoryStore
from stores.record import Record, with_fields

R = TypeVar("R", bound=Record)
Stores = Mapping[str, MemoryStore]


@dataclass(slots=True)
class Intent:
    """One change wished for: `before` and `after` as in a Change, the event that shall tell it, and the fields that differ
    where there are both, without the road's own stamps."""

    resource: Resource
    before: Record | None
    after: Record | None
    event: str
    personal: str | None = None
    changed: tuple[str, ...] = ()

    @property
    def order(self) -> int:
        """Created, updated, deleted: the order in which a change set is told (F8)."""
        if self.before is None:
            return 0
        return 1 if self.after is not None else 2


class Work:
    """The desk as one command sees it: who asks, when, what is there, and what shall change."""

    def __init__(self, catalog: Catalog, stores: Stores, tenant: Tenant, actor: Actor, at: datetime) -> None:
        self.actor, self.at, self.tenant = actor, at, tenant
        self.prepared: Any = None
        self.returning: set[tuple[str, str]] = set()
        self.intents: dict[tuple[str, str], Intent] = {}
        self._catalog, self._stores = catalog, stores

    # -- seeing ----------------------------------------------------------------------------------------------------

    def find(self, plural: str, record_id: str | None) -> Any:
        """The record of this id that the actor may read, or None."""
        record = self._stores[plural].get(record_id) if record_id is not None else None
        return record if record is not None and self.sees(record) else None

    def where(self, plural: str, **fields: Any) -> list[Any]:
        """All records whose indexed fields have these values, in order of their numbers: consequences are not a matter
        of who may read them."""
        return sorted(self._stores[plural].where(**fields), key=lambda record: record.number)

    def current(self, plural: str, record_id: str) -> Any:
        """The record of this id, whoever may read it, or None."""
        return self._stores[plural].get(record_id)

    def is_there(self, plural: str, record_id: str) -> bool:
        """Whether there is such a record, or undo is about to bring it back."""
        return record_id in self._stores[plural] or (plural, record_id) in self.returning

    def referring(self, record: Record) -> list[tuple[Any, str]]:
        """Every (record, field) that names this record, of whatever kind: what hangs on it."""
        plural = self._catalog.of(record).plural
        return [
            (other, name)
            for resource in self._catalog.resources.values()
            for name, refers in resource.references.items()
            if refers.to == plural
            for other in self.where(resource.plural, **{name: record.id})
        ]

    def tally(self, records: Iterable[Record]) -> str:
        """`2 calls and 1 service`."""
        nouns = Counter(self._catalog.of(record).noun.replace("_", " ") for record in records)
        said = [counted(number, noun) for noun, number in nouns.items()]
        return " and ".join(filter(None, [", ".join(said[:-1]), *said[-1:]]))

    def count(self, plural: str, field: str, value: Any) -> int:
        """How many records hold this value in an indexed field."""
        return self._stores[plural].count(field, value)

    def all(self, plural: str) -> list[Any]:
        """Every record of a resource, in order of creation. For small resources: it scans."""
        return list(self._stores[plural].all())

    def sees(self, record: Record) -> bool:
        """Whether the actor may read it (V1)."""
        resource = self._catalog.of(record)
        return self.actor.is_system or not self.actor.keys.isdisjoint(resource.keys_of(record))

    # -- saying no -------------------------------------------------------------------------------------------------

    def refuse(self, sentence: str) -> NoReturn:
        """The rules of the record say no."""
        raise Refused(sentence)

    def forbid(self, sentence: str) -> NoReturn:
        """It is not the actor's to do."""
        raise Forbidden(sentence)

    def invalid(self, field: str, sentence: str) -> NoReturn:
        """A value of the payload does not fit."""
        raise Invalid("Some fields need another look.", {field: sentence})

    # -- changing --------------------------------------------------------------------------------------------------

    def create(self, plural: str, event: str = "", **fields: Any) -> Any:
        """A further record; answers with it, its number still to be given by the road."""
        resource = self._catalog.resources[plural]
        record = build(resource, {"id": new_id(), **fields}, self)
        self.intents[plural, record.id] = Intent(resource, None, record, event or f"{resource.noun}_created")
        return record

    def change(self, record: R, event: str = "", /, **fields: Any) -> R:
        """Move a further record along; asked twice, the fields add up and the last event named counts."""
        resource = self._catalog.of(record)
        place = (resource.plural, record.id)
        intent = self.intents.get(place)
        if intent is None or intent.after is None:
            intent = self.intents[place] = Intent(resource, record, record, "")
        assert intent.after is not None  # noqa: S101  # narrows for the type checker: set in the line above
        after = with_fields(intent.after, **fields)
        intent.after = after
        intent.event = event or intent.event or f"{resource.noun}_updated"
        return after  # type: ignore[return-value]  # with_fields keeps the class

    def delete(self, record: Record, event: str = "") -> None:
        """Delete a further record."""
        resource = self._catalog.of(record)
        self.intents[resource.plural, record.id] = Intent(resource, record, None, event or f"{resource.noun}_deleted")


def build(resource: Resource, fields: Mapping[str, Any], work: Work) -> Record:
    """A new record with the fields the road gives; its number and version are set when it is applied."""
    stamped = {
        **fields,
        "tenant_id": work.tenant.tenant_id, "number": 0, "version": 0,
        "created_at": work.at, "created_by": work.actor.id, "updated_at": work.at, "updated_by": work.actor.id,
    }  # fmt: skip
    return validated(resource.record, stamped)


def revise(intent: Intent, values: Mapping[str, Any]) -> None:
    """What a command's function made of a record: the values that differ, checked (R2). The others were checked when they
    came, and the whole once more would cost 10 µs. The very same object where nothing differs."""
    before = intent.before
    assert before is not None  # noqa: S101  # only what was there is revised
    old = before.__dict__
    new = {name: value for name, value in values.items() if value is not old[name] and value != old[name]}
    if not ROAD_FIELDS.isdisjoint(new):
        raise ValueError(f"a command changed {', '.join(ROAD_FIELDS & new.keys())}, which is the road's")
    try:
        intent.after = with_fields(before, **intent.resource.checked(new)) if new else before
    except ValidationError as error:
        raise invalid_from(error) from None
    intent.changed = tuple(filter(new.__contains__, old))


def validated(record_class: type[R], fields: Mapping[str, Any]) -> R:
    """The record, checked against its own declaration (R2); `Invalid` says which fields are wrong."""
    try:
        return record_class.model_validate(fields)
    except ValidationError as error:
        raise invalid_from(error) from None


def invalid_from(error: ValidationError) -> Invalid:
    """What pydantic found, field by field, in words and without the values."""
    fields: dict[str, str] = {}
    for detail in error.errors(include_url=False, include_input=False):
        name = str(detail["loc"][0]) if detail["loc"] else "payload"
        fields.setdefault(name, _said(detail["type"], detail["msg"], detail.get("ctx", {})))
    return Invalid("Some fields need another look.", fields)


def _said(kind: str, message: str, context: Mapping[str, Any]) -> str:
    """One fault in words. The context is pydantic's, without the value."""
    # In pydantic's words a text that was cleaned has "items", like a list; people know characters.
    unit = "entries" if context.get("field_type") == "List" else "characters"
    words = "must not be empty" if context.get("min_length") == 1 else _SAID.get(kind)
    form = FORMS.get(context.get("pattern", ""), "")
    return (
        message.removeprefix("Value error, ")
        if words is None
        else words.format_map({**context, "unit": unit, "form": form})
    )


_SAID = {
    "missing": "is needed",
    "extra_forbidden": "is not a field of this command",
    "string_type": "must be text",
    "string_unicode": "holds characters that cannot be shown",
    "too_short": "must have at least {min_length} {unit}",
    "too_long": "must have at most {max_length} {unit}",
    "string_too_long": "must have at most {max_length} characters",
    "literal_error": "must be one of {expected}",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number",
    "list_type": "must be a list",
    "string_pattern_mismatch": "must be {form}",
    "greater_than_equal": "must be {ge} or more",
    "greater_than": "must be more than {gt}",
    "less_than": "must be less than {lt}",
}
