"""A service: a device carried in for repair, from the counter to the day it is handed back.

received → diagnosing, awaiting approval, awaiting parts, in repair (as the work goes) → completed → delivered
"""

import secrets
from typing import Annotated, Any, Literal

from pydantic import Field

from events.permission import admin, engineer, front_desk, is_me, lead, member, system, when
from events.resource import Move, Resource, refers_to
from events.resources.user import works_here
from events.text import (
    Count,
    Currency,
    Day,
    FreeText,
    Id,
    Moment,
    Name,
    OptionalCode,
    OptionalName,
    OptionalPhone,
    OptionalText,
    Words,
)  # fmt: skip
from events.work import Work
from stores.record import Indexed, Record, with_fields

AT_WORK = ("received", "diagnosing", "awaiting_approval", "awaiting_parts", "in_repair")
OPEN = (*AT_WORK, "completed")

Status = Literal[
    "received", "diagnosing", "awaiting_approval", "awaiting_parts", "in_repair", "completed", "delivered", "cancelled"
]
Stage = Literal["diagnosing", "awaiting_approval", "awaiting_parts", "in_repair"]
Outcome = Literal["repaired", "no_fault_found", "not_repairable", "uneconomic", "declined", "replaced"]
Technician = Annotated[Id | None, works_here]

# Without 0 O 1 I L, which people mix up when they read a slip aloud: 31 letters, 12 of them are 59 bits.
TRACKING_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_tracking_code() -> str:
    """What the customer follows his repair by; random, so that nobody guesses another's."""
    return "".join(secrets.choice(TRACKING_ALPHABET) for _ in range(12))


class Service(Record):
    """One device in for repair."""

    customer_name: Name
    device_type: Name
    reported_fault: FreeText
    category_id: Annotated[Id | None, refers_to("service_categories", need="a category that is in use")] = None
    customer_id: Annotated[Id | None, refers_to("customers", need="one of our customers")] = None
    customer_phone: OptionalPhone = None
    brand: OptionalName = None
    model: OptionalName = None
    serial_number: OptionalCode = None
    condition: OptionalText = None
    accessories: Words = Field(default_factory=list)
    status: Annotated[Status, Indexed()] = "received"
    technician_id: Annotated[Id | None, works_here] = None
    promised_on: Day | None = None
    estimate_minor: Count | None = None
    price_minor: Count | None = None
    currency: Currency | None = None
    outcome: Outcome | None = None
    work_done: OptionalText = None
    tracking_code: Annotated[str, Indexed()] = Field(default_factory=new_tracking_code)
    received_at: Moment
    completed_at: Moment | None = None
    delivered_at: Moment | None = None
    delivered_to: OptionalName = None
    call_id: Annotated[Id | None, refers_to("calls")] = None
    rework_of: Annotated[
        Id | None, refers_to("services", lambda service: service.status == "delivered", "a delivered repair")
    ] = None
    status_reason: OptionalText = None


MOVES = {
    "update_service": Move(OPEN),
    "assign_service": Move(OPEN),
    "claim_service": Move(OPEN),
    "advance_service": Move(AT_WORK),
    "complete_service": Move(AT_WORK, "completed"),
    "deliver_service": Move(("completed", "cancelled"), "delivered"),
    "reopen_service": Move(("completed", "cancelled"), "in_repair"),
    "cancel_service": Move(AT_WORK, "cancelled"),
}

# `advance_service` along (DOMAIN.md): a device just received is looked at before anybody is asked to approve a price.
STAGES: dict[str, tuple[str, ...]] = {
    "received": ("diagnosing", "awaiting_parts", "in_repair"),
    "diagnosing": ("awaiting_approval", "awaiting_parts", "in_repair"),
    "awaiting_approval": ("diagnosing", "awaiting_parts", "in_repair"),
    "awaiting_parts": ("diagnosing", "awaiting_approval", "in_repair"),
    "in_repair": ("diagnosing", "awaiting_approval", "awaiting_parts"),
}

own = is_me("technician_id", "its technician")
is_unassigned = when("technician_id", (None,), "while it has no technician")
desk = lead | front_desk

services = Resource(
    Service, noun="service", plural="services", prefix="S", title="device_type", subtitle="customer_name", read=member,
    sets=(
        "customer_name", "device_type", "reported_fault", "category_id", "customer_id", "customer_phone", "brand", "model",
        "serial_number", "condition", "accessories", "promised_on", "estimate_minor", "price_minor", "currency",
    ),
    open_states=OPEN, moves=MOVES, companions=[("estimate_minor", "price_minor", "currency")],
    guards={"estimate_minor": desk, "price_minor": desk, "currency": desk},
)  # fmt: skip


@services.create(desk | engineer, sets=("rework_of",), optional=("customer_name",))
def create_service(given: dict[str, Any], by: Work) -> dict[str, Any]:
    """Take a device in. The customer's name is copied from the customer where it is left out."""
    customer = by.find("customers", given.get("customer_id"))
    if given.get("customer_name") is None and customer is None:
        by.invalid("customer_name", "is needed")
    return {**given, "customer_name": given.get("customer_name") or customer.name, "received_at": by.at}


services.update(desk | engineer)


@services.act(lead)
def assign_service(service: Service, by: Work, *, technician_id: Technician) -> Service:  # noqa: ARG001  # every act's shape
    """Give it to a technician, or to nobody."""
    return with_fields(service, technician_id=technician_id)


@services.act(engineer & is_unassigned)
def claim_service(service: Service, by: Work) -> Service:
    """Take a device that nobody has."""
    return with_fields(service, technician_id=by.actor.id)


@services.act(lead | engineer & own)
def advance_service(service: Service, by: Work, *, status: Stage) -> Service:
    """Say where the work stands."""
    if status not in STAGES[service.status]:
        by.refuse(f"A repair that is {_said(service.status)} cannot go on to {_said(status)}.")
    return _moved(service, status)


@services.act(lead | engineer & own)
def complete_service(service: Service, by: Work, *, outcome: Outcome, work_done: OptionalText = None) -> Service:
    """The work is over, repaired or not. A repair or a replacement says what was done."""
    if outcome in {"repaired", "replaced"}:
        if (work_done or service.work_done) is None:
            by.invalid("work_done", "is needed for this outcome")
        if service.status not in {"diagnosing", "in_repair"}:
            by.refuse(f"A repair that is {_said(service.status)} has not been worked on yet.")
    return _moved(service, "completed", outcome=outcome, work_done=work_done or service.work_done, completed_at=by.at)


@services.act(desk | engineer & own)
def deliver_service(service: Service, by: Work, *, delivered_to: Name) -> Service:
    """Hand the device back, repaired or as it came."""
    return _moved(service, "delivered", delivered_to=delivered_to, delivered_at=by.at)


@services.act(lead | engineer & own)
def reopen_service(service: Service, by: Work, *, reason: FreeText) -> Service:  # noqa: ARG001  # every act's shape
    """It is not done after all."""
    return _moved(service, "in_repair", reason, outcome=None, completed_at=None)


@services.act(desk)
def cancel_service(service: Service, by: Work, *, reason: FreeText) -> Service:  # noqa: ARG001  # every act's shape
    """It will not be repaired; the device waits to be handed back."""
    return _moved(service, "cancelled", reason)


@services.delete(admin)
def delete_service(service: Service, by: Work) -> None:
    """Delete it with its notes; the call it came from and its reworks stay."""
    for note in by.where("notes", resource="services", record_id=service.id):
        by.delete(note)
    for call in by.where("calls", service_id=service.id):
        by.change(call, service_id=None)
    for rework in by.where("services", rework_of=service.id):
        by.change(rework, rework_of=None)


@services.create(
    system, name="import_service", on_wire=False, optional=("customer_name",),
    sets=(
        "received_at", "status", "outcome", "completed_at", "delivered_at", "delivered_to", "work_done", "technician_id",
        "tracking_code",
    ),
)  # fmt: skip
def import_service(given: dict[str, Any], by: Work) -> dict[str, Any]:  # noqa: ARG001  # the shape of every create
    """Bring in a repair from elsewhere, in its final state."""
    return given


def _moved(service: Service, status: Status, reason: str | None = None, **fields: Any) -> Service:
    """Every transition says why it was made, or clears what the last one said."""
    return with_fields(service, status=status, status_reason=reason, **fields)


def _said(status: str) -> str:
    return status.replace("_", " ")
