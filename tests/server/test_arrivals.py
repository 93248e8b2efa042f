"""Who has come and not said who he is: how many of one address, and how many a second."""

from types import SimpleNamespace
from typing import Any

import pytest

from events.errors import RateLimited
from server import arrivals
from server.arrivals import BURST_S, SHARE, Arrivals
from server.refusals import Refusals


def counted(*, most: int = 0, per_second: int = 0) -> tuple[Arrivals, Refusals]:
    settings: Any = SimpleNamespace(connections_per_address=most, new_connections_per_second=per_second)
    refusals = Refusals()
    return Arrivals(settings, refusals), refusals


def test_without_limits_everybody_may_come_and_nobody_is_remembered():
    here, _ = counted()
    for _ in range(1_000):
        here.enter("10.0.0.1")
    assert len(here) == 0


def test_one_too_many_is_refused_until_another_has_gone():
    here, refusals = counted(most=2)
    leaving = [here.enter("10.0.0.1") for _ in range(2 * SHARE)]
    with pytest.raises(RateLimited):
        here.enter("10.0.0.1")
    here.enter("10.0.0.2")()
    leaving.pop()()
    here.enter("10.0.0.1")()
    for leave in leaving:
        leave()
    assert len(here) == 0
    assert refusals.counts == {("connection", "address_full"): 1}


def test_too_many_in_a_second_are_refused_and_others_are_not(monkeypatch: pytest.MonkeyPatch):
    now = 100.0
    monkeypatch.setattr(arrivals, "monotonic", lambda: now)
    here, refusals = counted(per_second=2)
    for _ in range(2 * BURST_S):
        here.enter("10.0.0.1")
    with pytest.raises(RateLimited):
        here.enter("10.0.0.1")
    here.enter("10.0.0.2")
    now = 100.6
    here.enter("10.0.0.1")
    assert refusals.counts == {("connection", "too_often"): 1}
