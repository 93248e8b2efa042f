"""The frames of the plain WebSocket, byte by byte, and its clocks without a network."""

import asyncio
from types import SimpleNamespace

import pytest

from server import plainlink
from server.packets import texts
from server.plainlink import PlainLink, told


def test_an_event_is_one_text_frame_made_once():
    made = told("call_created", b'{"id":"x"}', b'{"cursor":"e.1"}')
    text = b'{"type":"call_created","data":{"id":"x"},"meta":{"cursor":"e.1"}}'
    assert made == bytes((0x81, len(text))) + text
    assert texts(told("typing", b"{}")) == [b'{"type":"typing","data":{}}']


class Wire:
    """A socket: what is written is kept; `buffered` are bytes that nobody has taken."""

    def __init__(self):
        self.full = self.is_busy = False
        self.buffered, self.codes, self.is_aborted = 0, [], False
        self.written = b""

    def write(self, pieces):
        self.written += b"".join(pieces)

    def when_drained(self, callback):
        pass

    def shut(self, code, linger):
        self.codes.append(code)

    def abort(self):
        self.is_aborted = True


@pytest.fixture
async def made(monkeypatch):
    """(link, wire, why it went) with clocks that a test can wait for."""
    monkeypatch.setattr(plainlink, "PING_S", 0.01)
    monkeypatch.setattr(plainlink, "PONG_S", 0.01)
    wire, gone = Wire(), asyncio.get_running_loop().create_future()
    link = PlainLink(SimpleNamespace(), wire, 60, lambda: None, lambda _, reason: gone.set_result(reason))
    yield link, wire, gone
    link.lost()


async def test_who_answers_no_ping_is_gone(made):
    _, wire, gone = made
    assert await asyncio.wait_for(gone, 10) == "ping timeout"
    assert wire.written == b"\x89\x00"
    assert wire.is_aborted


async def test_who_is_not_read_is_excused_until_he_is(made):
    link, wire, gone = made
    wire.is_busy = True
    excuses = []
    wind = link._wind
    link._wind = lambda seconds, then: (excuses.append(then), wind(seconds, then))
    async with asyncio.timeout(10):
        while len(excuses) < 5:  # noqa: ASYNC110  # a clock tells nobody that it was wound
            await asyncio.sleep(0.001)
    assert not gone.done()
    wire.is_busy = False
    assert await asyncio.wait_for(gone, 10) == "ping timeout"


async def test_it_ends_once_whoever_ends_it(made):
    link, wire, gone = made
    link.close(1012, "first")
    link.close(4401, "second")
    link.lost()
    link.emit("late", b"{}")
    assert await asyncio.wait_for(gone, 10) == "first"
    assert wire.codes == [1012]
    assert b"late" not in wire.written
