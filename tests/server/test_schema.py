"""The published description says what the doors really have, and is well-formed."""

from typing import Any

import pytest
from aiohttp import web
from caller import Caller
from openapi_spec_validator import validate

from events.catalog import Catalog
from server.app import Callboard
from server.board import FILES as BOARD_FILES
from server.board import SCREENS, TRACK
from server.http import routes_of
from server.schema import openapi
from server.static import FILES

NOT_DESCRIBED = {*FILES, *BOARD_FILES, *SCREENS, *TRACK, "/socket.io/", "/metrics"}


@pytest.fixture(scope="module")
def document(catalog: Catalog) -> dict[str, Any]:
    return openapi(catalog)


def test_it_is_valid_openapi(document: dict[str, Any]):
    assert document["openapi"].startswith("3.1")
    validate(document)


def test_every_command_on_the_wire_is_described_with_who_may(document: dict[str, Any], catalog: Catalog):
    described = {
        operation["operationId"]: operation
        for operations in document["paths"].values() for operation in operations.values() if "operationId" in operation
    }  # fmt: skip
    assert set(described) == {command.name for command in routes_of(catalog).values()}
    assert described["delete_call"]["description"] == "May be done by an admin."


async def test_every_address_of_the_server_is_described(document: dict[str, Any], board: Callboard):
    general = ("{plural}", "{action}")  # those are described resource by resource
    served = {
        (route.method.lower(), route.resource.canonical)
        for route in board.web.router.routes()
        if isinstance(route.resource, web.Resource) and route.method not in {"HEAD", "OPTIONS", "*"}
    }
    told = {(method, path) for path, operations in document["paths"].items() for method in operations}
    left = {(m, p) for m, p in served if p not in NOT_DESCRIBED and not any(part in p for part in general)}
    assert left - told == set()
    assert {path for _, path in told if "{slug}" not in path} <= {path for _, path in served}


def test_r5_nothing_hidden_is_described(document: dict[str, Any], catalog: Catalog):
    for resource in catalog.resources.values():
        for name in resource.hidden:
            assert name not in document["components"]["schemas"][resource.record.__name__]["properties"]


def test_a_field_that_is_not_null_says_so(document: dict[str, Any]):
    fields = document["components"]["schemas"]["update_call_payload"]["properties"]
    assert "default" not in fields["title"]
    assert fields["title"]["type"] == "string"


async def test_a_record_has_the_fields_that_are_described(document: dict[str, Any], bob: Caller):
    call = await bob.does("calls", title="x", customer_name="y")
    described = document["components"]["schemas"]["Call"]
    assert set(call) == set(described["properties"]) == set(described["required"])


async def test_it_is_served_to_anybody(somebody: Caller, document: dict[str, Any]):
    assert (await somebody.gets("/openapi.json")).body == document
