"""A change set in the making: what a command's function sees and asks for."""

import pytest
from premises import id_of

from events.actor import Caller
from events.errors import Forbidden, Invalid, Refused


@pytest.fixture
def work(road):
    return road.road.work(road.desk.actor(Caller(id_of("alice"))))


def test_changes_of_one_record_add_up_and_the_last_event_named_counts(road, work):
    call = road.put("calls", title="x", customer_name="y")
    work.change(call, title="a")
    work.change(call, "call_assigned", assignee_id=id_of("bob"))
    work.change(call, description="b")
    (intent,) = work.intents.values()
    assert (intent.before, intent.event) == (call, "call_assigned")
    assert (intent.after.title, intent.after.assignee_id, intent.after.description) == ("a", id_of("bob"), "b")
    assert road.desk.stores["calls"].get(call.id) is call


def test_records_of_two_kinds_with_one_id_are_two_changes(road, work):
    call = road.put("calls", title="x", customer_name="y")
    customer = road.put("customers", name="z", id=call.id)
    work.change(call, title="a")
    work.change(customer, name="b")
    assert sorted(plural for plural, _ in work.intents) == ["calls", "customers"]


def test_a_further_record_is_checked_like_any_other(work):
    with pytest.raises(Invalid) as caught:
        work.create("customers", name="x" * 201)
    assert caught.value.fields.keys() == {"name"}
    made = work.create("customers", name=" Ms. Gray ")
    assert (made.created_by, made.tenant_id) == (id_of("alice"), "t1")


def test_consequences_come_in_the_order_of_numbers(road, work):
    numbers = [5, 3, 9, 1]
    for number in numbers:
        road.put("calls", title="x", customer_name="y", number=number, assignee_id=id_of("bob"))
    assert [call.number for call in work.where("calls", assignee_id=id_of("bob"))] == sorted(numbers)
    assert work.count("calls", "assignee_id", id_of("bob")) == 4


def test_the_three_ways_to_say_no(work):
    with pytest.raises(Refused):
        work.refuse("no")
    with pytest.raises(Forbidden):
        work.forbid("no")
    with pytest.raises(Invalid) as caught:
        work.invalid("title", "is wrong")
    assert caught.value.fields == {"title": "is wrong"}


def test_nothing_is_found_under_null(work):
    assert work.find("customers", None) is None
    assert work.find("customers", "nothing") is None
