"""The session's cookie: bound to our own site, and for a board on another site to that one."""

import pytest
from caller import Caller
from opening import OpenBoard
from premises import PASSWORD

OURS, NAME = "https://api.example.org", "__Host-callboard_session"
ABROAD = {"Origin": "https://board.example.net", "Sec-Fetch-Site": "cross-site"}
BOB = {"email": "bob@example.com", "password": PASSWORD, "cookie_only": True}


@pytest.fixture
async def somebody(open_board: OpenBoard, at) -> Caller:
    return at(await open_board(public_url=OURS, allowed_origins=f"{ABROAD['Origin']},https://board.example.org"))


async def cookie_of(somebody: Caller, **headers: str) -> str:
    (cookie,) = (await somebody.posts("/api/login", BOB, **headers)).headers.getall("Set-Cookie")
    return cookie


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "https://board.example.org", "Sec-Fetch-Site": "same-site"},
     {"Sec-Fetch-Site": "cross-site"}, {"Origin": ABROAD["Origin"]}],
)  # fmt: skip
async def test_pages_of_our_site_send_it_and_no_others(somebody: Caller, headers: dict[str, str]):
    cookie = await cookie_of(somebody, **headers)
    assert cookie.startswith(f"{NAME}=")
    assert cookie.endswith("; Path=/; Secure; HttpOnly; SameSite=Lax")


async def test_a_board_on_another_site_is_given_one_that_counts_there_alone(somebody: Caller):
    cookie = await cookie_of(somebody, **ABROAD)
    assert cookie.endswith("; Path=/; Secure; HttpOnly; SameSite=None; Partitioned")


async def test_it_is_taken_back_as_it_was_given(somebody: Caller):
    token = (await cookie_of(somebody, **ABROAD)).partition("=")[2].partition(";")[0]
    answer = await somebody.posts("/api/logout", Cookie=f"{NAME}={token}", **ABROAD)
    taken = "Max-Age=0; Path=/; Secure; HttpOnly; SameSite=None; Partitioned"
    assert (answer.status, answer.headers["Set-Cookie"]) == (204, f'{NAME}=""; {taken}')


async def test_without_https_no_browser_would_keep_such_a_one(open_board: OpenBoard, at):
    board = await open_board(allowed_origins=ABROAD["Origin"])
    assert (await cookie_of(at(board), **ABROAD)).endswith("; Path=/; HttpOnly; SameSite=Lax")
