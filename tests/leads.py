"""A resource that only tests know: who may read one depends on what is in it. Found by discovery like any other (A5, V3)."""

from typing import Annotated, Any, Literal

from events.permission import admin, dispatcher, engineer, front_desk, is_me, lead, member, viewer, when
from events.resource import Move, Resource, refers_to
from events.text import Flag, Id, Name, OptionalText
from events.work import Work
from stores.record import Hidden, Indexed, Record, Unique, with_fields


class Lead(Record):
    """One chance to win a customer: its owner's alone until it is shared."""

    name: Annotated[Name, Unique()]
    note: OptionalText = None
    owner_id: Annotated[Id | None, refers_to("users")] = None
    helper_id: Annotated[Id | None, refers_to("users")] = None
    status: Annotated[Literal["open", "shared", "lost"], Indexed()] = "open"
    urgent: Flag = False
    secret: Annotated[str, Hidden()] = "canary-of-a-lead"


def make_leads() -> Resource:
    """The resource, with a read rule of every shape: a plain role, a role and a condition, a person, a person and a
    condition that is negated."""
    leads = Resource(
        Lead, noun="lead", plural="leads", title="name",
        read=admin
        | dispatcher & when("urgent", (True,), "while it is urgent")
        | member & when("status", ("shared",), "once it is shared")
        | is_me("owner_id", "its owner")
        | is_me("helper_id", "its helper") & ~when("status", ("lost",), "once it is lost"),
        sets=("name", "note", "helper_id", "urgent"),
        moves={"share_lead": Move(("open",), "shared"), "lose_lead": Move(("open", "shared"), "lost")},
    )  # fmt: skip

    @leads.create(lead | engineer | front_desk | viewer)
    def create_lead(given: dict[str, Any], by: Work) -> dict[str, Any]:
        """Begin one of my own."""
        return {**given, "owner_id": by.actor.id}

    leads.update(member)
    leads.delete(member)

    @leads.act(member)
    def share_lead(record: Lead, by: Work) -> Lead:
        """Show it to everyone."""
        return with_fields(record, status="shared")

    @leads.act(member)
    def lose_lead(record: Lead, by: Work) -> Lead:
        """Give it up for lost."""
        return with_fields(record, status="lost")

    @leads.act(member)
    def give_lead(record: Lead, by: Work, *, owner_id: Annotated[Id | None, refers_to("users")]) -> Lead:
        """Make it somebody else's."""
        return with_fields(record, owner_id=owner_id)

    @leads.act(member)
    def link_lead(record: Lead, by: Work, *, to: Annotated[Id, refers_to("leads", need="a lead of yours")]) -> Lead:
        """Say that it belongs to another one."""
        return with_fields(record, note=to)

    return leads
