"""Canaries are planted through all doors, at the most talkative level: the log holds none of them (R5).

Tokens, passwords, addresses, texts of people, tracking codes, paths, queries, headers: well-formed and broken.
"""

import asyncio
import io
import json
import sqlite3
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from caller import Caller
from network import token_of, url_of
from premises import PASSWORD
from talk import Talk

from server.app import Callboard
from server.log import configure
from server.settings import Settings

CANARY = "canary"
CALL = {"title": f"{CANARY} title", "customer_name": f"{CANARY} name", "description": f"{CANARY} note"}


class Log(io.StringIO):
    """What has been written so far."""

    def is_clean(self, *secrets: str) -> str:
        """All of it, without a canary and without these."""
        text = self.getvalue()
        for secret in (CANARY, PASSWORD, "@example.com", *secrets):
            assert secret not in text, text
        return text


@pytest.fixture
async def token(board: Callboard) -> str:
    return await token_of(board, "bob")


@pytest.fixture(params=["text", "json"])
def log(request: pytest.FixtureRequest, board: Callboard, own_log: None, monkeypatch: pytest.MonkeyPatch) -> Log:
    """The log of a server set to tell all it can."""
    written = Log()
    monkeypatch.setattr(sys, "stderr", written)
    configure(Settings.read(log_level="debug", log_format=request.param))
    return written


async def answer_to(board: Callboard, head: str) -> int:
    """The status that answers these lines."""
    reader, writer = await asyncio.open_connection("127.0.0.1", board.settings.port)
    writer.write(f"{head}\r\n\r\n".encode())
    try:
        return int((await asyncio.wait_for(reader.readline(), 30)).split()[1])
    finally:
        writer.close()


async def test_r5_signing_in_is_not_told(somebody: Caller, log: Log):
    await somebody.signs_in("bob")
    for wrong in ({"email": f"{CANARY}@example.com", "password": CANARY}, {"email": CANARY}, {CANARY: CANARY}):
        assert (await somebody.posts("/api/login", wrong)).status in {401, 422}
    await somebody.asks("POST", "/api/login", f'{{"password": "{CANARY}"'.encode(), **_json())
    await somebody.posts("/api/setup", {"code": CANARY})
    log.is_clean()


async def test_t16_a_bad_packet_is_one_line_at_each_door(board: Callboard, bob: Caller, socket: Talk, log: Log):
    await socket.socket.send_str(f'{{"{CANARY}')
    await socket.is_refused("invalid")
    address = f"{bob.base}/socket.io/?EIO=4&transport=polling"
    async with bob.http.get(address) as opened:
        sid = json.loads((await opened.text())[1:])["sid"]
    async with bob.http.post(f"{address}&sid={sid}", data=f"9{CANARY}") as answer:
        assert answer.status == 200
    assert await answer_to(board, f"G@T /{CANARY} HTTP/1.1") == 400
    lines = [line for line in log.is_clean().splitlines() if "bad packet from 127.0.0.1" in line]
    assert len(lines) == 3


async def test_r5_commands_and_reads_over_http_are_not_told(bob: Caller, log: Log, token: str):
    call = await bob.does("calls", **CALL, op_id=f"{CANARY} operation")
    await bob.posts(f"calls/{call['id']}/{CANARY}", {CANARY: CANARY})
    await bob.posts("calls", {**CALL, "title": 5, CANARY: CANARY})
    await bob.asks("POST", "calls", f'{{"title": "{CANARY}'.encode(), **_json())
    await bob.gets(f"calls?q={CANARY}&{CANARY}=1")
    await bob.gets(f"{CANARY}/{CANARY}", If_Match=CANARY)
    await bob.gets(f"search?q={CANARY}")
    await bob.with_(Authorization=f"Bearer {CANARY}").gets("calls")
    await bob.gets("/metrics", Authorization=f"Bearer {CANARY}", X_Forwarded_For=CANARY, X_Request_ID=f"{CANARY}-0001")
    await bob.gets(f"/{CANARY}?{CANARY}")
    await bob.gets(f"/api/track/{CANARY}")
    await bob.gets(f"changes?since={CANARY}", Cookie=f"callboard_session={CANARY}")
    log.is_clean(token, call["id"])


def _json() -> dict[str, str]:
    return {"Content_Type": "application/json"}


@pytest.fixture
async def socket(board: Callboard, http: ClientSession) -> AsyncIterator[Talk]:
    async with http.ws_connect(f"{url_of(board)}/ws?tenant=main&since={CANARY}") as opened:
        yield Talk(opened)


@pytest.mark.parametrize(
    "broken",
    [
        f'{{"{CANARY}',
        f'"{CANARY}"',
        f'{{"type": 5, "data": "{CANARY}"}}',
        json.dumps({"type": CANARY, "ref": {CANARY: 1}}),
    ],
)
async def test_r5_a_plain_websocket_is_not_told(socket: Talk, log: Log, token: str, broken: str):
    await socket.enters(token, since=CANARY)
    await socket.says(type="create_call", ref=CANARY, data=CALL)
    await socket.hears("call_created")
    await socket.hears("ack")
    assert not (await socket.asks(CANARY, **CALL))["ok"]
    await socket.socket.send_str(broken)
    await socket.socket.receive(30)
    log.is_clean(token)


@pytest.mark.parametrize(
    "packet",
    [
        f'40{{"token": "{CANARY}"}}', f"40/{CANARY},", f'42["{CANARY}", {{"{CANARY}": 1}}]', f'42["{CANARY}', f"b{CANARY}",
        f'451-["{CANARY}"]', f"9{CANARY}", f'42["create_call", {{"title": "{CANARY}"}}, "{CANARY}"]',
    ],
)  # fmt: skip
async def test_r5_socket_io_is_not_told(bob: Caller, log: Log, token: str, packet: str):
    address = f"{bob.base}/socket.io/?EIO=4&transport=polling&{CANARY}={CANARY}"
    async with bob.http.get(address, headers={"X-Real-IP": CANARY}) as opened:
        sid = json.loads((await opened.text())[1:])["sid"]
    for body in (f'40{{"token": "{token}", "cursor": "{CANARY}"}}', packet):
        async with bob.http.post(f"{address}&sid={sid}", data=body) as answer:
            assert answer.status in {200, 400}
    async with bob.http.get(f"{address}&sid={sid}") as answer:
        await answer.read()
    log.is_clean(token)


async def test_r5_a_stream_is_not_told(bob: Caller, log: Log, token: str):
    address = f"{bob.base}/api/tenants/main/realtime?since={CANARY}"
    async with bob.http.get(address, headers={**bob.headers, "Last-Event-ID": CANARY}) as stream:
        await stream.content.readuntil(b"event: ready")
    await bob.gets(f"realtime?token={CANARY}")
    await bob.gets(f"/api/track/{CANARY}/realtime")
    log.is_clean(token)


@pytest.mark.parametrize(
    "head",
    [
        f"GET /{CANARY} HTTP/9.{CANARY}", f"{CANARY}", f"G@T /{CANARY} HTTP/1.1", f"GET / HTTP/1.1\r\n{CANARY}",
        f"GET / HTTP/1.1\r\nHost: x\r\nX: {CANARY}{'x' * 20_000}", f"POST / HTTP/1.1\r\nContent-Length: {CANARY}",
        f"GET /ws?{CANARY} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {CANARY}",
    ],
)  # fmt: skip
async def test_r5_what_is_no_http_is_not_told(board: Callboard, log: Log, head: str):
    assert await answer_to(board, head) in {400, 422}
    assert "Traceback" not in log.is_clean()


async def test_r5_data_that_the_database_refuses_are_not_told(board: Callboard, bob: Caller, log: Log, token: str):
    path = Path(board.settings.database_url.removeprefix("sqlite:///"))
    with sqlite3.connect(path) as database:
        database.execute("CREATE TRIGGER no BEFORE INSERT ON calls BEGIN SELECT RAISE(ABORT, 'refused'); END")
    database.close()
    answer: Any = await bob.posts("calls", CALL)
    assert answer.code == "internal"
    assert "refused" in log.is_clean(token)
