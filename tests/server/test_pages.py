"""Pages: a snapshot of one moment in parts of at most 1,000 records or half a MiB (F4)."""

from typing import Any

import orjson
import pytest

from events.resources.note import Note
from server.pages import MOST_BYTES, MOST_RECORDS, Pages
from stores.clock import Clock, new_id

AT = Clock().now()


def note(text: str = "x") -> Note:
    stamps = {"created_at": AT, "created_by": "bob", "updated_at": AT, "updated_by": "bob"}
    place = {"id": new_id(), "tenant_id": "t", "number": 1, "version": 1}
    return Note(**place, **stamps, resource="calls", record_id=new_id(), text=text)


def all_of(pages: Pages) -> list[Any]:
    taken = [orjson.loads(pages.next())]
    while pages.more:
        assert taken[-1]["next"] == pages.token
        taken.append(orjson.loads(pages.next()))
    assert taken[-1]["next"] is None
    return taken


def test_f4_what_fits_is_one_page_with_every_resource_asked_for():
    former = [{"id": "u", "display_name": "Eve"}]
    (page,) = all_of(Pages("e.7", {"notes": [note("one"), note("two")], "calls": []}, former))
    assert page["cursor"] == "e.7"
    assert [each["text"] for each in page["records"]["notes"]] == ["one", "two"]
    assert page["records"]["calls"] == []
    assert page["former_users"] == former


@pytest.mark.parametrize("count", [MOST_RECORDS, MOST_RECORDS + 1, 2 * MOST_RECORDS + 500])
def test_f4_no_record_is_missing_and_none_is_there_twice(count: int):
    notes = [note(str(n)) for n in range(count)]
    pages = all_of(Pages("e.7", {"notes": notes}))
    assert len(pages) == -(-count // MOST_RECORDS)
    assert {page["cursor"] for page in pages} == {"e.7"}
    assert [each["id"] for page in pages for each in page["records"]["notes"]] == [each.id for each in notes]


def test_f4_a_page_is_not_much_more_than_half_a_mebibyte():
    pages = Pages("e.7", {"notes": [note("ж" * 4000) for _ in range(200)]})
    sizes = []
    while not sizes or pages.more:
        sizes.append(len(pages.next()))
    assert len(sizes) > 1
    assert max(sizes) < MOST_BYTES + 20_000


def test_former_users_come_once():
    pages = all_of(
        Pages("e.7", {"notes": [note() for _ in range(MOST_RECORDS + 1)]}, [{"id": "u", "display_name": "Eve"}])
    )
    assert [len(page["former_users"]) for page in pages] == [1, 0]
