"""Credentials and origins: what counts as whom, and from which page (PROTOCOL section 1)."""

import pytest
from caller import Caller
from opening import OpenBoard
from premises import PASSWORD

FOREIGN = "https://evil.example"


@pytest.fixture
async def by_cookie(somebody: Caller) -> Caller:
    """Bob in a browser: his cookie is sent along with whatever page asks."""
    body = {"email": "bob@example.com", "password": PASSWORD, "cookie_only": True}
    answer = await somebody.posts("/api/login", body)
    return somebody.with_(Cookie=f"callboard_session={answer.cookies['callboard_session'].value}")


async def test_the_cookie_alone_may_read(by_cookie: Caller):
    assert (await by_cookie.gets("/api/me")).status == 200


@pytest.mark.parametrize("header", ["Bearer wrong", "Basic Ym9iOmJvYg==", "", "Bearer "])
async def test_a_wrong_header_never_falls_back_to_the_cookie(by_cookie: Caller, header: str):
    assert (await by_cookie.gets("/api/me", Authorization=header)).code == "unauthenticated"


@pytest.mark.parametrize("origin", [{}, {"Origin": FOREIGN}, {"Origin": "null"}])
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "calls"), ("POST", "/api/logout"), ("DELETE", "/api/me/sessions")]
)
async def test_t29_with_the_cookie_a_foreign_page_changes_nothing(
    by_cookie: Caller, method: str, path: str, origin: dict[str, str]
):
    answer = await by_cookie.asks(method, path, {"title": "x", "customer_name": "y"}, **origin)
    assert (answer.status, answer.code) == (403, "forbidden")
    assert (await by_cookie.gets("calls")).body["total"] == 0


async def test_t29_with_the_cookie_our_own_page_may(by_cookie: Caller):
    answer = await by_cookie.posts("calls", {"title": "x", "customer_name": "y"}, Origin=by_cookie.base)
    assert answer.status == 201


async def test_with_a_token_the_page_does_not_matter(bob: Caller):
    assert (await bob.posts("calls", {"title": "x", "customer_name": "y"}, Origin=FOREIGN)).status == 201


async def test_a_tenant_that_is_not_mine_is_not_found_as_one_that_does_not_exist(board, bob: Caller):
    await board.create_tenant("other", "Another Team")
    there, nowhere = await bob.gets("/api/tenants/other/calls"), await bob.gets("/api/tenants/nowhere/calls")
    assert there.status == nowhere.status == 404
    assert there.raw == nowhere.raw


async def test_an_origin_that_is_allowed_counts_as_ours(open_board: OpenBoard, at):
    board = await open_board(allowed_origins="https://board.example.org")
    somebody = at(board)
    body = {"email": "bob@example.com", "password": PASSWORD}
    assert (await somebody.posts("/api/login", body, Origin="https://board.example.org")).status == 200
