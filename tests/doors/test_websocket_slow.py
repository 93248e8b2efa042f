"""Plain WebSocket clients that stop reading: they cost little, miss nothing, and are cut when they take nothing (F1, O6)."""

import asyncio
import json

import pytest
from network import token_of
from premises import id_of
from rawsocket import RawSocket

from events import feed as feed_module
from events.reader import FULL_QUEUE, State

LARGE = "x" * 3_900
PATIENCE = 30


async def hears(raw, *kinds):
    """The next message of one of these types."""
    while (said := json.loads(await asyncio.wait_for(raw.hear(), PATIENCE)))["type"] not in kinds:
        pass
    return said


@pytest.fixture
async def deaf(board, comes, leaving):
    """bob, who has heard `ready` and then stops reading; with him alice, who works."""
    alice = await comes("alice")
    raw = await RawSocket.opened(board.settings.port, "/ws")
    leaving.callback(raw.close)
    raw.say(json.dumps({"type": "auth", "token": await token_of(board, "bob"), "since": alice.cursor}))
    assert (await hears(raw, "ready"))["data"]["resumed"]
    return alice, raw


def reader_of(board):
    (feed,) = board.feeds.values()
    (reader,) = feed.of_user(id_of("bob"))
    return reader


async def works(alice, first, last):
    """Calls with much text, so many that no kernel holds them."""
    fields = {"customer_name": "Ms. Gray", "description": LARGE}
    for start in range(first, last, 50):
        asked = (alice.asks("create_call", title=f"Call {n}", **fields) for n in range(start, start + 50))
        assert all(ack.ok for ack in await asyncio.gather(*asked))


async def test_f1_a_client_that_stops_reading_falls_back_and_resumes_whole(board, deaf):
    alice, raw = deaf
    reader, most = reader_of(board), 0
    for start in range(0, 2_000, 100):
        await works(alice, start, start + 100)
        most = max(most, reader.sink.unsent)
    assert reader.state is State.CATCHING_UP
    assert most < FULL_QUEUE + 2**19, "a queue of one who does not read must stay small"
    heard = [await hears(raw, "call_created") for _ in range(2_000)]
    assert [said["data"]["title"] for said in heard] == [f"Call {n}" for n in range(2_000)]
    await asyncio.wait_for(reader.live(), PATIENCE)
    await alice.does("create_call", title="Live again", customer_name="Ms. Gray")
    assert (await hears(raw, "call_created"))["data"]["title"] == "Live again"


async def test_d3_one_who_is_far_behind_hears_his_own_event_before_its_ack(board, deaf):
    alice, raw = deaf
    await works(alice, 0, 1_000)
    assert reader_of(board).state is State.CATCHING_UP
    raw.say(json.dumps({"type": "create_call", "ref": 7, "data": {"title": "Mine", "customer_name": "Ms. Gray"}}))
    said = [await hears(raw, "call_created", "ack") for _ in range(1_002)]
    assert [each["type"] for each in said] == ["call_created"] * 1_001 + ["ack"]
    assert said[-2]["data"] == said[-1]["data"]


async def test_t9_who_accepts_nothing_is_cut_and_freed(board, deaf, monkeypatch):
    alice, _ = deaf
    (feed,), (link,) = board.feeds.values(), board.websocket._links
    await works(alice, 0, 1_000)
    assert link.unsent
    monkeypatch.setattr(feed_module, "SLOW_S", 0)
    async with asyncio.timeout(PATIENCE):
        while board.websocket._links:  # noqa: ASYNC110  # it has no event to wait for
            await asyncio.sleep(0.01)
    assert feed.cuts == {"slow": 1}
    assert (len(link.outbox), feed.of_user(id_of("bob"))) == (0, [])


async def test_o6_who_does_not_take_his_answers_is_not_read(board, deaf):
    alice, raw = deaf
    await works(alice, 0, 200)
    for number in range(500):
        raw.say(json.dumps({"type": "list", "ref": number, "data": {"resource": "calls", "limit": 200}}))
    (link,) = board.websocket._links
    async with asyncio.timeout(PATIENCE):
        while not (link._socket.is_busy and link.context.looking == 0):  # noqa: ASYNC110  # no event tells this
            await asyncio.sleep(0.01)
    assert link.unsent < 6 * 2**20
    assert link.is_open
    await alice.settles()
