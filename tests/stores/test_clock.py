"""Time and ids: moments are equal in memory and on the wire, ids sort by time and cannot be guessed."""

import time
import uuid
from datetime import UTC, datetime, timedelta, timezone

import pytest

from stores.clock import Clock, new_id, parse_rfc3339, rfc3339


def test_now_is_aware_utc_in_whole_milliseconds():
    now = Clock().now()
    assert now.tzinfo is UTC
    assert now.microsecond % 1000 == 0


def test_the_clock_never_goes_backwards(monkeypatch):
    clock = Clock()
    first = clock.now()
    an_hour_ago = time.time_ns() - 3_600_000_000_000
    monkeypatch.setattr("stores.clock.time.time_ns", lambda: an_hour_ago)
    assert clock.now() == first


def test_the_clock_goes_with_the_machines(monkeypatch):
    clock = Clock()
    first = clock.now()
    in_an_hour = time.time_ns() + 3_600_000_000_000
    monkeypatch.setattr("stores.clock.time.time_ns", lambda: in_an_hour)
    assert clock.now() - first >= timedelta(hours=1)
    assert clock.now() is clock.now()


def test_a_new_id_is_a_uuid_of_version_7_in_lower_case():
    text = new_id()
    parsed = uuid.UUID(text)
    assert parsed.version == 7
    assert parsed.variant == uuid.RFC_4122
    assert str(parsed) == text


def test_new_ids_carry_the_time_and_differ():
    ids = {new_id() for _ in range(10_000)}
    assert len(ids) == 10_000
    milliseconds = uuid.UUID(new_id()).int >> 80
    assert abs(milliseconds / 1000 - datetime.now(UTC).timestamp()) < 60


def test_moments_are_written_in_utc_with_three_digits():
    moment = datetime(2026, 11, 20, 6, 39, tzinfo=timezone(timedelta(hours=2)))
    assert rfc3339(moment) == "2026-11-20T04:39:00.000Z"


def test_a_written_moment_reads_back_as_itself():
    now = Clock().now()
    assert parse_rfc3339(rfc3339(now)) == now
    assert parse_rfc3339("2026-11-20T06:39:00.1239+02:00") == datetime(2026, 11, 20, 4, 39, 0, 123_000, UTC)


@pytest.mark.parametrize("text", ["", "yesterday", "2026-11-20", "2026-11-20T04:39:00"])
def test_a_text_that_names_no_moment_or_no_zone_is_refused(text):
    with pytest.raises(ValueError, match=r"isoformat|time zone"):
        parse_rfc3339(text)


def test_a_moment_without_a_zone_cannot_be_written():
    with pytest.raises(ValueError, match="time zone"):
        rfc3339(datetime(2026, 11, 20))  # noqa: DTZ001
