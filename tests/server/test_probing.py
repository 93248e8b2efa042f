"""The upgrade, without a network."""

import asyncio
from types import SimpleNamespace

import pytest

from server.outbox import Outbox
from server.packets import wire
from server.probing import Probe


class Socket:
    """Remembers what is done with it."""

    def __init__(self) -> None:
        self.written = b""
        self.is_shut = asyncio.Event()

    def start(self, listener) -> None:
        self.listener = listener

    def write(self, pieces) -> None:
        self.written += b"".join(pieces)

    def shut(self) -> None:
        self.is_shut.set()


@pytest.fixture
async def session():
    made = SimpleNamespace(queue=Outbox(), upgrading=False, closing=False, started=[])
    made.start = made.started.append
    return made


async def test_a_probe_is_answered_a_poll_let_go_and_the_upgrade_done(session):
    socket = Socket()
    poll = asyncio.create_task(session.queue.filled())
    await asyncio.sleep(0)
    Probe(session, socket, 60)
    assert session.upgrading
    socket.listener.said(1, "2probe")
    assert socket.written == wire(b"3probe")
    await asyncio.wait_for(poll, 5)
    socket.listener.said(1, "5")
    assert session.started == [socket]
    assert not session.upgrading


@pytest.mark.parametrize("texts", [["5"], ["2"], ["2probe", "2probe"], ["2probe", "4x"], ["2probe", b"5"]])
async def test_whoever_does_not_mean_it_polls_on(session, texts):
    socket = Socket()
    Probe(session, socket, 60)
    for text in texts:
        socket.listener.said(1, text)
    assert socket.is_shut.is_set()
    assert session.started == []
    assert not session.upgrading


async def test_t8_an_upgrade_that_does_not_end_is_ended(session):
    socket = Socket()
    Probe(session, socket, 0.01)
    await asyncio.wait_for(socket.is_shut.wait(), 5)
    assert not session.upgrading


async def test_a_session_that_closes_meanwhile_is_not_upgraded(session):
    socket = Socket()
    Probe(session, socket, 60)
    socket.listener.said(1, "2probe")
    session.closing = True
    socket.listener.said(1, "5")
    assert session.started == []
    assert socket.is_shut.is_set()
