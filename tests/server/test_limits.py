"""How often somebody may fail or ask."""

import pytest

from events.errors import RateLimited
from server.limits import FAILURES_A_MINUTE, Limits


def test_ten_failures_a_minute_are_let_pass_and_then_no_more():
    limits = Limits()
    for _ in range(FAILURES_A_MINUTE):
        limits.check_failures("here")
        limits.failed("here")
    with pytest.raises(RateLimited) as told:
        limits.check_failures("here")
    assert 1 <= told.value.retry_after <= 60


def test_one_address_does_not_hold_up_another():
    limits = Limits()
    for _ in range(FAILURES_A_MINUTE):
        limits.failed("here")
    limits.check_failures("there")


def test_one_of_several_keys_is_enough_to_be_held_up():
    limits = Limits()
    for _ in range(FAILURES_A_MINUTE):
        limits.failed("here")
    with pytest.raises(RateLimited):
        limits.check_failures("there", "here")


def test_commands_a_second_are_counted_by_user():
    limits = Limits(commands_per_second=2)
    limits.count_command("bob")
    limits.count_command("bob")
    with pytest.raises(RateLimited):
        limits.count_command("bob")
    limits.count_command("carol")


def test_zero_is_no_limit():
    limits = Limits(commands_per_second=0)
    for _ in range(1000):
        limits.count_command("bob")
