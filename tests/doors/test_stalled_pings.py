"""A ping that waits behind what a client does not take: he is the feed's to cut, after 30 s, as slow (F1)."""

import asyncio

import pytest
from asking import ALICE, ask
from bystander import Bystander
from network import token_of
from premises import id_of


@pytest.fixture(params=["Socket.IO", "plain WebSocket"])
async def deaf(board, leaving, request):
    """(his reader, whose clock it is) of one who takes nothing of all that is told."""
    (desk,), (feed,) = board.desks.values(), board.feeds.values()
    deaf = await Bystander.arrives(request.param, board.settings.port, await token_of(board, "bob"), is_small=True)
    leaving.callback(deaf.leaves)
    deaf.stops_reading()
    (reader,) = feed.of_user(id_of("bob"))
    fields = {"customer_name": "Ms. Gray", "description": "x" * 3_900}
    await asyncio.gather(*(ask(desk, ALICE, "create_call", title=f"Call {n}", **fields) for n in range(2_000)))
    link = reader.sink.link
    return reader, getattr(link, "session", link)


async def test_f1_nobody_is_cut_for_a_ping_that_is_not_sent_yet(board, deaf, monkeypatch):
    """Only who accepts nothing for 30 s is cut. Once 10 s were enough where a ping waited behind what he did not take."""
    monkeypatch.setattr(board.sockets.guard.eio, "ping_timeout", 0)
    monkeypatch.setattr("server.plainlink.PONG_S", 0)
    reader, clock = deaf
    assert reader.sink.unsent
    clock._ping()
    clock._unanswered()
    await asyncio.sleep(0)
    await asyncio.sleep(0)  # the end is told in a turn of its own
    assert reader.sink.link.is_open
