"""The built board: which addresses show it, under which policy, and how its files are kept (WEB U6)."""

import gzip
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from caller import Answer, Caller
from opening import OpenBoard

from server.board import DIST, SCREENS, TRACK, BoardDoor

ROUTES = DIST.parent / "src" / "app" / "routes.tsx"
PAGE = '<meta property="csp-nonce" nonce="CSP_NONCE"><script nonce="CSP_NONCE" src="/assets/index-a1.js"></script>'
SCRIPT = "console.log('The board')\n" * 50


@pytest.fixture(autouse=True)
def _built() -> None:
    assert (DIST / "index.html").is_file(), "The board has not been built: run `make install`."


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """A build of one page and one script."""
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE)
    (folder / "favicon.svg").write_text("<svg/>")
    (folder / "assets" / "index-a1.js").write_text(SCRIPT)
    (folder / "assets" / "index-a1.js.gz").write_bytes(gzip.compress(SCRIPT.encode()))
    return folder


@pytest.fixture
async def visitor(open_board: OpenBoard, http: ClientSession, dist: Path) -> AsyncIterator[Caller]:
    """Somebody who reaches a server of this build alone."""
    board = await open_board()
    application = web.Application()
    BoardDoor(board.gate, dist).attach(application)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield Caller(http, f"http://127.0.0.1:{runner.addresses[0][1]}")
    await runner.cleanup()


def policy_of(answer: Answer) -> dict[str, str]:
    """Directive → what it lets in."""
    said = answer.headers["Content-Security-Policy"].split("; ")
    return {name: sources for name, _, sources in (each.partition(" ") for each in said)}


# -- the page ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*SCREENS, *TRACK])
async def test_every_screen_is_the_same_page(somebody: Caller, path: str):
    answer = await somebody.gets(path.format(at="1042", code="ABCDEFGH2345"))
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert b'id="root"' in answer.raw


def test_the_server_knows_the_addresses_that_the_board_routes_and_no_other():
    routed = re.findall(r'path="(/[^"]*)"', ROUTES.read_text())
    assert len(routed) > 10
    served = {re.sub(r"\{\w+\}", ":x", path) for path in (*SCREENS, *TRACK)}
    shown = {re.sub(r":\w+\??", ":x", path) for path in routed} | {"/"}
    shown |= {path.rpartition("/")[0] for path in routed if path.endswith("?")}
    assert shown == served


@pytest.mark.parametrize("path", ["/nowhere", "/calls/1/2", "/assets/none.js", "/assets/..%2findex.html", "/none.svg"])
async def test_any_other_address_is_none(somebody: Caller, path: str):
    assert (await somebody.gets(path)).status == 404


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize("path", ["/nowhere", "/calls/1/2", "/nowhere/at/all", "/insight."])
async def test_a_mistyped_address_shows_the_board_which_says_so_in_words(somebody: Caller, path: str):
    answer = await somebody.gets(path, Accept=BROWSER)
    assert (answer.status, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert b'id="root"' in answer.raw
    assert "nonce-" in policy_of(answer)["script-src"]


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("/nowhere", "*/*"), ("/nowhere", "application/json"), ("/api/nowhere", BROWSER), ("/assets/none.js", BROWSER),
        ("/socket.io/nowhere", BROWSER), ("/docs/nowhere", BROWSER),
    ],
)  # fmt: skip
async def test_programs_are_told_of_a_mistyped_address_in_json(somebody: Caller, path: str, accept: str):
    answer = await somebody.gets(path, Accept=accept)
    assert (answer.status, answer.headers["Content-Type"]) == (404, "application/problem+json")


async def test_what_is_sent_to_a_mistyped_address_is_not_answered_by_a_page(somebody: Caller):
    answer = await somebody.posts("/nowhere", {}, Accept=BROWSER)
    assert answer.headers["Content-Type"] == "application/problem+json"


async def test_u6_scripts_and_styles_come_from_here_alone_and_none_stands_in_the_page(somebody: Caller):
    answer = await somebody.gets("/")
    policy = policy_of(answer)
    nonce = re.search(r'nonce="([^"]+)"', answer.raw.decode())
    assert nonce is not None
    assert policy["default-src"] == "'self'"
    for kind in ("script-src", "style-src"):
        assert policy[kind] == f"'self' 'nonce-{nonce[1]}'"
    assert policy["connect-src"] == f"'self' ws://{somebody.base.removeprefix('http://')}"
    assert (policy["object-src"], policy["base-uri"], policy["frame-ancestors"]) == ("'none'",) * 3
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    text = answer.raw.decode()
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\son\w+=|\sstyle=", text)
    for found in re.findall(r'(?:src|href)="([^"]+)"', text):
        assert found.startswith("/")
        assert (await somebody.gets(found)).status == 200


async def test_each_answer_has_a_nonce_of_its_own_and_is_asked_for_again(visitor: Caller):
    first, second = await visitor.gets("/"), await visitor.gets("/calls/1042")
    assert first.raw != second.raw
    assert b"CSP_NONCE" not in first.raw
    assert first.headers["Cache-Control"] == "no-cache"


async def test_a_name_that_is_not_ours_never_gets_into_the_policy(somebody: Caller):
    answer = await somebody.gets("/", Host="evil.example; script-src *")
    assert "evil" not in answer.headers["Content-Security-Policy"]


async def test_on_https_the_socket_is_a_secure_one(open_board: OpenBoard, at):
    visitor = at(await open_board(public_url="https://board.example.org"))
    answer = await visitor.gets("/", Host="board.example.org")
    assert policy_of(answer)["connect-src"] == "'self' wss://board.example.org"


async def test_the_customers_page_is_kept_by_nobody_and_found_by_no_search_engine(visitor: Caller):
    answer = await visitor.gets("/track/ABCDEFGH2345")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex"


# -- its files -----------------------------------------------------------------------------------------------------


async def test_a_file_named_by_its_content_is_kept_for_ever(visitor: Caller):
    answer = await visitor.gets("/assets/index-a1.js", Accept_Encoding="identity")
    assert (answer.status, answer.raw.decode()) == (200, SCRIPT)
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Vary"] == "Accept-Encoding"
    again = await visitor.gets("/assets/index-a1.js", If_None_Match=answer.headers["ETag"], Accept_Encoding="identity")
    assert (again.status, again.raw) == (304, b"")


async def test_who_takes_it_compressed_is_sent_the_smaller_file(visitor: Caller, dist: Path):
    size = (dist / "assets" / "index-a1.js.gz").stat().st_size
    answer = await visitor.gets("/assets/index-a1.js", Accept_Encoding="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) == size
    assert answer.raw.decode() == SCRIPT
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"


async def test_other_files_are_asked_for_again(visitor: Caller):
    answer = await visitor.gets("/favicon.svg")
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == ("image/svg+xml", "no-cache")
    assert (await visitor.gets("/favicon.svg", If_None_Match=answer.headers["ETag"])).status == 304


async def test_the_build_has_made_its_scripts_and_styles_small(somebody: Caller):
    page = (await somebody.gets("/")).raw.decode()
    for found in re.findall(r'(?:src|href)="(/assets/[^"]+\.(?:js|css))"', page):
        assert (await somebody.gets(found, Accept_Encoding="gzip")).headers["Content-Encoding"] == "gzip", found
        assert (DIST / f"{found[1:]}.br").stat().st_size < (DIST / found[1:]).stat().st_size / 2


def needed_by(name: str, known: set[str]) -> set[str]:
    """This script and all that it imports, however far."""
    if name in known:
        return known
    known.add(name)
    for other in re.findall(r'(?:from|import)\s*"\./([^"]+\.js)"', (DIST / "assets" / name).read_text()):
        needed_by(other, known)
    return known


def test_u6_the_scripts_of_the_first_load_are_at_most_300_kb():
    (entry,) = re.findall(r'src="/assets/([^"]+\.js)"', (DIST / "index.html").read_text())
    (board,) = (path.name for path in (DIST / "assets").glob("Calls-*.js"))
    needed = needed_by(board, needed_by(entry, set()))
    assert len(needed) > 10
    assert sum((DIST / "assets" / f"{name}.gz").stat().st_size for name in needed) <= 300_000


async def test_a_server_without_a_build_says_how_to_make_one(visitor: Caller, dist: Path):
    (dist / "index.html").unlink()
    for path in ("/calls/1042", "/nowhere"):
        answer = await visitor.gets(path, Accept=BROWSER)
        assert answer.status == 503
        assert b"make install" in answer.raw
