"""What a kind of record is: its fields, who may read it, and its commands. Resource files are written in these words (R1 to R6).

A resource file makes one `Resource` and registers functions with its decorators:

    calls = Resource(Call, noun="call", plural="calls", read=member, sets=("title", "description"))
    calls.update(may=lead | own)

    @calls.act(may=lead | own, event="call_assigned")
    def assign_call(call: Call, by: Work, *, assignee_id: Colleague) -> Call:
        '''Give the call to somebody.'''
        return with_fields(call, assignee_id=assignee_id)

The function's name is the command, its keyword arguments the payload, its docstring the help text. It is pure: record in,
record out; what else should change it asks of `by`.
"""

import inspect
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, create_model
from typing_extensions import TypedDict

from events.permission import Permission
from events.text import Id
from stores.record import Hidden, Indexed, Record, marked

Perform = Callable[..., Any]
Unless = Callable[[Any, Any], str | None]

# Given by the road and to be set by no command of any role.
ROAD_FIELDS = frozenset(
    ("id", "tenant_id", "number", "version", "created_at", "created_by", "updated_at", "updated_by")
)


@dataclass(frozen=True, slots=True)
class Refers(Indexed):
    """Marks a field as the id of another record: looked up through the actor's own eyes; archived ones do not fit (R6)."""

    to: str = ""
    fits: Callable[[Any], bool] | None = None
    need: str = ""


def refers_to(plural: str, fits: Callable[[Any], bool] | None = None, need: str = "") -> Refers:
    """`Annotated[Id | None, refers_to("users", active, "an active colleague")]`."""
    return Refers(to=plural, fits=fits, need=need or "an existing record")


@dataclass(frozen=True, slots=True)
class Move:
    """A row of a transition table: from which states, to which (None: unchanged or as the command says)."""

    sources: tuple[str, ...]
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Prepare:
    """Work that must leave the event loop before the road (hashing): (record, given) → prepared; `rests_on` names the
    fields of the record that must not have changed meanwhile."""

    work: Callable[[Any, Mapping[str, Any]], Any]
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """An imperative: what may be asked of a resource, by whom, with which fields."""

    name: str
    kind: str
    plural: str
    noun: str
    may: Permission
    event: str
    payload: type[BaseModel]
    perform: Perform
    help: str
    move: Move | None = None
    unless: tuple[Unless, ...] = ()
    prepare: Prepare | None = None
    personal: str | None = None
    guards: Mapping[str, Permission] = field(default_factory=dict)
    secret: tuple[str, ...] = ()
    on_wire: bool = True
    references: Mapping[str, Refers] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The last part of its HTTP address: the command without `_<noun>`, or its whole name."""
        return self.name.removesuffix(f"_{self.noun}")

    @property
    def sentence(self) -> str:
        """Why it is forbidden: `Only a dispatcher may assign this call.`"""
        return f"Only {self.may} may {self.spoken}."

    @property
    def spoken(self) -> str:
        """The command in words: `assign this call`, `create a call`, `set the role of this user`."""
        noun = self.noun.replace("_", " ")
        verb = self.path.replace("_", " ")
        if self.kind == "create":
            return f"{verb} a {noun}"
        if self.name.endswith(f"_{self.noun}"):
            return f"{verb} this {noun}"
        return f"{verb.replace(' ', ' the ', 1)} of this {noun}"


class Resource:
    """One kind of record and its commands; the road, the doors, the schemas and the contract tests are made from it."""

    def __init__(
        self,
        record: type[Record],
        *,
        noun: str,
        plural: str,
        read: Permission,
        sets: Iterable[str],
        prefix: str = "",
        title: str = "",
        subtitle: str = "",
        open_states: tuple[str, ...] = (),
        moves: Mapping[str, Move] | None = None,
        companions: Iterable[tuple[str, ...]] = (),
        guards: Mapping[str, Permission] | None = None,
        rights_fields: tuple[str, ...] = (),
        session_fields: tuple[str, ...] = (),
        unsearched: tuple[str, ...] = (),
        private: bool = False,
        former: str = "",
        undo_unless: Iterable[Callable[[Any, Any, Any], str | None]] = (),
    ) -> None:
        self.record, self.noun, self.plural, self.read = record, noun, plural, read
        self.sets = tuple(sets)
        self.prefix, self.title, self.subtitle = prefix, title, subtitle
        self.open_states = open_states
        self.moves = dict(moves or {})
        self.companions = {name: frozenset(group) for group in companions for name in group}
        self.guards = dict(guards or {})
        # Fields that decide which audience keys a user holds, and those that end his sessions (V4).
        self.rights_fields, self.session_fields = rights_fields, session_fields
        self.unsearched = unsearched
        self.private = private  # the program's own: no door knows of it
        # (record now, record as it was, work) → why this cannot be taken back, if so
        self.undo_unless = tuple(undo_unless)
        self.former = former  # the resource that keeps the ids of deleted ones: they are never given again
        self.commands: dict[str, Command] = {}
        self.keys_of = read.audience()
        self.open_keys = read.open_keys
        self.indexed = frozenset(marked(record, Indexed))
        self.references: dict[str, Refers] = marked(record, Refers)
        self.hidden = frozenset(marked(record, Hidden))
        self.public_fields = tuple(name for name in record.model_fields if name not in self.hidden)
        self._each_field = _each_field(record)

    def checked(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """These values, each as its own field takes it (R2); pydantic's ValidationError where one does not."""
        return self._each_field.validate_python(values)

    # -- the three that come for free ------------------------------------------------------------------------------

    def create(
        self, may: Permission, *, sets: Iterable[str] = (), optional: Iterable[str] = (), name: str = "", **more: Any
    ) -> Callable[[Perform], Perform]:
        """Anyone permitted may create one. `sets` are fields settable at creation only, `optional` those that the
        function can fill in. A decorated `(given, by, **extra) → fields` says what follows from what was given."""
        names = dict.fromkeys((*self.sets, *sets))
        fields: dict[str, Any] = {"id": (Id, None)}
        for field_name in names:
            needed = self.record.model_fields[field_name].is_required() and field_name not in optional
            fields[field_name] = (_annotation(self.record, field_name), ... if needed else None)
        return self._command(name or f"create_{self.noun}", "create", may, _as_given, fields, **more)

    def update(
        self, may: Permission, *, sets: Iterable[str] | None = None, **more: Any
    ) -> Callable[[Perform], Perform]:
        """Anyone permitted may change its `sets`; a decorated `(record, by, given) → record` may say more."""
        names = self.sets if sets is None else tuple(sets)
        fields = {name: (_annotation(self.record, name), None) for name in names}
        return self._command(f"update_{self.noun}", "update", may, _as_told, fields, **more)

    def delete(self, may: Permission, *, name: str = "", **more: Any) -> Callable[[Perform], Perform]:
        """Anyone permitted may delete it; a decorated `(record, by, *, …) → None` moves along what hangs on it."""
        return self._command(name or f"delete_{self.noun}", "delete", may, _simply, {}, **more)

    def act(self, may: Permission, **more: Any) -> Callable[[Perform], Perform]:
        """Register a further command: `(record, by, *, fields…) → record`."""

        def register(perform: Perform) -> Perform:
            return self._command(perform.__name__, "act", may, perform, {}, **more)(perform)

        return register

    def _command(
        self, name: str, kind: str, may: Permission, perform: Perform, fields: Mapping[str, Any], **more: Any
    ) -> Callable[[Perform], Perform]:
        defaults = {"create": f"{self.noun}_created", "delete": f"{self.noun}_deleted"}
        more.setdefault("event", defaults.get(kind, f"{self.noun}_updated"))
        more.setdefault("move", self.moves.get(name))

        def register(function: Perform) -> Perform:
            payload = _payload(name, {**fields, **_keywords(function)})
            guarded = self.guards if kind in {"create", "update"} else {}
            self.commands[name] = Command(
                name=name, kind=kind, plural=self.plural, noun=self.noun, may=may, perform=function,
                payload=payload, help=inspect.getdoc(function) or "", references=marked(payload, Refers),
                guards={field: guard for field, guard in guarded.items() if field in payload.model_fields}, **more,
            )  # fmt: skip
            return function

        if kind != "act":
            register(perform)
        return register


def _each_field(record: type[Record]) -> TypeAdapter[dict[str, Any]]:
    """Takes any of the record's fields alone. ValueError where what a field may hold could depend on others."""
    if record.__pydantic_decorators__.field_validators or record.__pydantic_decorators__.model_validators:
        raise ValueError(f"{record.__name__}: what a field may hold is said in its annotation alone (R2)")
    fields = {name: field.rebuild_annotation() for name, field in record.model_fields.items()}
    return TypeAdapter(TypedDict(f"{record.__name__}Fields", fields, total=False))  # type: ignore[operator]  # made here


def _annotation(record: type[Record], name: str) -> Any:
    return typing.get_type_hints(record, include_extras=True)[name]


def _keywords(function: Perform) -> dict[str, Any]:
    """The keyword-only parameters of a command's function are its payload."""
    hints = typing.get_type_hints(function, include_extras=True)
    only = [p for p in inspect.signature(function).parameters.values() if p.kind is p.KEYWORD_ONLY]
    return {p.name: (hints[p.name], ... if p.default is p.empty else p.default) for p in only}


def _payload(name: str, fields: Mapping[str, Any]) -> type[BaseModel]:
    config = ConfigDict(extra="forbid", hide_input_in_errors=True, arbitrary_types_allowed=False)
    return create_model(f"{name}_payload", __config__=config, **fields)


def _as_given(given: dict[str, Any], by: Any) -> dict[str, Any]:  # noqa: ARG001  # the shape of every create
    """Create one from the fields given."""
    return given


def _as_told(record: Record, by: Any, given: dict[str, Any]) -> Mapping[str, Any]:  # noqa: ARG001  # the shape of every update
    """Change the fields given, and leave the others."""
    return given


def _simply(record: Record, by: Any) -> None:
    """Delete it."""
