"""Records are immutable and valid, know their markers, and never show what is hidden."""

import tracemalloc
from datetime import UTC, date, datetime
from typing import Annotated, Literal

import orjson
import pytest
from pydantic import ValidationError
from sqlmodel import Field
from things import NOON, Thing, thing

from stores.record import (
    Hidden,
    Indexed,
    Record,
    Unique,
    encode,
    fold,
    kept,
    marked,
    markers,
    public,
    public_json,
    stamp,
    trusted,
    with_fields,
)


class Reference(Indexed):
    """A marker of someone else's, which is an index too."""


class Marked(Record):
    plain: str = ""
    outside: Annotated[str | None, Indexed()] = None
    inside: Annotated[str, Indexed()] | None = None
    literal: Annotated[Literal["a", "b"], Indexed()] = "a"
    described: Annotated[str, Hidden(), Unique()] = Field(default="", max_length=5)
    reference: Annotated[str, Field(max_length=36), Reference()] | None = None


def test_markers_are_found_wherever_they_stand_in_an_annotation():
    assert markers(Marked, Indexed) == ("outside", "inside", "literal", "reference")
    assert markers(Marked, Hidden) == markers(Marked, Unique) == ("described",)
    assert marked(Marked, Reference) == {"reference": Reference()}
    assert markers(Record, Indexed) == ()


def test_r1_a_record_cannot_be_changed():
    record = thing(1)
    with pytest.raises(ValidationError):
        record.name = "other"
    with pytest.raises(ValidationError):
        del record.name


def test_r1_a_record_refuses_wrong_missing_and_unknown_fields_without_repeating_them():
    with pytest.raises(ValidationError) as caught:
        Thing(**public(thing(1)) | {"status": "canary", "price": "canary", "colour": "canary"})
    assert {error["loc"][0] for error in caught.value.errors()} == {"status", "price", "colour"}
    assert "canary" not in str(caught.value)


def test_r5_hidden_fields_are_in_no_public_form_and_no_text():
    record = thing(1, secret="canary", name="seen")
    assert public(record)["name"] == "seen"
    for form in (public(record), public_json(record), encode([record]), repr(record), str(record), f"{record}"):
        assert "canary" not in str(form)
        assert "seen" in str(form)


def test_encoded_moments_have_three_digits_and_days_none():
    moment = datetime(2026, 11, 20, 4, 39, 0, 999_999, UTC)
    assert encode({"at": moment, "day": date(2026, 2, 28)}) == b'{"at":"2026-11-20T04:39:00.999Z","day":"2026-02-28"}'


def test_what_has_no_json_form_is_a_type_error():
    with pytest.raises(TypeError):
        encode({"value": object()})


def test_f3_what_is_kept_takes_no_more_memory_than_its_bytes():
    """Found by the checker (seed z5): the journal's window of 32 MiB held on to 340."""
    record = thing(1, extra={"b": "日" * 4000})
    tracemalloc.start()
    try:
        held = [kept(public_json(record)) for _ in range(50)]
        assert tracemalloc.get_traced_memory()[0] < 1.2 * sum(map(len, held))
    finally:
        tracemalloc.stop()
    assert held[0] == public_json(record)


def test_the_public_json_is_read_back_to_the_same_record():
    record = thing(1, due_at=NOON, day=date(2026, 2, 28), tags=["a"], extra={"b": None})
    assert Thing.model_validate(orjson.loads(public_json(record))) == record


def test_with_fields_makes_a_new_record_and_leaves_the_old_one():
    before = thing(1, tags=["a"])
    after = with_fields(before, status="done", version=9)
    assert (after.status, after.version, after.tags, after.id) == ("done", 9, ["a"], before.id)
    assert before == thing(1, tags=["a"])
    with pytest.raises(ValidationError):
        after.status = "new"


def test_with_fields_refuses_a_field_that_the_record_has_not():
    with pytest.raises(TypeError, match="colour"):
        with_fields(thing(1), colour="red")


def test_a_trusted_record_equals_a_validated_one_in_every_way():
    validated = thing(1, name="x")
    record = trusted(Thing, dict(validated.__dict__))
    assert record == validated
    assert record.model_dump() == validated.model_dump()
    assert Thing.model_validate(record.model_dump()) == record
    assert record.model_copy(update={"name": "y"}).name == "y"


def test_names_are_compared_folded():
    assert fold("STRASSE") == fold("Straße") == fold("\uff53trasse")
    assert fold("É") == fold("e\u0301")
    assert fold("a") != fold("b")


def test_what_is_stamped_keeps_its_place_and_the_version_before_is_as_it_was():
    before = thing(1)
    later = with_fields(before, name="b")
    stamp(later, version=7, updated_by="u2")
    assert (later.version, later.updated_by, before.version, before.updated_by) == (7, "u2", 1, "u1")
    assert list(later.__dict__) == list(before.__dict__)


def test_fields_stand_in_the_order_of_the_class_however_a_record_was_made():
    whole, in_order = thing(1), list(Thing.model_fields)
    backwards = Thing(**dict(reversed(whole.__dict__.items())))
    for made in (whole, backwards, with_fields(whole, name="b"), trusted(Thing, dict(whole.__dict__))):
        assert list(public(made)) == [name for name in in_order if name != "secret"]


def test_the_public_form_is_a_copy():
    record = thing(1)
    public(record)["name"] = "other"
    assert record.name != "other"
