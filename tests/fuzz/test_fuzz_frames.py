"""Bytes that are nearly WebSocket, read by ours and by another reader of RFC 6455: both hear the same and refuse the same."""

import struct
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from nasty import fuzzed
from wsproto.frame_protocol import FrameProtocol, Opcode, ParseFailed

from server.frames import CLOSE, NOT_UTF8, PROTOCOL_ERROR, TEXT, TOO_BIG, BrokenFrame, Messages

MOST = 70_000
KINDS = st.sampled_from(
    [0x81, 0x81, 0x81, 0x82, 0x01, 0x02, 0x00, 0x80, 0x88, 0x89, 0x8A, 0x09, 0x08, 0x83, 0x8B, 0xC1, 0xA1, 0x91, 0x41]
)
CONTENTS = st.sampled_from(
    [b"", b"x", b"hello", b"\xff", b"\xc3", b"\xa9", "é".encode(), "𝟘".encode(), b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80", b"\x03\xe8",
     b"\x03\xe8bye", b"x" * 125, b"x" * 126, b"x" * 65_535, b"x" * 65_536, b"x" * MOST, b"x" * (MOST + 1)]
)  # fmt: skip
WAYS = st.sampled_from(["shortest"] * 8 + ["not masked", "too long", "sign bit"])
MASKS = st.sampled_from([bytes(4), b"\x00\xff\x13\x37", b"mask"])


def framed(kind: int, content: bytes, mask: bytes, way: str) -> bytes:
    """One frame of a client, its length written in this way."""
    size = len(content)
    if way == "not masked":
        return bytes((kind, min(size, 125))) + content
    usual = "shortest" if size < 126 else "16 bits" if size < 65_536 else "64 bits"
    way = usual if way == "shortest" or (way == "16 bits" and size > 65_535) else way
    length = {
        "shortest": bytes((0x80 | min(size, 125),)), "16 bits": struct.pack("!BH", 0xFE, size & 0xFFFF),
        "64 bits": struct.pack("!BQ", 0xFF, size), "too long": struct.pack("!BQ", 0xFF, 2**62),
        "sign bit": struct.pack("!BQ", 0xFF, 2**63 + size),
    }[way]  # fmt: skip
    repeated = (mask * (size // 4 + 1))[:size]
    masked = (int.from_bytes(content) ^ int.from_bytes(repeated)).to_bytes(size)
    return bytes((kind,)) + length + mask + masked


frames = st.builds(framed, KINDS, CONTENTS, MASKS, WAYS)


def ours(pieces: list[bytes]) -> tuple[list[tuple[int, Any]], int | None]:
    """What our reader hears, and the code with which it refuses the rest."""
    heard: list[tuple[int, Any]] = []
    reader = Messages(MOST)
    try:
        for piece in pieces:
            heard.extend(reader.cut(piece))
    except BrokenFrame as broken:
        return heard, broken.code
    return heard, None


def theirs(stream: bytes) -> tuple[list[tuple[int, Any]], int | None]:
    """The same by wsproto, which tells messages in parts."""
    heard: list[tuple[int, Any]] = []
    reader = FrameProtocol(client=False, extensions=[])
    reader.receive_bytes(stream)
    parts: list[Any] = []
    try:
        for frame in reader.received_frames():
            if frame.opcode.iscontrol():
                heard.append((int(frame.opcode), frame.payload))
            else:
                parts.append(frame.payload)
                if frame.message_finished:
                    whole = "" if frame.opcode is Opcode.TEXT else b""
                    heard.append((int(frame.opcode), whole.join(parts)))  # type: ignore[arg-type]
                    parts.clear()
    except ParseFailed as failed:
        return heard, int(failed.code)
    return heard, None


@st.composite
def streams(draw: st.DrawFn) -> tuple[bytes, list[bytes]]:
    """(the whole, the pieces that the network makes of it): frames good and bad, cut off, spoilt or plain noise."""
    stream = b"".join(draw(st.lists(frames, max_size=6)))
    if draw(st.integers(0, 3)) == 0 and stream:
        place = draw(st.integers(0, min(len(stream) - 1, 40)))
        stream = stream[:place] + draw(st.binary(max_size=4)) + stream[place + draw(st.integers(0, 3)) :]
    stream += draw(st.sampled_from([b"", framed(0x81, b"end", b"mask", "shortest")]) | st.binary(max_size=20))
    places = sorted(draw(st.lists(st.integers(0, min(len(stream), 200)), max_size=5)))
    return stream, [stream[start:end] for start, end in zip([0, *places], [*places, len(stream)], strict=True)]


def until_close(heard: list[tuple[int, Any]]) -> list[tuple[int, Any]]:
    """What a client says before it says goodbye: nobody reads any further."""
    kinds = [kind for kind, _ in heard]
    return heard[: kinds.index(CLOSE)] if CLOSE in kinds else heard


@fuzzed(800)
@given(streams())
def test_t15_two_readers_of_rfc_6455_hear_the_same(stream):
    whole, pieces = stream
    (mine, code), (others, their_code) = ours(pieces), theirs(whole)
    says_goodbye = any(kind == CLOSE for kind, _ in mine)
    mine, others = until_close(mine), until_close(others)
    if code == TOO_BIG:
        assert others[: len(mine)] == mine
    elif their_code == NOT_UTF8:  # they look into a message that is not whole yet
        assert code in {None, NOT_UTF8, PROTOCOL_ERROR}
        assert mine[: len(others)] == others
        assert TEXT not in {kind for kind, _ in mine[len(others) :]}
    else:
        assert mine == others
        assert code == their_code or says_goodbye or _is_early(code, whole)


def _is_early(code: int | None, whole: bytes) -> bool:
    """One of the two has seen enough of a header, the other wants all of it."""
    longer = whole + bytes(14)
    return ours([longer])[1] is not None if code is None else theirs(longer)[1] is not None


@fuzzed(300)
@given(streams())
def test_however_the_network_cuts_it_the_verdict_is_the_same(stream):
    whole, pieces = stream
    assert (
        ours(pieces)
        == ours([whole])
        == ours([whole[place : place + 1] for place in range(min(len(whole), 300))] + [whole[300:]])
    )


@fuzzed(200)
@given(CONTENTS, MASKS, st.sampled_from(["16 bits", "64 bits"]))
def test_a_length_written_longer_than_it_need_be_is_read(content, mask, way):
    stream = framed(0x82, content, mask, way)
    if len(content) <= MOST:
        assert ours([stream]) == ([(2, content)], None)
    else:
        assert ours([stream]) == ([], TOO_BIG)
