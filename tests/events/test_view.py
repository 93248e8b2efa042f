"""What one actor sees, at one place of the journal."""

import pytest
from premises import id_of

from events.actor import Caller
from events.errors import NotFound
from events.view import View

CALL = {"title": "No power", "customer_name": "Ms. Gray"}


def view_of(road, name) -> View:
    return View(road.road, road.desk.actor(Caller(id_of(name))))


def test_explain_says_what_may_be_done_and_why_not(road):
    call = road.put("calls", **CALL)
    said = {one["command"]: one for one in view_of(road, "vera").explain("calls", call.id)}
    assert not any(one["allowed"] for one in said.values())
    assert said["assign_call"]["why"].startswith("Only an admin, a dispatcher, or an engineer who is its assignee may")
    mine = {one["command"]: one["allowed"] for one in view_of(road, "bob").explain("calls", call.id)}
    assert (mine["claim_call"], mine["complete_call"], mine["start_call"]) == (True, True, False)
    assert "create_call" not in mine


def test_explain_without_a_record_is_about_making_one(road):
    assert view_of(road, "bob").explain("calls") == [{"command": "create_call", "allowed": True, "why": None}]
    (said,) = view_of(road, "bob").explain("users")
    assert (said["command"], said["allowed"]) == ("create_user", False)
    assert [one["command"] for one in view_of(road, "alice").explain("services")] == ["create_service"]


def test_a_snapshot_holds_everything_in_the_order_of_creation(road):
    for number in (3, 1, 2):
        road.put("calls", **CALL, number=number)
    found = view_of(road, "vera").snapshot(["calls", "users"])
    assert [call.number for call in found["calls"]] == [1, 2, 3]
    assert len(found["users"]) == 6


@pytest.mark.parametrize("plural", ["former_users", "nonsense", None, 5])
def test_no_way_of_reading_leads_to_what_clients_do_not_know(road, plural):
    view = view_of(road, "alice")
    for way in (
        lambda: view.get(plural, id_of("bob")), lambda: view.page(plural, {}), lambda: view.count(plural, {}),
        lambda: view.explain(plural), lambda: view.snapshot([plural]),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            way()


def test_a_view_stands_at_the_head(road):
    view = view_of(road, "alice")
    assert view.seq == road.desk.journal.head
    assert view.cursor == road.desk.journal.cursor(view.seq)
    assert view.user.id == id_of("alice")
