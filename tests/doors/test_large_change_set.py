"""What must be seen: a change set of 5,000 records told to a crowd cuts nobody, and everybody hears all of it, whole and in
one order (F1, F8).
"""

import asyncio
import itertools

import pytest
from asking import ALICE, ask
from bystander import DOORS, Bystander
from ears import PollingClient, arrives
from network import token_of, url_of
from premises import id_of

CALLS, CROWD = 5_000, 39
OLD, NEW = id_of("a category that goes"), id_of("a category that stays")
FIELDS = {"customer_name": "Ms. Gray", "category_id": OLD}


@pytest.fixture
async def desk(board):
    """The desk of a board with many calls in one category."""
    (desk,) = board.desks.values()
    await asyncio.gather(*(ask(desk, ALICE, "create_category", id=each, name=each) for each in (OLD, NEW)))
    await asyncio.gather(*(ask(desk, ALICE, "create_call", title=f"Call {n}", **FIELDS) for n in range(CALLS)))
    return desk


@pytest.fixture
async def bystanders(board, desk, leaving):
    """A crowd at all doors that push, as many at each."""
    seen, crowd, token = {}, [], await token_of(board, "carol")
    for door in itertools.islice(itertools.cycle(DOORS), CROWD):
        crowd.append(await Bystander.arrives(door, board.settings.port, token, seen=seen))
        leaving.callback(crowd[-1].leaves)
    return crowd


@pytest.fixture
async def poller(board, desk, leaving):
    """One who asks for what has changed, with a replica."""
    poller = PollingClient(url_of(board), await token_of(board, "bob"))
    leaving.push_async_callback(poller.close)
    await arrives(poller)
    return poller


async def test_f8_a_set_of_5000_records_is_heard_whole_by_all_and_cuts_nobody(board, comes, bystanders, poller):
    (feed,), alice = board.feeds.values(), await comes("alice")
    readers = set(feed.readers)
    deleted = await alice.asks("delete_category", id=OLD, reassign_to=NEW)
    undone = await alice.asks("undo", cursor=deleted.cursor)
    assert (deleted.ok, deleted.also_total, undone.ok) == (True, CALLS, True)
    await asyncio.gather(*(each.hears(2 * (CALLS + 1)) for each in bystanders))
    for client in (alice, poller):
        await client.until(lambda: client.cursor == undone.cursor)  # noqa: B023
    assert (feed.cuts, set(feed.readers)) == ({}, readers)

    for door in DOORS:
        assert len({tuple(each.records) for each in bystanders if each.door == door}) == 1, "all hear the same bytes"
    for heard in (events_of(alice), events_of(poller), *map(told_to, bystanders[: len(DOORS)])):
        gone, back = heard[: CALLS + 1], heard[CALLS + 1 :]
        assert [name for name, _ in gone] == ["call_updated"] * CALLS + ["category_deleted"]
        assert [name for name, _ in back] == ["category_created"] + ["call_updated"] * CALLS
        assert_one_set(gone)
        assert_one_set(back)
    told = [said.name for said in alice.log[alice._place :] if said.kind in {"event", "ack"}]
    assert told.index("delete_category") == CALLS + 1, "one hears his own events before his ack"
    assert told.index("undo") == 2 * (CALLS + 1) + 1
    for client in (alice, poller):
        assert client.replica == await client.fresh()


def events_of(client):
    """(name, meta) of all that this client heard of the work."""
    return [(said.name, said.meta) for said in client.events(client._place)]


def told_to(bystander):
    """The same of one who only listens."""
    return [(name, meta) for name, _, meta in bystander.events]


def assert_one_set(told):
    """These are one change set, without a gap and without a double."""
    seqs = [meta["version"] for _, meta in told]
    assert seqs == list(range(seqs[0], seqs[0] + CALLS + 1))
    assert {(meta["set"]["first"], meta["set"]["last"]) for _, meta in told} == {(seqs[0], seqs[-1])}
