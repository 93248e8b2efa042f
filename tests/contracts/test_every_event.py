"""Whatever a command says and causes is as `/asyncapi.json` describes it: payloads, acks, events, meta (P2)."""

from typing import Any

import orjson
import pytest
from jsonschema import Draft7Validator
from test_every_resource import COMMANDS, EVERYTHING, made, payload_for, still_desk, target_of

from events.actor import SYSTEM_ACTOR
from events.outcome import outcome_of
from events.telling import telling
from server.asyncapi import asyncapi, type_name

__all__ = ["made", "still_desk"]  # fixtures


@pytest.fixture(scope="module")
def components() -> Any:
    return asyncapi(EVERYTHING)["components"]


def wrong(components: Any, name: str, value: Any) -> list[str]:
    """What does not fit the schema of this name."""
    whole = {"$ref": f"#/components/schemas/{name}", "components": components}
    return [f"{error.json_path}: {error.message}" for error in Draft7Validator(whole).iter_errors(value)]


@pytest.mark.parametrize("name", [name for name in COMMANDS if EVERYTHING.commands[name].on_wire])
def test_what_a_command_says_and_causes_is_as_described(road, made, components, name):
    command = EVERYTHING.commands[name]
    record, who = target_of(road, command, made)
    payload = payload_for(road, command)
    sent = {**payload, "id": record.id, "expected_version": record.version} if record is not None else payload
    assert wrong(components, type_name(name), {**sent, "op_id": "once"}) == []

    answer = road.ask(who, name, record, **payload)
    assert answer.code == "ok"
    assert answer.entries
    for entry in answer.entries:
        if EVERYTHING.resources[entry.resource].private:
            continue
        for how in ("full", "hidden", *(("personal",) if entry.personal else ())):
            said = telling(entry, how)
            event = {"event": said.event, "data": orjson.loads(said.data), "meta": orjson.loads(said.meta)}
            assert wrong(components, type_name(said.event), event) == []
            assert wrong(components, "Event", event) == []
    own = next(entry for entry in answer.entries if entry.resource == command.plural)
    outcome = outcome_of(answer.entries, (own.resource, own.record_id), SYSTEM_ACTOR)
    assert wrong(components, "Ack", orjson.loads(outcome.json())) == []


def test_a_refusal_is_as_described(components):
    assert wrong(components, "Failure", {"ok": False, "error": {"code": "odd", "message": "x", "retry": False}})
