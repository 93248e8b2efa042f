"""The id of a request: made here, or taken over from a proxy that we trust; in the answer, in its failure, in the log."""

import json
import logging
import re

import pytest
from caller import Caller
from opening import OpenBoard

from events.actor import SYSTEM
from server.app import Callboard
from server.log import configure
from server.requestid import PRESENT
from server.settings import Settings
from stores.errors import Unreachable

MADE = re.compile(r"[0-9a-f]{16}")
THEIRS = "f058ebd6-02f7-4d3f-942e-904344e8cde5"


@pytest.mark.parametrize("path", ["/healthz", "/api/me", "/nowhere", "/", "/socket.io/?EIO=3"])
async def test_every_answer_names_its_request(somebody: Caller, path: str):
    first, second = await somebody.gets(path), await somebody.gets(path)
    assert MADE.fullmatch(first.headers["X-Request-ID"])
    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]


async def test_a_stream_names_its_request(bob: Caller):
    async with bob.http.get(f"{bob.base}/api/tenants/main/realtime", headers=bob.headers) as stream:
        assert MADE.fullmatch(stream.headers["X-Request-ID"])


async def test_nobody_but_a_trusted_proxy_names_requests(somebody: Caller):
    answer = await somebody.gets("/healthz", X_Request_ID=THEIRS, X_Forwarded_For="198.51.100.7")
    assert MADE.fullmatch(answer.headers["X-Request-ID"])


@pytest.mark.parametrize("trusted_proxies", ["1", "127.0.0.0/8"])
async def test_t28_a_trusted_proxy_names_them(open_board: OpenBoard, at, trusted_proxies: str):
    behind = at(await open_board(trusted_proxies=trusted_proxies)).with_(X_Forwarded_For="198.51.100.7")
    assert (await behind.gets("/healthz", X_Request_ID=THEIRS)).headers["X-Request-ID"] == THEIRS


async def test_t28_who_came_past_the_proxies_names_nothing(open_board: OpenBoard, at):
    somebody = at(await open_board(trusted_proxies="1"))
    assert MADE.fullmatch((await somebody.gets("/healthz", X_Request_ID=THEIRS)).headers["X-Request-ID"])


@pytest.mark.parametrize(
    "wrong", ["short", "x" * 65, "with a space", 'quote"d-quote', "<script>alert", "a;b;c;d;e;f", ""]
)
async def test_what_can_be_no_id_is_not_taken_over(open_board: OpenBoard, at, wrong: str):
    behind = at(await open_board(trusted_proxies="127.0.0.1"))
    assert MADE.fullmatch((await behind.gets("/healthz", X_Request_ID=wrong)).headers["X-Request-ID"])


@pytest.mark.usefixtures("own_log")
async def test_a_failure_of_ours_refers_to_it_and_so_does_each_line_of_the_log(
    board: Callboard, bob: Caller, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def breaks(*_: object) -> None:
        logging.getLogger("callboard.test").warning("just before")
        raise ZeroDivisionError

    configure(Settings.read(log_format="json"))
    monkeypatch.setattr(board.desk_of_slug("main"), "submit", breaks)
    answer = await bob.posts("calls", {"title": "x", "customer_name": "y"})
    ref = answer.headers["X-Request-ID"]
    assert (answer.code, answer.body["error"]["ref"]) == ("internal", ref)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["request_id"] for line in lines] == [ref, ref]
    assert ref in lines[1]["event"]


async def test_what_a_desk_does_later_is_not_done_for_the_request_that_made_it(open_board: OpenBoard, at):
    board, heard = await open_board(empty=True), []
    admin = {"email": "ada@example.com", "password": "a long passphrase", "display_name": "Ada", "tenant_name": "Ours"}
    answer = await at(board).posts("/api/setup", {**admin, "code": board.setup.link.rpartition("=")[2]})
    desk = board.desk_of_slug("main")
    desk.listeners.append(lambda _: heard.append(PRESENT.get(None)))
    await desk.do(SYSTEM, "create_service_category", name="Kettles")
    assert (answer.status, heard) == (201, [None])


async def test_a_database_that_does_not_answer_is_referred_to_as_well(
    board: Callboard, bob: Caller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def gone(*_: object) -> None:
        raise Unreachable("gone")

    monkeypatch.setattr(board.desk_of_slug("main"), "submit", gone)
    answer = await bob.posts("calls", {"title": "x", "customer_name": "y"})
    assert (answer.code, answer.body["error"]["ref"]) == ("unavailable", answer.headers["X-Request-ID"])
    assert answer.body["error"]["ref"] in caplog.text


async def test_what_is_no_fault_of_ours_is_named_in_the_header_alone(bob: Caller):
    assert "ref" not in (await bob.gets("calls/nonsense")).body["error"]
