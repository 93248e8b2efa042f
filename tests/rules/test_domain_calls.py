"""DOMAIN.md's tables for calls, cell by cell: who may do what, from which status to which, and what is told."""

from dataclasses import dataclass
from typing import Any

import pytest
from deciding import LETTERS, Deciding
from premises import id_of

OPEN = ("new", "assigned", "in_progress", "on_hold")
ALL = (*OPEN, "completed", "closed", "cancelled")
RELATIONS = ("strange", "own", "mine")
ANY = ("strange", "own", "mine")


@dataclass
class Line:
    """One command: who may (letters, in which relation, in which status), from where to where, and its payload."""

    who: list[tuple[str, tuple[str, ...], tuple[str, ...]]]
    moves: dict[str, str]
    payload: dict[str, Any]
    event: str = "call_updated"


def to(status: str, *sources: str) -> dict[str, str]:
    return dict.fromkeys(sources, status)


OTHER = {"assignee_id": id_of("carol")}
LINES = {
    "update_call": Line(
        [("AD", ANY, ALL), ("E", ("own",), OPEN), ("E", ("mine",), ("new",)), ("F", ANY, OPEN)],
        {status: status for status in (*OPEN, "completed", "closed")}, {"title": "Another title"},
    ),
    "assign_call": Line([("AD", ANY, ALL), ("E", ("own",), ALL)], to("assigned", *OPEN), OTHER, "call_assigned"),
    "claim_call": Line([("ADE", ANY, ALL)], to("assigned", "new"), {}, "call_assigned"),
    "release_call": Line(
        [("AD", ANY, ALL), ("E", ("own",), ALL)], to("new", "assigned", "in_progress", "on_hold"), {"reason": "Ill"}
    ),
    "start_call": Line([("AD", ANY, ALL), ("E", ("own",), ALL)], to("in_progress", "assigned"), {}),
    "hold_call": Line(
        [("AD", ANY, ALL), ("E", ("own",), ALL)], to("on_hold", "assigned", "in_progress"),
        {"reason": "waiting_parts"},
    ),
    "resume_call": Line([("AD", ANY, ALL), ("E", ("own",), ALL)], to("in_progress", "on_hold"), {}),
    "complete_call": Line(
        [("AD", ANY, ALL), ("E", ("own",), ALL), ("E", ANY, ("new",)), ("F", ANY, ("new",))],
        to("completed", *OPEN), {"resolution": "Turned it on"}, "call_completed",
    ),
    "reopen_call": Line(
        [("AD", ANY, ALL), ("E", ("own",), ALL), ("F", ANY, ("completed",))],
        to("by assignee", "completed", "closed", "cancelled"), {"reason": "Off again"},
    ),
    "close_call": Line([("AD", ANY, ALL)], to("closed", "completed"), {}),
    "cancel_call": Line(
        [("AD", ANY, ALL), ("E", ("mine",), ("new",)), ("F", ANY, ("new",))], to("cancelled", *OPEN),
        {"reason": "A mistake"},
    ),
    "convert_call": Line(
        [("ADF", ANY, ALL), ("E", ("own",), ALL)], {status: status for status in OPEN}, {"device_type": "Toaster"}
    ),
    "delete_call": Line([("A", ANY, ALL)], to("deleted", *ALL), {}, "call_deleted"),
}  # fmt: skip


def a_call(road: Deciding, status: str, relation: str, letter: str) -> Any:
    """A call in this status that is the person's own, taken by him, or neither."""
    me = id_of(LETTERS[letter])
    somebody = None if status == "new" else id_of("carol")
    return road.put(
        "calls", title="No power", customer_name="Ms. Gray", status=status, status_reason="said before",
        assignee_id=me if relation == "own" else somebody, created_by=me if relation == "mine" else "somebody",
    )  # fmt: skip


def permitted(line: Line, letter: str, relation: str, status: str) -> bool:
    return any(letter in letters and relation in how and status in when for letters, how, when in line.who)


def cells() -> list[tuple[str, str, str]]:
    return [(status, relation, letter) for status in ALL for relation in RELATIONS for letter in LETTERS]


@pytest.mark.parametrize("command", LINES)
def test_every_cell_of_the_call_tables(road, command):
    line = LINES[command]
    asked = set()
    for status, relation, letter in cells():
        call = a_call(road, status, relation, letter)
        answer = road.ask(LETTERS[letter], command, call, **payload(line, call))
        expected = "forbidden" if not permitted(line, letter, relation, status) else "refused"
        if expected == "refused" and status in line.moves:
            expected = "ok"
        assert answer.code == expected, (command, status, relation, letter, answer.message)
        # `explain` says the same sentence, or that it is allowed (PROTOCOL section 2).
        assert road.why(LETTERS[letter], command, call) == (answer.message or None)
        asked.add(answer.code)
        road.remove("calls", call)
    assert asked == {"ok", "forbidden"} | ({"refused"} if len(line.moves) < len(ALL) else set())


def payload(line: Line, call: Any) -> dict[str, Any]:
    if "assignee_id" in line.payload and call.assignee_id == line.payload["assignee_id"]:
        return {"assignee_id": id_of("bob")}
    return line.payload


@pytest.mark.parametrize("command", [name for name in LINES if name != "delete_call"])
@pytest.mark.parametrize("status", ALL)
def test_where_each_command_leads(road, command, status):
    line = LINES[command]
    call = a_call(road, status, "strange", "A")
    answer = road.ask("alice", command, call, **payload(line, call))
    if status not in line.moves:
        assert answer.code == "refused"
        return
    change = next(change for change in answer.changes if change.resource == "calls")
    target = {"by assignee": "new" if call.assignee_id is None else "assigned"}.get(
        line.moves[status], line.moves[status]
    )
    assert change.after.status == target
    (event,) = [entry.event for entry in answer.entries if entry.resource == "calls"]
    assert event == line.event
    told = {"release_call": "Ill", "hold_call": "waiting_parts", "reopen_call": "Off again", "cancel_call": "A mistake"}
    kept = {"update_call": "said before", "convert_call": "said before"}
    assert change.after.status_reason == told.get(command, kept.get(command))


@pytest.mark.parametrize("status", ["assigned", "in_progress", "on_hold"])
def test_assigning_to_the_same_engineer_changes_nothing(road, status):
    call = road.put("calls", title="x", customer_name="y", status=status, assignee_id=id_of("bob"))
    assert road.ask("dora", "assign_call", call, assignee_id=id_of("bob")).changes == ()


@pytest.mark.parametrize("status", ["in_progress", "on_hold"])
def test_handing_over_work_under_way_makes_it_assigned(road, status):
    call = road.put("calls", title="x", customer_name="y", status=status, assignee_id=id_of("bob"))
    after = road.ask("bob", "assign_call", call, assignee_id=id_of("carol")).after
    assert (after.status, after.assignee_id) == ("assigned", id_of("carol"))
    assert after.assigned_at is not None


@pytest.mark.parametrize(("who", "naming", "expected"), [
    ("alice", "bob", "ok"), ("dora", "bob", "ok"), ("bob", "bob", "ok"), ("bob", "carol", "forbidden"),
    ("fred", "bob", "forbidden"), ("fred", None, "ok"), ("bob", None, "ok"), ("vera", None, "forbidden"),
    ("vera", "bob", "forbidden"), ("alice", "alice", "ok"), ("alice", "dora", "ok"), ("alice", "fred", "invalid"),
    ("alice", "vera", "invalid"), ("alice", "nobody", "invalid"),
])  # fmt: skip
def test_who_may_create_a_call_and_name_whom(road, who, naming, expected):
    named = {} if naming is None else {"assignee_id": id_of(naming)}
    answer = road.ask(who, "create_call", title="No power", customer_name="Ms. Gray", **named)
    assert answer.code == expected
    if expected == "ok":
        assert answer.after.status == ("new" if naming is None else "assigned")
        assert answer.entries[0].event == "call_created"
        assert (answer.after.assigned_at is not None) == (naming is not None)


@pytest.mark.parametrize(("whom", "expected"), [
    ("alice", "ok"), ("dora", "ok"), ("bob", "ok"), ("fred", "invalid"), ("vera", "invalid"), ("nobody", "invalid"),
])  # fmt: skip
def test_calls_go_to_active_admins_dispatchers_and_engineers(road, whom, expected):
    call = road.put("calls", title="x", customer_name="y")
    answer = road.ask("alice", "assign_call", call, assignee_id=id_of(whom))
    assert answer.code == expected
    if expected == "invalid":
        assert "assignee_id" in answer.error.fields


def test_a_call_cannot_go_to_somebody_inactive(road):
    gone = road.put("users", email="gone@example.com", display_name="Gone", role="engineer", active=False)
    call = road.put("calls", title="x", customer_name="y")
    assert road.ask("alice", "assign_call", call, assignee_id=gone.id).error.fields.keys() == {"assignee_id"}


def test_an_engineer_who_completes_a_new_call_becomes_its_assignee(road):
    call = road.put("calls", title="x", customer_name="y")
    after = road.ask("bob", "complete_call", call, resolution="Solved").after
    assert after.assignee_id == id_of("bob")
    assert after.assigned_at == after.completed_at is not None
    assert after.resolution == "Solved"


@pytest.mark.parametrize("who", ["alice", "dora", "fred"])
def test_nobody_else_becomes_the_assignee_by_completing(road, who):
    call = road.put("calls", title="x", customer_name="y")
    assert road.ask(who, "complete_call", call, resolution="Solved on the phone").after.assignee_id is None


def test_a_reopened_call_returns_to_its_assignee_only_while_he_is_active(road):
    gone = road.put("users", email="gone@example.com", display_name="Gone", role="engineer", active=False)
    for assignee, status, left in [
        (id_of("bob"), "assigned", id_of("bob")),
        (gone.id, "new", None),
        (id_of("x"), "new", None),
    ]:
        call = road.put("calls", title="x", customer_name="y", status="closed", assignee_id=assignee, reopened_count=2)
        after = road.ask("alice", "reopen_call", call, reason="Off again").after
        assert (after.status, after.assignee_id, after.reopened_count) == (status, left, 3)
        assert (after.completed_at, after.closed_at) == (None, None)


def test_a_call_is_converted_once_and_both_are_linked(road):
    customer = road.put("customers", name="Ms. Gray")
    call = road.put(
        "calls", title="No power", customer_name="Ms. Gray", customer_id=customer.id, customer_phone="123",
        description="Smoke",
    )  # fmt: skip
    answer = road.ask("fred", "convert_call", call, device_type="Toaster")
    created, updated = answer.changes
    assert [entry.event for entry in answer.entries] == ["service_created", "call_updated"]
    service = created.after
    assert (service.customer_name, service.customer_id, service.customer_phone) == ("Ms. Gray", customer.id, "123")
    assert (service.device_type, service.reported_fault, service.call_id) == ("Toaster", "Smoke", call.id)
    assert updated.after.service_id == service.id
    again = road.put("calls", title="x", customer_name="y", service_id=service.id)
    assert road.ask("fred", "convert_call", again, device_type="Toaster").code == "refused"


def test_the_customers_name_is_copied_where_it_is_left_out(road):
    customer = road.put("customers", name="Ms. Gray")
    assert road.ask("fred", "create_call", title="x", customer_id=customer.id).after.customer_name == "Ms. Gray"
    own = road.ask("fred", "create_call", title="x", customer_id=customer.id, customer_name="Her son")
    assert own.after.customer_name == "Her son"
    assert road.ask("fred", "create_call", title="x").error.fields.keys() == {"customer_name"}


@pytest.mark.parametrize("field", [
    "status", "status_reason", "assignee_id", "resolution", "service_id", "assigned_at", "started_at", "completed_at",
    "closed_at", "reopened_count", "number", "version", "tenant_id", "created_at", "created_by", "updated_at",
    "updated_by",
])  # fmt: skip
@pytest.mark.parametrize("command", ["create_call", "update_call"])
def test_r5_what_belongs_to_an_action_is_set_by_no_create_or_update(road, field, command):
    if (field, command) == ("assignee_id", "create_call"):
        return
    call = None if command == "create_call" else road.put("calls", title="x", customer_name="y")
    fields = {"title": "a", "customer_name": "b"} if call is None else {}
    answer = road.ask("alice", command, call, **fields, **{field: "new"})
    assert answer.error.fields == {field: "is not a field of this command"}


async def test_the_times_of_a_call_are_set_by_its_transitions(office):
    alice, bob = office.alice, office.bob
    call = await alice.does("create_call", title="No power", customer_name="Ms. Gray", assignee_id=bob.id)
    started = await bob.does("start_call", call)
    await bob.does("hold_call", call, reason="scheduled")
    resumed = await bob.does("resume_call", call)
    assert resumed.started_at == started.started_at is not None
    assert (await bob.does("complete_call", call, resolution="ok")).completed_at is not None
    assert (await alice.does("close_call", call)).closed_at is not None
    again = await alice.does("reopen_call", call, reason="Off again")
    assert (again.status, again.completed_at, again.closed_at, again.reopened_count) == ("assigned", None, None, 1)
