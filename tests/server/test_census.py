"""The census: limits by user and by address, over all doors."""

from types import SimpleNamespace
from typing import Any

import pytest

from events.errors import RateLimited
from server.census import Census


def census(**limits: int) -> Census:
    settings: Any = SimpleNamespace(**{"connections_per_user": 0, "connections_per_address": 0, **limits})
    return Census(settings)


def test_without_limits_everybody_may_come():
    counted = census()
    for _ in range(1000):
        counted.enter("bob", "10.0.0.1")
    assert counted.of_user("bob") == 1000


@pytest.mark.parametrize(("limit", "other"), [("connections_per_user", "bob"), ("connections_per_address", "10.0.0.1")])
def test_one_too_many_is_refused_and_not_counted(limit: str, other: str):
    counted = census(**{limit: 2})
    counted.enter("bob", "10.0.0.1")
    counted.enter("bob", "10.0.0.1")
    with pytest.raises(RateLimited):
        counted.enter("bob" if other == "bob" else "carol", "10.0.0.2" if other == "bob" else "10.0.0.1")
    counted.leave("bob", "10.0.0.1")
    counted.enter("bob", "10.0.0.1")


def test_one_who_has_left_leaves_no_trace():
    counted = census()
    counted.enter("bob", "10.0.0.1")
    counted.leave("bob", "10.0.0.1")
    assert counted.of_user("bob") == 0
    assert not counted._count
