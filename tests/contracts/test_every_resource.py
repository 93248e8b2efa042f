"""What holds for every resource, found by discovery: those of the folder and one that only tests know (P2)."""

import inspect
import random
import sys
from typing import Any

import orjson
import pytest
from leads import make_leads
from payloads import Payloads
from premises import PASSWORD, TEAM, id_of

from events.actor import SYSTEM, Caller
from events.catalog import Catalog, discover
from events.errors import CallboardError, Invalid
from events.query import scalar_fields
from events.resource import ROAD_FIELDS, Command
from stores.change import Change
from stores.record import Hidden, encode, markers, with_fields

EVERYTHING = discover(extra=[make_leads()])
COMMANDS = sorted(EVERYTHING.commands)
PLURALS = sorted(EVERYTHING.resources)
VERBS = {
    "create": "created", "import": "created", "update": "updated", "delete": "deleted", "merge": "deleted",
}  # fmt: skip
NAMED_EVENTS = {
    "assign_call": "call_assigned", "claim_call": "call_assigned", "complete_call": "call_completed",
    "delete_user": "user_deleted_broadcast", "create_admin": "user_created",
}  # fmt: skip


@pytest.fixture
async def desk(open_premises):
    return open_premises(catalog_=EVERYTHING).desk


async def furnish(desk) -> dict[str, Any]:
    """One record of each resource, by create commands with generated payloads."""
    made: dict[str, Any] = {}
    payloads = Payloads(desk, random.Random(1))
    order = sorted(EVERYTHING.resources.values(), key=lambda resource: resource.plural in {"notes", "leads"})
    for resource in order:
        command = EVERYTHING.commands.get(f"create_{resource.noun}")
        if command is not None:
            payload = {**payloads.of(command), "id": id_of(f"one of {resource.plural}")}
            await desk.do(SYSTEM if resource.plural != "leads" else ALICE, command.name, **payload)
            made[resource.plural] = desk.stores[resource.plural].get(payload["id"])
    return made


ALICE = Caller(id_of("alice"))


def permitted(desk, command: Command, record: Any) -> Caller:
    """Somebody who may."""
    for name in TEAM:
        caller = Caller(id_of(name))
        if command.may.allows(desk.actor(caller), record):
            return caller
    return SYSTEM


def state_for(command: Command, record: Any) -> Any:
    """The record in a status from which the command works, and as claims need it."""
    fields: dict[str, Any] = {"status": command.move.sources[0]} if command.move else {}
    if command.name in {"claim_service", "claim_call"}:
        fields.update(dict.fromkeys({"assignee_id", "technician_id"} & record.__dict__.keys()))
    if command.name == "change_password":
        return None
    return with_fields(record, **fields)


def place(desk, plural: str, record: Any) -> Any:
    store = desk.stores[plural]
    store.put(Change(plural, store.get(record.id), record))
    return record


async def target_of(desk, command: Command) -> tuple[Any, Caller]:
    """A record on which the command can be asked, and somebody who may."""
    made = await furnish(desk)
    if command.kind == "create":
        return None, permitted(desk, command, None)
    record = state_for(command, made[command.plural])
    if record is None:
        record = desk.stores["users"].get(id_of("bob"))
        return record, Caller(record.id)
    place(desk, command.plural, record)
    return record, permitted(desk, command, record)


@pytest.mark.parametrize("name", COMMANDS)
async def test_a_command_works_with_a_valid_payload(desk, name):
    command = EVERYTHING.commands[name]
    record, caller = await target_of(desk, command)
    entries: list[Any] = []
    desk.listeners.append(entries.extend)
    payload = Payloads(desk, random.Random(7)).of(command)
    assert payload is not None
    if name == "advance_service":
        payload["status"] = "diagnosing"
    if name == "complete_service":
        payload.update(outcome="declined")
    if name == "activate_user":
        record = place(desk, "users", with_fields(record, active=False))
    for field in ("reassign_to", "into"):
        payload.pop(field, None) if command.name != "merge_customer" else None
    if name == "merge_customer":
        payload["into"] = orjson.loads((await desk.do(SYSTEM, "create_customer", **{"name": "Other"})).data)["id"]
        entries.clear()
    outcome = await desk.do(caller, name, None if record is None else record.id, **payload)
    own = [entry for entry in entries if entry.resource == command.plural]
    assert own, f"{name} changed nothing"
    assert outcome.seq == desk.journal.head
    verb = name.removesuffix(f"_{command.noun}")
    expected = NAMED_EVENTS.get(name, f"{command.noun}_{VERBS.get(verb, 'updated')}")
    assert own[0].event == command.event == expected
    assert EVERYTHING.events[own[0].event] is EVERYTHING.resources[command.plural]
    stored = desk.stores[command.plural].get(own[0].record_id)
    assert (stored is None) == (command.kind == "delete")
    meta = orjson.loads(own[0].meta)
    assert meta.keys() >= {"cursor", "resource", "action", "id", "version", "actor", "at", "changed", "set"}
    assert meta["action"] == name
    if stored is not None:
        # What was given is what stands there, in canonical text.
        for field, value in payload.items():
            if field in stored.__dict__ and isinstance(value, str | int | bool) and command.kind in {"create", "update"}:
                assert orjson.loads(encode(stored.__dict__[field])) == value


@pytest.mark.parametrize("name", COMMANDS)
async def test_a_command_refuses_fields_it_does_not_know(desk, name):
    command = EVERYTHING.commands[name]
    record, caller = await target_of(desk, command)
    for field in ("nonsense", "password_hash", "secret", "version", "tenant_id", "__class__", "self"):
        with pytest.raises(Invalid) as caught:
            await desk.do(caller, name, None if record is None else record.id, **{field: "canary-value"})
        assert caught.value.fields[field] == "is not a field of this command"
        assert "canary-value" not in str(caught.value.details())


@pytest.mark.parametrize("name", COMMANDS)
async def test_a_command_names_the_field_that_is_wrong_and_never_its_value(desk, name):
    command = EVERYTHING.commands[name]
    record, caller = await target_of(desk, command)
    payload = Payloads(desk, random.Random(3)).of(command) or {}
    for field, info in command.payload.model_fields.items():
        kinds = str(info.annotation)
        wrong: list[Any] = [{"canary-value": 1}, ["canary-value", {"x": 1}], 1.5]
        wrong += [] if "str" in kinds or "list" in kinds else ["canary-value"]
        wrong += [7, True] if not ("int" in kinds or "bool" in kinds) else []
        for value in wrong:
            with pytest.raises(Invalid) as caught:
                await desk.do(caller, name, None if record is None else record.id, **{**payload, field: value})
            assert field in caught.value.fields, (field, value, caught.value.fields)
            assert "canary-value" not in str(caught.value.details())


@pytest.mark.parametrize("name", COMMANDS)
async def test_a_command_names_what_is_missing(desk, name):
    command = EVERYTHING.commands[name]
    needed = {field for field, info in command.payload.model_fields.items() if info.is_required()}
    if not needed:
        return
    record, caller = await target_of(desk, command)
    with pytest.raises(Invalid) as caught:
        await desk.do(caller, name, None if record is None else record.id)
    assert caught.value.fields == dict.fromkeys(needed, "is needed")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_does_and_who_may(name):
    command = EVERYTHING.commands[name]
    assert len(command.help) > 9
    assert command.help[0].isupper()
    assert command.help.rstrip().endswith(".")
    assert command.sentence.startswith("Only ")
    assert command.sentence.endswith(".")
    assert "_" not in command.sentence


@pytest.mark.parametrize("name", COMMANDS)
def test_r5_no_create_or_update_sets_what_is_the_roads_or_hidden(name):
    command = EVERYTHING.commands[name]
    resource = EVERYTHING.resources[command.plural]
    settable = set(command.payload.model_fields)
    assert not settable & resource.hidden
    assert not settable & (set(ROAD_FIELDS) - ({"id"} if command.kind == "create" else set()))
    if command.kind in {"create", "update"} and command.on_wire and command.plural != "users":
        assert "status" not in settable


@pytest.mark.parametrize("plural", PLURALS)
def test_a_resource_file_tells_its_story(plural):
    resource = EVERYTHING.resources[plural]
    module = sys.modules[resource.record.__module__]
    assert len(inspect.getdoc(module) or "") > 40
    assert inspect.getdoc(resource.record)
    assert resource.noun.isidentifier()
    assert resource.plural != resource.noun


@pytest.mark.parametrize("plural", [p for p in PLURALS if not EVERYTHING.resources[p].private])
def test_a_resource_has_the_three_that_come_for_free_and_compiled_keys(plural):
    resource = EVERYTHING.resources[plural]
    assert {f"{verb}_{resource.noun}" for verb in ("create", "update", "delete")} <= resource.commands.keys()
    assert resource.title in resource.public_fields
    assert not resource.subtitle or resource.subtitle in resource.public_fields


@pytest.mark.parametrize("plural", PLURALS)
def test_r6_every_id_of_another_record_is_a_declared_reference(plural):
    resource = EVERYTHING.resources[plural]
    ids = {name for name in resource.record.model_fields if name.endswith("_id")} - {"tenant_id"}
    if plural == "notes":  # its reference goes where its `resource` says
        ids -= {"record_id"}
    assert ids <= resource.references.keys()


# -- R5: hidden fields ----------------------------------------------------------------------------------------------

HIDING = [p for p in PLURALS if markers(EVERYTHING.resources[p].record, Hidden)]
NUMBERS = 424_242_424_242


@pytest.mark.parametrize("plural", HIDING)
async def test_r5_a_canary_in_every_hidden_field_is_found_nowhere(desk, plural, caplog):
    caplog.set_level(0)
    resource = EVERYTHING.resources[plural]
    made = (await furnish(desk))[plural]
    hidden = {n: "canary-text" if isinstance(made.__dict__[n], str) else NUMBERS for n in resource.hidden}
    place(desk, plural, with_fields(made, **hidden))
    said: list[bytes] = []
    entries: list[Any] = []
    desk.listeners.append(entries.extend)
    for command in resource.commands.values():
        if command.kind == "create" or command.name.startswith(("delete", "deactivate")):
            continue
        said += [await answer(desk, command, made.id) for _ in range(2)]
    said += await readings(desk, plural, made, hidden)
    said += [await answer(desk, resource.commands[f"delete_{resource.noun}"], made.id)]
    assert len(entries) > 2
    for entry in entries:
        said += [entry.record, entry.meta, entry.was, repr(entry).encode()]
    said += [repr(entry).encode() for entry in await desk.activity(resource=plural, limit=100)]
    everything_said = b"\n".join(said) + caplog.text.encode()
    for canary in (b"canary-text", str(NUMBERS).encode(), *(name.encode() for name in resource.hidden)):
        assert canary not in everything_said.replace(b"is not a field to filter by", b"")


async def answer(desk, command: Command, record_id: str) -> bytes:
    payload = Payloads(desk, random.Random(5)).of(command) or {}
    try:
        outcome = await desk.do(ALICE, command.name, record_id, **payload)
    except CallboardError as error:
        return encode({"message": error.message, **error.details()})
    return outcome.json()


async def readings(desk, plural: str, made: Any, hidden: dict[str, Any]) -> list[bytes]:
    """Everything that can be read, and what is said to who asks for the hidden ones."""
    view = await desk.read(ALICE, lambda view: view)
    said = [
        encode(view.get(plural, made.id)), encode(view.page(plural, {}).items), encode(view.snapshot([plural])),
        encode(view.search("canary")), encode(view.search(str(NUMBERS))), encode(view.explain(plural, made.id)),
        repr(view.get(plural, made.id)).encode(),
    ]  # fmt: skip
    assert view.search("canary") == view.search(str(NUMBERS)) == []
    assert view.page(plural, {"q": "canary"}).items == []
    for name, value in hidden.items():
        for wanted in ({name: value}, {f"{name}.from": value}, {"sort": name}, {"sort": f"-{name}"}):
            with pytest.raises(Invalid) as caught:
                view.page(plural, wanted)
            assert str(value) not in str(caught.value.details())
    return said


# -- lists ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("plural", [p for p in PLURALS if not EVERYTHING.resources[p].private])
async def test_every_public_scalar_field_filters_and_sorts(desk, plural):
    made = (await furnish(desk))[plural]
    view = await desk.read(ALICE, lambda view: view)
    everyone = {record.id for record in view.page(plural, {"limit": 200}).items}
    for name in scalar_fields(EVERYTHING.resources[plural]):
        value = orjson.loads(encode(made.__dict__[name]))
        asked = "" if value is None else [value] if isinstance(value, str) else value
        found = {record.id for record in view.page(plural, {name: asked}).items}
        assert made.id in found, (name, asked)
        expected = {r.id for r in view._stores[plural].all() if r.id in everyone and r.__dict__[name] == made.__dict__[name]}
        assert found == expected
        for sort in (name, f"-{name}"):
            assert {record.id for record in view.page(plural, {"sort": sort}).items} == everyone


def test_a5_two_catalogs_live_side_by_side():
    assert discover().resources.keys() | {"leads"} == EVERYTHING.resources.keys()
    assert discover() is not discover()
    with pytest.raises(ValueError, match="declared twice"):
        Catalog([*discover().resources.values(), *discover().resources.values()])
    with pytest.raises(ValueError, match="not a resource"):
        Catalog([make_leads()])
