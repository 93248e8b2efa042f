"""How events look in a terminal."""

from typing import Any

import pytest

from server.telltale import hearing_told, line_of

EVENT: dict[str, Any] = {
    "cursor": "abc.12", "at": "2026-11-20T04:39:00.000Z", "actor": {"id": "1", "name": "Dora"}, "action": "assign_call",
    "event": "call_assigned", "resource": "calls", "id": "2", "number": "C-0007", "title": "No [bold]heat", "changed": ["status"],
}  # fmt: skip


def test_a_line_says_when_who_what_which_and_where():
    said = line_of(EVENT).plain
    assert said[8:] == " Dora  assign_call  C-0007 No [bold]heat  status  abc.12"


def test_a_line_is_one_line():
    assert "\n" not in line_of({**EVENT, "title": "many\nlines\tin a note"}).plain


def test_a_bare_number_says_of_what():
    assert "service categories 3 Laptop" in line_of(
        {**EVENT, "resource": "service_categories", "number": "3", "title": "Laptop"}
    ).plain  # fmt: skip


@pytest.mark.parametrize(
    ("event", "colour"),
    [
        ("call_created", "green"), ("call_updated", "yellow"), ("call_deleted", "red"), ("call_assigned", "cyan"),
        ("user_deleted_broadcast", "red"),
    ],
)  # fmt: skip
def test_what_was_done_has_a_colour(event: str, colour: str):
    line = line_of({**EVENT, "event": event})
    (found,) = [span.style for span in line.spans if line.plain[span.start : span.end] == "assign_call"]
    assert found == colour


@pytest.mark.parametrize(("heard", "colour"), [("full", "green"), ("hidden", "yellow"), (None, "red")])
def test_why_is_a_sentence_and_what_it_rests_on(heard: str | None, colour: str):
    said = hearing_told({
        "event": EVENT, "heard": heard, "because": "Bob, well.", "rule": "Calls are told to a member.",
        "keys_before": [], "keys_after": ["member"], "keys": ["member", "user:1"], "meet": ["member"], "notes": ["Gone."],
    })  # fmt: skip
    lines = said.plain.splitlines()
    assert lines[0].startswith("call_assigned  ")
    assert lines[1] == "Bob, well."
    assert lines[3].split() == ["keys", "before", "none"]
    assert lines[-1] == "Gone."
    assert [span.style for span in said.spans if said.plain[span.start : span.end] == "Bob, well."] == [colour]
