"""A whole snapshot over HTTP, streamed and compressed: what its reader may see, of one moment (PROTOCOL section 5, F4)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aiohttp import hdrs, web

from stores.record import Record, encode, public_json

PIECE = 64 * 1024  # bytes before compression: about 2 ms of work between two turns of the event loop


async def send_snapshot(
    request: web.Request,
    cursor: str,
    records: Mapping[str, Sequence[Record]],
    former_users: Sequence[Mapping[str, Any]],
) -> web.StreamResponse:
    """`{"cursor", "records": {plural: […]}, "former_users", "next": null}`; the records are immutable, so they wait."""
    response = web.StreamResponse(headers={hdrs.CONTENT_TYPE: "application/json", hdrs.VARY: hdrs.ACCEPT_ENCODING})
    if "gzip" in request.headers.get(hdrs.ACCEPT_ENCODING, ""):
        response.enable_compression(web.ContentCoding.gzip)
    await response.prepare(request)
    for piece in _joined(_pieces(cursor, records, former_users)):
        await response.write(piece)
    await response.write_eof()
    return response


def _pieces(
    cursor: str, records: Mapping[str, Sequence[Record]], former_users: Sequence[Mapping[str, Any]]
) -> Iterator[bytes]:
    yield b'{"cursor":%b,"records":{' % encode(cursor)
    for place, (plural, listed) in enumerate(records.items()):
        yield b"%b%b:[" % (b"," if place else b"", encode(plural))
        for number, record in enumerate(listed):
            yield (b"," if number else b"") + public_json(record)
        yield b"]"
    yield b'},"former_users":%b,"next":null}' % encode(former_users)


def _joined(pieces: Iterator[bytes]) -> Iterator[bytes]:
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)
