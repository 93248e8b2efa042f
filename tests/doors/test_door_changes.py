"""Clients that change doors at random while others work: each hears each event that is his once, in order, whatever door
it came through. 100 changes by 5 clients; CALLBOARD_DOOR_CHANGES and CALLBOARD_DOOR_CLIENTS for more.
"""

import asyncio
import os
from random import Random

import pytest
from ears import arrives
from leadboard import a_board_with_leads
from network import seq_of, token_of, url_of
from premises import id_of
from speech import as_heard
from wandering import WIRE_DOORS, Wanderer

from events.actor import Caller

CHANGES = int(os.environ.get("CALLBOARD_DOOR_CHANGES", "100"))
CLIENTS = int(os.environ.get("CALLBOARD_DOOR_CLIENTS", "5"))
NAMES = ("bob", "carol", "dora", "fred", "vera")
AT_ONCE = 10  # things that each who works has in hand, so that events are under way when a door is left
LONGEST = 600


@pytest.fixture
async def board(tmp_path, furnished):
    async with a_board_with_leads(furnished, tmp_path) as board:
        yield board


class Work:
    """Somebody who works without a pause until he is told to stop; what he does is random, and seeded."""

    def __init__(self, client, seed):
        self._client, self._random, self._seed = client, Random(seed), seed
        self.goes_on = True
        self.done = 0

    async def goes(self):
        while self.goes_on:
            await asyncio.gather(*(self._random.choice((self._call, self._lead))(number) for number in range(AT_ONCE)))
            self.done += AT_ONCE

    async def _call(self, number):
        call = await self._client.does("create_call", title=f"Call {self.done + number}", customer_name="Ms. Gray")
        await self._client.does("assign_call", id=call.id, assignee_id=id_of("bob"))
        await self._client.does("delete_call", id=call.id)

    async def _lead(self, number):
        """Its helper sees it until it is lost: then it is hidden from him."""
        helper = self._random.choice(NAMES)
        lead = await self._client.does(
            "create_lead", name=f"Chance {self._seed}-{self.done + number}", helper_id=id_of(helper)
        )
        await self._client.does(self._random.choice(("lose_lead", "share_lead")), id=lead.id)


async def wanderers(board, leaving):
    found = []
    for number in range(CLIENTS):
        name = NAMES[number % len(NAMES)]
        wanderer = Wanderer(url_of(board), await token_of(board, name), seed=number, patience=20)
        wanderer.user_id = id_of(name)
        leaving.push_async_callback(wanderer.close)
        await arrives(wanderer)
        found.append(wanderer)
    return found


async def what_was_told(desk, since, user_id):
    """(seq, event) of all that this user had to hear, by rule V3 once more in the plainest way."""
    keys, seq, said = desk.actor(Caller(user_id)).keys, since, []
    while page := await desk.entries_after(seq):
        seq = page[-1].seq
        heard = [(entry.seq, as_heard(entry, user_id, keys)) for entry in page]
        said += [(at, each.event) for at, each in heard if each is not None]
    return said


async def test_f2_nothing_is_lost_or_doubled_over_random_changes_of_doors_under_load(comes, board, leaving):
    (desk,) = board.desks.values()
    alice, workers = await comes("alice"), [Work(await comes("alice"), seed) for seed in range(3)]
    everyone = await wanderers(board, leaving)
    since, places = desk.journal.head, [len(each.log) for each in everyone]
    async with asyncio.timeout(LONGEST):
        async with asyncio.TaskGroup() as working:
            for worker in workers:
                working.create_task(worker.goes())
            await asyncio.gather(*(changed(each, CHANGES / CLIENTS) for each in everyone))
            for worker in workers:
                worker.goes_on = False
        last = await alice.does("create_category", name="The last")
        for each in everyone:
            await each.until(lambda: each.events() and each.events()[-1].data.id == last.id)  # noqa: B023
            await each.rests()
    assert sum(each.changes for each in everyone) >= CHANGES
    assert {name for each in everyone for name in each.visited} == set(WIRE_DOORS)
    for each, place in zip(everyone, places, strict=True):
        heard = [(seq_of(said.meta.cursor), said.name) for said in each.events(place)]
        assert heard == await what_was_told(desk, since, each.user_id)
        assert each.replica == await each.fresh()
        assert any(name == "record_hidden" for _, name in heard) or CHANGES < 1_000
    assert desk.journal.head - since > CHANGES / 2  # it was a load


async def changed(wanderer, times):
    """Until he has changed doors so often."""
    while wanderer.changes < times:
        wanderer._changed.clear()
        await wanderer._changed.wait()
