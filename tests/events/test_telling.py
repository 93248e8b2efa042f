"""Telling: to whom an entry is told in full, as hidden, personally or not at all (V3, V5)."""

from typing import Any

import orjson
import pytest

from events.telling import can_hear, end_reason, how_told, telling
from stores.change import Entry
from stores.clock import Clock

META = {
    "cursor": "e.7",
    "resource": "calls",
    "id": "c",
    "changed": ["title"],
    "op_id": "op",
    "actor": {"id": "u", "name": "U"},
}


def entry(**more: Any) -> Entry:
    plain = Entry(
        seq=7, epoch="e", first=7, last=7, resource="calls", record_id="c", event="call_updated", actor_id="u",
        at=Clock().now(), kind="updated", keys_before=("member",), keys_after=("member",), personal=None, rights_of=None,
        record=b'{"id":"c"}', meta=orjson.dumps(META), was=b'{"title":"old"}',
    )  # fmt: skip
    return plain._replace(**more)


def heard(told: Entry, *keys: str, resources: tuple[str, ...] = ("calls",), user_id: str = "me") -> str | None:
    return how_told(told, frozenset(keys), frozenset(resources), user_id)


@pytest.mark.parametrize(
    ("before", "after", "kind", "how"),
    [
        (("member",), ("member",), "updated", "full"),
        ((), ("member",), "updated", "full"),
        (("member",), ("role:admin",), "updated", "hidden"),
        (("role:admin",), ("role:admin",), "updated", None),
        ((), ("member",), "created", "full"),
        ((), ("role:admin",), "created", None),
        (("member",), (), "deleted", "full"),
        (("role:admin",), (), "deleted", None),
    ],
)
def test_v3_one_of_full_hidden_and_nothing(before: Any, after: Any, kind: Any, how: str | None):
    told = entry(keys_before=before, keys_after=after, kind=kind)
    assert heard(told, "member", "user:me") == how
    assert can_hear(told, frozenset(["member"])) == (how == "full")


def test_what_is_not_listened_to_is_not_told():
    assert heard(entry(), "member", resources=("users",)) is None


def test_v5_the_one_it_is_about_hears_it_personally_whatever_he_listens_to():
    told = entry(event="user_deleted_broadcast", personal=("me", "user_deleted"), kind="deleted")
    assert heard(told, "member", resources=()) == "personal"
    assert telling(told, "personal").event == "user_deleted"
    assert telling(told, "full").event == "user_deleted_broadcast"
    assert heard(told, "member", user_id="another") == "full"


def test_v3_who_may_no_longer_read_it_learns_its_id_and_nothing_of_the_change():
    said = telling(entry(), "hidden")
    assert said.event == "record_hidden"
    assert orjson.loads(said.data) == {"resource": "calls", "id": "c"}
    assert orjson.loads(said.meta) == {**{k: v for k, v in META.items() if k != "op_id"}, "changed": []}
    assert said.cursor == "e.7"


def test_a_session_ends_for_a_reason():
    assert end_reason(entry(kind="deleted")) == "deleted"
    assert end_reason(entry(was=b'{"active":true}')) == "deactivated"
    assert end_reason(entry(was=b"{}")) == "password"
