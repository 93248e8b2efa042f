"""The description of the doors for events: complete, well-formed, and true."""

import json
from typing import Any

import orjson
import pytest
from caller import Caller
from jsonschema import Draft7Validator
from leads import make_leads
from nodetools import needs_node, node

from events.catalog import Catalog, discover
from server.asyncapi import asyncapi, errors, shown_events, type_name
from server.vocabulary import signals, words
from stores.record import encode


@pytest.fixture(scope="module")
def document(catalog: Catalog) -> dict[str, Any]:
    return asyncapi(catalog)


def complaints(document: dict[str, Any]) -> list[dict[str, Any]]:
    """What AsyncAPI's own parser finds wrong; that there is a newer version of AsyncAPI is none."""
    said = [json.loads(line) for line in node("asyncapi.mjs", given=encode(document)).stdout.splitlines()]
    assert said, "the parser said nothing at all"
    return [each for each in said if each["code"] != "asyncapi-latest-version"]


@needs_node
def test_it_is_valid_asyncapi(document: dict[str, Any]):
    assert document["asyncapi"] == "3.0.0"
    assert complaints(document) == []


@needs_node
def test_the_parser_sees_what_is_wrong():
    broken = {"asyncapi": "3.0.0", "info": {"title": "x"}, "channels": {}, "operations": {"x": {"action": "shout"}}}
    assert {each["path"].split(".")[0] for each in complaints(broken)} >= {"info", "operations"}


def test_all_of_its_schemas_are_schemas(document: dict[str, Any]):
    for schema in document["components"]["schemas"].values():
        Draft7Validator.check_schema(schema)


def test_all_that_it_refers_to_is_there(document: dict[str, Any]):
    text = encode(document).decode()
    for found in set(text.split('"$ref":"#/')[1:]):
        place: Any = document
        for part in found.partition('"')[0].split("/"):
            place = place[part]


@pytest.mark.parametrize("door", ["socketio", "websocket"])
def test_every_command_of_a_door_has_its_payload_and_its_ack(document: dict[str, Any], catalog: Catalog, door: str):
    told = document["channels"][door]["messages"]
    named = {name for name, command in catalog.commands.items() if command.on_wire} | {word.name for word in words()}
    assert {f"{name}_ack" for name in named} == {name for name in told if name.endswith("_ack")}
    assert named <= told.keys()
    assigns = told["assign_call"]
    assert assigns["x-may"] == "an admin, a dispatcher, or an engineer who is its assignee"
    assert assigns["x-http"] == {"method": "POST", "path": "/api/tenants/{slug}/calls/{id}/assign"}
    assert assigns["x-tells"] == "call_assigned"
    assert "AssignCall" in json.dumps(assigns["payload"])
    assert "create_admin" not in told


@pytest.mark.parametrize("door", ["socketio", "websocket", "sse", "sse_one"])
def test_every_event_is_told_through_every_door_with_record_and_meta(
    document: dict[str, Any], catalog: Catalog, door: str
):
    told = document["channels"][door]["messages"]
    for name in (*shown_events(catalog), "record_hidden"):
        assert told[name]["name"] == name
        assert "#/components/schemas/Meta" in json.dumps(told[name]["payload"])
    expected = {signal.name for signal in signals() if door.partition("_")[0] in signal.doors}
    assert expected <= {message["name"] for message in told.values()}
    assert "former_user_created" not in told


def test_every_message_is_sent_told_or_answered_in_one_operation(document: dict[str, Any]):
    named: list[str] = []
    for operation in document["operations"].values():
        named += [
            message["$ref"] for message in (*operation["messages"], *operation.get("reply", {}).get("messages", ()))
        ]
    channels = document["channels"].items()
    assert sorted(named) == sorted(
        f"#/channels/{name}/messages/{key}" for name, each in channels for key in each["messages"]
    )


def test_v5_it_says_who_hears_of_a_deleted_user(document: dict[str, Any]):
    told = document["channels"]["sse"]["messages"]
    assert told["user_deleted"]["x-told-to"] == "only the user it is about"
    assert told["user_deleted_broadcast"]["x-told-to"] == "a member of the team, except the user it is about"
    assert told["call_created"]["x-told-to"] == "a member of the team"
    assert told["call_assigned"]["x-caused-by"] == ["assign_call", "claim_call"]


def test_every_code_of_a_failure_is_listed(document: dict[str, Any]):
    codes = document["components"]["schemas"]["Error"]["properties"]["code"]["enum"]
    assert [error["code"] for error in document["x-errors"]] == codes
    assert {name: value for name, value in errors()[6].items() if name != "when"} == {
        "code": "invalid",
        "status": 422,
        "retry": False,
    }


def test_r5_nothing_hidden_is_described(document: dict[str, Any], catalog: Catalog):
    for resource in catalog.resources.values():
        for name in resource.hidden:
            assert f'"{name}"' not in json.dumps(document)


def test_a5_a_new_kind_of_record_is_described_by_itself():
    described = asyncapi(discover(extra=[make_leads()]))
    assert {"Lead", "LeadCreated", "CreateLead"} <= described["components"]["schemas"].keys()


def fits(document: dict[str, Any], name: str, value: Any) -> bool:
    whole = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    return Draft7Validator(whole).is_valid(value)


async def test_it_is_served_to_anybody(somebody: Caller, document: dict[str, Any]):
    assert (await somebody.gets("/asyncapi.json")).body == orjson.loads(encode(document))


def test_a_type_is_called_as_typescript_calls_types():
    assert type_name("assign_call") == "AssignCall"


def test_a_command_is_described_as_a_connection_sends_it(document: dict[str, Any]):
    sent = {"id": "x", "assignee_id": "y", "op_id": "1", "expected_version": 7}
    assert fits(document, "AssignCall", sent)
    assert not fits(document, "AssignCall", {"assignee_id": "y"})
    assert not fits(document, "AssignCall", {**sent, "status": "closed"})
    assert fits(document, "CreateCall", {"title": "x", "customer_name": "y", "op_id": "1"})
    assert not fits(document, "CreateCall", {"title": "x", "customer_name": "y", "expected_version": 1})
