"""What a resource file says becomes commands with payloads, names and sentences (R1 to R6)."""

from typing import Annotated, Any, Self

import pytest
from leads import Lead, make_leads
from pydantic import ValidationError, field_validator, model_validator

from events.permission import admin, is_me, lead, member
from events.resource import Move, Resource, refers_to
from events.text import Id, Name
from stores.clock import Clock, new_id
from stores.record import Record, with_fields

VALUES = [
    "x", 5, True, ["b", "a", "b"], new_id(), "2026-11-20T06:39:00.5+02:00", "2026-11-20", "a@example.com", "#868e96", "EUR",
    "new", "open",
    "received", "admin", "calls", "available", "normal", None, "", "  x\r\ny  ", " \n", "x" * 5000, -1, 2**60, False, [],
    [""], ["x" * 300], {}, 1.5, "yesterday", Clock().now(), b"x", "\ud800",
]  # fmt: skip


def a_resource(**more: Any) -> Resource:
    return Resource(Lead, noun="lead", plural="leads", title="name", read=member, sets=("name", "note"), **more)


def test_three_commands_come_for_free():
    resource = a_resource()
    resource.create(lead)
    resource.update(lead)
    resource.delete(admin)
    assert set(resource.commands) == {"create_lead", "update_lead", "delete_lead"}
    assert [resource.commands[f"{verb}_lead"].event for verb in ("create", "update", "delete")] == [
        "lead_created", "lead_updated", "lead_deleted",
    ]  # fmt: skip


def test_r5_a_payload_has_the_declared_fields_and_no_other():
    resource = a_resource()
    resource.create(lead, sets=("urgent",))
    resource.update(lead, sets=("note",))
    assert set(resource.commands["create_lead"].payload.model_fields) == {"id", "name", "note", "urgent"}
    assert set(resource.commands["update_lead"].payload.model_fields) == {"note"}
    with pytest.raises(ValidationError):
        resource.commands["update_lead"].payload(name="x")


def test_at_creation_what_the_record_needs_is_needed_and_at_an_update_nothing_is():
    resource = a_resource()
    resource.create(lead)
    resource.update(lead)
    needed = [
        name for name, info in resource.commands["create_lead"].payload.model_fields.items() if info.is_required()
    ]
    assert needed == ["name"]
    assert not any(info.is_required() for info in resource.commands["update_lead"].payload.model_fields.values())


def test_r2_an_action_is_a_function_with_its_name_payload_and_help():
    resource = a_resource(moves={"share_lead": Move(("open",), "shared")})

    @resource.act(lead | is_me("owner_id", "its owner"), event="lead_shared")
    def share_lead(record: Lead, by: Any, *, reason: Name, to: Annotated[Id | None, refers_to("users")] = None) -> Lead:
        """Show it to everyone."""
        return with_fields(record, status="shared")

    command = resource.commands["share_lead"]
    assert (command.event, command.help, command.kind) == ("lead_shared", "Show it to everyone.", "act")
    assert set(command.payload.model_fields) == {"reason", "to"}
    assert command.references["to"].to == "users"
    assert command.move == Move(("open",), "shared")
    assert command.sentence == "Only an admin, a dispatcher, or its owner may share this lead."
    assert share_lead.__name__ == "share_lead"


@pytest.mark.parametrize(("name", "said"), [
    ("create_lead", "create a lead"), ("update_lead", "update this lead"), ("share_lead", "share this lead"),
    ("delete_lead", "delete this lead"),
])  # fmt: skip
def test_r4_a_command_says_itself(name, said):
    assert make_leads().commands[name].spoken == said


@pytest.mark.parametrize(("name", "said"), [
    ("set_role", "set the role of this user"), ("set_availability", "set the availability of this user"),
    ("change_password", "change the password of this user"), ("create_service_category", "create a service category"),
    ("assign_call", "assign this call"),
])  # fmt: skip
def test_r4_commands_of_the_folder_say_themselves(catalog, name, said):
    assert catalog.command(name).spoken == said


def test_r5_hidden_fields_are_no_public_ones():
    resource = make_leads()
    assert resource.hidden == {"secret"}
    assert "secret" not in resource.public_fields
    assert {"owner_id", "helper_id", "status"} <= resource.indexed


def test_fields_that_belong_together_are_companions_of_each_other(catalog):
    companions = catalog.resources["services"].companions
    assert companions["currency"] == {"estimate_minor", "price_minor", "currency"} == companions["price_minor"]


def taken(check, values) -> Any:
    """What comes of a check: the values, or what is wrong with them."""
    try:
        return check(values)
    except ValidationError as error:
        return {(detail["loc"][0], detail["type"], detail["msg"]) for detail in error.errors(include_input=False)}


def test_r2_a_field_alone_is_checked_as_in_the_whole_record(catalog):
    for resource in [*catalog.resources.values(), make_leads()]:
        fine = {
            name: next(value for value in VALUES if isinstance(taken(resource.checked, {name: value}), dict))
            for name in resource.record.model_fields
        }
        for name in fine:
            for value in VALUES:
                whole = taken(lambda given: resource.record.model_validate({**fine, **given}).__dict__, {name: value})  # noqa: B023
                alone = taken(resource.checked, {name: value})
                assert (whole if isinstance(whole, set) else {name: whole[name]}) == alone, (
                    resource.plural,
                    name,
                    value,
                )


class Odd(Record):
    """Its fields are checked together."""

    name: Name

    @model_validator(mode="after")
    def looks(self) -> Self:
        return self


class Strange(Record):
    """Its field is checked elsewhere than in its annotation."""

    name: Name

    @field_validator("name")
    @classmethod
    def looks(cls, name: str) -> str:
        return name


@pytest.mark.parametrize("record", [Odd, Strange])
def test_r2_what_a_field_may_hold_is_said_in_its_annotation_alone(record):
    with pytest.raises(ValueError, match=f"{record.__name__}: what a field may hold"):
        Resource(record, noun="odd", plural="odds", read=member, sets=())


def test_a_guard_stands_at_the_commands_that_could_set_its_field(catalog):
    assert catalog.command("create_call").guards.keys() == {"assignee_id"}
    assert catalog.command("update_call").guards.keys() == set()
    assert catalog.command("assign_call").guards.keys() == set()
    assert catalog.command("update_service").guards.keys() == {"estimate_minor", "price_minor", "currency"}
