"""Places in the feed that nobody was ever at, and questions that no list answers: cursors, epochs, limits, filters, orders
and page tokens, over every door that takes them.
"""

import base64
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import pytest_asyncio
from attacked import CODES, Attacked, refusals, to_the_end
from hypothesis import given
from hypothesis import strategies as st
from nasty import EDGES, fuzzed, mutated, said, texts, values
from sockets import WAYS, WebSocket, framed

from events.catalog import discover
from events.query import scalar_fields

pytestmark = pytest.mark.asyncio(loop_scope="module")

CATALOG = discover()
PLURALS = (*CATALOG.wire_plurals, "former_users", "nothing", "")
FIELDS = sorted({name for plural in CATALOG.wire_plurals for name in scalar_fields(CATALOG.resources[plural])})
HIDDEN = ("password_hash", "session_epoch", "tenant_id", "id", "__dict__", "x")
SEQS = (
    "0",
    "1",
    "-1",
    "00",
    "+1",
    "1.0",
    "1e3",
    "٣",
    "²",
    "9" * 15,
    "9" * 16,
    "9" * 40,
    "9" * 5000,
    "9223372036854775808",
    "",
)

printable = st.text(st.characters(codec="utf-8"), max_size=20) | st.sampled_from(
    [edge for edge in EDGES if len(edge) < 5_000]
)
numbers = st.sampled_from(
    ["1", "200", "201", "0", "-1", "1e2", "٣", "²", " 5", "5 ", "+5", "", "null", "9" * 30, "0x10", "1_0", "05"]
)
moments = st.sampled_from(
    ["2026-11-20T04:39:00.000Z", "2026-11-20", "2026-11-20T04:39", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59",
    "2026-W01-1", "20261120", "2026-02-30", "2026-11-20T24:00:00Z", "2026-11-20T04:39:00.1234567890Z",
    "2026-11-20T04:39:00+99:99", "-1", "0"]
)  # fmt: skip
PLACES = (
    [True, 0, "x"], [False, "x", "x"], [False, {}, "x"], [0, 0, 0], [False, None, None], [False, [], []], [False, 10**30, "x"],
)  # fmt: skip


def token(place: Any) -> str:
    """What stands for a place in a list."""
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


odd_tokens = st.sampled_from(["=", "====", "a", "AAAA", "bnVsbA", "W10", "W1tbW1tbW10", "é", "\x00"])
tokens = st.lists(values, max_size=4).map(token) | st.sampled_from(PLACES).map(token) | odd_tokens | printable


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def here(attacked: Attacked) -> str:
    """A cursor that is good."""
    return await attacked.cursor()


@st.composite
def cursors(draw: st.DrawFn) -> str:
    """HERE stands for the good one."""
    epoch = draw(st.sampled_from(["HERE"] * 3 + ["x", "", ".", "HERE.1", "\x00", "é" * 40, "a" * 4000]) | printable)
    return draw(
        st.sampled_from([f"{epoch}.{draw(st.sampled_from(SEQS))}", epoch, "GOOD"])
        | mutated(st.just("GOOD"))
        | printable
    )


def placed(cursor: str, here: str) -> str:
    epoch = here.rpartition(".")[0]
    return cursor.replace("GOOD", here).replace("HERE", epoch)


async def asked(attacked: Attacked, who: str, path: str, query: list[tuple[str, str]]) -> tuple[int, bytes]:
    """(status, body) of a question; each no is one that the contract knows."""
    url = f"{attacked.program.url}/api/tenants/main/{path}"
    said_so = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in query)
    async with attacked.http.get(f"{url}?{said_so}"[:7_500], headers=attacked.token(who)) as answer:
        body = await answer.read()
        if answer.status >= 400:
            assert answer.status < 500, body
            assert answer.content_type == "text/plain" or json.loads(body)["error"]["code"] in CODES, body
        return answer.status, body


def _quoted(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


@st.composite
def queries(draw: st.DrawFn) -> list[tuple[str, str]]:
    """Parameters of a list, of which most could be right."""
    names = st.sampled_from(FIELDS) | st.sampled_from(FIELDS).map(lambda name: f"{name}.from") | st.sampled_from(
        ["open", "q", "sort", "limit", "after", "actor", "resource", "resources", "since", "wait", "from", "to",
        "id", *HIDDEN]
    )  # fmt: skip
    made = []
    for _ in range(draw(st.integers(0, 4))):
        name = draw(names | texts.filter(lambda text: len(text) < 100))
        likely = {
            "limit": numbers,
            "after": tokens,
            "since": cursors(),
            "sort": st.sampled_from(["-", "", *FIELDS]) | printable,
        }
        made.append(
            (
                name,
                draw(
                    likely.get(name, moments | numbers | printable | st.sampled_from(["me", "true", ",", ",,,", "a,b"]))
                ),
            )
        )
    return made


LISTS = (
    *CATALOG.wire_plurals, *CATALOG.wire_plurals, "activity", "search", "insights", "changes", "calls/realtime-status",
    "snapshot", "calls/explain", "calls/x/activity", "former_users", "nothing",
)  # fmt: skip


@fuzzed(250)
@given(path=st.sampled_from(LISTS), query=queries(), who=st.sampled_from(["alice", "vera"]))
async def test_questions_over_http(attacked, here, path, query, who):
    query = [(name, "0" if name == "wait" else placed(value, here)) for name, value in query]
    await asked(attacked, who, path, query)
    await attacked.took(1)


@fuzzed(150)
@given(query=st.dictionaries(st.sampled_from([*FIELDS, "open", "q", "sort", "limit", "after", "created_at.from", *HIDDEN]),
                             values | tokens | moments | numbers, max_size=4),
       plural=st.sampled_from(PLURALS) | values, name=st.sampled_from(["list", "count", "activity", "search",
       "snapshot", "explain"]),
       way=st.sampled_from(list(WAYS)))  # fmt: skip
async def test_questions_over_sockets(attacked, query, plural, name, way):
    message = {"resource": plural, **query} if name not in {"search", "snapshot"} else query
    packet = f"421{said([name, message])}"
    if way == "plain WebSocket":
        packet = said({"type": name, "ref": 1, "data": message})
    answers = await WAYS[way].throw(attacked, "vera", [packet])
    refusals(answer for _, answer in answers)
    assert len(answers) == 2
    await attacked.took(1)


@fuzzed(150)
@given(
    cursor=cursors(),
    resources=st.sampled_from(PLURALS) | printable,
    plural=st.sampled_from(["", "calls", "users", "former_users"]),
)
async def test_a_poll_goes_on_from_a_good_place_alone(attacked, here, cursor, resources, plural):
    since = placed(cursor, here)
    path, more = (f"{plural}/realtime-status", []) if plural else ("changes", [("resources", resources)])
    status, _ = await asked(attacked, "alice", path, [("since", since), *more])
    if since != here and plural == "calls":
        assert status == 410 or _is_a_place(since, here)
    await attacked.took(1)


def _is_a_place(cursor: str, here: str) -> bool:
    """Whether this is where the journal has been."""
    epoch, _, seq = cursor.rpartition(".")
    return epoch == here.rpartition(".")[0] and seq.isascii() and seq.isdigit() and len(cursor) < 40


@fuzzed(100)
@given(
    cursor=cursors(),
    by_header=st.booleans(),
    path=st.sampled_from(["realtime", "realtime/calls", "realtime/users", "realtime/nothing"]),
)
async def test_a_stream_begins_with_ready_whatever_place_it_is_asked_to_begin_at(
    attacked, here, cursor, by_header, path
):
    since = placed(cursor, here)[:3_000]
    headers = dict(attacked.token("vera"))
    query = {} if by_header else {"since": since.encode("utf-8", "replace").decode()}
    if by_header:
        headers["Last-Event-ID"] = "".join(letter for letter in since if letter.isprintable() and ord(letter) < 256)
    url = f"{attacked.program.url}/api/tenants/main/{path}?{urlencode(query)}"
    async with attacked.http.get(url, headers=headers) as answer:
        if answer.status != 200:
            assert (await answer.json(content_type=None))["error"]["code"] in CODES
        else:
            ready = await to_the_end(_ready(answer))
            assert ready["resumed"] is not ready["snapshot_required"]
    await attacked.took(1)


async def _ready(answer: Any) -> Mapping[str, Any]:
    async for line in answer.content:
        if line == b"event: ready\n":
            said_so: Mapping[str, Any] = json.loads((await answer.content.readline()).removeprefix(b"data: "))
            return said_so
    raise AssertionError("it ended before it was ready")


@fuzzed(100)
@given(
    cursor=cursors() | values, resources=st.lists(st.sampled_from(PLURALS), max_size=3) | values, is_plain=st.booleans()
)
async def test_a_connection_resumes_or_says_that_it_needs_a_snapshot(attacked, here, cursor, resources, is_plain):
    since = placed(cursor, here) if isinstance(cursor, str) else cursor
    auth = {"token": attacked.tokens["bob"], "cursor": since, "resources": resources}
    socket = await WebSocket.opened(attacked, "/ws" if is_plain else "/socket.io/?EIO=4&transport=websocket")
    plain = {"type": "auth", "token": auth["token"], "since": since, "resources": resources}
    socket.say(framed(said(plain) if is_plain else f"40{said(auth)}"))
    while (heard := await socket.hear()) is not None:
        if heard.startswith(('42["ready"', '{"type":"ready"')):
            ready = json.loads(heard)["data"] if is_plain else json.loads(heard[2:])[1]
            assert ready["resumed"] is not ready["snapshot_required"]
            assert not ready["resumed"] or _is_a_place(since, here)
            break
    socket.leave()
    await attacked.took(1)
