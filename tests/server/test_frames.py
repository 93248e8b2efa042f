"""What a client may say on a WebSocket, byte by byte (RFC 6455)."""

import random

import pytest

from server.frames import (
    BINARY,
    CLOSE,
    NOT_UTF8,
    PING,
    PONG,
    PROTOCOL_ERROR,
    TEXT,
    TOO_BIG,
    BrokenFrame,
    Messages,
)

MASK = b"\x11\x92\xa3\xf4"
MOST = 100_000


def said(content: bytes, first: int = 0x81, mask: bytes = MASK) -> bytes:
    """A frame of a client."""
    size = len(content)
    length = b"\x7f" + size.to_bytes(8, "big") if size > 65535 else b"\x7e" + size.to_bytes(2, "big")
    if size < 126:
        length = bytes((size,))
    masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(content))
    return bytes([first, length[0] | 0x80]) + length[1:] + mask + masked


def heard(*pieces: bytes) -> list[tuple[int, str | bytes]]:
    """What a reader makes of these pieces."""
    messages = Messages(MOST)
    return [message for piece in pieces for message in messages.cut(piece)]


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, MOST])
def test_a_text_of_any_length_is_read(size):
    assert heard(said(b"x" * size)) == [(TEXT, "x" * size)]


def test_several_messages_in_one_piece_come_in_order():
    piece = said(b"a") + said(b"b", 0x82) + said("ü".encode()) + said(b"ping", 0x89) + said(b"", 0x8A)
    assert heard(piece) == [(TEXT, "a"), (BINARY, b"b"), (TEXT, "ü"), (PING, b"ping"), (PONG, b"")]


def test_a_close_frame_is_read_with_its_code():
    assert heard(said(b"\x03\xe8bye", 0x88)) == [(CLOSE, b"\x03\xe8bye")]


def test_fragments_make_one_message_and_control_frames_may_come_between():
    piece = said(b"4\xc3", 0x01) + said(b"p", 0x89) + said(b"\xbc", 0x00) + said(b"!", 0x80) + said(b"next")
    assert heard(piece) == [(PING, b"p"), (TEXT, "4ü!"), (TEXT, "next")]
    assert heard(said(b"\x00", 0x02), said(b"\x01", 0x80)) == [(BINARY, b"\x00\x01")]


def test_however_the_network_cuts_it_the_same_is_heard():
    chance = random.Random(5)
    contents = [bytes(chance.choices(b"abc", k=chance.choice((0, 5, 200, 70_000)))) for _ in range(40)]
    stream = b"".join(said(content) for content in contents)
    for _ in range(30):
        places = sorted(chance.sample(range(1, len(stream)), 30))
        pieces = [stream[start:end] for start, end in zip([0, *places], [*places, len(stream)], strict=True)]
        assert [content for _, content in heard(*pieces)] == [content.decode() for content in contents]
    few = said(b"hello") + said(b"x" * 300)
    assert heard(*(few[place : place + 1] for place in range(len(few)))) == [(TEXT, "hello"), (TEXT, "x" * 300)]


def test_a_short_message_after_a_long_one_in_pieces_does_not_wait_for_more():
    """Found by fuzzing: where only its first byte had come, it waited until as much had come as the long one was long."""
    messages = Messages(MOST)
    long, short = said(b"x" * 300), said(b"short")
    assert list(messages.cut(long[:100])) == []
    assert list(messages.cut(long[100:] + short[:1])) == [(TEXT, "x" * 300)]
    assert list(messages.cut(short[1:])) == [(TEXT, "short")]


def test_what_came_with_the_handshake_is_heard_first():
    whole = said(b"first") + said(b"second")
    assert list(Messages(MOST, whole[:15]).cut(whole[15:])) == [(TEXT, "first"), (TEXT, "second")]
    assert list(Messages(MOST, whole).cut(b"")) == [(TEXT, "first"), (TEXT, "second")]


@pytest.mark.parametrize(
    ("bytes_said", "code"),
    [
        (b"\x81\x02hi", PROTOCOL_ERROR),  # not masked
        (said(b"x", 0xC1), PROTOCOL_ERROR),  # compressed, which nobody agreed to
        (said(b"x", 0x83), PROTOCOL_ERROR),  # an opcode unheard of
        (said(b"x", 0x09), PROTOCOL_ERROR),  # a control frame in fragments
        (said(b"x" * 126, 0x89), PROTOCOL_ERROR),  # a control frame that is too long
        (said(b"x", 0x80), PROTOCOL_ERROR),  # the rest of nothing
        (said(b"x", 0x01) + said(b"y", 0x81), PROTOCOL_ERROR),  # a message within another
        (said(b"\xff"), NOT_UTF8),
        (said(b"\xc3", 0x01) + said(b"\xff", 0x80), NOT_UTF8),
        (said(b"x" * (MOST + 1)), TOO_BIG),
        (said(b"x" * MOST, 0x01) + said(b"x", 0x80), TOO_BIG),
        (b"\x81\xff" + b"\xff" * 8 + MASK, TOO_BIG),
    ],
)
def test_t15_what_is_no_websocket_is_broken_with_the_code_that_says_so(bytes_said, code):
    messages = Messages(MOST)
    told = []
    with pytest.raises(BrokenFrame) as broken:
        told.extend(messages.cut(said(b"before") + bytes_said))
    assert broken.value.code == code
    told.clear()
    read = Messages(MOST).cut(said(b"before") + bytes_said)
    assert next(read) == (TEXT, "before"), "what came before it is heard"


def test_a_message_that_is_too_large_is_refused_before_it_has_come():
    with pytest.raises(BrokenFrame):
        heard(said(b"x" * (MOST + 1))[:14])
