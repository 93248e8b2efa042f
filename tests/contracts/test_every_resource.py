"""What holds for every resource, found by discovery: those of the folder and one that only tests know (P2)."""

import inspect
import random
import sys
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from deciding import Deciding
from leads import make_leads
from payloads import Payloads
from premises import TEAM, Place, Premises, copy_of, id_of

from events.actor import Caller
from events.catalog import Catalog, discover
from events.desk import Desk
from events.errors import CallboardError, Invalid
from events.query import scalar_fields
from events.resource import ROAD_FIELDS, Command
from events.view import View
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


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def still_desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that knows leads too."""
    if request.param == "sqlite":
        place: Place = copy_of(request.getfixturevalue("furnished"), tmp_path_factory.mktemp("contracts"))
    else:
        place = request.getfixturevalue("furnished_postgres")()
    premises = Premises(place, EVERYTHING)
    premises.migrate()
    yield premises.open_still()
    premises.let_go()


@pytest.fixture
def made(road: Deciding) -> dict[str, Any]:
    """One record of each resource, by create commands with generated payloads."""
    made: dict[str, Any] = {"users": road.desk.stores["users"].get(id_of("bob"))}
    payloads = Payloads(road.desk, random.Random(1))
    for resource in sorted(EVERYTHING.resources.values(), key=lambda resource: resource.plural in {"notes", "leads"}):
        command = EVERYTHING.commands.get(f"create_{resource.noun}")
        if command is not None and resource.plural not in made:
            (change,) = road.does("alice", command.name, **payloads.of(command)).changes
            made[resource.plural] = change.after
    return made


def permitted(road: Deciding, command: Command, record: Any) -> str:
    """Somebody who may."""
    may = (name for name in TEAM if command.may.allows(road.desk.actor(Caller(id_of(name))), record))
    return next(may, "system")


def target_of(road: Deciding, command: Command, made: dict[str, Any]) -> tuple[Any, str]:
    """A record on which the command can be asked, and somebody who may."""
    if command.kind == "create":
        return None, permitted(road, command, None)
    record = made[command.plural]
    fields: dict[str, Any] = {"status": command.move.sources[0]} if command.move else {}
    if command.name.startswith("claim_"):
        fields.update(dict.fromkeys({"assignee_id", "technician_id"} & record.__dict__.keys()))
    if command.name == "activate_user":
        fields["active"] = False
    if command.name == "delete_customer":
        # Whatever kinds of record name a customer, today's and later ones, hold him back.
        for other, _ in road.work("alice").referring(record):
            road.remove(road.desk.catalog.of(other).plural, other)
    record = road.change(command.plural, record, **fields)
    return record, permitted(road, command, record)


def payload_for(road: Deciding, command: Command) -> dict[str, Any]:
    """A valid payload; what only the function can judge is chosen so that it is content."""
    chosen: dict[str, Any] = {
        "advance_service": {"status": "diagnosing"},
        "complete_service": {"outcome": "declined"},
        "set_role": {"role": "viewer"},
    }
    if command.name == "merge_customer":
        chosen["merge_customer"] = {"into": road.does("alice", "create_customer", name="Other").after.id}
    payload = Payloads(road.desk, random.Random(7)).of(command)
    assert payload is not None
    payload.pop("reassign_to", None)
    return {**payload, **chosen.get(command.name, {})}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_works_with_a_valid_payload(road, made, name):
    command = EVERYTHING.commands[name]
    record, who = target_of(road, command, made)
    payload = payload_for(road, command)
    answer = road.ask(who, name, record, **payload)
    assert answer.code == "ok", (answer.message, answer.error and answer.error.details())
    change, entry = next(
        (change, entry) for change, entry in zip(answer.changes, answer.entries, strict=True)
        if change.resource == command.plural
    )  # fmt: skip
    verb = name.removesuffix(f"_{command.noun}")
    expected = NAMED_EVENTS.get(name, f"{command.noun}_{VERBS.get(verb, 'updated')}")
    assert entry.event == command.event == expected
    assert EVERYTHING.events[entry.event] is EVERYTHING.resources[command.plural]
    assert (change.after is None) == (command.kind == "delete")
    meta = orjson.loads(entry.meta)
    assert meta.keys() == {"cursor", "resource", "action", "id", "version", "actor", "at", "changed", "set"}
    assert (meta["action"], meta["version"]) == (name, entry.seq)
    assert (meta["changed"] == []) == (change.kind != "updated" or not set(meta["changed"]))
    if command.kind in {"create", "update"}:
        # What was given is what stands there, in canonical text.
        held = orjson.loads(entry.record)
        assert {n: held[n] for n in payload if n in held} == {n: value for n, value in payload.items() if n in held}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_refuses_fields_it_does_not_know(road, made, name):
    command = EVERYTHING.commands[name]
    record, who = target_of(road, command, made)
    for field in ("nonsense", "password_hash", "secret", "version", "tenant_id", "__class__", "self"):
        answer = road.ask(who, name, record, **{field: "canary-value"})
        assert answer.error.fields[field] == "is not a field of this command"
        assert "canary-value" not in str(answer.error.details())


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_names_the_field_that_is_wrong_and_never_its_value(road, made, name):
    command = EVERYTHING.commands[name]
    record, who = target_of(road, command, made)
    payload = payload_for(road, command)
    for field, info in command.payload.model_fields.items():
        kinds = str(info.annotation)
        wrong: list[Any] = [{"canary-value": 1}, ["canary-value", {"x": 1}], 1.5]
        wrong += [] if "str" in kinds or "list" in kinds else ["canary-value"]
        wrong += [7, True] if not ("int" in kinds or "bool" in kinds) else []
        for value in wrong:
            answer = road.ask(who, name, record, **{**payload, field: value})
            assert answer.code == "invalid", (field, value)
            assert field in answer.error.fields, (field, value, answer.error.fields)
            assert "canary-value" not in str(answer.error.details())


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_names_what_is_missing(road, made, name):
    command = EVERYTHING.commands[name]
    needed = {field for field, info in command.payload.model_fields.items() if info.is_required()}
    record, who = target_of(road, command, made)
    answer = road.ask(who, name, record)
    assert answer.error is None if not needed else answer.error.fields == dict.fromkeys(needed, "is needed")


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
ALICE = Caller(id_of("alice"))
NUMBERS = 424_242_424_242


@pytest.fixture
async def desk(open_premises) -> Desk:
    return open_premises(catalog_=EVERYTHING).desk


@pytest.mark.parametrize("plural", HIDING)
async def test_r5_a_canary_in_every_hidden_field_is_found_nowhere(desk, plural, caplog):
    caplog.set_level(0)
    resource = EVERYTHING.resources[plural]
    if plural == "leads":
        await desk.do(ALICE, "create_lead", None, id=id_of("bob"), name="Toaster shop")
    before = desk.stores[plural].get(id_of("bob"))
    hidden = {n: "canary-text" if isinstance(before.__dict__[n], str) else NUMBERS for n in resource.hidden}
    desk.stores[plural].put(Change(plural, before, with_fields(before, **hidden)))
    said: list[bytes] = []
    entries: list[Any] = []
    desk.listeners.append(entries.extend)
    for command in resource.commands.values():
        if command.kind != "create" and not command.name.startswith(("delete", "deactivate")):
            said += [await answer_of(desk, command) for _ in range(2)]
    said += await readings(desk, plural, desk.stores[plural].get(id_of("bob")), hidden)
    said += [await answer_of(desk, resource.commands[f"delete_{resource.noun}"])]
    assert len(entries) > 2
    for entry in entries:
        said += [entry.record, entry.meta, entry.was, repr(entry).encode()]
    said += [repr(entry).encode() for entry in await desk.activity(resource=plural, limit=100)]
    everything_said = b"\n".join(said) + caplog.text.encode()
    for canary in (b"canary-text", str(NUMBERS).encode(), *(name.encode() for name in resource.hidden)):
        assert canary not in everything_said


async def answer_of(desk: Desk, command: Command) -> bytes:
    payload = Payloads(desk, random.Random(5)).of(command) or {}
    payload.pop("owner_id", None)
    try:
        outcome = await desk.do(ALICE, command.name, id_of("bob"), **payload)
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
def test_every_public_scalar_field_filters_and_sorts(road, made, plural):
    made, view = made[plural], View(road.road, road.desk.actor(ALICE))
    everyone = {record.id for record in view.page(plural, {"limit": 200}).items}
    for name in scalar_fields(EVERYTHING.resources[plural]):
        value = orjson.loads(encode(made.__dict__[name]))
        asked = "" if value is None else [value] if isinstance(value, str) else value
        found = {record.id for record in view.page(plural, {name: asked}).items}
        assert made.id in found, (name, asked)
        expected = {
            r.id for r in view._stores[plural].all() if r.id in everyone and r.__dict__[name] == made.__dict__[name]
        }
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
