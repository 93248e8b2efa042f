import asyncio
from collections.abc import Callable

import pytest
from engineio.packet import MESSAGE, NOOP, Packet

from server.outbox import HARD_CAP, Outbox
from server.packets import frame, wire


class Sink:
    """A transport that takes as much as the test lets it."""

    def __init__(self, takes: int = 1 << 40) -> None:
        self.takes = takes
        self.writes: list[bytes] = []
        self.pieces: list[list[bytes]] = []
        self.buffered = 0
        self.told: list[Callable[[], None]] = []

    @property
    def full(self) -> bool:
        return self.buffered >= 64 * 1024

    def write(self, pieces: list[bytes]) -> None:
        self.pieces.append(pieces)
        frames = b"".join(pieces)
        self.writes.append(frames)
        accepted = min(self.takes, len(frames))
        self.takes -= accepted
        self.buffered += len(frames) - accepted

    def when_drained(self, callback: Callable[[], None]) -> None:
        self.told.append(callback)

    def drain(self) -> None:
        self.buffered, self.takes = 0, 1 << 40
        told, self.told = self.told, []
        for callback in told:
            callback()


async def turn() -> None:
    """One turn of the event loop and the one in which its answers are."""
    await asyncio.sleep(0)
    await asyncio.sleep(0)


async def test_o1_what_gathers_during_one_turn_leaves_in_one_write():
    outbox, sink = Outbox(), Sink()
    outbox.open(sink)
    packets = [b"2", b'42["a"]', b'42["b",1]']
    for packet in packets:
        outbox.append(packet)
    assert sink.writes == []
    await turn()
    assert sink.writes == [b"".join(map(wire, packets))]
    outbox.append(b"2")
    await turn()
    assert sink.writes[1:] == [wire(b"2")]


async def test_o1_every_recipient_gets_the_same_bytes_object():
    made = frame("a", b"x" * 100)
    sinks = [Sink() for _ in range(3)]
    for sink in sinks:
        outbox = Outbox()
        outbox.open(sink)
        outbox.add(made)
    await turn()
    assert all(sink.pieces[0][0] is made for sink in sinks)


async def test_o2_what_was_put_in_before_the_upgrade_is_written_first():
    outbox, sink = Outbox(), Sink()
    for number in range(3):
        outbox.append(b"4%d" % number)
    assert outbox.take(1) == [b"40"]
    outbox.open(sink)
    outbox.append(b"43")
    await turn()
    assert b"".join(sink.writes) == b"".join(map(wire, (b"41", b"42", b"43")))


async def test_o2_packets_of_engineio_stand_in_the_same_order():
    outbox = Outbox()
    outbox.append(b"4a")
    await outbox.put(Packet(NOOP))
    outbox.put_nowait(Packet(MESSAGE, "b"))
    assert outbox.take() == [b"4a", b"6", b"4b"]


async def test_t11_a_binary_packet_is_not_taken():
    with pytest.raises(TypeError):
        Outbox().put_nowait(Packet(MESSAGE, b"binary"))


async def test_t17_a_piece_of_many_frames_is_taken_apart_again():
    outbox = Outbox()
    outbox.append(b"2")
    outbox.add(b"".join(frame("a", b"%d" % number) for number in range(40)))
    outbox.append(b"3")
    taken = [outbox.take() for _ in range(4)]
    assert [len(packets) for packets in taken] == [16, 16, 10, 0]
    assert [packet for packets in taken for packet in packets] == [
        b"2",
        *(b'42["a",%d]' % number for number in range(40)),
        b"3",
    ]
    assert outbox.unsent == 0


async def test_o1_a_piece_goes_into_a_websocket_as_it_is():
    outbox, sink = Outbox(), Sink()
    outbox.open(sink)
    piece = frame("a") + frame("b")
    outbox.add(piece)
    await turn()
    assert sink.pieces[0][0] is piece


async def test_t17_a_poll_takes_sixteen_packets():
    outbox = Outbox()
    for number in range(20):
        outbox.append(b"4%d" % number)
    assert len(outbox.take()) == 16
    assert len(outbox.take()) == 4
    assert outbox.unsent == 0


async def test_a_poll_waits_for_the_first_packet():
    outbox = Outbox()
    poll = asyncio.create_task(outbox.filled())
    await turn()
    assert not poll.done()
    outbox.append(b"2")
    await asyncio.wait_for(poll, 1)
    assert outbox.take() == [b"2"]


async def test_a_poll_ends_empty_when_the_websocket_opens():
    outbox = Outbox()
    poll = asyncio.create_task(outbox.filled())
    await turn()
    outbox.open(Sink())
    await asyncio.wait_for(poll, 1)
    assert outbox.take() == []


async def test_nothing_more_is_written_while_the_transport_is_full():
    outbox, sink = Outbox(), Sink(takes=0)
    outbox.open(sink)
    for _ in range(10):
        outbox.append(b"4" + b"x" * 50_000)
    await turn()
    written = sum(map(len, sink.writes))
    assert written < 150_000
    assert outbox.unsent == 10 * 50_005
    outbox.append(b"4last")
    await turn()
    assert sum(map(len, sink.writes)) == written
    sink.drain()
    assert outbox.unsent == 0
    assert b"".join(sink.writes).endswith(wire(b"4last"))


async def test_t9_stalled_is_told_from_slow():
    outbox, sink = Outbox(), Sink(takes=10)
    outbox.open(sink)
    assert outbox.stalled_since is None
    outbox.append(b"4" + b"x" * 1000)
    await turn()
    assert outbox.stalled_since is None, "the first look only remembers"
    began = outbox.stalled_since
    assert began is not None
    assert outbox.stalled_since == began
    sink.buffered -= 1
    assert outbox.stalled_since is None, "one byte was accepted"
    assert outbox.stalled_since is not None
    sink.drain()
    assert outbox.stalled_since is None
    outbox.append(b"2")
    assert outbox.stalled_since is None, "an old stall is forgotten"


async def test_t9_a_polling_client_that_does_not_poll_is_stalled_too():
    outbox = Outbox()
    outbox.append(b"41")
    outbox.append(b"42")
    assert outbox.stalled_since is None
    assert outbox.stalled_since is not None
    outbox.take(1)
    assert outbox.stalled_since is None
    assert outbox.stalled_since is not None


async def test_f1_who_saw_much_unsent_hears_when_it_is_little():
    outbox, sink = Outbox(), Sink(takes=0)
    outbox.open(sink)
    told: list[int] = []
    outbox.on_drain = lambda: told.append(outbox.unsent)
    outbox.append(b"4small")
    await turn()
    assert told == []
    outbox.append(b"4" + b"x" * 100_000)
    assert outbox.unsent > 64 * 1024
    await turn()
    assert told == []
    sink.drain()
    assert told == [0]


async def test_f1_it_is_told_too_when_the_network_takes_all_at_once():
    outbox, sink = Outbox(), Sink()
    outbox.open(sink)
    told: list[int] = []
    outbox.on_drain = lambda: told.append(outbox.unsent)
    outbox.append(b"4" + b"x" * 100_000)
    await turn()
    assert told == [0]


async def test_t9_the_hard_cap_ends_it():
    outbox = Outbox()
    ended: list[bool] = []
    outbox.on_overflow = lambda: ended.append(True)
    page = b"4" + b"x" * (1024 * 1024)
    for _ in range(HARD_CAP // len(page) + 3):
        outbox.append(page)
    assert ended == [True]
    assert outbox.unsent == 0


async def test_a_finished_outbox_hands_over_all_and_takes_nothing_more():
    outbox, sink = Outbox(), Sink(takes=0)
    outbox.open(sink)
    for _ in range(5):
        outbox.append(b"4" + b"x" * 50_000)
    await turn()
    outbox.finish()
    outbox.append(b"4late")
    await turn()
    assert sum(map(len, sink.writes)) == 5 * 50_005


async def test_a_dropped_outbox_holds_nothing():
    outbox, sink = Outbox(), Sink(takes=0)
    outbox.open(sink)
    outbox.append(b"4" + b"x" * 500_000)
    outbox.drop()
    outbox.append(b"4late")
    await turn()
    assert (outbox.unsent, len(outbox), sink.writes) == (0, 0, [])
