"""Other people's pages: what they can make a browser do that has our cookie, at every door (T29).

The rules one by one are in tests/server/test_gate.py, test_middleware.py, test_sse.py and test_websocket.py; here every
door is asked by pages that only look like ours.
"""

import json
from typing import Any

import pytest
from aiohttp import WSServerHandshakeError
from askers import ENDS
from caller import Caller
from premises import PASSWORD

from server.app import Callboard

OURS = "https://board.example.org"
FOREIGN = (
    "https://evil.example", "null", "http://board.example.org", "https://board.example.org.evil.example",
    "https://evilboard.example.org", "https://board.example.org:8443", "https://sub.board.example.org",
    "https://BOARD.example.org.", "file://", "*", "",
)  # fmt: skip
STREAM, POLL = "/api/tenants/main/realtime", "/socket.io/?EIO=4&transport=polling"
READABLE = ("/api/me", "/api/nowhere", "/api/tenants/main/calls", "/healthz", "/readyz", "/metrics", "/", "/docs", POLL)
NO_COOKIE = "Please sign in."


@pytest.fixture
async def board(open_board) -> Callboard:
    return await open_board(allowed_origins=OURS)


@pytest.fixture
async def victim(somebody: Caller) -> Caller:
    """Somebody whose browser holds our cookie and shows it to whatever page asks."""
    answer = await somebody.posts("/api/login", {"email": "bob@example.com", "password": PASSWORD, "cookie_only": True})
    return somebody.with_(Cookie=f"callboard_session={answer.cookies['callboard_session'].value}")


async def knocks(victim: Caller, path: str, first: list[str], **headers: str) -> list[str]:
    """What a WebSocket is told after it has said this; the status where there is no WebSocket."""
    try:
        socket = await victim.http.ws_connect(victim.base + path, headers={**victim.headers, **headers})
    except WSServerHandshakeError as refused:
        return [str(refused.status)]
    said = []
    async with socket:
        for packet in first:
            await socket.send_str(packet)
        while (message := await socket.receive(30)).type not in ENDS:
            said.append(message.data)
            if '"ready"' in message.data:
                break
    return said


@pytest.mark.parametrize("origin", FOREIGN)
async def test_t29_a_foreign_page_opens_no_websocket(victim: Caller, origin: str):
    assert await knocks(victim, "/ws?tenant=main", [], Origin=origin) == ["403"]
    assert await knocks(victim, "/socket.io/?EIO=4&transport=websocket", ["40{}"], Origin=origin) == ["403"]


async def test_t29_without_an_origin_the_cookie_opens_no_websocket(victim: Caller):
    plain = await knocks(victim, "/ws", [json.dumps({"type": "auth"})])
    assert [json.loads(said)["error"]["code"] for said in plain] == ["unauthenticated"]
    _, refusal = await knocks(victim, "/socket.io/?EIO=4&transport=websocket", ["40{}"])
    assert refusal.startswith("44")
    assert json.loads(refusal[2:])["data"]["code"] == "unauthenticated"


async def test_a_page_of_ours_opens_both(victim: Caller):
    """The control: the same cookie, and the right page."""
    for path, first in (("/ws?tenant=main", []), ("/socket.io/?EIO=4&transport=websocket", ["40{}"])):
        assert '"ready"' in (await knocks(victim, path, first, Origin=OURS))[-1]


@pytest.mark.parametrize("origin", FOREIGN)
async def test_t29_a_foreign_page_opens_no_polling_and_no_stream(victim: Caller, origin: str):
    assert (await victim.with_(Origin=origin).http.get(victim.base + POLL, headers={"Origin": origin})).status == 403
    for headers in ({}, {"Sec-Fetch-Site": "same-origin"}):
        async with victim.http.get(
            victim.base + STREAM, headers={**victim.headers, "Origin": origin, **headers}
        ) as answer:
            assert answer.status == 403


WRITES = (
    ("POST", "calls", {"title": "x", "customer_name": "y"}), ("POST", "/api/logout", {}), ("POST", "undo", {"cursor": "x"}),
    ("DELETE", "/api/me/sessions", None), ("DELETE", "/api/me/sessions/x", None), ("PATCH", "calls/x", {"title": "x"}),
    ("DELETE", "calls/x", None), ("POST", "calls/x/assign", {}),
)  # fmt: skip


@pytest.mark.parametrize("origin", [*FOREIGN, None])
async def test_t29_a_foreign_page_changes_nothing(victim: Caller, board: Callboard, origin: str | None):
    head = board.desk_of_slug("main").journal.head
    named = {} if origin is None else {"Origin": origin}
    for method, path, body in WRITES:
        for kind in ("application/json", "text/plain", "application/x-www-form-urlencoded"):
            raw = None if body is None else json.dumps(body).encode()
            answer = await victim.asks(method, path, raw, Content_Type=kind, **named)
            assert (answer.status, answer.code) == (403, "forbidden"), (method, path, kind)
    assert board.desk_of_slug("main").journal.head == head
    assert (await victim.gets("/api/me")).status == 200  # nor was anybody signed out


@pytest.mark.parametrize("origin", [*FOREIGN, OURS + "/", OURS.upper()])
async def test_no_answer_may_be_read_by_a_foreign_page(victim: Caller, origin: str):
    """Nothing is reflected, and nothing is for everybody: of allowed origins it is the one itself."""
    for path in READABLE:
        for method, more in (("GET", {}), ("OPTIONS", {"Access_Control_Request_Method": "POST"})):
            answer = await victim.asks(method, path, Origin=origin, **more)
            assert [name for name in answer.headers if name.startswith("Access-Control-")] == [], (path, method)


async def test_what_an_allowed_page_is_told_varies_by_its_origin(victim: Caller):
    answers: dict[str, Any] = {origin: await victim.gets("/api/me", Origin=origin) for origin in (OURS, victim.base)}
    for origin, answer in answers.items():
        assert answer.headers["Access-Control-Allow-Origin"] == origin
        assert "Origin" in answer.headers.getall("Vary")


@pytest.mark.parametrize("origin", FOREIGN)
async def test_a_foreign_page_signs_nobody_in_or_up(victim: Caller, origin: str):
    """Sign-in by force: the victim would go on in the attacker's account."""
    body = {"email": "alice@example.com", "password": PASSWORD}
    answer = await victim.posts("/api/login", body, Origin=origin)
    assert (answer.code, answer.cookies) == ("forbidden", {})
    set_up = {"code": "x", "tenant_name": "x", "email": "x@example.com", "display_name": "x", "password": PASSWORD}
    assert (await victim.posts("/api/setup", set_up, Origin=origin)).code == "forbidden"
