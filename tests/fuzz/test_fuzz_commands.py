"""Every command of the catalog with payloads that were valid until something was done to them, over every door: the answer
is one that the contract knows, and what was refused has changed nothing.
"""

import json
import random
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest
import pytest_asyncio
from attacked import ATTACKERS, CODES, WRITER, Attacked
from hypothesis import given
from hypothesis import strategies as st
from nasty import fuzzed, nested, said, texts, values
from network import as_said
from payloads import Payloads
from premises import id_of
from sockets import WAYS

from events.catalog import discover
from server.http import routes_of
from stores.clock import new_id

pytestmark = pytest.mark.asyncio(loop_scope="module")

CATALOG = discover()
SPARED = {id_of(WRITER), *map(id_of, ATTACKERS)}  # who is at work here stays
COMMANDS = [command for command in CATALOG.commands.values() if command.on_wire]
ROUTES = {command.name: place for place, command in routes_of(CATALOG).items()}
DOORS = (*WAYS, "HTTP")
STATUS = {
    "unknown": (404, 405), "too_large": (413,), "unauthenticated": (401,), "rate_limited": (429,), "not_found": (404,),
    "forbidden": (403,), "invalid": (422, 415), "conflict": (409,), "refused": (409,), "taken": (409,),
    "snapshot_required": (410,), "unavailable": (503,),
}  # fmt: skip


class Seen:
    """The records of a team as its clients see them: enough of a desk to make valid payloads from."""

    def __init__(self, records: Mapping[str, list[dict[str, Any]]]) -> None:
        self.records = records
        self.stores = {
            plural: SimpleNamespace(all=lambda found=found: list(map(as_said, found)))
            for plural, found in records.items()
        }

    def ids(self, plural: str) -> list[str]:
        return [record["id"] for record in self.records.get(plural, ()) if record["id"] not in SPARED]


async def seen(attacked: Attacked, who: str, slug: str) -> Seen:
    url = f"{attacked.program.url}/api/tenants/{slug}/snapshot"
    async with attacked.http.get(url, headers=attacked.token(who)) as answer:
        return Seen((await answer.json())["records"])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def foreign(attacked: Attacked) -> list[str]:
    """Ids of another team's records."""
    await attacked.signs_in("olga")
    theirs = await seen(attacked, "olga", "others")
    return [record["id"] for found in theirs.records.values() for record in found]


@st.composite
def wrongs(draw: st.DrawFn) -> list[tuple[str, Any, int]]:
    """What is done to a payload: (how, with what, to which of its fields)."""
    hows = st.sampled_from(
        ["value", "value", "value", "drop", "add", "null", "list", "text", "foreign", "huge", "deep", "nothing"]
    )
    return [(draw(hows), draw(values), draw(st.integers(0, 30))) for _ in range(draw(st.integers(0, 2)))]


def spoilt(payload: dict[str, Any], wrong: list[tuple[str, Any, int]], foreign: list[str]) -> dict[str, Any]:
    """The payload after that."""
    made = dict(payload)
    for how, value, number in wrong:
        name = list(made)[number % len(made)] if made else "name"
        became = {
            "value": value, "null": None, "list": [made.get(name)] * 2, "text": str(made.get(name)),
            "foreign": foreign[number % len(foreign)],
            "huge": "x" * (5_000 * (number + 1)), "deep": json.loads(nested(10 * number, inside="")) if number else [],
        }  # fmt: skip
        if how == "drop":
            made.pop(name, None)
        elif how == "add":
            made[
                ["password_hash", "tenant_id", "version", "number", "id", "session_epoch", "__class__", "\ud800"][
                    number % 8
                ]
            ] = value
        elif how in became:
            made[name] = became[how]
    return made


envelopes = st.fixed_dictionaries(
    {}, optional={ "op_id": texts | st.sampled_from(["a", "b", "x" * 64]) | values, "expected_version": st.sampled_from([0,
    -1, 1, 10**6, 2**53, 2**70, "7", 1.0, True]) | values, },
)  # fmt: skip
targets = st.sampled_from(["one of ours"] * 6 + ["foreign", "another kind", "new", "odd", "none"])


@fuzzed(400)
@given(
    command=st.sampled_from(COMMANDS), door=st.sampled_from(DOORS), who=st.sampled_from(("alice", "alice", *ATTACKERS)),
    seed=st.integers(0, 2**32),
    wrong=wrongs(), envelope=st.just({}) | envelopes, target=targets, odd=values,
)  # fmt: skip
async def test_commands_with_something_wrong(attacked, foreign, command, door, who, seed, wrong, envelope, target, odd):
    chance, ours = random.Random(seed), await seen(attacked, "alice", "main")
    payload = Payloads(ours, chance, sparse=0.4).of(command) or {}  # type: ignore[arg-type]
    message = {**spoilt(payload, wrong, foreign), **envelope}
    ids = ours.ids(command.plural)
    record = {
        "one of ours": chance.choice(ids) if ids else new_id(), "foreign": foreign[seed % len(foreign)],
        "another kind": chance.choice(ours.ids("customers")), "new": new_id(), "odd": odd, "none": None,
    }[target]  # fmt: skip
    if _spares(message, record):
        before = await attacked.cursor()
        answer = await PERFORM[door](attacked, who, command.name, record, message)
        await _stands_as(attacked, ours, before, answer)
        await attacked.took(1)


def _spares(message: Mapping[str, Any], record: Any) -> bool:
    """Whether those who are at work here can go on."""
    return not any(name in SPARED for name in (record, message.get("id")) if isinstance(name, str))


async def _stands_as(attacked: Attacked, ours: Seen, before: str, answer: Mapping[str, Any] | None) -> None:
    """What was refused, or cut off unheard, has changed nothing."""
    if answer is None or not answer["ok"]:
        assert answer is None or answer["error"]["code"] in CODES, answer
        assert await attacked.cursor() == before, answer
        assert (await seen(attacked, "alice", "main")).records == ours.records


async def _by_socket(
    attacked: Attacked, way: str, who: str, command: str, record: Any, message: Any
) -> Mapping[str, Any] | None:
    made = message if record is None else {**message, "id": record}
    packet = f"421{said([command, made])}"
    if way == "plain WebSocket":
        packet = said({"type": command, "ref": 1, "data": made})
    return dict(await WAYS[way].throw(attacked, who, [packet])).get(1)


async def _by_http(attacked: Attacked, who: str, command: str, record: Any, message: Any) -> Mapping[str, Any] | None:
    method, plural, action = ROUTES[command]
    is_new = CATALOG.commands[command].kind == "create"
    path = "/".join(
        ["/api/tenants/main", plural, *([] if is_new else [_in_path(record)]), *([action] if action else [])]
    )
    body = said(message).encode()
    async with attacked.http.request(
        method,
        attacked.program.url + path,
        data=body,
        headers={**attacked.token(who), "Content-Type": "application/json"},
    ) as answer:
        said_back: dict[str, Any] = await answer.json(content_type=None)
        if not said_back["ok"]:
            assert answer.status == said_back["status"]
            assert answer.status in STATUS[said_back["error"]["code"]]
        return said_back


def _in_path(record: Any) -> str:
    """An id as it may stand in an address."""
    text = record if isinstance(record, str) else said(record)
    data = text.encode("utf-8", "surrogatepass")[:500]
    return "".join(chr(byte) if byte < 128 and chr(byte).isalnum() else f"%{byte:02x}" for byte in data) or "x"


PERFORM = {
    way: (lambda attacked, who, command, record, message, way=way: _by_socket(attacked, way, who, command, record,
    message)) for way in WAYS
} | {"HTTP": _by_http}  # fmt: skip
