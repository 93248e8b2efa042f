"""A call: somebody rang and needs help. It is taken, assigned to an engineer, worked on, completed and closed.

new → assigned → in progress ⇄ on hold → completed → closed; cancelled from any open state; reopened from an ended one
"""

from datetime import datetime
from typing import Annotated, Any, Literal

from events.permission import admin, engineer, front_desk, is_me, lead, member, when
from events.resource import Move, Resource, refers_to
from events.resources.user import works_here
from events.text import Count, FreeText, Id, Moment, Name, OptionalPhone, OptionalText
from events.work import Work
from stores.record import Indexed, Record, with_fields

OPEN = ("new", "assigned", "in_progress", "on_hold")
UNDER_WAY = ("assigned", "in_progress", "on_hold")
ENDED = ("completed", "closed", "cancelled")

Status = Literal["new", "assigned", "in_progress", "on_hold", "completed", "closed", "cancelled"]
HoldReason = Literal["waiting_customer", "waiting_parts", "scheduled", "third_party"]
Colleague = Annotated[Id, works_here]


class Call(Record):
    """One call for help."""

    title: Name
    customer_name: Name
    description: OptionalText = None
    category_id: Annotated[Id | None, refers_to("categories", need="a category that is in use")] = None
    priority: Literal["low", "normal", "high", "urgent"] = "normal"
    status: Annotated[Status, Indexed()] = "new"
    status_reason: OptionalText = None
    customer_id: Annotated[Id | None, refers_to("customers", need="one of our customers")] = None
    customer_phone: OptionalPhone = None
    customer_address: OptionalText = None
    assignee_id: Annotated[Id | None, works_here] = None
    due_at: Moment | None = None
    resolution: OptionalText = None
    service_id: Annotated[Id | None, refers_to("services")] = None
    assigned_at: datetime | None = None
    started_at: datetime | None = None
    completed_at: datetime | None = None
    closed_at: datetime | None = None
    reopened_count: Count = 0


MOVES = {
    "assign_call": Move(OPEN),
    "claim_call": Move(("new",), "assigned"),
    "release_call": Move(UNDER_WAY, "new"),
    "start_call": Move(("assigned",), "in_progress"),
    "hold_call": Move(("assigned", "in_progress"), "on_hold"),
    "resume_call": Move(("on_hold",), "in_progress"),
    "complete_call": Move(OPEN, "completed"),
    "reopen_call": Move(ENDED),
    "close_call": Move(("completed",), "closed"),
    "cancel_call": Move(OPEN, "cancelled"),
    "convert_call": Move(OPEN),
    "update_call": Move((*OPEN, "completed", "closed")),
}

own = is_me("assignee_id", "its assignee")
mine = is_me("created_by", "the one who took it")
is_new = when("status", ("new",), "while it is new")
is_open = when("status", OPEN, "while it is open")
is_completed = when("status", ("completed",), "once it is completed")

calls = Resource(
    Call, noun="call", plural="calls", prefix="C", title="title", subtitle="customer_name", read=member,
    sets=(
        "title", "customer_name", "description", "category_id", "priority", "customer_id", "customer_phone",
        "customer_address", "due_at",
    ),
    open_states=OPEN, moves=MOVES, guards={"assignee_id": lead | engineer & own},
)  # fmt: skip


@calls.create(lead | engineer | front_desk, sets=("assignee_id",), optional=("customer_name",))
def create_call(given: dict[str, Any], by: Work) -> dict[str, Any]:
    """Take a call. The customer's name is copied from the customer where it is left out; named at once, the assignee has it."""
    customer = by.find("customers", given.get("customer_id"))
    if given.get("customer_name") is None and customer is None:
        by.invalid("customer_name", "is needed")
    named = {**given, "customer_name": given.get("customer_name") or customer.name}
    assigned = {"status": "assigned", "assigned_at": by.at} if given.get("assignee_id") else {}
    return {**named, **assigned}


calls.update(lead | engineer & own & is_open | engineer & mine & is_new | front_desk & is_open)


@calls.act(lead | engineer & own, event="call_assigned")
def assign_call(call: Call, by: Work, *, assignee_id: Colleague) -> Call:
    """Give the call to an active engineer, dispatcher or admin. Work already under way with the same one goes on."""
    if call.assignee_id == assignee_id and call.status in UNDER_WAY:
        return call
    return _moved(call, "assigned", assignee_id=assignee_id, assigned_at=by.at)


@calls.act(lead | engineer, event="call_assigned")
def claim_call(call: Call, by: Work) -> Call:
    """Take a new call for myself."""
    return _moved(call, "assigned", assignee_id=by.actor.id, assigned_at=by.at)


@calls.act(lead | engineer & own)
def release_call(call: Call, by: Work, *, reason: FreeText) -> Call:  # noqa: ARG001  # the shape of every act
    """Put the call back for somebody else to take."""
    return _moved(call, "new", reason, assignee_id=None, assigned_at=None)


@calls.act(lead | engineer & own)
def start_call(call: Call, by: Work) -> Call:
    """Begin to work on it."""
    return _moved(call, "in_progress", started_at=call.started_at or by.at)


@calls.act(lead | engineer & own)
def hold_call(call: Call, by: Work, *, reason: HoldReason) -> Call:  # noqa: ARG001  # the shape of every act
    """Let it rest: for the customer, for parts, for a date, for somebody else."""
    return _moved(call, "on_hold", reason)


@calls.act(lead | engineer & own)
def resume_call(call: Call, by: Work) -> Call:
    """Go on with it."""
    return _moved(call, "in_progress", started_at=call.started_at or by.at)


@calls.act(lead | engineer & own | engineer & is_new | front_desk & is_new, event="call_completed")
def complete_call(call: Call, by: Work, *, resolution: FreeText) -> Call:
    """It is solved. An engineer who solves a new call becomes its assignee."""
    solver = by.actor.id if call.assignee_id is None and by.actor.role == "engineer" else call.assignee_id
    assigned_at = by.at if solver != call.assignee_id else call.assigned_at
    return _moved(
        call, "completed", resolution=resolution, completed_at=by.at, assignee_id=solver, assigned_at=assigned_at
    )


@calls.act(lead | engineer & own | front_desk & is_completed)
def reopen_call(call: Call, by: Work, *, reason: FreeText) -> Call:
    """It was not solved after all: back to its assignee while he is active, else to everyone."""
    assignee = by.find("users", call.assignee_id)
    keeps = assignee is not None and assignee.active
    return _moved(
        call, "assigned" if keeps else "new", reason,
        assignee_id=call.assignee_id if keeps else None, assigned_at=call.assigned_at if keeps else None,
        completed_at=None, closed_at=None, reopened_count=call.reopened_count + 1,
    )  # fmt: skip


@calls.act(lead)
def close_call(call: Call, by: Work) -> Call:
    """Done and confirmed."""
    return _moved(call, "closed", closed_at=by.at)


@calls.act(lead | front_desk & is_new | engineer & mine & is_new)
def cancel_call(call: Call, by: Work, *, reason: FreeText) -> Call:  # noqa: ARG001  # the shape of every act
    """It will not be worked on."""
    return _moved(call, "cancelled", reason)


def _converted_already(call: Call, by: Work) -> str | None:  # noqa: ARG001  # the shape of every `unless`
    return "This call has a carry-in repair already." if call.service_id is not None else None


@calls.act(lead | front_desk | engineer & own, unless=(_converted_already,))
def convert_call(call: Call, by: Work, *, device_type: Name) -> Call:
    """The device comes in: make a carry-in repair of the call, and link the two."""
    service = by.create(
        "services", customer_name=call.customer_name, customer_id=call.customer_id, customer_phone=call.customer_phone,
        device_type=device_type, reported_fault=call.description or call.title, received_at=by.at, call_id=call.id,
    )  # fmt: skip
    return with_fields(call, service_id=service.id)


@calls.delete(admin)
def delete_call(call: Call, by: Work) -> None:
    """Delete it with its notes; the repair that came of it stays."""
    for note in by.where("notes", resource="calls", record_id=call.id):
        by.delete(note)
    for service in by.where("services", call_id=call.id):
        by.change(service, call_id=None)


def _moved(call: Call, status: Status, reason: str | None = None, **fields: Any) -> Call:
    """Every transition says why it was made, or clears what the last one said."""
    return with_fields(call, status=status, status_reason=reason, **fields)
