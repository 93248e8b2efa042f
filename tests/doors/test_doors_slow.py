"""Clients that stop reading: their cursor is their queue (F1), so they cost little, hold up nobody and miss nothing."""

import asyncio

import pytest
from network import token_of
from premises import id_of
from rawsocket import RawSocket

from events import feed as feed_module
from events.reader import FULL_QUEUE, State
from server.session import Session

LARGE = "x" * 3_900


@pytest.fixture
async def deaf(board, comes, leaving):
    """bob, who has heard `ready` and then stops reading; with him alice, who works."""
    alice = await comes("alice")
    raw = await RawSocket.connected(
        board.settings.port, {"token": await token_of(board, "bob"), "cursor": alice.cursor}
    )
    leaving.callback(raw.close)
    assert (await raw.event())[0] == "ready"
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
    heard = [await asyncio.wait_for(raw.event(), 30) for _ in range(2_000)]
    assert [data["title"] for _, data, _ in heard] == [f"Call {n}" for n in range(2_000)]
    seqs = [meta["version"] for *_, meta in heard]
    assert seqs == list(range(seqs[0], seqs[0] + 2_000))
    await asyncio.wait_for(reader.live(), 30)
    await alice.does("create_call", title="Live again", customer_name="Ms. Gray")
    assert (await asyncio.wait_for(raw.event(), 30))[1]["title"] == "Live again"


async def test_f1_one_who_does_not_read_holds_up_nobody(board, deaf, comes):
    alice, _ = deaf
    carol = await comes("carol")
    await works(alice, 0, 1_000)
    await carol.until(lambda: len(carol.events()) == 1_000)
    assert carol.replica == await carol.fresh()


async def test_f1_who_accepts_nothing_for_30_s_is_cut_and_counted(board, deaf, monkeypatch):
    alice, raw = deaf
    reader, (feed,) = reader_of(board), board.feeds.values()
    await works(alice, 0, 1_000)
    monkeypatch.setattr(feed_module, "SLOW_S", 0)
    cut = asyncio.Event()
    leave = feed.leave
    monkeypatch.setattr(feed, "leave", lambda gone: (leave(gone), cut.set() if gone is reader else None))
    await asyncio.wait_for(cut.wait(), 30)
    assert feed.cuts == {"slow": 1}
    assert reader not in feed.readers
    await alice.settles()
    assert alice.is_open
    with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
        await asyncio.wait_for(until_cut(raw), 30)


async def until_cut(raw):
    """Take what was on its way."""
    while True:
        await raw.event()


@pytest.mark.parametrize("settings", [{"unsent_budget_mb": 1}])
async def test_f1_over_the_budget_the_worst_goes_first(board, leaving, comes):
    (feed,) = board.feeds.values()
    alice = await comes("alice")
    token = await token_of(board, "bob")
    for _ in range(8):
        raw = await RawSocket.connected(board.settings.port, {"token": token, "cursor": alice.cursor})
        leaving.callback(raw.close)
        assert (await raw.event())[0] == "ready"
    await works(alice, 0, 1_500)
    feed.sweep()
    feed.sweep()
    assert set(feed.cuts) == {"budget"}
    assert sum(reader.sink.unsent for reader in feed.readers) <= 2**20
    await alice.settles()
    assert alice.is_open


async def test_o6_who_does_not_take_his_answers_is_not_read(board, deaf):
    """Memory stays bounded however much a client asks without reading: the rest waits in his own network."""
    alice, raw = deaf
    await works(alice, 0, 200)
    for _ in range(500):
        raw.say('420["list",{"resource":"calls","limit":200}]')
    (session,) = [s for s in board.sockets.guard.eio.sockets.values() if s.link.context is reader_of(board).sink]
    await until_full(session)
    assert session.queue.unsent < 6 * 2**20
    assert not session.closing
    await alice.settles()


async def until_full(session: Session):
    """Until the connection is not read any more, for good: its reader is held, and nothing of it is in the lane."""
    connection = session.link.context
    async with asyncio.timeout(30):
        while not (session._ws.is_busy and connection.looking == 0):  # noqa: ASYNC110  # no event tells this
            await asyncio.sleep(0.01)


async def test_d3_one_who_is_far_behind_hears_his_own_event_before_its_ack(board, deaf):
    alice, raw = deaf
    await works(alice, 0, 1_000)
    assert reader_of(board).state is State.CATCHING_UP
    raw.say('427["create_call",{"title":"Mine","customer_name":"Ms. Gray"}]')
    await alice.until(lambda: alice.events()[-1].data.title == "Mine")
    frames = []
    while not frames or not frames[-1].startswith("437"):
        frames.append(await asyncio.wait_for(raw.hear(), 30))
    assert sum(frame.startswith('42["call_created"') for frame in frames) == 1_001
    assert '"title":"Mine"' in frames[-2]
