"""Figures about calls: what is open now, what came and went in a period, how long it took (WEB S4)."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from events.errors import Invalid
from events.insights import insights, period

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
BEGIN, END = NOON - timedelta(days=2), NOON


def call(created: float, assigned: float | None = None, completed: float | None = None, **fields: Any) -> Any:
    """Times in hours before noon."""
    at = {name: None if hours is None else NOON - timedelta(hours=hours)
          for name, hours in (("created_at", created), ("assigned_at", assigned), ("completed_at", completed))}  # fmt: skip
    status = "completed" if completed is not None else "new" if assigned is None else "assigned"
    return SimpleNamespace(**{"status": status, "category_id": None, "assignee_id": None, **at, **fields})


def figures(*calls: Any) -> dict[str, Any]:
    view: Any = SimpleNamespace(cursor="e.1", snapshot=lambda _: {"calls": list(calls)})
    return insights(view, BEGIN, END)


def test_open_calls_are_counted_by_status_category_and_assignee_whenever_they_came():
    found = figures(
        call(1, category_id="c"), call(900, category_id="c"), call(2, 1, assignee_id="bob"), call(3, 2, 1)
    )["open"]  # fmt: skip
    assert (found["total"], found["status"]) == (3, {"new": 2, "assigned": 1})
    assert found["category"] == [{"category_id": "c", "count": 2}, {"category_id": None, "count": 1}]
    assert found["assignee"] == [{"assignee_id": None, "count": 2}, {"assignee_id": "bob", "count": 1}]


def test_each_day_says_what_came_and_what_went():
    found = figures(call(30), call(2), call(3, 2, 1), call(900, 800, 20), call(900))
    assert [(str(day["day"]), day["created"], day["completed"]) for day in found["days"]] == [
        ("2026-11-18", 0, 0), ("2026-11-19", 1, 1), ("2026-11-20", 2, 1)
    ]  # fmt: skip
    assert (found["created"], found["completed"]) == (3, 2)


def test_times_have_a_median_and_a_ninetieth_percentile():
    found = figures(*(call(10 + hours, 10) for hours in range(1, 11)), call(5))["time_to_assign_s"]
    assert found == {"count": 10, "median": 5.5 * 3600, "p90": 9 * 3600}


def test_without_calls_there_are_no_times():
    assert figures()["time_to_complete_s"] == {"count": 0, "median": None, "p90": None}


def test_a_period_is_named_by_days_or_times_and_else_the_last_thirty_days():
    assert period(None, None, NOON) == (NOON - timedelta(days=30), NOON)
    begin, end = period("2026-11-01", "2026-11-02", NOON)
    assert (begin.isoformat(), end.date().isoformat(), end.hour) == ("2026-11-01T00:00:00+00:00", "2026-11-02", 23)
    assert period("2026-11-20T10:00:00+02:00", None, NOON)[0] == NOON - timedelta(hours=4)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("yesterday", None, "from"), (None, "2026-13-01", "to"), ("2026-11-02", "2026-11-01", "from"),
        ("2020-01-01", "2026-01-01", "from"), ("2026-11-20T10:00:00", None, "from"),
    ],
)  # fmt: skip
def test_a_period_that_is_none_is_invalid(first: str | None, last: str | None, field: str):
    with pytest.raises(Invalid) as told:
        period(first, last, NOON)
    assert list(told.value.fields) == [field]
