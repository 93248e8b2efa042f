"""The text packets of Engine.IO and Socket.IO, made and read.

Going out, a packet is made once, as the WebSocket frame that it will be, and handed to every recipient (O1).
Coming in, nothing is believed: an event is either well-formed or a `BadPacket` that says why (T3, T4, T12 to T14).
"""

import base64
import json
import math
import re
import struct
from typing import Any, NoReturn

import orjson

OPEN, CLOSE, PING, PONG, MESSAGE, UPGRADE, NOOP = b"0", b"1", b"2", b"3", b"4", b"5", b"6"
PROBE = "2probe"

# Names that python-socketio and socket.io-client keep for themselves: a client that emits one is lying (T4).
RESERVED = frozenset({"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})

_HEADER = re.compile(r"(?:/(?:\?[^,]*)?,)?([0-9]{0,15})(?![0-9])")
_NAMESPACE = re.compile(r"/[^,]{0,100}")
_TEXT, _BINARY = 0x81, 0x82  # FIN and the opcode: the first byte of a frame
_MEDIUM, _LARGE = struct.Struct("!BBH").pack, struct.Struct("!BBQ").pack
_HEADER_SIZES = {126: 4, 127: 10}


class BadPacket(Exception):
    """A packet that is not what it should be; `packet_id` is set where an ack can still say so.

    `fatal` is True where the connection cannot be trusted to be in step any more and is dropped (T12).
    """

    def __init__(self, reason: str, packet_id: int | None = None, *, fatal: bool = False) -> None:
        super().__init__(reason)
        self.packet_id = packet_id
        self.fatal = fatal


def wire(text: bytes) -> bytes:
    """One unmasked WebSocket text frame that holds `text`."""
    return _header_of(_TEXT, len(text)) + text


def binary_wire(content: bytes) -> bytes:
    """One unmasked WebSocket binary frame."""
    return _header_of(_BINARY, len(content)) + content


def _header_of(first: int, size: int) -> bytes:
    if size < 126:
        return bytes((first, size))
    return _MEDIUM(first, 126, size) if size < 65536 else _LARGE(first, 127, size)


def control(opcode: int, content: bytes = b"") -> bytes:
    """A control frame; `content` of at most 125 bytes."""
    return bytes((0x80 | opcode, len(content))) + content


def texts(frames: bytes) -> list[bytes]:
    """What is in one or more frames made here, in order, as poll responses carry it: binary content as text (b…)."""
    found, place = [], 0
    while place < len(frames):
        first, size = frames[place], frames[place + 1]
        start = place + _HEADER_SIZES.get(size, 2)
        place = start + (int.from_bytes(frames[place + 2 : start], "big") if size > 125 else size)
        found.append(frames[start:place] if first == _TEXT else b"b" + base64.b64encode(frames[start:place]))
    return found


def frame(event: str, *json_args: bytes) -> bytes:
    """The WebSocket frame of an event with arguments that are encoded JSON already: b'42["event",arg,arg]'."""
    return wire(b"42[" + b",".join((orjson.dumps(event), *json_args)) + b"]")


def ack(packet_id: int, payload: bytes) -> bytes:
    """The answer to the client's packet `packet_id`: one argument, encoded JSON."""
    return b"43%d[%b]" % (packet_id, payload)


def connect_ack(sid: str) -> bytes:
    """The packet that tells a client that it is connected."""
    return b"40" + orjson.dumps({"sid": sid})


def connect_error(message: str, details: Any, namespace: str = "") -> bytes:
    """The packet that refuses a connection; `namespace` ends with a comma where it is not "/"."""
    return b"44" + namespace.encode() + orjson.dumps({"message": message, "data": details})


def read_event(text: str) -> tuple[int | None, str, list[Any]]:
    """Ack id, name and arguments of an event packet "42…"; raises BadPacket for anything else than that."""
    packet_id, body = _header(text)
    content = _read_json(body, packet_id)
    if not isinstance(content, list) or not content or not isinstance(content[0], str):
        raise BadPacket("an event is a list that begins with its name", packet_id)
    name = content.pop(0)
    if name in RESERVED or name.startswith("on_"):
        raise BadPacket("a reserved event name", packet_id)
    return packet_id, name, content


def read_id(text: str) -> int | None:
    """The ack id of an event packet that is not read any further."""
    return _header(text)[0]


def is_larger(text: str, most: int) -> bool:
    """True where `text` is more than `most` bytes long; small texts are not encoded for it."""
    return len(text) * 4 > most and len(text.encode()) > most


def read_connect(text: str) -> Any:
    """The auth of a CONNECT packet "40…", None where there is none; raises BadPacket."""
    _, body = _header(text)
    return _read_json(body, None) if body else None


def foreign_namespace(text: str) -> str:
    """The namespace of a packet as it stands in its header, "" where it is the only one we serve."""
    named = _NAMESPACE.match(text, 2)
    name = named[0] if named else "/"
    return "" if name.partition("?")[0] == "/" else f"{name},"


def loads(text: str) -> Any:
    """JSON from outside; raises ValueError or RecursionError.

    orjson refuses lone surrogates and numbers beyond a double outright. The slower reader lets them through as
    ordinary values, so that the rules of a field can refuse them with an answer; it never yields NaN or infinity (T13).
    """
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return json.loads(text, parse_constant=_refused, parse_float=_finite)


def _header(text: str) -> tuple[int | None, str]:
    header = _HEADER.match(text, 2)
    if header is None:
        raise BadPacket("the ack id is too long", fatal=True)
    return int(header[1]) if header[1] else None, text[header.end() :]


def _read_json(body: str, packet_id: int | None) -> Any:
    try:
        return loads(body)
    except (ValueError, RecursionError):
        raise BadPacket("not well-formed JSON", packet_id, fatal=packet_id is None) from None


def _refused(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("a number beyond all bounds")
    return number
