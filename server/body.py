"""What an HTTP request brings along: its JSON body, its query and its conditional headers, checked for form alone.

What the values mean is the road's to say; here is only what every door would have to check again.
"""

import asyncio
import re
from collections.abc import Mapping
from typing import Any, TypeVar

import orjson
from aiohttp import hdrs, web
from pydantic import BaseModel, ConfigDict, ValidationError

from events.catalog import Catalog
from events.errors import Invalid, TooLarge
from events.work import invalid_from
from server.replies import NotJson, TooSlow

MOST_BYTES = 256 * 1024
BODY_S = 10.0  # that long a body may take: it is mostly a few hundred bytes
ANOTHER_LOOK = "Some fields need another look."
_VERSION = re.compile(r'"([0-9]{1,16})"', re.ASCII)

Form = TypeVar("Form", bound=BaseModel)


class StrictForm(BaseModel):
    """A body of fixed form: unknown fields are refused, and no error repeats a value."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)


def check_size(request: web.Request) -> None:
    """`TooLarge` where the body says that it is, before anything of it is read."""
    if (request.content_length or 0) > MOST_BYTES:
        raise TooLarge("This is too much at once: at most 256 KiB.")


async def json_object(request: web.Request) -> dict[str, Any]:
    """The body as a JSON object; no body is an empty one."""
    raw = await _whole(request)
    if not raw:
        return {}
    if request.content_type != "application/json":
        raise NotJson("Bodies must be application/json.")
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError:
        raise Invalid("The body is not JSON.") from None
    if not isinstance(body, dict):
        raise Invalid("The body must be a JSON object.")
    return body


async def _whole(request: web.Request) -> bytes:
    """The body; `TooSlow` where it trickles in, `Invalid` where it does not come whole or is not packed as it says."""
    try:
        async with asyncio.timeout(BODY_S):
            return await request.read()
    except TimeoutError:
        raise TooSlow("The request took too long to arrive. Please send it again.") from None
    except (web.RequestPayloadError, ConnectionError):
        raise Invalid("The body cannot be read.") from None


async def form(request: web.Request, wanted: type[Form]) -> Form:
    """The body as one of our forms; `Invalid` names the fields that are wrong."""
    try:
        return wanted.model_validate(await json_object(request))
    except ValidationError as error:
        raise invalid_from(error) from None


def query_of(request: web.Request) -> dict[str, str]:
    """The query; a name given twice is `Invalid`."""
    twice = {name: "is given twice" for name in request.query if len(request.query.getall(name)) > 1}
    if twice:
        raise Invalid(ANOTHER_LOOK, twice)
    return dict(request.query)


def whole_number(query: Mapping[str, str], name: str, default: int, most: int, least: int = 1) -> int:
    """A number from `least` to `most` in the query."""
    text = query.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
        raise Invalid(ANOTHER_LOOK, {name: f"must be {least} to {most}"})
    return int(text)


def resources_of(query: Mapping[str, str], catalog: Catalog) -> tuple[str, ...]:
    """`resources=calls,users` in the query, all where it is left out; `NotFound` where there is no such kind of record."""
    wanted = query["resources"].split(",") if query.get("resources") else catalog.wire_plurals
    return tuple(dict.fromkeys(catalog.wire_resource(plural).plural for plural in wanted))


def only(query: Mapping[str, str], *names: str) -> None:
    """`Invalid` where the query holds anything else."""
    unknown = {name: "is not a parameter here" for name in query if name not in names}
    if unknown:
        raise Invalid(ANOTHER_LOOK, unknown)


def envelope(request: web.Request) -> dict[str, Any]:
    """op_id and expected_version where they stand in headers: `Idempotency-Key` and `If-Match: "7"`."""
    found: dict[str, Any] = {}
    if "Idempotency-Key" in request.headers:
        found["op_id"] = request.headers["Idempotency-Key"]
    if hdrs.IF_MATCH in request.headers:
        version = _VERSION.fullmatch(request.headers[hdrs.IF_MATCH])
        if version is None:
            raise Invalid(ANOTHER_LOOK, {"expected_version": 'the header If-Match must be a version such as "7"'})
        found["expected_version"] = int(version[1])
    return found
