"""What must be seen: a client that stops reading under a stream of events costs little, harms nobody, is cut when it takes
nothing for 30 s, and resumes whole when it comes back (F1, F2); at each door that pushes.
"""

import asyncio

import pytest
from asking import ALICE, ask
from bystander import DOORS, Bystander
from network import token_of
from premises import id_of

from events import feed as feed_module
from events.reader import FULL_QUEUE, State

CALLS = 2_000
FIELDS = {"customer_name": "Ms. Gray", "description": "x" * 3_900}  # in all more than two kernels hold
A_BURST = 2**19  # a chunk of events is told before queues are looked at; what gathered in a turn leaves in bursts
PATIENCE = 30


@pytest.fixture
def listens(board, leaving):
    """`await listens("bob", door)`: at the head of the feed, or from a cursor on."""

    async def listen(name, door, cursor=None, **more):
        listener = await Bystander.arrives(door, board.settings.port, await token_of(board, name), cursor, **more)
        leaving.callback(listener.leaves)
        return listener

    return listen


@pytest.fixture(params=DOORS)
def door(request):
    return request.param


def titles(*listeners):
    """What they heard, one after the other."""
    return [data["title"] for each in listeners for _, data, _ in each.events]


async def streams(desk, first, last):
    """As many events as the desk can make: nobody waits for an answer before he sends the next."""
    asked = [ask(desk, ALICE, "create_call", title=f"Call {n}", **FIELDS) for n in range(first, last)]
    await asyncio.gather(*asked)


async def test_f1_who_stops_reading_costs_little_harms_nobody_is_cut_and_comes_back_whole(
    board, listens, door, monkeypatch
):
    (desk,), (feed,) = board.desks.values(), board.feeds.values()
    deaf, others = await listens("bob", door, is_small=True), [await listens("carol", each) for each in DOORS]
    (reader,), hearing, unsent = feed.of_user(id_of("bob")), feed.of_user(id_of("carol")), []
    desk.listeners.append(lambda _: unsent.append(reader.sink.unsent))
    deaf.stops_reading()
    for first in range(0, CALLS, 250):
        await streams(desk, first, first + 250)
        await asyncio.gather(*(each.hears(first + 250) for each in others))
        assert {each.state for each in hearing} == {State.LIVE}
    assert reader.state is State.CATCHING_UP
    assert FULL_QUEUE / 4 < reader.sink.unsent <= max(unsent) < FULL_QUEUE + A_BURST

    gone, leave = asyncio.Event(), feed.leave
    with monkeypatch.context() as patch:
        patch.setattr(feed, "leave", lambda each: (leave(each), gone.set() if each is reader else None))
        patch.setattr(feed_module, "SLOW_S", 0)
        await asyncio.wait_for(gone.wait(), PATIENCE)
    assert feed.cuts == {"slow": 1}
    assert reader not in feed.readers
    assert reader.sink.unsent == 0
    assert not any(each.is_lost for each in others)

    deaf.reads_on()
    await deaf.until(lambda: deaf.is_lost)
    back = await listens("bob", door, deaf.cursor)
    assert back.first("ready")["resumed"]
    await streams(desk, CALLS, CALLS + 1)
    await asyncio.gather(back.hears(CALLS + 1 - len(deaf.records)), *(each.hears(CALLS + 1) for each in others))
    assert 0 < len(deaf.events) < CALLS
    for heard in ((deaf, back), *((each,) for each in others)):
        assert titles(*heard) == [f"Call {n}" for n in range(CALLS + 1)]
        seqs = [seq for each in heard for seq in each.seqs]
        assert seqs == list(range(seqs[0], seqs[0] + CALLS + 1))
