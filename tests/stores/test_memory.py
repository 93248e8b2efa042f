"""The memory answers as a scan over all records would, after whatever was put and taken back."""

import random

import pytest
from things import Thing, thing

from stores.change import Change
from stores.memory import MemoryStore
from stores.record import fold, with_fields


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore("things", Thing)


def put(store, before, after):
    change = Change("things", before, after)
    store.put(change)
    return change


def test_a_record_is_found_by_its_id_and_by_its_indexed_fields(store):
    mine, free = thing(1, owner_id="u1"), thing(2, status="done")
    store.load([mine, free])
    assert store.get("thing-1") is mine
    assert store.get("nothing") is None
    assert len(store) == 2
    assert "thing-2" in store
    assert "nothing" not in store
    assert store.where(owner_id="u1") == [mine]
    assert store.where(owner_id=None) == [free]
    assert store.where(owner_id="u1", status="done") == []
    assert store.where(owner_id="u1", status="new") == [mine]
    assert store.where_any("owner_id", ["u1", None, "u1", "u9"]) == [mine, free]
    assert store.count("status", "new") == 1
    assert store.count("status", "nothing") == 0


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.where(price=1),
        lambda store: store.where(status="new", price=1),
        lambda store: store.where_any("price", [1]),
        lambda store: store.count("price", 1),
        lambda store: store.holder("price", "1"),
    ],
)
def test_a_field_without_index_is_a_value_error(store, ask):
    with pytest.raises(ValueError, match=r"things\.price"):
        ask(store)


def test_an_update_moves_the_record_between_buckets(store):
    before = thing(1)
    after = with_fields(before, status="done")
    put(store, None, before)
    put(store, before, after)
    assert store.where(status="done") == [after]
    assert store.where(status="new") == []
    assert store.get("thing-1") is after


def test_a_unique_value_is_held_folded_and_none_by_nobody(store):
    holder = thing(1, name="Straße")
    store.load([holder, thing(2), thing(3)])
    assert store.holder("name", "STRASSE") is holder
    assert store.holder("name", None) is None
    assert store.taken_by(thing(4, name="strasse")) == "name"
    assert store.taken_by(with_fields(holder, name="STRASSE")) is None
    assert store.taken_by(thing(4, name="other")) is None
    assert store.taken_by(thing(4)) is None


def test_a_name_is_free_again_after_a_deletion_or_a_new_name(store):
    one = thing(1, name="a")
    put(store, None, one)
    two = with_fields(one, name="b")
    put(store, one, two)
    assert store.taken_by(thing(9, name="a")) is None
    put(store, two, None)
    assert store.taken_by(thing(9, name="b")) is None


def test_a_name_may_change_its_case(store):
    one = thing(1, name="a")
    put(store, None, one)
    two = with_fields(one, name="A")
    put(store, one, two)
    assert store.holder("name", "a") is two


def test_all_are_in_the_order_of_creation_also_after_a_deletion_was_taken_back(store):
    records = [thing(number) for number in range(1, 6)]
    store.load(records)
    gone = put(store, records[1], None)
    assert list(store.all()) == [records[0], *records[2:]]
    store.take_back(gone)
    assert list(store.all()) == records
    put(store, None, thing(6))
    assert [each.number for each in store.all()] == [1, 2, 3, 4, 5, 6]


def test_touched_seqs_are_kept_beside_the_records(store):
    store.touched["thing-1"] = {"status": 7}
    assert store.touched == {"thing-1": {"status": 7}}


NAMES = [None, "a", "A", "b", "ß", "ss"]


def random_change(chance, store, number):
    """A change that the unique names allow, or None."""
    old = chance.choice([*store.all(), None])
    if old is not None and chance.random() < 0.3:
        return Change("things", old, None)
    fields = {
        "name": chance.choice(NAMES),
        "status": chance.choice(["new", "done"]),
        "owner_id": chance.choice([None, "u1", "u2"]),
    }
    new = thing(number, **fields) if old is None else with_fields(old, **fields)
    return None if store.taken_by(new) else Change("things", old, new)


def assert_indexes_equal_a_scan(store, expected):
    scan = list(store.all())
    assert {each.id: each for each in scan} == expected
    assert [each.number for each in scan] == sorted(each.number for each in scan)
    for field in ("status", "owner_id"):
        for value in ("new", "done", None, "u1", "u2"):
            there = {each.id for each in scan if getattr(each, field) == value}
            assert {each.id for each in store.where(**{field: value})} == there
            assert store.count(field, value) == len(there)
    for name in NAMES[1:]:
        holders = [each for each in scan if each.name is not None and fold(each.name) == fold(name)]
        assert [store.holder("name", name)] == (holders or [None])


@pytest.mark.parametrize("seed", range(20))
def test_after_random_changes_and_their_taking_back_all_indexes_equal_a_scan(store, seed):
    chance = random.Random(seed)
    done, states = [], [{}]
    for number in range(1, 200):
        if done and chance.random() < 0.25:
            store.take_back(done.pop())
            states.pop()
        elif change := random_change(chance, store, number):
            store.put(change)
            done.append(change)
            states.append({**states[-1], change.id: change.after})
        assert_indexes_equal_a_scan(store, {key: each for key, each in states[-1].items() if each is not None})
    assert {change.kind for change in done} == {"created", "updated", "deleted"}
    for change in reversed(done):
        store.take_back(change)
    assert_indexes_equal_a_scan(store, {})
    assert not any(store._indexes.values()), "an index keeps no empty bucket for ever"
