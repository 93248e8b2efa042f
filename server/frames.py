"""What a client says on a WebSocket, cut into whole messages (RFC 6455, the reading side; no extensions).

Between the socket, which gets bytes in whatever pieces the network makes of them, and those who read messages.
"""

from collections.abc import Iterator

from aiohttp._websocket.helpers import websocket_mask

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
PROTOCOL_ERROR, NOT_UTF8, TOO_BIG = 1002, 1007, 1009

_CONTINUED = 0
_WHOLE_TEXT = 0x81  # FIN and the opcode of text: nearly every frame there is
_OPCODES = frozenset((_CONTINUED, TEXT, BINARY, CLOSE, PING, PONG))


class BrokenFrame(Exception):
    """What was read is no WebSocket; `code` is what the close frame says of it."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Messages:
    """The messages of one client; one of more than `most` bytes is refused by its header. Holds nothing in between."""

    __slots__ = ("_kind", "_most", "_needed", "_parts", "_rest")

    def __init__(self, most: int, begun: bytes = b"") -> None:
        self._most = most
        self._rest: bytes | bytearray = bytearray(begun) if begun else b""  # a frame that is not whole yet
        self._needed = 0  # its length, as far as is known
        self._kind = 0  # of a message that comes in several frames
        self._parts: bytearray | None = None

    def cut(self, data: bytes) -> Iterator[tuple[int, str | bytes]]:
        """(kind, content) of each message that is whole now: texts are str. Raises BrokenFrame; nothing comes after it."""
        if self._rest:
            self._rest += data
            if len(self._rest) < self._needed:
                return
            data, self._rest, self._needed = bytes(self._rest), b"", 0
        place, size = 0, len(data)
        while size - place >= 2:
            start, end = self._bounds(data, place)
            if end > size:
                self._needed = end - place
                break
            message = self._message(data[place], _unmasked(data, start, end))
            place = end
            if message is not None:
                yield message
        if place < size:
            self._rest = bytearray(data[place:])

    def _bounds(self, data: bytes, place: int) -> tuple[int, int]:
        """Where the mask of the frame at `place` begins and where the frame ends; its header is checked."""
        first, length, start = data[place], data[place + 1] - 128, place + 2
        if length > 125:
            start += 2 if length == 126 else 8
            if start + 4 > len(data):
                return start, start + 4
            length = int.from_bytes(data[place + 2 : start], "big")
        if first != _WHOLE_TEXT or length < 0 or length > self._most or self._parts is not None:
            self._check(first, length)
        return start, start + 4 + length

    def _check(self, first: int, length: int) -> None:
        opcode, is_last = first & 15, first >= 128
        is_control, is_continued = opcode >= CLOSE, self._parts is not None
        if length < 0 or first & 0x70 or opcode not in _OPCODES:  # not masked, an extension, or unheard of
            raise BrokenFrame(PROTOCOL_ERROR)
        if is_control and (not is_last or length > 125):
            raise BrokenFrame(PROTOCOL_ERROR)
        if not is_control and (opcode == _CONTINUED) is not is_continued:
            raise BrokenFrame(PROTOCOL_ERROR)
        if not is_control and length + len(self._parts or b"") > self._most:
            raise BrokenFrame(TOO_BIG)

    def _message(self, first: int, content: bytearray) -> tuple[int, str | bytes] | None:
        """The message that this frame completes."""
        opcode = first & 15
        if opcode >= CLOSE:
            return opcode, bytes(content)
        if first == _WHOLE_TEXT:
            return TEXT, _text(content)
        kind, whole = (opcode or self._kind), content
        if self._parts is not None:
            self._parts += content
            whole = self._parts
        is_last = first >= 128
        self._kind, self._parts = (0, None) if is_last else (kind, whole)
        if not is_last:
            return None
        return kind, _text(whole) if kind == TEXT else bytes(whole)


def _unmasked(data: bytes, start: int, end: int) -> bytearray:
    content = bytearray(data[start + 4 : end])
    websocket_mask(data[start : start + 4], content)
    return content


def _text(content: bytearray) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise BrokenFrame(NOT_UTF8) from None
