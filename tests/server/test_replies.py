"""Every exception becomes an answer, in one place, for all doors (DESIGN E)."""

import logging

import orjson
import pytest
from aiohttp import web

from events import errors
from events.catalog import Catalog
from server.replies import failure, problem, socket_failure
from stores.clock import Clock
from stores.errors import Unreachable
from stores.record import trusted

KINDS = [kind for kind in errors.CallboardError.__subclasses__() if kind.__module__ == "events.errors"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_foreseen_is_told_as_its_class_says_and_not_logged(
    kind: type[errors.CallboardError], caplog: pytest.LogCaptureFixture
):
    status, body = failure(kind("because"))
    assert (status, body["ok"], body["error"]["code"]) == (kind.status, False, kind.code)
    assert body["error"]["retry"] is kind.retry
    assert "because" in body["error"]["message"]
    assert not caplog.records


def test_what_nobody_foresaw_is_internal_and_its_reference_is_in_the_log_once(caplog: pytest.LogCaptureFixture):
    body = orjson.loads(socket_failure(ZeroDivisionError("a secret")))
    assert body["error"]["code"] == "internal"
    assert "a secret" not in str(body)
    [line] = caplog.records
    assert body["error"]["ref"] in line.getMessage()
    assert line.exc_info is not None


def test_a_database_that_does_not_answer_is_unavailable_without_a_traceback(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.WARNING)
    status, body = failure(Unreachable("gone"))
    assert (status, body["error"]["code"], body["error"]["retry"]) == (503, "unavailable", True)
    assert [line.exc_info for line in caplog.records] == [None]
    assert body["error"]["ref"] in caplog.text


def test_r5_a_conflict_shows_the_record_without_what_is_hidden(catalog: Catalog):
    record = catalog.resources["users"].record
    now = Clock().now()
    values = dict.fromkeys(record.model_fields, "x") | {"password_hash": "canary", "created_at": now, "updated_at": now}
    change = {"field": "phone", "was": None, "now": "1", "by": {"id": "x", "name": "X"}, "at": "then"}
    answer = socket_failure(errors.Conflict("meanwhile", trusted(record, values), [change]))
    assert b"canary" not in answer
    body = orjson.loads(answer)["error"]
    assert body["current"]["display_name"] == "x"
    assert body["changes"] == [change]


async def test_over_http_it_is_a_problem_with_its_status():
    response = problem(errors.RateLimited("slowly", 7))
    assert (response.status, response.content_type) == (429, "application/problem+json")
    assert response.headers["Retry-After"] == "7"
    assert orjson.loads(response.body)["status"] == 429


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (web.HTTPNotFound(), 404, "not_found"),
        (web.HTTPMethodNotAllowed("POST", ["GET"]), 405, "unknown"),
        (web.HTTPRequestEntityTooLarge(1, 2), 413, "too_large"),
        (web.HTTPBadRequest(), 422, "invalid"),
    ],
)
async def test_what_aiohttp_refuses_is_told_in_our_words(error: web.HTTPException, status: int, code: str):
    response = problem(error)
    assert (response.status, orjson.loads(response.body)["error"]["code"]) == (status, code)
