"""Event streams, seen from the other end of the connection (PROTOCOL section 5)."""

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from aiohttp import ClientSession
from caller import Caller
from listening import Listening
from network import free_port
from opening import Moved, OpenBoard
from premises import PASSWORD, counted, id_of

from events import feed as feed_module
from events.actor import Caller as Actor
from events.reader import FULL_QUEUE, State
from server import departures
from server.app import Callboard
from server.sse import HEADERS

CALL = {"title": "No power", "customer_name": "Ms. Gray"}
LARGE = "x" * 3_900


Listen = Callable[..., Any]


@pytest.fixture
async def listen() -> AsyncIterator[Listen]:
    """Opens streams."""
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(ClientSession())

        async def opens(caller: Caller, path: str = "realtime", **headers: str) -> Listening:
            sent = {**caller.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
            url = f"{caller.base}/api/tenants/main/{path}"
            response = await asyncio.wait_for(http.get(url, headers=sent, timeout=None), 30)
            stack.callback(response.close)
            assert response.status == 200, await response.text()
            return Listening(response)

        yield opens


async def eventually(condition: Callable[[], Any]) -> None:
    """Until something that no event tells has come true."""
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def here(caller: Caller) -> str:
    return str((await caller.gets("/api/me")).body["cursor"])


def reader_of(board: Callboard, name: str = "bob") -> Any:
    (feed,) = board.feeds.values()
    (reader,) = feed.of_user(id_of(name))
    return reader


# -- what is told --------------------------------------------------------------------------------------------------


async def test_a_stream_opens_with_a_comment_then_ready_then_events(alice: Caller, bob: Caller, listen: Listen):
    stream = await listen(bob)
    assert stream.response.headers["Content-Type"] == "text/event-stream"
    assert stream.response.headers["Cache-Control"] == "no-store"
    assert stream.response.headers["X-Accel-Buffering"] == "no"
    assert "Content-Encoding" not in stream.response.headers
    name, ready, cursor = await stream.next()
    assert stream.comments
    assert stream.retry
    assert name == "ready"
    assert ready["cursor"] == cursor == await here(bob)
    assert (ready["resumed"], ready["snapshot_required"]) == (False, True)
    assert ready["user"] == bob.user
    assert set(ready) == {"cursor", "resumed", "snapshot_required", "user", "tenant", "heartbeat_s"}
    call = await alice.does("calls", **CALL)
    name, told, cursor = await stream.next()
    assert (name, told["data"], told["meta"]["id"]) == ("call_created", call, call["id"])
    assert cursor == told["meta"]["cursor"]


async def test_f2_a_stream_resumes_behind_the_last_event_id(alice: Caller, bob: Caller, listen: Listen):
    since = await here(bob)
    first, second = await alice.does("calls", **CALL), await alice.does("calls", **CALL)
    stream = await listen(bob, f"realtime?since={since}")
    messages = [await stream.next() for _ in range(3)]
    assert [name for name, *_ in messages] == ["call_created", "call_created", "ready"]
    assert messages[2][1]["resumed"] is True
    assert messages[2][1]["snapshot_required"] is False
    # A reconnect of EventSource says both: the header is the newer one.
    again = await listen(bob, f"realtime?since={since}", Last_Event_ID=messages[0][2])
    assert (await again.next())[1]["data"]["id"] == second["id"]
    assert (await again.next())[0] == "ready"
    assert first["id"] != second["id"]


@pytest.mark.parametrize("cursor", ["garbled", "e.1", "0", "%00"])
async def test_f2_a_garbled_cursor_needs_a_snapshot(bob: Caller, listen: Listen, cursor: str):
    name, ready, _ = await (await listen(bob, f"realtime?since={cursor}")).next()
    assert (name, ready["resumed"], ready["snapshot_required"]) == ("ready", False, True)


async def test_one_resource_alone_can_be_heard(alice: Caller, bob: Caller, listen: Listen):
    streams = [await listen(bob, "realtime/calls"), await listen(bob, "realtime?resources=calls,users")]
    for stream in streams:
        await stream.until("ready")
    await alice.does("customers", name="Ms. Gray")
    await alice.does("calls", **CALL)
    for stream in streams:
        assert (await stream.next())[0] == "call_created"


async def test_what_does_not_exist_is_not_found(bob: Caller):
    for path in ("realtime/unicorns", "realtime/former_users", "realtime?resources=unicorns"):
        assert (await bob.gets(path)).code == "not_found"
    assert (await bob.gets("realtime/calls?resources=calls")).code == "invalid"
    assert (await bob.gets("/api/tenants/other/realtime")).code == "not_found"


async def test_head_says_what_get_would(bob: Caller):
    answer = await bob.asks("HEAD", "realtime")
    assert (answer.status, answer.raw) == (200, b"")
    assert answer.headers["Content-Type"] == "text/event-stream"


async def test_f5_a_silent_stream_has_a_heartbeat_that_carries_its_place(
    board: Callboard, alice: Caller, bob: Caller, listen: Listen, monkeypatch
):
    stream = await listen(bob, "realtime/calls")
    await stream.until("ready")
    await alice.does("customers", name="Ms. Gray")
    monkeypatch.setattr(feed_module, "HEARTBEAT_S", -1)
    name, data, cursor = await stream.next()
    assert name == "cursor"
    assert data == {"cursor": cursor} == {"cursor": await here(bob)}


async def test_v4_rights_that_change_are_told(alice: Caller, bob: Caller, listen: Listen):
    stream = await listen(bob)
    _, _, cursor = await stream.next()
    await alice.does(f"users/{bob.user['id']}/set_role", role="dispatcher")
    name, data, place = await stream.next()
    if name == "user_updated":
        name, data, place = await stream.next()
    assert (name, data, place) == ("snapshot_required", {"reason": "rights"}, None)
    again = await listen(bob, Last_Event_ID=cursor)
    assert (await again.until("ready"))["snapshot_required"] is True


# -- how it ends ---------------------------------------------------------------------------------------------------


async def test_a_stream_ends_with_its_session(board: Callboard, bob: Caller, listen: Listen):
    stream = await listen(bob)
    await stream.until("ready")
    assert (await bob.posts("/api/logout")).status == 204
    assert (await stream.next())[:2] == ("session_ended", {"reason": "logout"})
    await stream.ends()
    await eventually(lambda: not board.streams._streams)


async def test_an_idle_session_ends_its_streams(board: Callboard, bob: Caller, clock: Moved, listen: Listen):
    stream = await listen(bob)
    await stream.until("ready")
    clock.by = timedelta(hours=13)
    board.identity.sweep()
    assert (await stream.next())[:2] == ("session_ended", {"reason": "idle"})
    await stream.ends()


async def test_v5_a_deleted_user_hears_so_and_his_streams_end(alice: Caller, bob: Caller, listen: Listen):
    stream, other = await listen(bob), await listen(alice)
    await stream.until("ready")
    await other.until("ready")
    assert (await alice.asks("DELETE", f"users/{bob.user['id']}")).status == 200
    assert [(await stream.next())[0] for _ in range(2)] == ["user_deleted", "session_ended"]
    await stream.ends()
    assert (await other.next())[0] == "user_deleted_broadcast"


async def test_o7_a_server_that_stops_says_when_to_come_back(board: Callboard, bob: Caller, listen: Listen):
    stream = await listen(bob)
    await stream.until("ready")
    await board.stop()
    name, data, _ = await stream.next()
    assert name == "server_draining"
    assert stream.retry[-1] == data["reconnect_in_ms"]
    await stream.ends()


async def test_a_client_that_leaves_is_noticed_and_counted_no_more(
    board: Callboard, bob: Caller, listen: Listen, monkeypatch
):
    monkeypatch.setattr(departures, "LOOK_S", 0)
    stream = await listen(bob)
    await stream.until("ready")
    assert board.census.of_user(counted("bob")) == 1
    stream.response.close()
    await eventually(lambda: board.census.of_user(counted("bob")) == 0)
    (feed,) = board.feeds.values()
    assert not feed.readers


async def test_streams_are_counted_with_the_connections(open_board: OpenBoard, at, listen: Listen):
    board = await open_board(connections_per_user=1)
    bob = await at(board).signs_in("bob")
    await (await listen(bob)).until("ready")
    assert (await bob.gets("realtime")).status == 429


# -- slow clients --------------------------------------------------------------------------------------------------


@pytest.fixture
async def deaf(board: Callboard, bob: Caller) -> AsyncIterator[socket.socket]:
    """bob's stream, read as far as `ready` and no further."""
    with socket.socket() as raw:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        raw.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(raw, ("127.0.0.1", board.settings.port))
        head = f"GET /api/tenants/main/realtime HTTP/1.0\r\nAuthorization: {bob.headers['Authorization']}\r\n\r\n"
        await loop.sock_sendall(raw, head.encode())
        heard = b""
        while b"event: ready" not in heard:
            heard += await asyncio.wait_for(loop.sock_recv(raw, 1024), 30)
        yield raw


async def work_is_done(board: Callboard, first: int, last: int) -> None:
    """Calls with much text, so many that no kernel holds them."""
    (desk,) = board.desks.values()
    alice, fields = Actor(id_of("alice")), {"customer_name": "Ms. Gray", "description": LARGE}
    for start in range(first, last, 50):
        numbers = range(start, start + 50)
        await asyncio.gather(*(desk.do(alice, "create_call", None, title=f"Call {n}", **fields) for n in numbers))


async def test_f1_a_client_that_stops_reading_falls_back_and_misses_nothing(board: Callboard, deaf: socket.socket):
    reader, most = reader_of(board), 0
    for start in range(0, 3_000, 100):
        await work_is_done(board, start, start + 100)
        most = max(most, reader.sink.unsent)
    assert reader.state is State.CATCHING_UP
    assert most < FULL_QUEUE + 2**19, "a queue of one who does not read must stay small"
    heard, loop = bytearray(), asyncio.get_running_loop()
    while not (heard.endswith(b"\n\n") and b'"title":"Call 2999"' in heard[-10_000:]):
        heard += await asyncio.wait_for(loop.sock_recv(deaf, 2**16), 30)
    told = [line.removeprefix(b"data: ") for line in heard.splitlines() if line.startswith(b'data: {"data"')]
    titles = [orjson.loads(line)["data"]["title"] for line in told]
    assert titles == [f"Call {n}" for n in range(3_000)]
    await asyncio.wait_for(reader.live(), 30)


async def test_f1_who_accepts_nothing_for_30_s_is_cut(board: Callboard, deaf: socket.socket, monkeypatch):
    reader, (feed,) = reader_of(board), board.feeds.values()
    await work_is_done(board, 0, 2_000)
    assert reader.sink.unsent > 0
    reader.sink.stalled_s  # noqa: B018  # the first look remembers
    await eventually(lambda: reader.sink.stalled_s > 0)
    monkeypatch.setattr(feed_module, "SLOW_S", 0)
    await eventually(lambda: feed.cuts == {"slow": 1})
    assert reader not in feed.readers
    await eventually(lambda: not board.streams._streams)


async def test_a_stalled_client_does_not_keep_its_session_open(board: Callboard, bob: Caller, deaf, monkeypatch):
    monkeypatch.setattr("server.stream.LAST_WORDS_S", 0)
    await work_is_done(board, 0, 2_000)
    assert (await bob.posts("/api/logout")).status == 204
    await eventually(lambda: not board.streams._streams)
    assert board.census.of_user(counted("bob")) == 0


# -- browsers ------------------------------------------------------------------------------------------------------


@pytest.fixture
async def by_cookie(somebody: Caller) -> Caller:
    """Bob in a browser."""
    body = {"email": "bob@example.com", "password": PASSWORD, "cookie_only": True}
    answer = await somebody.posts("/api/login", body)
    return somebody.with_(Cookie=f"callboard_session={answer.cookies['callboard_session'].value}")


async def test_t29_with_the_cookie_a_page_of_ours_may_listen(by_cookie: Caller, listen: Listen):
    await (await listen(by_cookie, Origin=by_cookie.base)).until("ready")
    # EventSource of our own page: no Origin, but the browser's word for it.
    await (await listen(by_cookie, Sec_Fetch_Site="same-origin")).until("ready")


@pytest.mark.parametrize(
    "headers",
    [
        {}, {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "none"},
        {"Origin": "https://evil.example", "Sec_Fetch_Site": "same-origin"},
    ],
)  # fmt: skip
async def test_t29_with_the_cookie_a_foreign_page_may_not(by_cookie: Caller, headers: dict[str, str]):
    assert (await by_cookie.gets("realtime", **headers)).code == "forbidden"
    assert (await by_cookie.posts("calls", CALL, **headers)).code == "forbidden"


async def test_t29_the_browsers_word_is_no_leave_to_change_anything(by_cookie: Caller):
    assert (await by_cookie.posts("calls", CALL, Sec_Fetch_Site="same-origin")).code == "forbidden"


async def test_with_a_token_no_origin_is_needed(bob: Caller, listen: Listen):
    await (await listen(bob, Origin="https://evil.example")).until("ready")


# -- nginx ---------------------------------------------------------------------------------------------------------

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
CONFIG = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://127.0.0.1:{behind}; }} }}
}}
"""


@pytest.fixture
async def proxied(board: Callboard, tmp_path: Path) -> AsyncIterator[str]:
    """The address of an nginx before the board, with buffering as it is by default."""
    if NGINX is None:
        pytest.skip("NOT PROVEN: nginx is not installed, so nothing shows that its buffering lets events pass")
    port, config = free_port(), tmp_path / "nginx.conf"
    config.write_text(CONFIG.format(folder=tmp_path, port=port, behind=board.settings.port))
    process = await asyncio.create_subprocess_exec(
        NGINX, "-p", str(tmp_path), "-c", str(config), stderr=asyncio.subprocess.DEVNULL
    )
    try:
        async with asyncio.timeout(30):
            while not await is_listening(port):
                assert process.returncode is None, (tmp_path / "error.log").read_text()
                await asyncio.sleep(0.01)
        yield f"http://127.0.0.1:{port}"
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def is_listening(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True


async def test_nginx_with_its_default_buffering_passes_each_event_at_once(
    proxied: str, alice: Caller, bob: Caller, listen: Listen
):
    """The stream stays open all the while, so what arrives was not kept back until its end."""
    stream = await listen(Caller(bob.http, proxied, bob.headers))
    assert (await stream.next())[0] == "ready"
    for _ in range(3):
        call = await alice.does("calls", **CALL)
        name, told, _ = await stream.next()
        assert (name, told["data"]["id"]) == ("call_created", call["id"])


def test_the_header_that_nginx_obeys_is_sent():
    assert HEADERS["X-Accel-Buffering"] == "no"
