"""The plain WebSocket by hand: how one comes in, what an answer looks like, what ends a connection (PROTOCOL section 5)."""

import asyncio
import json
from contextlib import asynccontextmanager

import pytest
from aiohttp import WSMsgType, WSServerHandshakeError
from network import token_of, url_of
from premises import counted, id_of
from talk import PATIENCE, Talk

from server import plainlink

CALL = {"title": "No power", "customer_name": "Ms. Gray"}


@pytest.fixture
def talk(board, http):
    """`async with talk() as bob`: a WebSocket to the board; a query by `query`, headers by name."""

    @asynccontextmanager
    async def talks(query="", autoping=True, **headers):
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        async with http.ws_connect(f"{url_of(board)}/ws{query}", headers=sent, autoping=autoping) as socket:
            yield Talk(socket)

    return talks


@pytest.fixture
async def token(board):
    return await token_of(board, "bob")


# -- coming in -------------------------------------------------------------------------------------------------------


async def test_the_first_message_says_who(talk, token):
    async with talk() as bob:
        ready = await bob.enters(token, tenant="main")
        assert set(ready) == {"cursor", "resumed", "snapshot_required", "user", "tenant", "heartbeat_s"}
        assert (ready["resumed"], ready["snapshot_required"]) == (False, True)
        assert (ready["user"]["id"], ready["tenant"]["slug"]) == (id_of("bob"), "main")


async def test_a_header_at_the_handshake_needs_no_message(talk, token):
    async with talk(Authorization=f"Bearer {token}") as bob:
        cursor = (await bob.hears("ready"))["data"]["cursor"]
    async with talk(f"?tenant=main&since={cursor}&resources=calls,users", Authorization=f"Bearer {token}") as bob:
        assert (await bob.hears("ready"))["data"]["resumed"]


async def test_a_cookie_counts_with_an_origin_of_ours(talk, token, board):
    async with talk(Cookie=f"callboard_session={token}", Origin=url_of(board)) as bob:
        assert (await bob.hears("ready"))["data"]["user"]["id"] == id_of("bob")


async def test_a_cookie_without_an_origin_is_none(talk, token):
    async with talk(Cookie=f"callboard_session={token}") as bob:
        await bob.says(type="auth")
        await bob.is_refused("unauthenticated")
        await bob.is_closed(4401)


async def test_t29_a_foreign_origin_is_refused_before_anything_is_said(talk, token):
    for origin in ("https://evil.example", "null"):
        with pytest.raises(WSServerHandshakeError) as refused:
            async with talk(Origin=origin, Authorization=f"Bearer {token}"):
                pass
        assert refused.value.status == 403


async def test_an_old_cookie_does_not_bar_the_token_that_follows(talk, token, board):
    async with talk(Cookie="callboard_session=old", Origin=url_of(board)) as bob:
        assert (await bob.enters(token))["user"]["id"] == id_of("bob")


async def test_who_came_in_by_the_handshake_may_still_say_from_where(talk, token, board):
    async with talk(Cookie=f"callboard_session={token}", Origin=url_of(board)) as bob:
        cursor = (await bob.hears("ready"))["data"]["cursor"]
        await bob.says(type="auth", since=cursor)
        assert (await bob.hears("ready"))["data"]["resumed"]
        assert board.census.of_user(counted("bob")) == 1
        assert (await bob.asks("auth"))["error"]["code"] == "unknown"


async def test_a_wrong_header_never_falls_back_to_the_cookie(talk, token, board):
    cookie = {"Cookie": f"callboard_session={token}", "Origin": url_of(board)}
    for header in ("Bearer wrong", f"Basic {token}", ""):
        async with talk(Authorization=header, **cookie) as bob:
            await bob.is_refused("unauthenticated")
            await bob.is_closed(4401)


@pytest.mark.parametrize("wrong", [None, "", "wrong", 5, ["x"], {"a": 1}, "\u0000", "\ud800"])
async def test_t7_who_may_not_in_is_told_why_and_closed(talk, board, wrong):
    async with talk() as nobody:
        await nobody.says(type="auth", token=wrong)
        error = await nobody.is_refused("unauthenticated")
        assert (error["message"], error["retry"]) == ("Please sign in.", False)
        await nobody.is_closed(4401)
    assert board.websocket._links == set()


@pytest.mark.parametrize("tenant", ["other", "", 5, ["main"], {"a": 1}])
async def test_a_tenant_that_is_not_ones_own_is_not_found(talk, token, board, tenant):
    async with talk() as bob:
        await bob.says(type="auth", token=token, tenant=tenant)
        await bob.is_refused("not_found")
        await bob.is_closed(1008)
    assert board.census.of_user(counted("bob")) == 0


@pytest.mark.parametrize("resources", [["secrets"], "calls", [["calls"]], [{}], 7])
async def test_resources_that_do_not_exist_are_refused(talk, token, resources):
    async with talk() as bob:
        await bob.says(type="auth", token=token, resources=resources)
        assert "resources" in (await bob.is_refused("invalid"))["fields"]
        await bob.is_closed(1008)


async def test_a_command_before_auth_is_refused(talk):
    async with talk() as nobody:
        await nobody.says(type="create_call", ref=1, data=CALL)
        await nobody.is_refused("unauthenticated")
        await nobody.is_closed(4401)


async def test_t8_who_stays_silent_is_closed(talk, board, monkeypatch):
    monkeypatch.setattr(board.websocket, "_within", 0.05)
    async with talk() as nobody:
        await nobody.is_refused("unauthenticated")
        await nobody.is_closed(4401)


async def test_t5_a_failure_while_entering_is_told_and_leaves_nothing(talk, token, board, monkeypatch):
    (desk,) = board.desks.values()

    async def broken(*_):
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(desk, "read", broken)
    async with talk() as bob:
        await bob.says(type="auth", token=token)
        assert (await bob.is_refused("internal"))["ref"]
        await bob.is_closed(1008)
    assert board.census.of_user(counted("bob")) == 0
    assert not board.reception._connections


async def test_t6_who_leaves_while_he_is_let_in_leaves_nothing(talk, token, board, monkeypatch):
    (desk,) = board.desks.values()
    (feed,) = board.feeds.values()
    waits, goes_on, read = asyncio.Event(), asyncio.Event(), desk.read

    async def slow(*args):
        waits.set()
        await goes_on.wait()
        return await read(*args)

    monkeypatch.setattr(desk, "read", slow)
    async with talk() as bob:
        await bob.says(type="auth", token=token)
        await asyncio.wait_for(waits.wait(), PATIENCE)
        bob.socket._response.connection.transport.abort()
    goes_on.set()
    await gone(board)
    assert not feed.readers
    assert board.census.of_user(counted("bob")) == 0


async def gone(board):
    """Until the door serves nobody."""
    async with asyncio.timeout(PATIENCE):
        while board.websocket._links or board.reception._connections:  # noqa: ASYNC110  # it has no event to wait for
            await asyncio.sleep(0.005)


async def test_it_is_no_address_for_plain_requests(board, http):
    async with http.get(f"{url_of(board)}/ws") as answer:
        assert (answer.status, (await answer.json(content_type=None))["error"]["code"]) == (422, "invalid")


# -- asking ----------------------------------------------------------------------------------------------------------


async def test_d3_ones_own_event_comes_before_the_ack(talk, token):
    async with talk() as bob:
        await bob.enters(token)
        await bob.says(type="create_call", ref="first", data=CALL)
        event = await bob.hears("call_created")
        ack = await bob.hears("ack")
        assert (ack["ref"], ack["ok"], ack["data"]) == ("first", True, event["data"])
        assert ack["cursor"] == event["meta"]["cursor"]


async def test_o6_answers_come_in_the_order_asked(talk, token):
    async with talk() as bob:
        await bob.enters(token, resources=["categories"])
        for number in range(100):
            asked = ("create_call", CALL) if number % 2 else ("count", {"resource": "calls"})
            await bob.says(type=asked[0], ref=number, data=asked[1])
        acks = [await bob.hears("ack") for _ in range(100)]
        assert [(ack["ref"], ack["ok"]) for ack in acks] == [(number, True) for number in range(100)]


async def test_a_snapshot_stands_in_the_feed(talk, token):
    async with talk() as bob:
        await bob.enters(token)
        await bob.says(type="snapshot", ref=1)
        data = (await bob.hears("ack"))["data"]
        assert (len(data["records"]["users"]), data["next"]) == (6, None)


async def test_a_command_without_a_ref_is_carried_out_and_not_answered(talk, token):
    async with talk() as bob:
        await bob.enters(token)
        await bob.says(type="create_call", data=CALL)
        await bob.says(type="nonsense")
        await bob.hears("call_created")
        assert (await bob.asks("count", resource="calls"))["data"]["total"] == 1


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"type": "nonsense"}, "unknown"),
        ({"type": "\ud800"}, "unknown"),
        ({"type": 5}, "invalid"),
        ({"data": {}}, "invalid"),
        ({"type": None}, "invalid"),
        ({"type": ["create_call"]}, "invalid"),
        ({"type": "create_call", "data": [CALL]}, "invalid"),
        ({"type": "create_call", "data": "x"}, "invalid"),
        ({"type": "create_call", "data": 0}, "invalid"),
        ({"type": "create_call", **CALL}, "invalid"),
        ({"type": "create_call", "data": {**CALL, "nonsense": 1}}, "invalid"),
        ({"type": "create_call", "data": {**CALL, "title": "\ud800"}}, "invalid"),
        ({"type": "create_call", "data": {**CALL, "description": "x" * (257 * 1024)}}, "too_large"),
    ],
)
async def test_a_bad_message_with_a_ref_is_answered_and_the_connection_goes_on(talk, token, message, code):
    async with talk() as bob:
        await bob.enters(token)
        await bob.says(ref="r", **message)
        ack = await bob.hears("ack")
        assert (ack["ref"], ack["ok"], ack["error"]["code"]) == ("r", False, code)
        assert (await bob.asks("count", resource="calls"))["ok"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", 1007), ("{", 1007), ('{"type": NaN}', 1007), ("[" * 100_000, 1007), ("[]", 1008), ("5", 1008),
        ("{}", 1008), ('{"type": 5}', 1008), ('{"type": "count", "ref": {}}', 1008), ('{"ref": true}', 1008),
        ('{"type": "count", "ref": "' + "x" * 65 + '"}', 1008), ('{"type": "count", "ref": "\\ud800"}', 1008),
    ],
)  # fmt: skip
async def test_a_bad_message_that_cannot_be_answered_ends_the_connection(talk, token, board, text, code):
    for is_in in (True, False):
        async with talk() as bob:
            if is_in:
                await bob.enters(token)
            await bob.socket.send_str(text)
            error = (await bob.hears("error"))["error"]
            assert (
                error["code"] == "invalid" if is_in or code == 1007 else error["code"] in {"invalid", "unauthenticated"}
            )
            await bob.is_closed(code if is_in or error["code"] == "invalid" else 4401)
    await gone(board)


async def test_t11_binary_is_not_spoken_here(talk, token):
    async with talk() as bob:
        await bob.enters(token)
        await bob.socket.send_bytes(b'{"type": "count"}')
        await bob.is_refused("invalid")
        await bob.is_closed(1003)


async def test_a_message_over_all_bounds_ends_the_connection(talk, token, board):
    async with talk() as bob:
        await bob.enters(token)
        await bob.socket.send_str(json.dumps({"type": "x", "ref": 1, "data": "x" * (301 * 1024)}))
        await bob.is_closed(1009)
    await gone(board)


async def test_t25_nothing_is_compressed(talk, token):
    async with talk(Sec_WebSocket_Extensions="permessage-deflate") as bob:
        assert "Sec-WebSocket-Extensions" not in bob.socket._response.headers
        await bob.enters(token)


# -- clocks and the end ----------------------------------------------------------------------------------------------


@pytest.fixture
def quick(monkeypatch):
    """Clocks that a test can wait for."""
    monkeypatch.setattr(plainlink, "PING_S", 0.02)
    monkeypatch.setattr(plainlink, "PONG_S", 0.2)


async def test_who_answers_pings_stays(quick, talk, token):
    async with talk(autoping=False) as bob:
        await bob.enters(token)
        for _ in range(5):
            message = await bob.receives()
            assert message.type is WSMsgType.PING
            await bob.socket.pong(message.data)


async def test_t9_t10_who_answers_no_ping_is_gone_whatever_else_he_sends(quick, talk, token, board):
    async with talk(autoping=False) as bob:
        await bob.enters(token)
        await bob.receives()  # the PING
        await bob.says(type="count", ref=1, data={"resource": "calls"})
        await gone(board)
    assert board.census.of_user(counted("bob")) == 0


async def test_a_ping_of_the_client_is_answered_with_what_it_said(talk, token):
    async with talk(autoping=False) as bob:
        await bob.enters(token)
        await bob.socket.ping(b"there?")
        message = await bob.receives()
        assert (message.type, bytes(message.data)) == (WSMsgType.PONG, b"there?")


async def test_who_leaves_is_forgotten_at_once(talk, token, board):
    (feed,) = board.feeds.values()
    async with talk() as bob:
        await bob.enters(token)
        assert (len(feed.readers), board.census.of_user(counted("bob"))) == (1, 1)
    await gone(board)
    assert not feed.readers
    assert board.census.of_user(counted("bob")) == 0


async def test_a_session_that_ends_is_told_and_closed_so_that_nobody_comes_back_with_it(talk, token, bob, board):
    async with talk() as listening:
        await listening.enters(token)
        await bob.with_(Authorization=f"Bearer {token}").posts("/api/logout")
        assert (await listening.hears("session_ended"))["data"] == {"reason": "logout"}
        await listening.is_closed(4401)


async def test_o7_a_stop_is_told_and_closes_with_1012(talk, token, board):
    async with talk() as bob, talk() as nobody:
        await bob.enters(token)
        stopping = asyncio.create_task(board.stop())
        assert "reconnect_in_ms" in (await bob.hears("server_draining"))["data"]
        await asyncio.gather(bob.is_closed(1012), nobody.is_closed(1012))
        await stopping


async def test_no_more_than_max_connections_are_let_in(open_board, http):
    board = await open_board(max_connections=1)
    async with http.ws_connect(f"{url_of(board)}/ws"):
        with pytest.raises(WSServerHandshakeError) as refused:
            await http.ws_connect(f"{url_of(board)}/ws")
    assert refused.value.status == 503


async def test_connections_per_user_count_over_all_doors(open_board, http):
    board = await open_board(connections_per_user=1)
    token = await token_of(board, "bob")
    async with http.ws_connect(f"{url_of(board)}/ws") as one, http.ws_connect(f"{url_of(board)}/ws") as two:
        await Talk(one).enters(token)
        await Talk(two).says(type="auth", token=token)
        assert (await Talk(two).is_refused("rate_limited"))["retry"]
        await Talk(two).is_closed(1008)
