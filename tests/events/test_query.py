"""Lists: filters, sorting and pages that stay right while records come and go."""

import pytest
from premises import id_of

from events.actor import Caller, member_actor
from events.errors import Invalid
from events.query import MOST_BYTES, parse_query
from events.view import View
from stores.record import public_json

BOB = member_actor(id_of("bob"), "Bob", "engineer")


@pytest.fixture
def view(road):
    for n, (title, status, assignee) in enumerate([
        ("apple", "new", None), ("Banana", "assigned", "bob"), ("cherry", "on_hold", "carol"),
        ("date", "completed", "bob"), ("apple", "closed", None), ("élan", "cancelled", "bob"),
    ]):  # fmt: skip
        road.put(
            "calls", title=title, customer_name="x", status=status, reopened_count=n,
            assignee_id=assignee and id_of(assignee), priority="urgent" if n % 2 else "low",
            due_at=None if n < 3 else f"2026-11-1{n}T10:00:00.000Z",
        )  # fmt: skip
    return View(road.road, road.desk.actor(Caller(BOB.id)))


def titles(view, **wanted) -> list[str]:
    return [call.title for call in view.page("calls", wanted).items]


@pytest.mark.parametrize(("wanted", "found"), [
    ({"status": "new,assigned"}, 2), ({"status": ["new", "assigned"]}, 2), ({"status": "nonsense"}, 0),
    ({"open": "true"}, 3), ({"open": True}, 3), ({"open": "false"}, 3), ({"open": "true", "status": "closed,new"}, 1),
    ({"assignee_id": "me"}, 3), ({"assignee_id": ""}, 2), ({"assignee_id": None}, 2), ({"assignee_id": "me,"}, 5),
    ({"title": "apple"}, 2), ({"priority": "urgent", "open": "true"}, 1), ({"due_at": ""}, 3),
    ({"due_at.from": "2026-11-14T00:00:00Z"}, 2), ({"due_at.to": "2026-11-14T10:00:00Z"}, 2),
    ({"due_at.from": "2026-11-14T11:00:00+01:00", "due_at.to": "2026-11-14T11:00:00+01:00"}, 1),
    ({"reopened_count": "3"}, 1), ({"reopened_count": 3}, 1), ({"reopened_count.from": "2"}, 4), ({"number": "1,2,x"}, -1),
    ({"q": "APPLE"}, 2), ({"q": "elan"}, 1), ({"q": "apple", "status": "new"}, 1), ({}, 6),
])  # fmt: skip
def test_filters(view, wanted, found):
    if found < 0:
        with pytest.raises(Invalid):
            view.page("calls", wanted)
        return
    assert view.page("calls", wanted).total == view.count("calls", wanted) == found


@pytest.mark.parametrize("wanted", [
    {"nonsense": "1"}, {"password_hash": "x"}, {"status.under": "x"}, {"accessories": "x"}, {"sort": "nonsense"},
    {"sort": "-description.x"}, {"limit": "0"}, {"limit": "201"}, {"limit": "x"}, {"limit": -1}, {"limit": "01000"},
    {"limit": "1" * 5000},
    {"limit": 1.5}, {"after": "nonsense"}, {"after": "W10"}, {"after": {"a": 1}}, {"open": "perhaps"}, {"open": ""},
    {"due_at": "soon"}, {"due_at.from": ""}, {"due_at.to": None}, {"reopened_count": "1.5"}, {"reopened_count": True},
    {"reopened_count": {"a": 1}}, {"status": 5}, {"status": {"a": 1}}, {"due_at.from": "0001-01-01T00:00:00+14:00"},
    {"reopened_count": "--5"}, {"status": [["new"]]},
])  # fmt: skip
def test_a_wrong_query_names_the_parameter(view, wanted):
    with pytest.raises(Invalid) as caught:
        view.page("calls", wanted)
    assert caught.value.fields.keys() == wanted.keys()


def test_sorting_goes_without_regard_to_case_and_the_missing_come_last(view):
    assert titles(view, sort="title") == ["apple", "apple", "Banana", "cherry", "date", "élan"]
    assert titles(view, sort="-title") == ["élan", "date", "cherry", "Banana", "apple", "apple"]
    assert titles(view, sort="due_at")[:3] == ["date", "apple", "élan"]
    assert titles(view, sort="-due_at")[:3] == ["élan", "apple", "date"]
    assert [call.number for call in view.page("calls", {}).items] == [6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize(
    "sort", ["title", "-title", "due_at", "-due_at", "number", "-number", "priority", "-assignee_id"]
)
@pytest.mark.parametrize("limit", [1, 2, 5])
def test_pages_hold_everything_once_and_in_order(view, sort, limit):
    whole, pages, after = view.page("calls", {"sort": sort}).items, [], None
    while True:
        page = view.page("calls", {"sort": sort, "limit": limit, "after": after})
        assert page.total == 6
        pages += page.items
        after = page.next
        if after is None:
            break
    assert [call.id for call in pages] == [call.id for call in whole]


def test_a_page_goes_on_where_it_ended_though_records_came_and_went(view, road):
    first = view.page("calls", {"sort": "title", "limit": 3})
    road.remove("calls", first.items[-1])
    road.put("calls", title="aaa", customer_name="x")
    road.put("calls", title="dab", customer_name="x")
    assert titles(view, sort="title", limit=3, after=first.next) == ["cherry", "dab", "date"]


def test_a_place_of_another_list_is_refused(view):
    token = view.page("calls", {"sort": "title", "limit": 1}).next
    with pytest.raises(Invalid) as caught:
        view.page("calls", {"sort": "reopened_count", "after": token})
    assert caught.value.fields.keys() == {"after"}


def test_me_is_me_only_where_a_user_may_stand(catalog):
    query = parse_query(catalog.resources["calls"], {"title": "me", "assignee_id": "me"}, BOB)
    assert (query.any_of["title"], query.any_of["assignee_id"]) == (("me",), (BOB.id,))


async def test_a_page_is_cut_at_half_a_mebibyte_and_goes_on_where_it_stopped(desk):
    texts = [f"{number:03d} " + "ж" * 3900 for number in range(120)]
    for text in texts:
        await desk.do(Caller(id_of("alice")), "create_call", title="Long", customer_name="Ms. Gray", description=text)
    seen, after, sizes = [], None, []
    while not seen or after:
        wanted = {"limit": 200, "sort": "number", "after": after}
        page = await desk.read(Caller(id_of("alice")), lambda view, wanted=wanted: view.page("calls", wanted))
        seen += [record.description for record in page.items]
        sizes.append(sum(len(public_json(record)) for record in page.items))
        after = page.next
    assert seen == texts
    assert len(sizes) > 1
    assert max(sizes) <= MOST_BYTES
