"""Refusals are counted by what was refused and why."""

from server.refusals import Refusals


def test_each_is_counted_by_what_it_was_and_why():
    refusals = Refusals()
    for _ in range(2):
        refusals.add("connection", "address_full")
    refusals.add("command", "rate_limited")
    assert refusals.counts == {("connection", "address_full"): 2, ("command", "rate_limited"): 1}
