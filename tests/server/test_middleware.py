"""What happens to every request: failures become answers, pages of ours may read them, browsers are told how to treat them."""

import asyncio
import logging
import re

import pytest
from aiohttp import ClientError, web
from caller import Caller
from opening import OpenBoard

from server import middleware
from server.app import Callboard

OURS = "https://board.example.org"
SECURITY = ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy")


@pytest.fixture
async def shared(open_board: OpenBoard, at) -> Caller:
    return at(await open_board(allowed_origins=OURS))


async def test_an_allowed_page_is_let_ask_and_read(shared: Caller):
    asked = await shared.asks(
        "OPTIONS", "calls", Origin=OURS, Access_Control_Request_Method="POST", Access_Control_Request_Headers="if-match"
    )
    assert asked.status == 204
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]
    assert "If-Match" in asked.headers["Access-Control-Allow-Headers"]
    assert int(asked.headers["Access-Control-Max-Age"]) > 0
    for answer in (asked, await shared.gets("calls", Origin=OURS), await shared.gets("/healthz", Origin=OURS)):
        assert answer.headers["Access-Control-Allow-Origin"] == OURS
        assert answer.headers["Access-Control-Allow-Credentials"] == "true"
        assert "Origin" in answer.headers["Vary"]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://board.example.org.evil.example"])
async def test_any_other_page_is_not(shared: Caller, origin: str):
    asked = await shared.asks("OPTIONS", "calls", Origin=origin, Access_Control_Request_Method="POST")
    for answer in (asked, await shared.gets("calls", Origin=origin), await shared.gets("/healthz", Origin=origin)):
        assert not [name for name in answer.headers if name.startswith("Access-Control-")]


@pytest.mark.parametrize("path", ["/", "/api/me", "/nowhere", "/api/nowhere", "/healthz"])
async def test_every_answer_says_how_browsers_must_treat_it(somebody: Caller, path: str):
    answer = await somebody.gets(path)
    assert all(name in answer.headers for name in SECURITY)
    assert "Strict-Transport-Security" not in answer.headers


async def test_on_https_browsers_are_told_to_stay_there(open_board: OpenBoard, at):
    somebody = at(await open_board(public_url=OURS))
    assert "max-age" in (await somebody.gets("/")).headers["Strict-Transport-Security"]


async def test_an_address_that_is_none_is_a_problem(somebody: Caller):
    answer = await somebody.gets("/api/nowhere")
    assert (answer.status, answer.code, answer.headers["Content-Type"]) == (
        404, "not_found", "application/problem+json"
    )  # fmt: skip


async def test_a_method_that_is_none_names_those_that_are(somebody: Caller):
    answer = await somebody.asks("DELETE", "/api/login")
    assert (answer.status, answer.headers["Allow"]) == (405, "POST")


async def test_what_nobody_foresaw_is_internal_with_a_reference_and_nothing_more(
    board: Callboard, bob: Caller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def breaks(*_: object) -> None:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr(board.desk_of_slug("main"), "submit", breaks)
    answer = await bob.posts("calls", {"title": "x", "customer_name": "y"})
    assert (answer.status, answer.code) == (500, "internal")
    assert b"a secret" not in answer.raw
    assert [answer.body["error"]["ref"] in line.getMessage() for line in caplog.records if line.exc_info] == [True]


async def test_bad_requests_and_refusals_leave_no_trace_in_the_log(bob: Caller, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.WARNING)
    for body in (b"{", b"[]"):
        await bob.asks("POST", "calls", body, Content_Type="application/json")
    await bob.gets("calls/nonsense")
    await bob.with_(Authorization="Bearer x").gets("calls")
    assert not caplog.records


async def test_a_stream_that_breaks_is_cut_and_not_answered_twice(
    open_board: OpenBoard, at, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    async def broken(request: web.Request, *_: object) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"half")
        raise ZeroDivisionError

    monkeypatch.setattr("server.http.send_snapshot", broken)
    bob = await at(await open_board()).signs_in("bob")
    with pytest.raises(ClientError):
        await bob.gets("snapshot")
    assert len([line for line in caplog.records if line.exc_info]) == 1


async def test_a_slow_request_is_one_line_with_the_template_of_its_address(
    bob: Caller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr(middleware, "SLOW_S", 0)
    await bob.gets("calls/canary?canary=canary", Canary="canary")
    [line] = caplog.records
    assert re.fullmatch(
        r"slow: GET /api/tenants/\{slug\}/\{plural\}/\{id\} took \d+\.\d s, answered 422", line.getMessage()
    )


async def test_who_is_kept_waiting_on_purpose_is_not_slow(
    bob: Caller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    cursor = (await bob.gets("/api/me")).body["cursor"]
    monkeypatch.setattr(middleware, "SLOW_S", 0)
    assert (await bob.gets(f"changes?since={cursor}")).status == 204
    assert not caplog.records


async def test_what_a_client_takes_over_his_answer_is_none_of_our_time(
    open_board: OpenBoard, at, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """A large snapshot on a thin line was called slow, in the log and in the figures."""
    now = [100.0]

    async def taken_slowly(request: web.Request, *_: object) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        now[0] += 60
        return response

    monkeypatch.setattr("server.http.send_snapshot", taken_slowly)
    bob = await at(board := await open_board()).signs_in("bob")
    monkeypatch.setattr(middleware, "monotonic", lambda: now[0])
    assert (await bob.gets("snapshot")).status == 200
    assert not caplog.records
    assert board.traffic.took["GET", "/api/tenants/{slug}/snapshot"].total == 0


async def test_a_client_that_goes_away_is_no_news(
    open_board: OpenBoard, at, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    ended = asyncio.Event()

    async def endless(request: web.Request, *_: object) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(b"more" * 10_000)
                await asyncio.sleep(0)
        finally:
            ended.set()

    monkeypatch.setattr("server.http.send_snapshot", endless)
    bob = await at(await open_board()).signs_in("bob")
    async with bob.http.get(f"{bob.base}/api/tenants/main/snapshot", headers=bob.headers) as response:
        await response.content.readexactly(1000)
        response.close()
    await asyncio.wait_for(ended.wait(), 5)
    assert not caplog.records
