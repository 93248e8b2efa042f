"""The schemas of what goes over the wire fit what really goes over it."""

from typing import Any

import pytest
from caller import Caller
from jsonschema import Draft202012Validator

from events.catalog import Catalog
from server.components import components


@pytest.fixture(scope="module")
def schemas(catalog: Catalog) -> dict[str, Any]:
    return components(catalog)


def fits(schemas: dict[str, Any], name: str, value: Any) -> bool:
    whole = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}
    return Draft202012Validator(whole).is_valid(value)


async def test_answers_fit_their_schemas(schemas: dict[str, Any], bob: Caller):
    ack = (await bob.posts("calls", {"title": "x", "customer_name": "y"})).body
    assert fits(schemas, "Ack", ack)
    assert fits(schemas, "Call", ack["data"])
    assert fits(schemas, "Problem", (await bob.posts("calls", {})).body)
    assert fits(schemas, "Insights", (await bob.gets("insights")).body)
    assert fits(schemas, "Activity", (await bob.gets("activity")).body["items"][0])
    assert fits(schemas, "Found", (await bob.gets("search?q=x")).body["items"][0])
    assert fits(schemas, "Allowed", (await bob.gets(f"calls/{ack['data']['id']}/explain")).body[0])
    assert fits(schemas, "Session", (await bob.gets("/api/me/sessions")).body["items"][0])


def test_payloads_are_as_strict_as_the_road(schemas: dict[str, Any]):
    assert fits(schemas, "create_call_payload", {"title": "x", "customer_name": "y"})
    assert not fits(schemas, "create_call_payload", {"customer_name": "y"})
    assert not fits(schemas, "create_call_payload", {"title": "x", "status": "closed"})
    assert not fits(schemas, "assign_call_payload", {})


def test_a_code_that_is_none_fits_no_problem(schemas: dict[str, Any]):
    error = {"code": "broken", "message": "x", "retry": False}
    assert not fits(schemas, "Problem", {"ok": False, "error": error, "status": 500})
