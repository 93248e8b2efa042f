"""The limits of a whole server, at each of its doors: who is over one is told so or left, is counted, and nobody else
notices."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import ClientSession, WSMsgType, WSServerHandshakeError
from network import token_of, url_of
from opening import OpenBoard

from server import arrivals, body
from server.app import Callboard
from server.arrivals import BURST_S, SHARE

PATIENCE = 20
POLLING, WEBSOCKET = "/socket.io/?EIO=4&transport=polling", "/socket.io/?EIO=4&transport=websocket"


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


async def until(condition: Callable[[], Any]) -> None:
    """Wait for what no event tells."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def figure(http: ClientSession, board: Callboard, what: str, reason: str) -> float:
    """How often that was refused, as `/metrics` says."""
    async with http.get(f"{url_of(board)}/metrics") as answer:
        line = f'callboard_refused_total{{reason="{reason}",what="{what}"}} '
        lines = (await answer.text()).splitlines()
    return sum(float(each.removeprefix(line)) for each in lines if each.startswith(line))


# -- who does not say who he is (T8) ---------------------------------------------------------------------------------


async def says_half_a_request(http: ClientSession, board: Callboard) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", board.settings.port)
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: loc")
    assert (await asyncio.wait_for(reader.read(), PATIENCE)).startswith(b"HTTP/1.1 408 ")
    writer.close()


async def says_nothing(http: ClientSession, board: Callboard) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", board.settings.port)
    assert await asyncio.wait_for(reader.read(), PATIENCE) == b""
    writer.close()


async def polls_without_connecting(http: ClientSession, board: Callboard) -> None:
    async with http.get(url_of(board) + POLLING) as answer:
        sid = json.loads((await answer.text())[1:])["sid"]
    said = "6"
    while said == "6":
        async with http.get(f"{url_of(board)}{POLLING}&sid={sid}") as answer:
            said = await answer.text()
    assert said == "1"


async def opens_a_socket_without_connecting(http: ClientSession, board: Callboard) -> None:
    async with http.ws_connect(url_of(board) + WEBSOCKET) as socket:
        await socket.receive(PATIENCE)
        assert (await socket.receive(PATIENCE)).type is WSMsgType.CLOSE
        assert socket.close_code == 1008


async def opens_a_plain_socket_without_a_word(http: ClientSession, board: Callboard) -> None:
    async with http.ws_connect(f"{url_of(board)}/ws") as socket:
        assert json.loads((await socket.receive(PATIENCE)).data)["error"]["code"] == "unauthenticated"
        assert (await socket.receive(PATIENCE)).type is WSMsgType.CLOSE
        assert socket.close_code == 4401


async def signs_in_bit_by_bit(http: ClientSession, board: Callboard) -> None:
    async def trickle() -> AsyncIterator[bytes]:
        while True:
            yield b" "
            await asyncio.sleep(0.02)

    async with http.post(
        f"{url_of(board)}/api/login", data=trickle(), headers={"Content-Type": "application/json"}
    ) as answer:
        assert answer.status == 408
        assert (await answer.json())["error"]["code"] == "unavailable"


@pytest.mark.parametrize(
    ("way", "counted"),
    [
        (says_nothing, ("request", "too_slow")), (says_half_a_request, ("request", "too_slow")),
        (polls_without_connecting, ("connection", "silent")),
        (opens_a_socket_without_connecting, ("connection", "silent")),
        (opens_a_plain_socket_without_a_word, ("connection", "silent")),
        (signs_in_bit_by_bit, None),
    ],
)  # fmt: skip
async def test_t8_who_does_not_say_who_he_is_in_time_is_left_at_every_door(
    open_board: OpenBoard,
    http: ClientSession,
    monkeypatch: pytest.MonkeyPatch,
    way: Callable[[ClientSession, Callboard], Awaitable[None]],
    counted: Any,
):
    monkeypatch.setattr(body, "BODY_S", 0.3)
    board = await open_board(connect_seconds=0.3, connections_per_address=10)
    await asyncio.gather(*(way(http, board) for _ in range(3)))
    await http.close()
    await until(lambda: board.acceptor.open == len(board.arrivals) == len(board.acceptor._arrivals) == 0)
    assert board.sockets.guard.eio.sockets == {}
    assert board.websocket.count == 0
    if counted:
        async with ClientSession() as other:
            assert await figure(other, board, *counted) == 3


# -- who comes too often, or with too many ---------------------------------------------------------------------------


async def handshake(http: ClientSession, board: Callboard, path: str, address: str) -> int:
    """The status of one handshake, and nothing more."""
    headers = {"X-Forwarded-For": address}
    if path == POLLING:
        async with http.get(url_of(board) + path, headers=headers) as answer:
            return answer.status
    try:
        async with http.ws_connect(url_of(board) + path, headers=headers):
            return 200
    except WSServerHandshakeError as refused:
        return refused.status


@pytest.mark.parametrize("path", [POLLING, WEBSOCKET, "/ws"])
async def test_too_many_new_connections_of_an_address_are_refused_and_those_of_others_are_not(
    open_board: OpenBoard, http: ClientSession, monkeypatch: pytest.MonkeyPatch, path: str
):
    monkeypatch.setattr(arrivals, "monotonic", lambda: 100.0)
    board = await open_board(new_connections_per_second=1, trusted_proxies="1")
    found = [await handshake(http, board, path, "10.0.0.1") for _ in range(BURST_S + 2)]
    assert found == [200] * BURST_S + [429] * 2
    assert await handshake(http, board, path, "10.0.0.2") == 200
    assert await figure(http, board, "connection", "too_often") == 2


async def test_who_has_said_who_he_is_makes_room_for_others_who_have_not(open_board: OpenBoard, http: ClientSession):
    board = await open_board(connections_per_address=1, trusted_proxies="1")
    sids = []
    for _ in range(SHARE):
        async with http.get(url_of(board) + POLLING) as answer:
            sids.append(json.loads((await answer.text())[1:])["sid"])
    assert await handshake(http, board, POLLING, "127.0.0.1") == 429
    auth = json.dumps({"token": await token_of(board, "bob")})
    async with http.post(f"{url_of(board)}{POLLING}&sid={sids[0]}", data=f"40{auth}") as answer:
        assert await answer.text() == "ok"
    assert await handshake(http, board, POLLING, "127.0.0.1") == 200
    assert await figure(http, board, "connection", "address_full") == 1


async def test_a_handshake_that_comes_to_nothing_is_not_counted_as_one_who_waits(
    open_board: OpenBoard, http: ClientSession
):
    board = await open_board(connections_per_address=1)
    for path in (WEBSOCKET, "/ws"):
        headers = {"Upgrade": "websocket"} if path == "/ws" else {}
        async with http.get(url_of(board) + path, headers=headers) as answer:
            assert answer.status in {400, 422}
    assert len(board.arrivals) == 0


# -- who sends too much ----------------------------------------------------------------------------------------------


async def test_who_sends_too_much_is_read_slowly_answered_all_the_same_and_others_do_not_wait(
    open_board: OpenBoard, http: ClientSession
):
    board = await open_board(incoming_kb_per_second=200)
    auth = {name: json.dumps({"type": "auth", "token": await token_of(board, name)}) for name in ("bob", "carol")}
    async with http.ws_connect(f"{url_of(board)}/ws") as loud, http.ws_connect(f"{url_of(board)}/ws") as other:
        await loud.send_str(auth["bob"])
        await other.send_str(auth["carol"])
        answered = asyncio.create_task(shouts(loud, 12))
        await until(lambda: board.refusals.counts["message", "too_much"])
        await other.send_str(json.dumps({"type": "count", "ref": 1, "data": {"resource": "calls"}}))
        assert (await ack(other))["ok"]
        assert not answered.done()
        assert await answered == list(range(12))


async def shouts(socket: Any, times: int) -> list[int]:
    """Commands of 50 kB each; the refs of the answers."""
    for ref in range(times):
        await socket.send_str(json.dumps({"type": "count", "ref": ref, "data": {"resource": "x" * 50_000}}))
    return [(await ack(socket))["ref"] for _ in range(times)]


async def ack(socket: Any) -> Any:
    while True:
        said = json.loads((await socket.receive(PATIENCE)).data)
        if said["type"] == "ack":
            return said


async def test_a_message_over_the_limit_ends_its_connection_and_is_counted(open_board: OpenBoard, http: ClientSession):
    board = await open_board()
    async with http.ws_connect(f"{url_of(board)}/ws") as socket:
        await socket.send_str("x" * 400_000)
        assert (await socket.receive(PATIENCE)).type in {WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.ERROR}
    async with http.get(url_of(board) + POLLING) as answer:
        sid = json.loads((await answer.text())[1:])["sid"]
    async with http.post(f"{url_of(board)}{POLLING}&sid={sid}", data="4" * 400_000) as answer:
        assert answer.status == 413
    assert await figure(http, board, "message", "too_large") == 2


async def test_a_command_over_the_limit_is_answered_and_counted(open_board: OpenBoard, http: ClientSession):
    board = await open_board()
    async with http.ws_connect(f"{url_of(board)}/ws") as socket:
        await socket.send_str(json.dumps({"type": "auth", "token": await token_of(board, "bob")}))
        await socket.send_str(json.dumps({"type": "count", "ref": 1, "data": {"resource": "x" * 270_000}}))
        assert (await ack(socket))["error"]["code"] == "too_large"
    assert await figure(http, board, "command", "too_large") == 1


async def test_too_many_commands_are_counted(open_board: OpenBoard, http: ClientSession):
    board = await open_board(commands_per_second=1)
    async with http.ws_connect(f"{url_of(board)}/ws") as socket:
        await socket.send_str(json.dumps({"type": "auth", "token": await token_of(board, "bob")}))
        for ref in range(5):
            await socket.send_str(json.dumps({"type": "count", "ref": ref, "data": {"resource": "calls"}}))
        codes = [answer["error"]["code"] for _ in range(5) if not (answer := await ack(socket))["ok"]]
    assert codes
    assert set(codes) == {"rate_limited"}
    assert await figure(http, board, "command", "too_often") == len(codes)
