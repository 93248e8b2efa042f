"""What every answer says to browsers: where scripts may come from, who may frame it, what may be kept."""

import pytest
from caller import Caller
from opening import OpenBoard

from server.board import DIST

POLL = "/socket.io/?EIO=4&transport=polling"
PAGES = ("/", "/calls/7", "/signin", "/setup", "/track/ABCDEFGH2345", "/docs", "/nowhere")
PRIVATE = ("/api/me", "/api/me/sessions", "/api/tenants/main/calls", "/api/tenants/main/search?q=x", POLL, "/metrics")
PUBLIC = (
    "/openapi.json",
    "/asyncapi.json",
    "/healthz",
    "/readyz",
    "/api/track/ABCDEFGH2345",
    "/api/nowhere",
    "/page.css",
)
YEAR = 31_536_000

needs_the_board = pytest.mark.skipif(not (DIST / "index.html").is_file(), reason="the board is not built")


def policy_of(answer) -> dict[str, list[str]]:
    parts = [part.split() for part in answer.headers["Content-Security-Policy"].split(";")]
    return {name: values for name, *values in parts}


@pytest.fixture
def as_page(bob: Caller) -> Caller:
    return bob.with_(Accept="text/html")


@needs_the_board
@pytest.mark.parametrize("path", [*PAGES, *PRIVATE, *PUBLIC])
async def test_every_answer_has_a_policy_that_lets_nothing_in(as_page: Caller, path: str):
    policy = policy_of(await as_page.gets(path))
    assert policy["default-src"] == ["'self'"]
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
    assert policy["form-action"] == ["'self'"]
    allowed = {source for values in policy.values() for source in values}
    assert not {source for source in allowed if "unsafe" in source or "*" in source or source in {"http:", "https:"}}
    assert "data:" not in policy.get("script-src", [])


@pytest.mark.parametrize("path", [*PAGES, *PRIVATE, *PUBLIC])
async def test_every_answer_is_taken_for_what_it_says_and_says_little_of_us(as_page: Caller, path: str):
    headers = (await as_page.gets(path)).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Server"] == "Callboard"
    assert "X-Powered-By" not in headers
    assert "charset=" in headers["Content-Type"] or headers["Content-Type"].split("/")[0] == "application"


@pytest.mark.parametrize("path", PRIVATE)
async def test_nobody_keeps_what_is_private(bob: Caller, path: str):
    for who in (bob, bob.with_(Authorization="Bearer wrong")):
        assert (await who.gets(path)).headers["Cache-Control"] == "no-store"


async def test_a_refusal_and_a_sign_in_are_kept_by_nobody_either(somebody: Caller):
    for body in ({"email": "bob@example.com", "password": "a password for tests"}, {}):
        assert (await somebody.posts("/api/login", body)).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/api/me", "/nowhere", POLL, "/docs"])
async def test_on_https_every_answer_says_so_for_a_year(open_board: OpenBoard, at, path: str):
    somebody = at(await open_board(public_url="https://board.example.org"))
    said = (await somebody.gets(path)).headers["Strict-Transport-Security"]
    assert int(said.removeprefix("max-age=").partition(";")[0]) >= YEAR


async def test_a_stream_has_them_too(bob: Caller):
    async with bob.http.get(f"{bob.base}/api/tenants/main/realtime", headers=bob.headers) as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        answer.close()
