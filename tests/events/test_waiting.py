"""Who waits is woken by what he may hear, and by nothing else."""

import pytest
from premises import id_of

from events.changes import Recipient
from events.errors import Unavailable
from events.waiting import Waiting, wake

KEYS = frozenset({"member", "role:engineer", f"user:{id_of('bob')}"})


@pytest.fixture
def waiting(desk) -> Waiting:
    return Waiting(desk)


def bob(*resources: str, keys: frozenset[str] = KEYS) -> Recipient:
    return Recipient(id_of("bob"), keys, frozenset(resources))


async def test_an_event_wakes_those_who_may_hear_it(office, waiting):
    calls, users = waiting.enter(bob("calls")), waiting.enter(bob("users"))
    foreign = waiting.enter(bob("calls", keys=frozenset({"customer:1"})))
    await office.alice.does("create_call", title="No power", customer_name="Ms. Gray")
    assert calls.result() is None
    assert not users.done()
    assert not foreign.done()


async def test_v4_a_change_of_his_own_rights_wakes_whatever_he_listens_to(office, waiting):
    waiter = waiting.enter(bob("calls"))
    await office.alice.does("set_role", office.carol, role="dispatcher")
    assert not waiter.done()
    await office.alice.does("set_role", office.bob, role="dispatcher")
    assert waiter.done()


async def test_v5_a_personal_event_wakes(office, waiting):
    waiter = waiting.enter(bob("calls"))
    await office.alice.does("delete_user", office.bob)
    assert waiter.done()


async def test_who_has_left_leaves_no_trace(office, waiting):
    first, second = waiting.enter(bob("calls")), waiting.enter(bob("calls"))
    waiting.leave(first, bob("calls"))
    await office.alice.does("create_call", title="No power", customer_name="Ms. Gray")
    assert not first.done()
    assert second.done()
    waiting.leave(second, bob("calls"))
    assert not waiting._rooms


async def test_a_wait_ends_once(waiting):
    waiter, why = waiting.enter(bob("calls")), Unavailable("The server is about to restart.")
    wake(waiter, why)
    wake(waiter)
    assert waiter.result() is why
