"""The line of acks: answers leave in the order of the questions, each after its own events (O6, D3)."""

from server.ackline import AckLine


class Line:
    """A line whose connection has been told everything up to `position`."""

    def __init__(self) -> None:
        self.position, self.sent = 0, list[tuple[int, bytes]]()
        self.acks = AckLine(lambda packet_id, payload: self.sent.append((packet_id, payload)), lambda: self.position)


def test_o6_answers_leave_in_the_order_of_the_questions():
    line = Line()
    first, second = line.acks.slot(1), line.acks.slot(2)
    line.acks.fill(second, b"two")
    assert line.sent == []
    line.acks.fill(first, b"one")
    assert line.sent == [(1, b"one"), (2, b"two")]


def test_d3_an_answer_waits_until_its_events_are_told():
    line = Line()
    line.acks.fill(line.acks.slot(1), b"one", seq=5)
    line.acks.fill(line.acks.slot(2), b"two")
    line.position = 4
    line.acks.flush()
    assert line.sent == []
    line.position = 5
    line.acks.flush()
    assert line.sent == [(1, b"one"), (2, b"two")]


def test_a_question_that_wants_no_answer_keeps_its_place_and_gets_none():
    line = Line()
    silent, asked = line.acks.slot(None), line.acks.slot(7)
    line.acks.fill(asked, b"seven")
    assert line.sent == []
    line.acks.fill(silent, b"nobody waits for this")
    assert line.sent == [(7, b"seven")]
    assert len(line.acks) == 0


def test_what_shall_happen_when_an_answer_is_out_happens_then_and_not_before():
    line = Line()
    first, second = line.acks.slot(1), line.acks.slot(2)
    second.on_sent = lambda: line.sent.append((0, b"after"))
    line.acks.fill(second, b"two")
    line.acks.fill(first, b"one")
    assert line.sent == [(1, b"one"), (2, b"two"), (0, b"after")]


def test_the_bytes_that_wait_are_counted():
    line = Line()
    first, second = line.acks.slot(1), line.acks.slot(2)
    line.acks.fill(second, b"12345")
    assert line.acks.size == 5
    line.acks.fill(first, b"1")
    assert line.acks.size == 0


def test_who_has_gone_is_sent_nothing_and_keeps_no_answer():
    line = Line()
    waits, slow, gone = line.acks.slot(1), line.acks.slot(2), []
    waits.on_sent = slow.on_sent = lambda: gone.append(len(line.acks))
    line.acks.fill(waits, b"one", seq=5)
    line.acks.close()
    assert (gone, line.acks.size) == ([1], 0)
    line.acks.fill(slow, b"two", seq=6)
    assert (gone, line.acks.size, line.sent) == ([1, 0], 0, [])
