"""What fuzzing has found, each by itself: the smallest input that did it, and what it gets now."""

import asyncio
import json

import pytest
from attacked import to_the_end
from nasty import nested
from sockets import WAYS
from test_fuzz_http import answered, statuses

pytestmark = pytest.mark.asyncio(loop_scope="module")

HUGE = "1" * 400  # a whole number of more than 64 bits


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("command", "message", "field"),
    [
        ("list", '{"resource":"calls","\\ud800":5}', "?"),  # ended the server: the answer could not be written
        ("count", '{"resource":"calls","\\udfff":5}', "?"),
        ("get", '{"\\ud800":5}', "?"),
        ("set_presence", '{"channel":"team","state":"\\ud800"}', "state"),
        ("join_channel", f'{{"channel":"team","state":{HUGE}}}', "state"),
        ("set_presence", f'{{"channel":"team","state":{nested(300)}}}', "state"),
        ("broadcast", '{"channel":"team","event":"a","data":{"\\ud800":1}}', "data"),
        ("broadcast", f'{{"channel":"team","event":"a","data":{HUGE}}}', "data"),
        ("broadcast", f'{{"channel":"team","event":"a","data":{nested(300)}}}', "data"),
    ],
)
async def test_t14_what_cannot_be_written_down_again_is_refused(attacked, way, command, message, field):
    packet = f'421["{command}",{message}]'
    if way == "plain WebSocket":
        packet = f'{{"type":"{command}","ref":1,"data":{message}}}'
    (_, said), (_, last) = await WAYS[way].throw(attacked, "vera" if command != "broadcast" else "alice", [packet])
    assert said["error"]["code"] == "invalid"
    assert list(said["error"]["fields"]) == [field]
    assert last["ok"]
    await attacked.stands()


async def test_the_name_of_a_field_is_told_back_but_not_all_of_it(attacked):
    packet = f'421["list",{{"resource":"calls","{"x" * 100_000}":1}}]'
    (_, said), _ = await WAYS["Socket.IO"].throw(attacked, "alice", [packet])
    assert list(said["error"]["fields"]) == ["x" * 100]
    assert len(json.dumps(said)) < 500


async def test_d5_an_op_id_that_was_seen_with_what_nothing_can_write_is_invalid(attacked):
    deep = f'422["create_customer",{{"name":"a","op_id":"deep","notes":{nested(1_000)}}}]'
    first = '421["create_customer",{"name":"a","op_id":"deep"}]'
    (_, done), (_, refused), _ = await WAYS["Socket.IO"].throw(attacked, "alice", [first, deep])
    assert done["ok"]
    assert refused["error"]["code"] == "invalid"


UPGRADE = b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
ENCODED = b"Content-Type: application/json\r\nContent-Length: 6\r\nContent-Encoding: "


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"POST /api/login HTTP/1.1\r\n" + ENCODED + b"gzip", 422),
        (b"POST /api/login HTTP/1.1\r\n" + ENCODED + b"deflate", 422),
        (b"GET /ws HTTP/1.1\r\n" + UPGRADE + b"\xff\xfe", 422),
        (b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n" + UPGRADE + b"\xff\xfe", 422),
        (b"GET /metrics HTTP/1.1\r\nX-Forwarded-For: 10.0.0.1\r\nAuthorization: Bearer \xff\xfe", 403),
    ],
)
async def test_t15_what_cannot_be_decoded_is_the_senders_fault_not_ours(attacked, head, status):
    body = b"xxxxxx" if b"POST" in head else b""
    heard = await answered(attacked, head + b"\r\nHost: 127.0.0.1\r\n\r\n" + body)
    assert statuses(heard)[:1] == [status]
    await attacked.stands()


async def test_who_asks_to_be_connected_to_nowhere_is_cut(attacked):
    """Once nobody served his connection any more, nor ended it; and there was a traceback."""
    reader, writer = await asyncio.open_connection(*attacked.address)
    writer.write(b"CONNECT  \r\nHost: 127.0.0.1\r\n\r\n")
    assert await to_the_end(reader.read()) == b""
    writer.transport.abort()
    await attacked.stands()


@pytest.mark.parametrize("expects", [b"", b"Expect: 100-continue\r\n"])
async def test_t16_who_leaves_in_the_middle_of_his_body_is_no_line_in_the_log(attacked, expects):
    """Once each wrote a traceback, whoever he was."""
    head = b"POST /api/login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" + expects
    await answered(attacked, head + b"Content-Length: 100\r\n\r\n{")
    await attacked.stands()


@pytest.mark.parametrize(
    ("rest", "status"),
    [(b"Content-Length: 100\r\n\r\n40", []), (b"Content-Length: 6\r\nContent-Encoding: gzip\r\n\r\nxxxxxx", [400])],
)
async def test_t16_nor_who_posts_packets_that_cannot_be_read(attacked, rest, status):
    async with attacked.http.get(f"{attacked.program.url}/socket.io/?EIO=4&transport=polling") as opened:
        sid = json.loads((await opened.read())[1:])["sid"]
    head = f"POST /socket.io/?EIO=4&transport=polling&sid={sid} HTTP/1.1\r\nHost: 127.0.0.1\r\n".encode()
    assert statuses(await answered(attacked, head + rest)) == status
    await attacked.stands()


MARKS = "\u0300\u0327" * 15_000  # marks on one letter, in an order that is not theirs
MANY = json.dumps({f"f{number}": 1 for number in range(20_000)})


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("command", "message", "fields"),
    [
        ("create_customer", f'{{"name":"a{MARKS}"}}', 1),  # took time to the square: a minute for the largest
        ("create_service_category", f'{{"name":"a{MARKS}"}}', 1),
        ("search", f'{{"q":"a{MARKS}"}}', 1),
        ("list", f'{{"resource":"calls","q":"a{MARKS}"}}', 1),
        ("search", json.dumps({"q": "a " * 100_000}), 1),  # was looked for a hundred thousand times in each record
        ("create_customer", MANY, 1),  # was answered with four times as much as was asked
        ("list", MANY.replace("{", '{"resource":"calls",', 1), 50),
        ("count", MANY.replace("{", '{"resource":"calls",', 1), 50),
        ("get", MANY, 50),
    ],
    ids=lambda given: str(given)[:20],
)
async def test_what_would_hold_everybody_up_is_refused_at_once(attacked, way, command, message, fields):
    packet = (
        f'{{"type":"{command}","ref":1,"data":{message}}}'
        if way == "plain WebSocket"
        else f'421["{command}",{message}]'
    )
    (_, said), (_, last) = await WAYS[way].throw(attacked, "alice", [packet])
    assert said["error"]["code"] == "invalid"
    assert len(said["error"]["fields"]) == fields
    assert last["ok"]
