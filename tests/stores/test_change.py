"""A change says by its two sides what happened."""

import pytest
from things import entry, thing

from stores.change import Change

BEFORE, AFTER = thing(1), thing(1, status="done")


@pytest.mark.parametrize(
    ("change", "kind", "record"),
    [
        (Change("things", None, AFTER), "created", AFTER),
        (Change("things", BEFORE, AFTER), "updated", AFTER),
        (Change("things", BEFORE, None), "deleted", BEFORE),
    ],
)
def test_the_sides_of_a_change_tell_its_kind_and_its_record(change, kind, record):
    assert (change.kind, change.record, change.id) == (kind, record, "thing-1")


def test_a_change_of_nothing_is_none():
    with pytest.raises(ValueError, match="side"):
        Change("things", None, None).record  # noqa: B018


def test_the_size_of_an_entry_is_what_is_encoded():
    assert entry(1, record=b"123", meta=b"45", was=b"6").size == 6
