"""Each figure moves when the thing happens, as Prometheus sees it at `/metrics`."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession
from caller import Caller
from network import token_of, url_of
from premises import id_of
from prometheus_client.parser import text_string_to_metric_families
from readership import Ear
from talk import Talk

from events import actor
from events.desk import Desk
from events.feed import SLOW_S
from server.app import Callboard
from server.stream import StreamEncoder
from stores.errors import CommitFailed

CALL = {"title": "No power", "customer_name": "Ms. Gray"}
DESK = "/api/tenants/{slug}"

Figure = Callable[..., Awaitable[float]]


async def eventually(condition: Callable[[], Awaitable[bool]]) -> None:
    """Until a figure has moved that follows something which no client is told."""
    async with asyncio.timeout(30):
        while not await condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


@pytest.fixture
def figure(somebody: Caller) -> Figure:
    """`await figure("callboard_commands_total", command="create_call")`: the sum of all that have these labels."""

    async def read(name: str, **labels: str) -> float:
        text = (await somebody.gets("/metrics")).raw.decode()
        samples = [each for family in text_string_to_metric_families(text) for each in family.samples]
        named = [each for each in samples if each.name == name]
        assert named, name
        return sum(each.value for each in named if labels.items() <= each.labels.items())

    return read


@pytest.fixture
def desk(board: Callboard) -> Desk:
    return board.desk_of_slug("main")


@pytest.fixture
def talk(board: Callboard, http: ClientSession) -> Any:
    """`async with talk() as socket`: a plain WebSocket that has said nothing yet."""

    @asynccontextmanager
    async def talks() -> Any:
        async with http.ws_connect(f"{url_of(board)}/ws") as socket:
            yield Talk(socket)

    return talks


@pytest.fixture
async def deaf(board: Callboard, desk: Desk) -> Ear:
    """Somebody at a stream who is live and from here on takes nothing."""
    (feed,) = board.feeds.values()
    ear, bob = Ear(StreamEncoder(), slow=True), actor.Caller(id_of("bob"))  # type: ignore[arg-type]
    ear.reader = await desk.read(bob, lambda view: feed.open(view, ear, bob, None, None))
    ear.reader.start()
    ear.takes()
    return ear


# -- commands ------------------------------------------------------------------------------------------------------


async def test_commands_are_counted_by_name_and_by_what_they_came_to(bob: Caller, figure: Figure):
    call = await bob.does("calls", **CALL, op_id="an operation of mine")
    await bob.does("calls", **CALL, op_id="an operation of mine")
    await bob.asks("DELETE", f"calls/{call['id']}")
    await bob.posts("calls", {"title": 5})
    for outcome in ("ok", "repeated", "invalid"):
        assert await figure("callboard_commands_total", command="create_call", outcome=outcome) == 1
    assert await figure("callboard_commands_total", command="delete_call", outcome="forbidden") == 1


async def test_commands_of_sockets_are_counted_and_unknown_ones_without_their_names(
    board: Callboard, talk: Any, figure: Figure
):
    async with talk() as bob:
        await bob.enters(await token_of(board, "bob"))
        created = await bob.asks("count", resource="calls")
        assert created["ok"]
        for name in ("launch_rocket", "launch_another"):
            assert not (await bob.asks(name))["ok"]
        assert not (await bob.asks("undo", cursor="nonsense"))["ok"]
    assert await figure("callboard_commands_total", command="count", outcome="ok") == 1
    assert await figure("callboard_commands_total", command="unknown", outcome="unknown") == 2
    assert await figure("callboard_commands_total", command="undo") == 1
    assert await figure("callboard_commands_total") == 4


async def test_an_undo_is_counted_once(bob: Caller, figure: Figure):
    made = await bob.posts("calls", CALL)
    assert (await bob.posts("undo", {"cursor": made.body["cursor"]})).status == 200
    assert await figure("callboard_commands_total", command="undo", outcome="ok") == 1


async def test_a_batch_is_counted_with_its_size_its_wait_and_its_commit(desk: Desk, bob: Caller, figure: Figure):
    alice = actor.Caller(id_of("alice"))
    await asyncio.gather(*(desk.do(alice, "create_call", None, **CALL) for _ in range(5)))
    assert await figure("callboard_batch_commands_sum") == 5
    batches = await figure("callboard_batch_commands_count")
    assert await figure("callboard_batch_commands_bucket", le="+Inf") == batches
    assert await figure("callboard_lane_wait_seconds_count") == batches
    assert await figure("callboard_commit_seconds_count") == batches
    assert await figure("callboard_commits_total", verdict="durable") == batches
    assert await figure("callboard_commit_seconds_sum") > 0


async def test_d4_a_commit_that_failed_is_counted_as_undone(board: Callboard, bob: Caller, figure: Figure, monkeypatch):
    def fails(_: object) -> None:
        raise CommitFailed("the disk is full")

    monkeypatch.setattr(board.database, "commit", fails)
    assert (await bob.posts("calls", CALL)).code == "unavailable"
    assert await figure("callboard_commits_total", verdict="undone") == 1
    assert await figure("callboard_commands_total", command="create_call", outcome="unavailable") == 1


async def test_changes_are_counted(desk: Desk, bob: Caller, figure: Figure):
    before = await figure("callboard_changes_total")
    await bob.does("calls", **CALL)
    assert await figure("callboard_changes_total") == before + 1 == desk.journal.head


# -- connections ---------------------------------------------------------------------------------------------------


async def test_connections_are_counted_by_door_and_state(board: Callboard, bob: Caller, talk: Any, figure: Figure):
    token = await token_of(board, "bob")
    async with talk() as first, talk(), bob.http.get(f"{bob.base}/socket.io/?EIO=4&transport=polling") as handshake:
        assert handshake.status == 200
        await first.enters(token)
        assert await figure("callboard_connections", door="websocket", state="live") == 1
        assert await figure("callboard_connections", door="websocket", state="entering") == 1
        assert await figure("callboard_connections", door="socket.io", state="entering") == 1
        async with bob.http.get(f"{bob.base}/api/tenants/main/realtime", headers=bob.headers) as stream:
            await stream.content.readuntil(b"event: ready")
            assert await figure("callboard_connections", door="sse", state="live") == 1
    await eventually(lambda: _is(figure("callboard_connections", door="websocket"), 0))
    assert await figure("callboard_connections_ended_total", reason="transport close") == 1


async def _is(figure: Awaitable[float], expected: float) -> bool:
    return await figure == expected


async def test_a_poll_that_waits_is_a_connection(bob: Caller, figure: Figure):
    cursor = (await bob.gets("/api/me")).body["cursor"]
    poll = asyncio.ensure_future(bob.gets(f"changes?since={cursor}&wait=20"))
    await eventually(lambda: _is(figure("callboard_connections", door="polling"), 1))
    await bob.does("calls", **CALL)
    assert (await poll).status == 200
    assert await figure("callboard_connections", door="polling") == 0


async def test_f1_who_takes_nothing_is_seen_before_he_is_cut_and_after(
    board: Callboard, bob: Caller, deaf: Ear, figure: Figure
):
    (feed,) = board.feeds.values()
    await bob.does("calls", **CALL)
    feed.sweep()
    assert await figure("callboard_unsent_bytes") == await figure("callboard_unsent_bytes_max") == deaf.unsent > 0
    deaf.stalled_s = SLOW_S + 1
    feed.sweep()
    assert await figure("callboard_connections_cut_total", reason="slow") == 1


async def test_f1_who_falls_back_is_counted_and_how_far_he_is_behind(bob: Caller, deaf: Ear, figure: Figure):
    assert await figure("callboard_feed_lag_entries") == await figure("callboard_feed_lag_seconds") == 0
    deaf.unsent = 2**20
    for _ in range(20):
        await bob.does("calls", **CALL, description="x" * 3_900)
    assert await figure("callboard_feed_fallbacks_total") == 1
    assert await figure("callboard_connections", door="sse", state="catching_up") == 1
    behind, heard = await figure("callboard_feed_lag_entries"), len(deaf.heard)
    assert behind > 0
    assert await figure("callboard_feed_lag_seconds") > 0
    deaf.takes()
    assert await figure("callboard_feed_lag_entries") == 0
    assert len(deaf.heard) > heard


async def test_f1_who_is_behind_what_has_been_pruned_meanwhile_is_counted_too(
    desk: Desk, bob: Caller, deaf: Ear, figure: Figure
):
    deaf.unsent = 2**20
    for _ in range(20):
        await bob.does("calls", **CALL, description="x" * 3_900)
    desk.journal.raise_floor(desk.journal.head)
    assert await figure("callboard_feed_lag_entries") > 0
    assert await figure("callboard_feed_lag_seconds") == 0


async def test_a_packet_that_is_none_of_the_protocol_is_counted_by_its_door(
    board: Callboard, bob: Caller, talk: Any, figure: Figure
):
    handshake = f"{bob.base}/socket.io/?EIO=4&transport=polling"
    async with bob.http.get(handshake) as opened:
        sid = (await opened.text()).split('"sid":"')[1].split('"')[0]
    async with bob.http.post(f"{handshake}&sid={sid}", data="9") as answer:
        assert answer.status == 200
    async with talk() as nobody:
        await nobody.socket.send_str("{")
        await nobody.is_refused("invalid")
    reader, writer = await asyncio.open_connection("127.0.0.1", board.settings.port)
    writer.write(b"no HTTP\r\n\r\n")
    await asyncio.wait_for(reader.read(), 30)
    writer.close()
    for door in ("socket.io", "websocket", "http"):
        assert await figure("callboard_bad_packets_total", door=door) == 1


async def test_what_a_limit_turns_away_is_counted(board: Callboard, somebody: Caller, figure: Figure):
    board.refusals.add("connection", "address_full")
    assert await figure("callboard_refused_total", what="connection", reason="address_full") == 1


# -- the feed ------------------------------------------------------------------------------------------------------


async def test_f3_what_is_replayed_is_counted_by_where_it_was_read(
    board: Callboard, desk: Desk, bob: Caller, talk: Any, figure: Figure, monkeypatch
):
    token, cursor = await token_of(board, "bob"), (await bob.gets("/api/me")).body["cursor"]
    await bob.does("calls", **CALL)
    async with talk() as early:
        await early.says(type="auth", token=token, since=cursor)
        await early.hears("call_created")
    assert await figure("callboard_replay_pages_total", source="memory") == 1
    (feed,) = board.feeds.values()
    feed.replay.rest()
    feed.replay.rest()
    monkeypatch.setattr(desk.journal, "page", lambda *_: None)
    async with talk() as late:
        await late.says(type="auth", token=token, since=cursor)
        await late.hears("call_created")
    assert await figure("callboard_replay_pages_total", source="table") == 1


async def test_snapshots_are_counted_and_who_cannot_go_on_without_one(
    board: Callboard, bob: Caller, talk: Any, figure: Figure
):
    assert (await bob.gets("snapshot")).status == 200
    async with talk() as back:
        assert (await back.enters(await token_of(board, "bob"), since="nowhere.7"))["snapshot_required"]
        assert (await back.asks("snapshot"))["ok"]
    assert await figure("callboard_snapshots_total") == 2
    assert await figure("callboard_snapshot_required_total", reason="cursor") == 1


# -- people and the server -----------------------------------------------------------------------------------------


async def test_sessions_and_sign_ins_are_counted(somebody: Caller, figure: Figure):
    await somebody.signs_in("bob")
    wrong = {"email": "bob@example.com", "password": "wrong"}
    answers = [(await somebody.posts("/api/login", wrong)).code for _ in range(12)]
    assert await figure("callboard_sessions") == 1
    assert await figure("callboard_sign_ins_total", outcome="ok") == 1
    for outcome in ("unauthenticated", "rate_limited"):
        assert await figure("callboard_sign_ins_total", outcome=outcome) == answers.count(outcome) > 0


async def test_requests_are_counted_by_the_template_of_their_address(bob: Caller, figure: Figure):
    call = await bob.does("calls", **CALL)
    await bob.gets(f"calls/{call['id']}")
    await bob.gets("/api/nowhere/at/all")
    one = {"method": "GET", "route": DESK + "/{plural}/{id}"}
    assert await figure("callboard_http_requests_total", **one, status="200") == 1
    assert await figure("callboard_http_request_seconds_count", **one) == 1
    assert await figure("callboard_http_requests_total", route="none", status="404") == 1


async def test_requests_that_wait_on_purpose_are_not_timed(bob: Caller, figure: Figure):
    cursor = (await bob.gets("/api/me")).body["cursor"]
    assert (await bob.gets(f"changes?since={cursor}")).status == 204
    assert await figure("callboard_http_requests_total", route=f"{DESK}/changes") == 1
    assert await figure("callboard_http_request_seconds_count", route=f"{DESK}/changes") == 0


async def test_whether_it_serves_what_it_is_and_how_it_does(board: Callboard, figure: Figure):
    assert await figure("callboard_ready") == await figure("callboard_tenants") == 1
    assert await figure("callboard_build_info", schema=board.catalog.mark) == 1
    assert await figure("process_resident_memory_bytes") > 2**20
    await eventually(lambda: _moves(figure("callboard_loop_lag_seconds_count")))


async def _moves(figure: Awaitable[float]) -> bool:
    return await figure > 0


async def test_no_figure_names_a_tenant_a_person_or_what_a_client_wrote(bob: Caller, somebody: Caller):
    await bob.gets("calls/canary")
    await bob.posts("calls/canary/canary")
    await bob.asks("CANARY", "/canary")
    text = (await somebody.gets("/metrics")).raw.decode()
    for name in ("canary", "CANARY", '"main"', id_of("bob"), "127.0.0.1"):
        assert name not in text
