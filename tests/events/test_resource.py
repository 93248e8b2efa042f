"""What a resource file says becomes commands with payloads, names and sentences (R1 to R6)."""

from typing import Annotated, Any

import pytest
from leads import Lead, make_leads
from pydantic import ValidationError

from events.permission import admin, is_me, lead, member
from events.resource import Move, Resource, refers_to
from events.text import Id, Name
from stores.record import with_fields


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
