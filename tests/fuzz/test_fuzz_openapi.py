"""Everything that /openapi.json describes, asked in ways that it allows and in ways that it does not, by an admin and by a
viewer: each answer is one that it describes, and none is our fault.
"""

import asyncio

import pytest
import pytest_asyncio
from attacked import ATTACKERS, WRITER, Attacked
from hypothesis import given
from hypothesis import strategies as st
from nasty import fuzzed
from network import PATIENCE
from premises import id_of
from schemathesis import Case, GenerationMode, openapi
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from events.catalog import discover
from server import schema

pytestmark = pytest.mark.asyncio(loop_scope="module")

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance,
]  # fmt: skip
ENDLESS = ("/realtime", "/ws")
NOT_OURS_TO_LOSE = {"POST /api/logout", "DELETE /api/me/sessions"}  # the session that asks
OPERATIONS = [
    operation
    for operation in (found.ok() for found in openapi.from_dict(schema.openapi(discover())).get_all_operations())
    if not any(part in operation.path.replace("realtime-status", "") for part in ENDLESS)
    and f"{operation.method.upper()} {operation.path}" not in NOT_OURS_TO_LOSE
]
MODES = st.sampled_from([GenerationMode.POSITIVE, GenerationMode.POSITIVE, GenerationMode.NEGATIVE])


@st.composite
def cases(draw: st.DrawFn) -> tuple[Case, int]:
    """One request, of a team that there is; and which of the records there are it is about, none where that is negative."""
    operation = draw(st.sampled_from(OPERATIONS))
    case: Case = draw(operation.as_strategy(generation_mode=draw(MODES)))
    if "slug" in case.path_parameters:
        case.path_parameters["slug"] = draw(st.sampled_from(["main"] * 9 + ["others"]))
    return case, draw(st.integers(-20, 60))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def there(attacked: Attacked) -> dict[str, list[str]]:
    """Plural → the ids of records that there are."""
    url = f"{attacked.program.url}/api/tenants/main/snapshot"
    async with attacked.http.get(url, headers=attacked.token("alice")) as answer:
        records = (await answer.json())["records"]
    spared = {id_of(WRITER), *map(id_of, ATTACKERS)}
    return {plural: [each["id"] for each in found if each["id"] not in spared] for plural, found in records.items()}


@pytest.mark.parametrize("who", ["alice", "vera"])
@fuzzed(250)
@given(asked=cases())
async def test_what_is_described_is_what_is_answered(attacked, there, who, asked):
    case, number = asked
    ids = there.get(case.path.split("/")[4] if case.path.count("/") > 4 else "", [])
    if "id" in case.path_parameters and number >= 0 and ids:
        case.path_parameters["id"] = ids[number % len(ids)]
    headers = {**(case.headers or {}), **attacked.token(who)}
    case.headers.clear()
    answer = await asyncio.to_thread(case.call, base_url=attacked.program.url, headers=headers, timeout=PATIENCE)
    case.validate_response(answer, checks=CHECKS)
    await attacked.took(1)
