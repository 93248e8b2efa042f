"""The queue of one event stream, and how things are written on its wire."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from events.telling import Telling
from server.outbox import HARD_CAP, LOW_WATER
from server.stream import Stream, StreamEncoder, message


class Transport:
    """The other side of a stream: it takes nothing until `flows`."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.output_size = self.buffered = 0
        self.is_aborted = False
        self.flow = asyncio.Event()
        self.protocol = SimpleNamespace()
        self.transport = self

    async def write(self, piece: bytes) -> None:
        if self.is_aborted:
            raise ConnectionResetError
        self.written.append(piece)
        self.output_size += len(piece)
        self.buffered += len(piece)

    async def drain(self) -> None:
        await self.flow.wait()
        self.buffered = 0

    def get_write_buffer_size(self) -> int:
        return self.buffered

    def set_write_buffer_limits(self, high: int, low: int) -> None:
        assert high < LOW_WATER > low, "a transport that drains must let the reader go on"

    def abort(self) -> None:
        self.is_aborted = True
        self.flow.set()


@pytest.fixture
async def transport() -> Transport:
    return Transport()


@pytest.fixture
async def stream(transport: Transport) -> Stream:
    request: Any = SimpleNamespace(writer=transport, transport=transport, protocol=transport.protocol)
    response: Any = transport
    return Stream(request, response, StreamEncoder())


def test_each_kind_of_message():
    encoder = StreamEncoder()
    told = Telling("call_created", b'{"id":"1"}', b'{"cursor":"e.7"}', "e.7")
    data = b'{"data":{"id":"1"},"meta":{"cursor":"e.7"}}'
    assert encoder.event(told) == b"id: e.7\nevent: call_created\ndata: " + data + b"\n\n"
    assert encoder.cursor("e.8") == b'id: e.8\nevent: cursor\ndata: {"cursor":"e.8"}\n\n'
    assert encoder.snapshot_required("rights") == b'event: snapshot_required\ndata: {"reason":"rights"}\n\n'
    assert encoder.signal("typing", b"{}") == message("typing", b"{}") == b"event: typing\ndata: {}\n\n"


async def test_o1_what_gathers_in_one_turn_leaves_in_one_write(stream: Stream, transport: Transport):
    transport.flow.set()
    writing = asyncio.create_task(stream.write())
    for piece in (b"a", b"b", b"c"):
        stream.send(piece)
    stream.finish(b"d")
    await asyncio.wait_for(writing, 10)
    assert transport.written == [b"abcd"]
    stream.close()


async def test_f1_the_reader_goes_on_when_the_client_has_taken_most(stream: Stream, transport: Transport):
    goes_on = asyncio.Event()
    stream.reader = SimpleNamespace(go_on=goes_on.set, close=lambda: None)  # type: ignore[assignment]
    writing = asyncio.create_task(stream.write())
    stream.send(b"x" * LOW_WATER)
    while not transport.written:  # noqa: ASYNC110  # until it stands in the transport
        await asyncio.sleep(0)
    assert stream.unsent == LOW_WATER
    assert not goes_on.is_set()
    transport.flow.set()
    await asyncio.wait_for(goes_on.wait(), 10)
    stream.cut("over")
    await asyncio.wait_for(writing, 10)


async def test_what_is_sent_after_the_end_goes_nowhere(stream: Stream, transport: Transport):
    transport.flow.set()
    stream.end("logout")
    stream.end("deleted")
    stream.send(b"more")
    await asyncio.wait_for(stream.write(), 10)
    assert b"".join(transport.written) == b'event: session_ended\ndata: {"reason":"logout"}\n\n'
    stream.close()


async def test_a_queue_beyond_all_bounds_is_dropped_with_its_client(stream: Stream, transport: Transport):
    stream.send(b"x" * (HARD_CAP + 1))
    assert transport.is_aborted
    assert stream.unsent == 0
    await asyncio.wait_for(stream.write(), 10)


async def test_a_client_that_has_left_ends_the_writing(stream: Stream, transport: Transport):
    transport.is_aborted = True
    stream.send(b"x")
    await asyncio.wait_for(stream.write(), 10)
    assert stream.is_over
