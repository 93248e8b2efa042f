"""What people type is made canonical at the edge, or refused (DOMAIN.md, first paragraph)."""

from typing import Any
from unicodedata import normalize

import pytest
from pydantic import TypeAdapter, ValidationError

from events import text
from events.errors import Invalid
from events.resources.call import Call
from events.work import validated

LONG = {"Name": 200, "Phone": 40, "Code": 100, "FreeText": 4000}


def take(kind: str, value: Any) -> Any:
    return TypeAdapter(getattr(text, kind)).validate_python(value)


def refuses(kind: str, value: Any) -> bool:
    try:
        take(kind, value)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize("kind", LONG)
def test_text_is_trimmed_and_nfc_and_of_a_bounded_length(kind):
    assert take(kind, "  Cafe\u0301 \u00a0") == "Café"
    assert take(kind, "x" * LONG[kind]) == "x" * LONG[kind]
    assert take(kind, " " + "é" * LONG[kind] + " ") == "é" * LONG[kind]
    assert refuses(kind, "x" * (LONG[kind] + 1))
    assert refuses(kind, "")
    assert refuses(kind, "   ")


@pytest.mark.parametrize("kind", ["Name", "Phone", "Code", "FreeText", "OptionalText", "OptionalName", "Email"])
@pytest.mark.parametrize("bad", [
    "\x00", "\x07", "\x0b", "\x1b", "\x1f", "\x7f", "\x80", "\x85", "\x9f", "\u202a", "\u202b", "\u202c", "\u202d",
    "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\ud800", chr(0xDFFF),
])  # fmt: skip
def test_what_cannot_be_shown_is_refused_everywhere(kind, bad):
    assert refuses(kind, f"a{bad}b@example.com")


@pytest.mark.parametrize("good", ["\u200f\u05e9\u05dc\u05d5\u05dd", "naïve 🦊", "ﬁ", "日本語", "a\u200db", "a\u00adb"])
def test_what_can_be_shown_is_kept(good):
    assert take("Name", good) == good
    assert take("FreeText", good) == good


def test_free_text_keeps_lines_and_tabs_and_a_name_has_none():
    assert take("FreeText", "one\r\ntwo\rthree\n\tfour") == "one\ntwo\nthree\n\tfour"
    for kind in ("Name", "Phone", "Code", "Email", "OptionalName"):
        for bad in ("one\ntwo", "one\ttwo", "one\rtwo"):
            assert refuses(kind, bad)


ID = "ef45d397-0411-5f5e-8940-9bdbdef3958b"


@pytest.mark.parametrize("bad", [
    ID.upper(), ID.replace("-", ""), f"{{{ID}}}", f"urn:uuid:{ID}", f" {ID}", f"{ID}\n", f"{ID}0", ID[:-1], ID.replace("e", "g"),
    ID.replace("0", "\uff10"), ID.replace("d3", "-d"), "", 5,
])  # fmt: skip
def test_an_id_is_a_uuid_in_canonical_text(bad):
    assert take("Id", ID) == ID
    assert refuses("Id", bad)


@pytest.mark.parametrize("kind", ["OptionalName", "OptionalPhone", "OptionalCode", "OptionalText", "OptionalEmail"])
def test_empty_optional_text_is_null(kind):
    for empty in ("", "   ", None):
        assert take(kind, empty) is None


@pytest.mark.parametrize("kind", ["Name", "FreeText", "OptionalText", "Id", "Email", "Colour", "Currency"])
@pytest.mark.parametrize("value", [5, True, 1.5, ["a"], {"a": 1}, b"abc"])
def test_only_text_is_text(kind, value):
    assert refuses(kind, value)


@pytest.mark.parametrize("value", ["a@b", "Eve.O'Neil+x@mail.example.com", "имя@пример.рф"])
def test_an_address_looks_like_one(value):
    assert take("Email", f" {value} ") == value


@pytest.mark.parametrize(
    "value", ["a", "a@", "@b", "a b@c", "a@b..c", "a@.b", "a@b.", "a@-b", "<a@b>", "a,b@c", "a@b c"]
)
def test_what_is_no_address(value):
    assert refuses("Email", value)


@pytest.mark.parametrize("value", [
    "2026-11-20T04:39:00.000Z", "2026-11-20T05:39:00+01:00", "2026-11-20T04:39:00Z", "2026-11-20T04:39:00.000999Z",
])  # fmt: skip
def test_a_moment_is_kept_in_utc_to_the_millisecond(value):
    assert take("Moment", value).isoformat() == "2026-11-20T04:39:00+00:00"


@pytest.mark.parametrize("value", [
    "2026-11-20T04:39:00", "2026-11-20", "soon", "", 0, 1700000000, 1.5, True, None, "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00", "2026-13-20T04:39:00Z", "2026-11-20T24:61:00Z",
])  # fmt: skip
def test_what_is_no_moment(value):
    assert refuses("Moment", value)


def test_a_day_is_a_day():
    assert take("Day", "2026-02-28").isoformat() == "2026-02-28"
    for bad in (
        "2026-02-30",
        "2026-2-3",
        "20260228",
        "2026-02-28T00:00:00Z",
        5,
        "",
        None,
        "\uff12\uff10\uff12\uff16-02-28",
    ):
        assert refuses("Day", bad)


def test_numbers_fit_in_53_bits_and_are_numbers():
    assert take("Count", 2**53 - 1) == 2**53 - 1
    assert take("Whole", -(2**53) + 1) == -(2**53) + 1
    for bad in (2**53, -1, 1.0, "1", True, None):
        assert refuses("Count", bad)
    for bad in (2**53, -(2**53), 1.5, "1", False):
        assert refuses("Whole", bad)
    for bad in (0, 1, "true", None):
        assert refuses("Flag", bad)


def test_lists_hold_50_distinct_words_of_100():
    assert take("Words", [" a ", "b", "a"]) == ["a", "b"]
    assert len(take("Words", [f"{n}" for n in range(50)])) == 50
    for bad in ([f"{n}" for n in range(51)], ["x" * 101], [""], [1], "abc", [None], ["a\nb"], {"a": 1}):
        assert refuses("Words", bad)


def test_an_error_never_repeats_the_value():
    with pytest.raises(Invalid) as caught:
        validated(Call, {"title": ["canary"], "priority": "canary", "canary_field": "canary", "due_at": "canary"})
    assert "canary" not in str(list(caught.value.fields.values()))


MARKS = "\u0300\u0327"  # in an order that is not theirs


def test_t14_letters_with_more_marks_than_any_script_has_are_no_text():
    """Found by looking for what takes time to the square: to normalize 200 KB of them took a minute, and everybody waited."""
    assert text.one_line("e\u0301\u0327") == "\u0229\u0301"
    assert text.one_line("a" + MARKS * 15) == normalize("NFC", "a" + MARKS * 15)
    for heaped in ("a" + MARKS * 16, "\u0f73" * 31, "a" + "\uff9e\u0300" * 16, "é" * 100 + "\u0301" * 31):
        with pytest.raises(ValueError, match="cannot be shown"):
            text.many_lines(heaped)
    assert text.many_lines("e\u0301" * 1000) == "é" * 1000


def test_t14_a_heap_is_found_wherever_it_begins():
    for before in range(70):
        assert text.is_heaped("a" * before + "\u0301" * 31 + "a" * (before % 7))
        assert not text.is_heaped("a" * before + "\u0301" * 30 + "a" + "\u0301" * 30)


def test_what_is_no_heap_is_hardly_looked_at():
    """Of a long text in any script a few letters: each command pays for it, and to look at all took 0.6 ms."""
    text._is_mark.cache_clear()
    assert not text.is_heaped("Größe " * 600)
    looked = text._is_mark.cache_info()
    assert looked.hits + looked.misses < 150


def test_a_quarter_of_a_mebibyte_of_marks_is_refused_by_counting_alone(monkeypatch):
    monkeypatch.setattr(text.unicodedata, "normalize", lambda form, letters: normalize(form, short(letters)))
    with pytest.raises(ValueError, match="cannot be shown"):
        text.one_line("a" + MARKS * 60_000)


def short(letters: str) -> str:
    assert len(letters) < 100
    return letters
