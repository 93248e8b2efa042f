"""Figures about the calls of a period: how many are open where, how many came and went, how long it took (WEB S4).

A pure function over what its reader may see; made in the lane, so it is of one moment.
"""

import math
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from events.errors import Invalid
from events.resources.call import OPEN
from events.view import View
from stores.clock import parse_rfc3339

LONGEST = timedelta(days=400)
USUAL = timedelta(days=30)


def period(first: str | None, last: str | None, now: datetime) -> tuple[datetime, datetime]:
    """The period that texts name: times, or days in UTC of which the last counts whole; else the last 30 days."""
    wrong: dict[str, str] = {}
    end = _moment("to", last, wrong, whole_day=True) or now
    begin = _moment("from", first, wrong, whole_day=False) or end - USUAL
    if not wrong and not begin <= end <= begin + LONGEST:
        wrong["from"] = f"must lie before `to`, by at most {LONGEST.days} days"
    if wrong:
        raise Invalid("The figures cannot be made this way.", wrong)
    return begin, end


def insights(view: View, begin: datetime, end: datetime) -> dict[str, Any]:
    """`open` is of now; the others are of calls from `begin` to `end`. Times are in seconds."""
    calls: list[Any] = view.snapshot(["calls"])["calls"]
    created = [call for call in calls if begin <= call.created_at <= end]
    completed = [call for call in calls if call.completed_at is not None and begin <= call.completed_at <= end]
    return {
        "from": begin, "to": end, "cursor": view.cursor,
        "open": _counts([call for call in calls if call.status in OPEN]),
        "created": len(created), "completed": len(completed),
        "days": _days(created, completed, begin.date(), end.date()),
        "time_to_assign_s": _spread((call.created_at, call.assigned_at) for call in created),
        "time_to_complete_s": _spread((call.created_at, call.completed_at) for call in created),
    }  # fmt: skip


def _moment(name: str, text: str | None, wrong: dict[str, str], *, whole_day: bool) -> datetime | None:
    if not text:
        return None
    try:
        if len(text) > len("2026-11-20"):
            return parse_rfc3339(text)
        return datetime.combine(date.fromisoformat(text), time.max if whole_day else time.min, UTC)
    except (ValueError, OverflowError):
        wrong[name] = "must be a time such as 2026-11-20T04:39:00.000Z, or a day such as 2026-11-20"
        return None


def _counts(calls: Sequence[Any]) -> dict[str, Any]:
    return {
        "total": len(calls),
        "status": dict(Counter(call.status for call in calls)),
        "category": _listed("category_id", calls),
        "assignee": _listed("assignee_id", calls),
    }


def _listed(field: str, calls: Sequence[Any]) -> list[dict[str, Any]]:
    """The most first; null stands for those without."""
    return [{field: value, "count": count} for value, count in Counter(getattr(c, field) for c in calls).most_common()]


def _days(created: Sequence[Any], completed: Sequence[Any], first: date, last: date) -> list[dict[str, Any]]:
    came = Counter(call.created_at.date() for call in created)
    went = Counter(call.completed_at.date() for call in completed)
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [{"day": day, "created": came[day], "completed": went[day]} for day in days]


def _spread(spans: Iterable[tuple[datetime, datetime | None]]) -> dict[str, Any]:
    """Median and 90th percentile (nearest rank) of those that have come to an end."""
    found = sorted((end - begin).total_seconds() for begin, end in spans if end is not None)
    if not found:
        return {"count": 0, "median": None, "p90": None}
    return {"count": len(found), "median": statistics.median(found), "p90": found[math.ceil(len(found) * 0.9) - 1]}
