"""Which op_id brought which change set (D5)."""

import pytest

from events import operations
from events.actor import Caller
from events.errors import Invalid
from events.operations import Operations
from events.request import Request
from stores.change import Operation


@pytest.fixture
def ask(catalog):
    def asks(op_id, user="u", **payload):
        return Request(Caller(user), catalog.command("create_call"), None, payload, op_id)

    return asks


def operation_of(request: Request) -> Operation:
    return Operation(request.caller.user_id, request.op_id, request.fingerprint(), 1, 1, "calls", "c")


def test_what_memory_does_not_know_is_asked_for_once(ask):
    kept = Operations()
    kept.remember(operation_of(ask("a")))
    requests = [ask("a"), ask("b"), ask("b"), ask(None), ask("\ud800"), ask("x" * 65), ask(5)]
    assert kept.unknown(requests) == [("u", "b")]
    assert [kept.is_unsure(request) for request in requests] == [False, True, True, False, False, False, False]


def test_an_operation_that_is_remembered_is_found(ask):
    kept, request = Operations(), ask("a")
    assert kept.earlier(request) is None
    found = operation_of(request)
    kept.remember(found)
    assert kept.earlier(request) is found
    assert kept.earlier(ask("a", user="v")) is None
    assert kept.earlier(ask(None)) is None
    with pytest.raises(Invalid):
        kept.earlier(ask("a", title="other"))


def test_what_was_undone_is_forgotten(ask):
    kept, request = Operations(), ask("a")
    kept.remember(operation_of(request))
    kept.forget(operation_of(request))
    kept.forget(None)
    kept.remember(None)
    assert kept.earlier(request) is None


def test_memory_is_bounded_and_the_oldest_go_first(ask, monkeypatch):
    monkeypatch.setattr(operations, "KEPT", 3)
    kept = Operations()
    for op_id in "abcde":
        kept.remember(operation_of(ask(op_id)))
    assert kept.unknown([ask(op_id) for op_id in "abcde"]) == [("u", "a"), ("u", "b")]
