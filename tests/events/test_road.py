"""The deciding half of the road: what it checks of a command's own work, and that it can take everything back."""

import hashlib
import json
from datetime import UTC, date, datetime

import pytest
from deciding import Deciding
from premises import everything, id_of

from events.actor import SYSTEM, Caller
from events.errors import Unauthenticated
from events.request import Request, is_op_id
from stores.record import with_fields

CALL = {"title": "No power", "customer_name": "Ms. Gray"}


def performing(road: Deciding, command: str, perform):
    """The command with another function, for as long as the test asks it."""
    found = road.desk.catalog.commands[command]

    class Performing:
        def __enter__(self):
            self.before = found.perform
            object.__setattr__(found, "perform", perform)

        def __exit__(self, *_):
            object.__setattr__(found, "perform", self.before)

    return Performing()


def test_what_is_decided_can_be_taken_back(road):
    customer = road.put("customers", name="Ms. Gray")
    for n in range(3):
        road.put("calls", title="x", customer_name="y", customer_id=customer.id, number=n + 1)
    other = road.put("customers", name="Mr. Gray")
    before = everything(road.desk)
    assert len(road.ask("alice", "merge_customer", customer, into=other.id).changes) == 4
    assert len(road.ask("alice", "delete_user", id_of("bob")).changes) == 2
    assert everything(road.desk) == before


def test_f8_a_change_set_is_told_created_then_updated_then_deleted(road):
    call = road.put("calls", title="x", customer_name="y", assignee_id=id_of("bob"), status="assigned")
    answer = road.ask("alice", "delete_user", id_of("bob"), release=True)
    assert [(change.kind, change.resource) for change in answer.changes] == [
        ("created", "former_users"), ("updated", "calls"), ("deleted", "users"),
    ]  # fmt: skip
    seqs = [entry.seq for entry in answer.entries]
    assert seqs == list(range(seqs[0], seqs[0] + 3))
    assert {(entry.first, entry.last) for entry in answer.entries} == {(seqs[0], seqs[-1])}
    assert answer.changes[1].after.id == call.id


def test_r2_the_result_of_an_action_is_revalidated(road):
    call = road.put("calls", **CALL)
    with performing(road, "close_call", lambda record, by: with_fields(record, title="", status="closed")):
        done = road.put("calls", **CALL, status="completed")
        assert road.ask("alice", "close_call", done).error.fields.keys() == {"title"}
    with performing(road, "update_call", lambda record, by, given: {"priority": "nonsense"}):
        assert road.ask("alice", "update_call", call, title="b").error.fields.keys() == {"priority"}


def test_r2_what_a_command_leaves_alone_is_not_looked_at_again(road):
    """Held since a release whose rules were others, it does not stand in the way."""
    call = road.change("calls", road.put("calls", **CALL), customer_name="x" * 1000)
    after = road.ask("alice", "update_call", call, title="b").after
    assert (after.title, after.customer_name) == ("b", "x" * 1000)
    assert road.ask("alice", "update_call", call, customer_name="y" * 1000).error.fields.keys() == {"customer_name"}


def test_d6_what_a_function_spells_otherwise_is_no_change(road):
    done, same = road.put("calls", **CALL, status="completed"), CALL["title"].encode().decode()
    with performing(road, "close_call", lambda record, by: with_fields(record, title=same)):
        assert road.ask("alice", "close_call", done).changes == ()


@pytest.mark.parametrize("field", ["id", "number", "version", "created_by", "updated_at", "tenant_id"])
def test_r5_a_function_that_touches_what_is_the_roads_is_a_bug_and_leaves_no_trace(road, field):
    done = road.put("calls", **CALL, status="completed")
    before = everything(road.desk)
    wrong = performing(road, "close_call", lambda record, by: with_fields(record, **{field: None}))
    with wrong, pytest.raises(ValueError, match=field):
        road.ask("alice", "close_call", done)
    assert everything(road.desk) == before


def test_r6_a_function_that_leads_elsewhere_than_its_table_says_is_a_bug(road):
    done = road.put("calls", **CALL, status="completed")
    wrong = performing(road, "close_call", lambda record, by: with_fields(record, status="new"))
    with wrong, pytest.raises(ValueError, match="its table says closed"):
        road.ask("alice", "close_call", done)


def test_a_caller_is_who_he_is_now(road):
    bob = road.desk.stores["users"].get(id_of("bob"))
    assert road.road.resolve(Caller(bob.id)).role == "engineer"
    assert road.road.resolve(SYSTEM).is_system
    for epoch, known in ((None, True), (0, True), (1, False)):
        assert resolves(road, Caller(bob.id, epoch)) == known
    road.change("users", bob, active=False)
    assert not resolves(road, Caller(bob.id))


def resolves(road, caller) -> bool:
    try:
        road.road.resolve(caller)
    except Unauthenticated:
        return False
    return True


def test_a_request_is_made_of_a_message(catalog):
    caller, create, assign = Caller("x"), catalog.command("create_call"), catalog.command("assign_call")
    message = {"id": "a", "title": "x", "op_id": "o", "expected_version": 7}
    made = Request.of(caller, create, message)
    assert (made.record_id, dict(made.payload), made.op_id, made.expected_version) == (
        None, {"id": "a", "title": "x"}, "o", 7,
    )  # fmt: skip
    asked = Request.of(caller, assign, message)
    assert (asked.record_id, dict(asked.payload)) == ("a", {"title": "x"})
    assert message["op_id"] == "o"


def test_d5_a_fingerprint_tells_requests_apart_but_not_the_order_of_fields(catalog):
    caller, create, reset = Caller("x"), catalog.command("create_call"), catalog.command("reset_password")
    one = Request(caller, create, None, {"a": 1, "b": 2}).fingerprint()
    assert one == Request(caller, create, None, {"b": 2, "a": 1}).fingerprint()
    others = [
        Request(caller, create, None, {"a": 1}), Request(caller, create, "i", {"a": 1, "b": 2}),
        Request(caller, create, None, {"a": 1, "b": 2}, expected_version=1), Request(caller, reset, None, {"a": 1, "b": 2}),
        Request(caller, create, None, {"a": 1, "b": "\ud800"}), Request(caller, create, None, {"a": 1, "b": 2**80}),
    ]  # fmt: skip
    assert len({one, *(other.fingerprint() for other in others)}) == 7
    secret = [Request(caller, reset, "i", {"password": word}).fingerprint() for word in ("one", "two")]
    assert secret[0] == secret[1]


@pytest.mark.parametrize("payload", [
    {"b": [1.5, None, True], "a": {"z": "ü", "y": "\u2028"}}, {"b": "\ud800"}, {"b": 2**80},
    {"at": datetime(2026, 11, 20, tzinfo=UTC)}, {"on": date(2026, 11, 20)}, {"b": object},
])  # fmt: skip
def test_d5_a_request_knows_its_fingerprint_of_any_release(catalog, payload):
    spelled = json.dumps(["update_call", "i", 7, payload], sort_keys=True, default=str)
    older = hashlib.sha256(spelled.encode()).hexdigest()
    request = Request(Caller("x"), catalog.command("update_call"), "i", payload, "o", 7)
    assert request.has(request.fingerprint())
    assert request.has(older)
    other = Request(Caller("x"), catalog.command("update_call"), "i", {**payload, "title": "other"}, "o", 7)
    assert not other.has(request.fingerprint())
    assert not other.has(older)


@pytest.mark.parametrize(("value", "fits"), [
    ("a", True), ("x" * 64, True), ("ü ✓", True), ("", False), ("x" * 65, False), ("\n", False), ("\ud800", False),
    (None, False), (5, False), (b"a", False),
])  # fmt: skip
def test_d5_what_an_op_id_is(value, fits):
    assert is_op_id(value) is fits
