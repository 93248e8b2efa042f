import asyncio
import json
import logging
from types import SimpleNamespace
from typing import Any

import pytest

from server.outbox import Outbox
from server.packets import BadPacket
from server.refusals import Refusals
from server.session import Session


class Engine:
    """An engine whose clocks run fast, and which is its own reader."""

    ping_interval = ping_timeout = 0
    connect_timeout = 30.0
    linger = 0.05
    max_http_buffer_size = 1000
    logger = logging.getLogger("engine")

    def __init__(self) -> None:
        self.reader, self.refusals = self, Refusals()
        self.sockets: dict[str, Session] = {}
        self.complaints: list[str] = []
        self.messages: list[str] = []
        self.ends: list[str] = []
        self.ended = asyncio.Event()

    def generate_id(self) -> str:
        return f"sid{len(self.sockets)}"

    def create_queue(self) -> Outbox:
        return Outbox()

    def complain(self, session: Session, reason: str) -> None:
        self.complaints.append(reason)

    def message(self, session: Session, text: str) -> None:
        self.messages.append(text)
        if text == "4bad":
            raise BadPacket("it is bad")
        if text == "4bug":
            raise RuntimeError("a fault of ours")

    def gone(self, session: Session, reason: str) -> None:
        self.ends.append(reason)
        self.ended.set()


def opened(engine: Engine) -> Session:
    session = Session(engine, SimpleNamespace(remote=None), ["websocket"])
    engine.sockets[session.sid] = session
    return session


def at_rest(**clocks: float) -> Engine:
    """An engine whose clocks stand, but for those named."""
    engine = Engine()
    engine.ping_interval = engine.ping_timeout = 30
    for name, seconds in clocks.items():
        setattr(engine, name, seconds)
    return engine


async def ended(engine: Engine) -> list[str]:
    await asyncio.wait_for(engine.ended.wait(), 5)
    return engine.ends


async def test_a_session_opens_with_its_welcome():
    session = opened(at_rest())
    (welcome,) = session.queue.take()
    assert json.loads(welcome[1:]) == {
        "sid": session.sid,
        "upgrades": ["websocket"],
        "pingInterval": 30_000,
        "pingTimeout": 30_000,
        "maxPayload": 1000,
    }
    session.abort("done")


@pytest.mark.parametrize("text", ["", "zzz", "0", "2", "5", "6", "33", "b", b"binary"])
async def test_t15_a_packet_that_no_client_sends_ends_the_session_with_one_complaint(text):
    engine = at_rest()
    session = opened(engine)
    assert session.receive(text) is None
    assert await ended(engine) == ["bad packet"]
    assert len(engine.complaints) == 1
    assert engine.messages == []


async def test_a_bad_message_ends_the_session_too():
    engine = at_rest()
    opened(engine).receive("4bad")
    assert await ended(engine) == ["bad packet"]
    assert engine.complaints == ["it is bad"]


async def test_a_fault_of_ours_is_logged_and_ends_the_session(caplog):
    engine = at_rest()
    opened(engine).receive("4bug")
    assert await ended(engine) == ["server disconnect"]
    assert caplog.records[0].exc_info is not None


async def test_t8_who_never_speaks_is_closed_and_who_has_spoken_is_not():
    engine = at_rest(connect_timeout=0.05)
    silent, speaking = opened(engine), opened(engine)
    speaking.listened()
    assert await ended(engine) == ["connect timeout"]
    assert silent.closing
    assert not speaking.closing
    speaking.abort("done")


async def test_t9_who_does_not_take_the_ping_is_ended(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("server.session.DEAF_S", 0.05)
    engine = at_rest(ping_interval=0, ping_timeout=0.05)
    session = opened(engine)
    assert await ended(engine) == ["ping timeout"]
    assert engine.sockets == {}
    assert session.queue.unsent == 0


async def test_t9_who_takes_it_but_does_not_answer_is_ended():
    engine = at_rest(ping_interval=0, ping_timeout=0.05)
    session = opened(engine)
    await session.queue.filled()
    while len(session.queue) < 2:  # noqa: ASYNC110 - the welcome, then the ping
        await asyncio.sleep(0)
    assert session.queue.take()[-1] == b"2"
    assert await ended(engine) == ["ping timeout"]


class Dripping:
    """A transport that is full and gives away a byte whenever somebody looks, for as many looks as it is told."""

    full = True

    def __init__(self, looks: int) -> None:
        self.looks = looks
        self.held = 1000

    @property
    def buffered(self) -> int:
        self.looks -= 1
        self.held -= self.looks > 0
        return self.held

    def write(self, frames: bytes) -> None:
        raise AssertionError("it is full")

    def when_drained(self, callback: object) -> None:
        pass

    def start(self, listener: object) -> None:
        pass

    def shut(self, code: int, linger: float) -> None:
        pass


async def test_f1_a_slow_client_is_not_ended_for_a_ping_that_is_still_under_way(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("server.session.DEAF_S", 0.02)
    engine = at_rest(ping_interval=0.01, ping_timeout=0.02)
    dripping = Dripping(100)
    opened(engine).queue.open(dripping)
    assert await ended(engine) == ["ping timeout"]
    assert dripping.looks < 0, "it was borne as long as it took anything"


async def test_a_poll_that_outlives_the_upgrade_takes_nothing_that_is_for_the_websocket():
    session = opened(at_rest())
    session.queue.take()
    poll = asyncio.create_task(session.poll(SimpleNamespace(transport=object(), query={})))
    await asyncio.sleep(0)
    session.upgraded = True
    session.queue.open(Dripping(0))
    session.queue.append(b"4for the websocket")
    assert (await poll).body == b"6"
    assert len(session.queue) == 1
    session._clock.cancel()


def poll_marked(mark: str) -> Any:
    return SimpleNamespace(transport=object(), query={"t": mark})


async def test_a_poll_that_is_repeated_is_answered_the_same_and_takes_nothing_more():
    session = opened(at_rest())
    first = (await session.poll(poll_marked("a"))).body
    session.queue.append(b"4news")
    assert (await session.poll(poll_marked("a"))).body == first
    assert (await session.poll(poll_marked("b"))).body == b"4news"
    session._clock.cancel()


async def test_t9_what_a_poll_was_answered_is_let_go_with_the_next_and_with_the_upgrade():
    """An answer may hold sixteen pages of a snapshot, which no budget counts any more."""
    session = opened(at_rest())
    await session.poll(poll_marked("a"))
    waiting = asyncio.create_task(session.poll(poll_marked("b")))
    await asyncio.sleep(0)
    assert session._told is None
    session.queue.append(b"4news")
    await waiting
    session.start(Dripping(0))
    assert (await session.poll(poll_marked("b"))).status == 400


async def test_t10_a_pong_that_nobody_asked_for_does_not_wind_the_clock():
    engine = at_rest(ping_interval=0.05, ping_timeout=0.05)
    session = opened(engine)
    before = session._clock
    session.receive("3")
    assert session._clock is before
    session.abort("done")


async def test_a_pong_winds_the_clock_for_the_next_ping():
    engine = at_rest(ping_interval=0.01, ping_timeout=30)
    session = opened(engine)
    for pings in range(1, 4):
        while len(session.queue) < 1 + pings:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
        session.receive("3")
    assert session.queue.take()[1:4] == [b"2"] * 3
    session.abort("done")


async def test_an_end_is_told_once_and_outside_of_the_call():
    engine = at_rest()
    session = opened(engine)
    session.shut(1000, "first")
    session.shut(1000, "second")
    session.abort("third")
    assert engine.ends == []
    assert await ended(engine) == ["first"]


async def test_a_polling_session_that_was_shut_is_forgotten_after_the_linger():
    engine = at_rest()
    session = opened(engine)
    session.shut()
    assert session.queue.take()[-1] == b"1"
    assert engine.sockets == {session.sid: session}
    async with asyncio.timeout(5):
        while engine.sockets:  # noqa: ASYNC110
            await asyncio.sleep(0.005)


async def test_t28_the_peer_comes_from_the_transport_alone():
    session = Session(at_rest(), SimpleNamespace(remote="192.0.2.7"), [])
    assert session.peer == "192.0.2.7"
    session.abort("done")
    session = Session(at_rest(), SimpleNamespace(remote=None), [])
    assert session.peer == "", "a Unix socket has none"
    session.abort("done")


async def test_work_is_to_be_awaited_and_its_failure_ends_the_session_too():
    engine = at_rest()

    async def fails() -> None:
        raise BadPacket("it is bad after all")

    engine.message = lambda session, text: fails()
    session = opened(engine)
    await session.receive("4work")
    assert await ended(engine) == ["bad packet"]
    assert engine.complaints == ["it is bad after all"]
