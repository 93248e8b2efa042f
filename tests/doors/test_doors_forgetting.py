"""Who has gone is forgotten at once, at each door: nothing of him is left in a ring for the garbage collector, which on a
server comes by so rarely that half a megabyte of each who took a snapshot added up to tens.
"""

import asyncio
import gc
from collections import Counter

import pytest
from bystander import Bystander
from network import token_of, url_of
from premises import id_of
from talk import Talk
from wire import Client, breathe, door_of

from events.actor import Caller
from events.changes import Changes
from events.reader import Reader
from server import pages
from server.ackline import AckLine, Slot
from server.connection import Connection
from server.link import Link
from server.outbox import Outbox
from server.plainlink import PlainLink
from server.session import Session
from server.stream import Stream
from server.takeover import Socket

SNAPSHOT = {pages.Pages, Slot}
OF_SOMEBODY = {*SNAPSHOT, AckLine, Changes, Connection, Link, Outbox, PlainLink, Reader, Session, Socket, Stream}


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch):
    """The team alone makes several."""
    monkeypatch.setattr(pages, "MOST_RECORDS", 2)


@pytest.fixture(autouse=True)
def left():
    """`left()`: how many there are of each kind that were not there before. The garbage collector stays away."""
    gc.collect()
    gc.disable()
    before = {id(each): each for each in gc.get_objects() if type(each) in OF_SOMEBODY}

    def found(kinds=OF_SOMEBODY):
        return Counter(
            type(each).__name__ for each in gc.get_objects() if type(each) in kinds and id(each) not in before
        )

    yield found
    gc.enable()


@pytest.fixture
def nothing_is_left(left):
    """Of him who has gone, or of these kinds."""

    async def waits(kinds=OF_SOMEBODY):
        try:
            async with asyncio.timeout(20):
                while left(kinds):  # noqa: ASYNC110  # what is forgotten tells nobody
                    await asyncio.sleep(0.01)
        except TimeoutError:
            raise AssertionError(left(kinds)) from None

    return waits


async def test_who_took_a_snapshot_and_left_is_forgotten(comes, transport, nothing_is_left):
    bob = await comes("bob", transport)
    await bob.close()
    await nothing_is_left()


async def test_who_left_within_a_snapshot_is_forgotten(comes, transport, nothing_is_left):
    bob = await comes.stands("bob", transport)
    await bob.connects()
    assert (await bob.asks("snapshot")).data.next
    await bob.close()
    await nothing_is_left()


async def test_who_left_with_answers_on_their_way_is_forgotten(comes, transport, nothing_is_left):
    bob = await comes.stands("bob", transport)
    await bob.connects()
    call = {"title": "No power", "customer_name": "Ms. Gray"}
    asked = [bob.sends(*each) for each in (("snapshot", {}), ("snapshot", {}), ("activity", {}), ("create_call", call))]
    await bob.close()
    await asyncio.gather(*asked, return_exceptions=True)
    await nothing_is_left()


async def test_whose_session_has_ended_is_forgotten(board, comes, transport, nothing_is_left):
    (desk,) = board.desks.values()
    bob = await comes("bob", transport)
    await desk.do(Caller(id_of("alice")), "deactivate_user", id_of("bob"))
    await bob.until(lambda: not bob.is_open)
    await nothing_is_left()


async def test_who_was_refused_is_forgotten(comes, transport, nothing_is_left):
    nobody = await comes.stands("bob", transport)
    nobody.token = "nobody's"
    await nobody.is_refused()
    await nothing_is_left()


async def test_a_snapshot_that_was_taken_is_forgotten_while_its_connection_stays(comes, transport, nothing_is_left):
    bob = await comes("bob", transport)
    await nothing_is_left(SNAPSHOT)
    assert bob.is_open


@pytest.mark.parametrize("wanted", [{}, {"resources": ["users"]}], ids=["before the end", "twice"])
async def test_who_left_a_plain_websocket_is_forgotten(board, http, wanted, nothing_is_left):
    async with http.ws_connect(f"{url_of(board)}/ws") as socket:
        bob = Talk(socket)
        await bob.enters(await token_of(board, "bob"))
        assert (await bob.asks("snapshot", **wanted))["data"]["next"]
        if wanted:
            await bob.asks("snapshot", **wanted)
    await nothing_is_left()


async def test_who_left_a_plain_websocket_without_a_word_is_forgotten(board, nothing_is_left):
    bob = await Bystander.arrives("plain WebSocket", board.settings.port, await token_of(board, "bob"))
    bob.leaves()
    await nothing_is_left()


async def test_who_left_a_stream_is_forgotten(board, nothing_is_left):
    bob = await Bystander.arrives("SSE", board.settings.port, await token_of(board, "bob"))
    bob.leaves()
    await nothing_is_left()


async def test_who_left_a_poll_is_forgotten(board, http, left, nothing_is_left):
    (desk,) = board.desks.values()
    path = f"/api/tenants/main/changes?since={desk.journal.cursor(desk.journal.head)}&wait=25"
    token = {"Authorization": f"Bearer {await token_of(board, 'bob')}"}
    poll = asyncio.ensure_future(http.get(url_of(board) + path, headers=token))
    async with asyncio.timeout(20):
        while not left():  # noqa: ASYNC110  # nobody tells that he waits
            await asyncio.sleep(0.01)
    poll.cancel()
    await nothing_is_left()


@pytest.mark.parametrize("snapshots", [1, 2])
async def test_what_is_answered_after_he_has_left_keeps_nobody(desk, left, snapshots):
    """Once the first page went out behind an earlier answer, and the wait for the next one began, 30 s with nobody there."""
    sockets, _ = door_of(desk)
    bob = Client(id_of("bob"))
    await bob.connect(sockets)
    connection = bob.wire.context
    earlier = connection.line.slot(1)
    for _ in range(snapshots):
        bob.send("snapshot", {})
    await breathe()
    bob.drop()
    connection.answer(earlier, b"{}")
    del connection, earlier
    await breathe()
    assert not left({*SNAPSHOT, Connection, Reader})
