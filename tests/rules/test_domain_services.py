"""DOMAIN.md's tables for carry-in repairs: who, from where to where, prices, and what a delivered one still allows."""

import re
from typing import Any

import pytest
from deciding import LETTERS, Deciding
from premises import id_of

AT_WORK = ("received", "diagnosing", "awaiting_approval", "awaiting_parts", "in_repair")
ALL = (*AT_WORK, "completed", "delivered", "cancelled")
RELATIONS = ("nobody's", "own", "another's")
STAGES = {
    "received": {"diagnosing", "awaiting_parts", "in_repair"},
    "diagnosing": {"awaiting_approval", "awaiting_parts", "in_repair"},
    "awaiting_approval": {"diagnosing", "awaiting_parts", "in_repair"},
    "awaiting_parts": {"diagnosing", "awaiting_approval", "in_repair"},
    "in_repair": {"diagnosing", "awaiting_approval", "awaiting_parts"},
}
DEVICE = {"customer_name": "Ms. Gray", "device_type": "Toaster", "reported_fault": "Smoke"}

# command → (always permitted, permitted to an engineer in which relation, statuses it works in, payload)
LINES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...], dict[str, Any]]] = {
    "update_service": ("ADEF", (), (*AT_WORK, "completed"), {"brand": "Acme"}),
    "assign_service": ("AD", (), (*AT_WORK, "completed"), {"technician_id": id_of("carol")}),
    "claim_service": ("", ("nobody's",), (*AT_WORK, "completed"), {}),
    "complete_service": ("AD", ("own",), AT_WORK, {"outcome": "declined"}),
    "deliver_service": ("ADF", ("own",), ("completed", "cancelled"), {"delivered_to": "Her son"}),
    "reopen_service": ("AD", ("own",), ("completed", "cancelled"), {"reason": "Smokes again"}),
    "cancel_service": ("ADF", (), AT_WORK, {"reason": "Too dear"}),
    "delete_service": ("A", (), ALL, {}),
}
TARGET = {
    "complete_service": "completed", "deliver_service": "delivered", "reopen_service": "in_repair",
    "cancel_service": "cancelled",
}  # fmt: skip


def a_service(road: Deciding, status: str, relation: str = "nobody's", letter: str = "E", **fields: Any) -> Any:
    technician = {"own": id_of(LETTERS[letter]), "another's": id_of("carol"), "nobody's": None}[relation]
    more = {"status": status, "technician_id": technician, "status_reason": "said before", **fields}
    return road.put("services", **DEVICE, received_at=road.desk.clock.now(), **more)


@pytest.mark.parametrize("command", LINES)
def test_every_cell_of_the_service_tables(road, command):
    always, engineers, statuses, payload = LINES[command]
    asked = set()
    for status in ALL:
        for relation in RELATIONS:
            for letter in LETTERS:
                service = a_service(road, status, relation, letter)
                may = letter in always or (letter == "E" and relation in engineers)
                expected = "forbidden" if not may else "ok" if status in statuses else "refused"
                answer = road.ask(LETTERS[letter], command, service, **payload)
                assert answer.code == expected, (command, status, relation, letter, answer.message)
                assert road.why(LETTERS[letter], command, service) == (answer.message or None)
                if expected == "ok" and answer.changes:
                    noun = "service_deleted" if command == "delete_service" else "service_updated"
                    assert answer.entries[0].event == noun
                asked.add(answer.code)
                road.remove("services", service)
    assert asked >= {"ok", "forbidden"}


@pytest.mark.parametrize("source", ALL)
def test_advance_along_its_table(road, source):
    for target in ("diagnosing", "awaiting_approval", "awaiting_parts", "in_repair"):
        answer = road.ask("alice", "advance_service", a_service(road, source), status=target)
        assert answer.code == ("ok" if target in STAGES.get(source, ()) else "refused"), (source, target)
        if answer.code == "ok":
            assert (answer.after.status, answer.after.status_reason) == (target, None)
    for target in ("received", "completed", "delivered", "cancelled", "elsewhere"):
        answer = road.ask("alice", "advance_service", a_service(road, source), status=target)
        assert answer.code == "invalid"
        assert "status" in answer.error.fields


@pytest.mark.parametrize(("letter", "relation", "expected"), [
    ("A", "another's", "ok"), ("D", "another's", "ok"), ("E", "own", "ok"), ("E", "another's", "forbidden"),
    ("E", "nobody's", "forbidden"), ("F", "nobody's", "forbidden"), ("V", "nobody's", "forbidden"),
])  # fmt: skip
def test_who_may_advance(road, letter, relation, expected):
    service = a_service(road, "received", relation, letter)
    assert road.ask(LETTERS[letter], "advance_service", service, status="diagnosing").code == expected


@pytest.mark.parametrize("command", TARGET)
def test_where_each_command_leads(road, command):
    told = {"reopen_service": "Smokes again", "cancel_service": "Too dear"}
    for status in LINES[command][2]:
        after = road.ask("alice", command, a_service(road, status), **LINES[command][3]).after
        assert (after.status, after.status_reason) == (TARGET[command], told.get(command))


@pytest.mark.parametrize("outcome", ["repaired", "replaced"])
def test_what_was_repaired_was_worked_on_and_says_how(road, outcome):
    for status in AT_WORK:
        answer = road.ask("alice", "complete_service", a_service(road, status), outcome=outcome, work_done="New coil")
        assert answer.code == ("ok" if status in {"diagnosing", "in_repair"} else "refused")
    missing = road.ask("alice", "complete_service", a_service(road, "in_repair"), outcome=outcome)
    assert missing.error.fields.keys() == {"work_done"}


@pytest.mark.parametrize("outcome", ["no_fault_found", "not_repairable", "uneconomic", "declined"])
@pytest.mark.parametrize("status", AT_WORK)
def test_other_outcomes_come_from_anywhere_and_need_no_work(road, outcome, status):
    after = road.ask("alice", "complete_service", a_service(road, status), outcome=outcome).after
    assert (after.outcome, after.work_done) == (outcome, None)
    assert after.completed_at is not None


def test_nothing_but_deletion_and_notes_on_a_delivered_repair(road):
    service = a_service(road, "delivered", "own")
    payloads = {name: line[3] for name, line in LINES.items()} | {"advance_service": {"status": "diagnosing"}}
    for command in road.desk.catalog.resources["services"].commands.values():
        if command.kind == "create" or command.name == "delete_service":
            continue
        who = "bob" if command.name == "claim_service" else "alice"
        record = a_service(road, "delivered") if command.name == "claim_service" else service
        assert road.ask(who, command.name, record, **payloads[command.name]).code == "refused", command.name
    assert road.ask("bob", "create_note", resource="services", record_id=service.id, text="Thanks").code == "ok"
    assert road.ask("alice", "delete_service", service).code == "ok"


@pytest.mark.parametrize("field", ["estimate_minor", "price_minor", "currency"])
@pytest.mark.parametrize(("who", "expected"), [
    ("alice", "ok"), ("dora", "ok"), ("fred", "ok"), ("bob", "forbidden"), ("vera", "forbidden"),
])  # fmt: skip
def test_prices_are_set_by_the_desk_alone(road, field, who, expected):
    value = {field: "EUR" if field == "currency" else 4900}
    service = a_service(road, "received", "own")
    assert road.ask(who, "update_service", service, **value).code == expected
    assert road.ask(who, "create_service", **DEVICE, **value).code == expected


def test_an_engineer_may_send_back_prices_that_he_did_not_touch(road):
    service = a_service(road, "received", price_minor=4900, currency="EUR")
    answer = road.ask("bob", "update_service", service, price_minor=4900, currency="EUR", brand="Acme")
    assert answer.after.brand == "Acme"
    assert road.ask("bob", "update_service", service, price_minor=None).code == "forbidden"


@pytest.mark.parametrize("price", [-1, 1.5, "4900", 2**53, True])
def test_money_is_a_whole_number_of_minor_units(road, price):
    assert road.ask("fred", "create_service", **DEVICE, price_minor=price).error.fields.keys() == {"price_minor"}


def test_rework_is_a_new_repair_of_a_delivered_one(road):
    delivered, open_one = a_service(road, "delivered"), a_service(road, "completed")
    assert road.ask("fred", "create_service", **DEVICE, rework_of=delivered.id).after.rework_of == delivered.id
    assert road.ask("fred", "create_service", **DEVICE, rework_of=open_one.id).error.fields.keys() == {"rework_of"}


def test_the_tracking_code_is_random_and_easy_to_read_aloud(road):
    codes = {road.ask("fred", "create_service", **DEVICE).after.tracking_code for _ in range(200)}
    assert len(codes) == 200
    assert all(re.fullmatch("[23456789ABCDEFGHJKMNPQRSTUVWXYZ]{12}", code) for code in codes)


@pytest.mark.parametrize("field", [
    "status", "technician_id", "outcome", "work_done", "tracking_code", "received_at", "completed_at", "delivered_at",
    "delivered_to", "call_id", "status_reason", "number", "version",
])  # fmt: skip
def test_r5_what_belongs_to_an_action_is_set_by_no_create_or_update(road, field):
    service = a_service(road, "received")
    for answer in (
        road.ask("alice", "create_service", **DEVICE, **{field: "x"}),
        road.ask("alice", "update_service", service, **{field: "x"}),
    ):
        assert answer.error.fields == {field: "is not a field of this command"}
    assert road.ask("alice", "update_service", service, rework_of=None).code == "invalid"


def test_only_the_program_imports_and_no_client_knows_of_it(road):
    moment = road.desk.clock.now()
    fields = {**DEVICE, "received_at": moment, "status": "delivered", "outcome": "repaired"}
    assert road.ask("alice", "import_service", **fields).code == "forbidden"
    assert road.ask("system", "import_service", **fields).after.status == "delivered"
    assert not road.desk.catalog.command("import_service").on_wire


async def test_a_repair_from_the_counter_and_back(office):
    fred, bob, vera = office.fred, office.bob, office.vera
    service = await fred.does("create_service", **DEVICE)
    assert (service.status, service.technician_id, service.number) == ("received", None, 1)
    await bob.does("claim_service", service)
    await bob.does("advance_service", service, status="in_repair")
    await bob.does("complete_service", service, outcome="repaired", work_done="New coil")
    done = await fred.does("deliver_service", service, delivered_to="Ms. Gray")
    assert done.delivered_at is not None
    assert done.technician_id == bob.id
    await vera.hears("service_created")
    actions = [(await vera.hears("service_updated")).meta.action for _ in range(4)]
    assert actions == ["claim_service", "advance_service", "complete_service", "deliver_service"]
    await vera.hears_nothing()


async def test_a_cancelled_device_is_handed_back(office):
    service = await office.fred.does("create_service", **DEVICE)
    await office.fred.does("cancel_service", service, reason="Too dear")
    assert (await office.fred.does("deliver_service", service, delivered_to="Ms. Gray")).status == "delivered"


async def test_a_deleted_repair_takes_its_notes_along_and_leaves_its_call_and_rework(office):
    alice, bob = office.alice, office.bob
    call = await alice.does("create_call", title="No power", customer_name="Ms. Gray")
    await alice.does("convert_call", call, device_type="Toaster")
    (service,) = await alice.sees("services")
    await alice.does("cancel_service", service, reason="Too dear")
    await alice.does("deliver_service", service, delivered_to="Ms. Gray")
    rework = await alice.does("create_service", **DEVICE, rework_of=service.id)
    await bob.does("create_note", resource="services", record_id=service.id, text="Careful")
    office.hush()
    await alice.does("delete_service", service)
    # F8: a change set is told in the order created, updated, deleted.
    events = {(await bob.hears(event)).event for event in ("call_updated", "service_updated")}
    assert events == {"call_updated", "service_updated"}
    assert {heard.event for heard in bob.unheard} == {"service_deleted", "note_deleted"}
    assert (await alice.sees("services", id=rework.id))[0].rework_of is None
    assert (await alice.sees("calls"))[0].service_id is None
