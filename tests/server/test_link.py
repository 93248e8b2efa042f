from types import SimpleNamespace

import pytest

from server.link import Link
from server.outbox import Outbox
from server.packets import frame


class Session:
    """What a link stands on."""

    def __init__(self) -> None:
        self.queue = Outbox()
        self.peer = "192.0.2.1"
        self.upgraded = False
        self.request = SimpleNamespace(cookies={"a": "b"}, headers={"Origin": "http://board"}, query={"tenant": "main"})
        self.ends: list[tuple[object, ...]] = []

    def shut(self, *end: object) -> None:
        self.ends.append(("shut", *end))

    def abort(self, *end: object) -> None:
        self.ends.append(("abort", *end))


@pytest.fixture
async def session() -> Session:
    return Session()


@pytest.fixture
async def link(session: Session) -> Link:
    return Link("sid", session)


async def test_a_link_knows_its_handshake(link, session):
    assert (link.sid, link.peer, link.origin, link.cookies, link.query) == (
        "sid",
        "192.0.2.1",
        "http://board",
        {"a": "b"},
        {"tenant": "main"},
    )
    assert link.transport == "polling"
    session.upgraded = True
    assert link.transport == "websocket"


async def test_what_is_sent_keeps_its_order(link):
    link.emit("a", b"1")
    link.ack(5, b"2")
    link.send_frame(frame("b"))
    assert link.unsent > 0
    assert link.outbox.take() == [b'42["a",1]', b"435[2]", b'42["b"]']
    assert link.unsent == 0


async def test_on_drain_is_the_outboxs(link):
    told: list[bool] = []
    link.on_drain = lambda: told.append(True)
    link.emit("a", b'"' + b"x" * 100_000 + b'"')
    assert link.unsent > 64 * 1024
    link.outbox.take()
    assert told == [True]
    assert link.on_drain is not None


async def test_close_and_abort_end_the_session_below(link, session):
    link.close(1012, "restart")
    link.abort("slow")
    assert session.ends == [("shut", 1012, "restart"), ("abort", "slow")]
