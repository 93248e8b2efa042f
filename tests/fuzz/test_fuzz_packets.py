"""Packets that no client of ours would send, over every door through which clients send: whoever sends them is answered
or cut, and nobody else notices (T3, T4, T11 to T16, T18).
"""

import json
from typing import Any

import pytest
from attacked import CODES, Attacked, refusals
from hypothesis import given
from hypothesis import strategies as st
from nasty import fuzzed, json_texts, mutated, said, texts, values
from sockets import LAST, WAYS, PlainWebSocket, SocketIo, WebSocket, framed
from test_fuzz_frames import frames as any_frame

pytestmark = pytest.mark.asyncio(loop_scope="module")

COMMANDS = (
    "snapshot", "subscribe", "activity", "list", "get", "count", "search", "explain", "undo", "join_channel",
    "set_presence", "leave_channel", "typing", "broadcast", "lock_record", "unlock_record", "create_call", "update_call",
    "create_customer", "update_customer", "create_note", "set_availability",
)  # fmt: skip
RESERVED = (
    "connect", "disconnect", "disconnecting", "connect_error", "newListener", "removeListener", "on_connect", "message", "*",
)  # fmt: skip
FIELDS = (
    "resource", "resources", "id", "after", "q", "limit", "sort", "channel", "state", "field", "on", "event", "data",
    "take_over", "cursor", "op_id", "expected_version", "name", "title", "status", "created_at.from", "number", "open",
    "actor", "customer_id", "text",
)  # fmt: skip
LIKELY: dict[str, tuple[Any, ...]] = {
    "resource": ("calls", "users", "former_users"), "resources": (["calls"], ["calls", "calls"], [[]], []),
    "channel": ("team", "calls/x"), "limit": (1, 200, 201, "7"), "q": ("x y", "123"), "on": (True, False),
    "sort": ("number", "-created_at", "--number", "password_hash"), "op_id": ("a", "x" * 65), "event": ("hello", "connect"),
}  # fmt: skip

names = st.sampled_from(COMMANDS) | st.sampled_from(RESERVED) | texts


@st.composite
def messages(draw: st.DrawFn) -> Any:
    """The payload of a command: its fields are such as commands have, what is in them is anything."""
    if draw(st.integers(0, 7)) == 0:
        return draw(values)
    fields = draw(st.lists(st.sampled_from(FIELDS), max_size=5, unique=True))
    made = {
        name: draw(st.sampled_from(LIKELY[name]) if name in LIKELY and draw(st.booleans()) else values)
        for name in fields
    }
    return made | draw(st.just({}) | st.dictionaries(texts, values, max_size=1))


ids = st.integers(0, 99).map(str) | st.sampled_from(
    ["", "-1", "00", "999999999999999", "9999999999999999", "9" * 400, "1.5", "٣", "1e3", "+1"]
)
namespaces = st.sampled_from(
    [""] * 12 + ["/,", "/?a=b,", "/admin,", "/" + "x" * 200 + ",", "/", ",", "/%00,", "/\ud800,"]
)
KINDS = st.sampled_from(["2"] * 20 + ["0", "1", "3", "4", "5", "6", "7", "51-", "459999999999-", "5-", "x"])
BARE = (
    "", "0", "1", "2", "2probe", "3", "3probe", "4", "5", "6", "7", "40", "41", "43[]", "44{}", "zzz", "42", "\x1e", "b", "bAQID",
)  # fmt: skip
one_message = messages().map(lambda one: [said(one)])
arguments = st.lists(messages().map(said) | json_texts, max_size=2) | one_message
events = st.builds(
    lambda kind, space, number, name, args: f"4{kind}{space}{number}[{','.join([said(name), *args])}]",
    KINDS, namespaces, ids, names, arguments,
)  # fmt: skip
odd_events = mutated(events) | json_texts.map("42".__add__) | json_texts.map("425".__add__)
packets = events | events | odd_events | st.sampled_from(BARE) | texts | st.binary(max_size=20)
refs = st.integers(0, 99) | st.sampled_from(
    ["a", "x" * 64, "x" * 65, "", 2**53, -(2**53), 1.5, True, [], {}, None, "\x00", "\ud800"]
)
plain_messages = st.builds(
    lambda name, ref, data, more: said({"type": name, "ref": ref, "data": data, **more}), names | values, refs, messages(),
    st.just({}) | st.dictionaries(texts, values, max_size=1),
)  # fmt: skip
plain = plain_messages | plain_messages | mutated(plain_messages) | json_texts | texts | st.binary(max_size=20)

ENGINE = fuzzed(200)
TOKEN = "<the token>"


async def thrown(attacked: Attacked, way: str, sent: list[str | bytes], who: str = "alice") -> None:
    """All of it is answered as the contract says, as far as the connection has lasted."""
    answers = await WAYS[way].throw(attacked, who, sent)
    refusals(answer for _, answer in answers)
    await attacked.took(len(sent))


@ENGINE
@given(sent=st.lists(packets, min_size=1, max_size=12))
async def test_packets_over_a_websocket(attacked, sent):
    await thrown(attacked, "Socket.IO", sent)


@ENGINE
@given(sent=st.lists(packets, min_size=1, max_size=12))
async def test_packets_by_polling(attacked, sent):
    await thrown(attacked, "Socket.IO by polling", sent)


@ENGINE
@given(sent=st.lists(plain, min_size=1, max_size=12))
async def test_messages_over_the_plain_websocket(attacked, sent):
    await thrown(attacked, "plain WebSocket", sent)


@fuzzed(200)
@given(
    way=st.sampled_from(list(WAYS)),
    sent=st.lists(st.tuples(st.sampled_from(COMMANDS), messages()), min_size=1, max_size=12),
)
async def test_t1_each_well_formed_command_has_exactly_one_answer(attacked, way, sent):
    made = [_as_packet(way, number, name, message) for number, (name, message) in enumerate(sent)]
    answers = await WAYS[way].throw(attacked, "alice", made)
    refusals(answer for _, answer in answers)
    assert sorted(number for number, _ in answers) == [*range(len(sent)), LAST]
    await attacked.took(len(sent))


@fuzzed(200)
@given(
    path=st.sampled_from([SocketIo.path, PlainWebSocket.path]), is_in=st.booleans(), sent=st.lists(any_frame,
    min_size=1, max_size=6),
    spoilt=st.binary(max_size=30),
)  # fmt: skip
async def test_t15_frames_that_are_none(attacked, path, is_in, sent, spoilt):
    socket = await WebSocket.opened(attacked, path)
    if is_in:
        token = attacked.tokens["alice"]
        socket.say(
            framed(f'40{{"token":"{token}"}}' if "socket.io" in path else f'{{"type":"auth","token":"{token}"}}')
        )
    socket.say(*sent, spoilt)
    await socket.rest()
    socket.leave()
    await attacked.took(len(sent) + 1)


@st.composite
def auths(draw: st.DrawFn) -> Any:
    """What somebody says who wants to come in."""
    token = st.sampled_from([TOKEN] * 4) | values
    cursor = st.sampled_from(["0", "x.1", ".", "x." + "9" * 30, "\ud800.1", -1]) | values
    resources = st.sampled_from([["calls"], [], ["former_users"], [[]], "calls", [None]]) | values
    parts = {
        "token": token,
        "cursor": cursor,
        "since": cursor,
        "resources": resources,
        "tenant": st.sampled_from(["main", "others"]) | values,
    }
    return draw(st.fixed_dictionaries({}, optional=parts) | values)


@fuzzed(200)
@given(auth=auths() | auths(), is_plain=st.booleans())
async def test_auths_of_every_kind_are_let_in_or_refused_in_words(attacked, auth, is_plain):
    text = said(auth).replace(TOKEN, attacked.tokens["vera"])
    socket = await WebSocket.opened(attacked, PlainWebSocket.path if is_plain else SocketIo.path)
    socket.say(framed(text.replace("{", '{"type": "auth", ', 1).replace(", }", "}") if is_plain else f"40{text}"))
    while (heard := await socket.hear()) is not None:
        if heard.startswith(("44", '{"type":"error"')):
            assert _refusal(heard) in CODES
        if heard.startswith(('42["ready"', '{"type":"ready"')):
            break
    socket.leave()
    await attacked.took(1)


def _refusal(text: str) -> str:
    heard = json.loads(text.removeprefix("44"))
    found = heard["data"] if text.startswith("44") else heard.get("error") or heard["data"]
    return str(found["code"])


def _as_packet(way: str, number: int, name: str, message: Any) -> str:
    if way == "plain WebSocket":
        return json.dumps({"type": name, "ref": number, "data": message if isinstance(message, dict) else {}})
    return f"42{number}{json.dumps([name, message])}"
