"""Search: words in any field shown, digits in any grouping, case and accents folded (PROTOCOL section 2)."""

import pytest
from premises import id_of

from events.actor import Caller
from events.errors import Invalid
from events.search import Needle, folded
from events.view import View


@pytest.fixture
def view(road):
    road.put("customers", name="Müller & Søn", phone="+49 (30) 123-456 78", tags=["Großkunde"], number=1042)
    road.put("customers", name="Gray", address="12 Station Road\nHill Town")
    road.put("calls", title="Überhitzung", customer_name="Straße", description="Toaster 30 smokes", number=7)
    road.put("calls", title="Toaster", customer_name="Gray", number=30)
    return View(road.road, road.desk.actor(Caller(id_of("vera"))))


def found(view, text) -> list[str]:
    return [result["title"] for result in view.search(text)]


@pytest.mark.parametrize(("text", "titles"), [
    ("muller", ["Müller & Søn"]), ("MÜLLER", ["Müller & Søn"]), ("u\u0308berhitzung", ["Überhitzung"]),
    ("strasse", ["Überhitzung"]), ("STRASSE", ["Überhitzung"]), ("grosskunde", ["Müller & Søn"]),
    ("hill road", ["Gray"]), ("road gray", ["Gray"]), ("muller gray", []),
    ("4930123", ["Müller & Søn"]), ("30 12 34 56 78", ["Müller & Søn"]), ("(30) 123456", ["Müller & Søn"]),
    ("toaster", ["Toaster", "Überhitzung"]), ("", []), ("   ", []), ("nothing", []),
])  # fmt: skip
def test_what_is_found(view, text, titles):
    assert found(view, text) == titles


def test_a_number_is_found_as_people_say_it_and_stands_first(view):
    assert found(view, "c-0030") == ["Toaster"]
    assert found(view, "C-0007") == ["Überhitzung"]
    assert found(view, "30")[0] == "Toaster"
    assert found(view, "1042") == ["Müller & Søn"]


def test_a_result_says_what_to_show(view):
    (result,) = view.search("c-0030")
    assert result.keys() == {"resource", "id", "number", "title", "subtitle"}
    assert (result["resource"], result["number"], result["subtitle"]) == ("calls", "C-0030", "Gray")


def test_a_changed_record_is_found_by_its_new_words(view, road):
    (call,) = (each for each in road.desk.stores["calls"].all() if each.title == "Toaster")
    assert found(view, "kettle") == []
    road.change("calls", call, title="Kettle", version=call.version + 1)
    assert found(view, "kettle") == ["Kettle"]


@pytest.mark.parametrize("limit", [0, 201, "x", -1])
def test_the_limit_is_checked(view, limit):
    with pytest.raises(Invalid):
        view.search("toaster", limit)
    assert len(view.search("toaster", 1)) == 1


@pytest.mark.parametrize("text", [None, 5, ["toaster"], {}])
def test_only_words_can_be_looked_for(view, text):
    with pytest.raises(Invalid):
        view.search(text)


def test_what_has_no_words_looks_for_nothing():
    assert not Needle("  ")
    assert folded("ÉCOLE") == folded("école") == "ecole"


async def test_the_text_of_a_deleted_record_is_not_kept(desk):
    alice = Caller(id_of("alice"))
    for _ in range(3):
        await desk.do(alice, "create_customer", None, name="Ms. Gray")
    haystack = desk.road.search.haystacks["customers"]
    found = await desk.read(alice, lambda view: view.search("gray"))
    assert len(haystack._texts) == len(found) == 3
    await desk.do(alice, "delete_customer", found[0]["id"])
    assert found[0]["id"] not in haystack._texts
    assert len(haystack._texts) == 2


def test_more_than_anybody_types_is_not_looked_for(view):
    """Found by looking for what takes long: every record was searched for each of a hundred thousand words."""
    assert view.search("x" * 400) == []
    for words in ("a " * 201, "x" * 401, "a" + "\u0300\u0327" * 50_000):
        with pytest.raises(Invalid) as refused:
            view.search(words)
        assert list(refused.value.fields) == ["q"]
        with pytest.raises(Invalid):
            view.page("calls", {"q": words})
