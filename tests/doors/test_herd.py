"""What must be seen: a server restarted under a herd of clients sends them away with different delays, and serves all of them
from memory when they come back, wherever each had got to and while work goes on (O7, F3).
"""

import asyncio
import itertools

import pytest
from asking import ALICE, ask
from bystander import DOORS, Bystander
from ears import PollingClient, arrives
from network import token_of, url_of

from server.app import Callboard
from server.reception import SPREAD_MS
from stores.database import Database

HERD, AWAY = 30, 9
EARLY, LATE, MEANWHILE = 100, 300, 200


@pytest.fixture
def listens(leaving):
    """`await listens(board, door)`: at the head of the feed, or from a cursor on."""

    async def listen(board, door, cursor=None):
        listener = await Bystander.arrives(door, board.settings.port, await token_of(board, "bob"), cursor)
        leaving.callback(listener.leaves)
        return listener

    return listen


@pytest.fixture
async def poller(board, leaving):
    """One who asks for what has changed, and has a replica."""
    poller = PollingClient(url_of(board), await token_of(board, "carol"))
    leaving.push_async_callback(poller.close)
    await arrives(poller)
    return poller


@pytest.fixture
async def restart(board, leaving):
    """`await restart()`: the same server once more, at the same address."""

    async def restart():
        await board.stop()
        again = Callboard(board.settings, say=lambda _: None)
        leaving.push_async_callback(again.stop)
        await again.start()
        await again.listen()
        return again

    return restart


@pytest.fixture
def reads(monkeypatch):
    """A list that grows with every read of a journal's table."""
    reads = []

    def noted(read):
        return lambda *wanted: (reads.append(wanted), read(*wanted))[1]

    for name in ("journal_page", "journal_set"):
        monkeypatch.setattr(Database, name, noted(getattr(Database, name)))
    return reads


async def works(board, first, count):
    """So many events, asked for in one breath."""
    (desk,) = board.desks.values()
    titles = (f"Call {n}" for n in range(first, first + count))
    await asyncio.gather(*(ask(desk, ALICE, "create_call", title=each, customer_name="Ms. Gray") for each in titles))


async def test_o7_f3_a_herd_is_sent_away_spread_and_comes_back_to_all_it_missed_from_memory(
    board, listens, poller, restart, reads
):
    doors = itertools.cycle(DOORS)
    herd = [await listens(board, next(doors)) for _ in range(HERD + AWAY)]
    await works(board, 0, EARLY)
    for each in herd[HERD:]:
        await each.hears(EARLY)
        each.leaves()
    working = asyncio.create_task(works(board, EARLY, LATE))
    await herd[0].hears(EARLY + 1)
    again = await restart()
    await working
    for each in herd:
        await each.until(lambda: each.is_lost)  # noqa: B023
    delays = [each.first("server_draining")["reconnect_in_ms"] for each in herd[:HERD]]
    assert all(0 <= delay < SPREAD_MS for delay in delays)
    assert len(set(delays)) > HERD * 2 / 3, "so many are never alike by chance"
    assert max(delays) - min(delays) > SPREAD_MS / 2

    working = asyncio.create_task(works(again, EARLY + LATE, MEANWHILE))
    back = await asyncio.gather(*(listens(again, each.door, each.cursor) for each in herd))
    ready = (await poller.connects()).data
    await working
    everything = EARLY + LATE + MEANWHILE
    for before, after in zip(herd, back, strict=True):
        assert after.first("ready")["resumed"]
        await after.hears(everything - len(before.records))
        told = [*before.events, *after.events]
        assert [data["title"] for _, data, _ in told] == [f"Call {n}" for n in range(everything)]
        seqs = before.seqs + after.seqs
        assert seqs == list(range(seqs[0], seqs[0] + everything))
    assert ready.resumed
    await poller.until(lambda: len(poller.events()) == everything)
    assert poller.replica == await poller.fresh()
    assert reads == []
