"""HTTP as no browser speaks it, byte by byte: what is no request is refused, what is one is answered for what it is, and
nobody reaches a file or a record that he could not have asked for politely.
"""

import asyncio
import gzip
import json
import re
from contextlib import suppress
from urllib.parse import quote

import pytest
from attacked import Attacked, to_the_end
from hypothesis import given
from hypothesis import strategies as st
from nasty import fuzzed, json_texts, mutated

pytestmark = pytest.mark.asyncio(loop_scope="module")

METHODS = (
    "GET", "GET", "GET", "HEAD", "POST", "POST", "PATCH", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get",
    "G\x00T", "", "M" * 5000,
)  # fmt: skip
ADDRESSES = (
    "/", "/healthz", "/readyz", "/metrics", "/docs", "/docs/", "/openapi.json", "/asyncapi.json", "/favicon.svg",
    "/assets/", "/calls", "/t/x", "/api/login", "/api/me", "/api/me/sessions/x",
    "/api/setup", "/api/track/ABC", "/api/track/x/realtime", "/api/tenants/main/calls", "/api/tenants/main/calls/x",
    "/api/tenants/main/calls/x/assign", "/api/tenants/main/activity", "/api/tenants/main/search?q=a",
    "/api/tenants/main/insights", "/api/tenants/main/snapshot", "/api/tenants/main/undo",
    "/api/tenants/main/changes?since=x", "/api/tenants/main/calls/realtime-status?since=x", "/api/tenants/others/calls",
    "/ws", "/socket.io/?EIO=4&transport=polling", "/socket.io/?EIO=4&transport=websocket",
    "/socket.io/?EIO=3&transport=polling", "/socket.io/?EIO=4&transport=polling&sid=x", "/socket.io/", "/nothing",
)  # fmt: skip
ENDING = ("/api/logout", "/api/me/sessions")  # after these nobody is signed in
TRICKS = (
    "/../../../../etc/passwd", "/assets/../../pyproject.toml", "/assets/..%2f..%2fpyproject.toml",
    "/assets/%2e%2e/%2e%2e/pyproject.toml", "/assets/%252e%252e%252fpyproject.toml", "/assets//etc/passwd",
    "/assets/%2fetc%2fpasswd", "/assets/..\\..\\pyproject.toml", "/assets/%00", "/assets/x%00.js",
    "/docs/../server/app.py", "/docs/%2e%2e%2fapp.py", "/docs/..%5capp.py", "//", "//etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd", "/.env", "/board.db", "/data/callboard.db", "/assets/.", "/assets/..", "/.", "/..",
    "/...", "/;a=b", "/%", "/%zz", "/%ff%fe", "/\xff", "/é", "/a b", "/a\tb", "/#x", "/?", "/??", "/?a=%ff", "/?a=%00",
    "/?&&&=", "/?a=1&a=2", "*", "", "x", "http://evil.example/healthz", "https://127.0.0.1/", "http://", "//evil.example/",
    "/api/tenants/main/calls?limit=1&limit=2", "/api/tenants/%6dain/calls", "/api/tenants/main%2fcalls",
    "/api/tenants/main/../others/calls", "/api/tenants/others%2f..%2fmain/calls", "/api//tenants/main/calls", "/API/me",
    "/api/me/", "/api/tenants/main/calls/", "/api/tenants/main/calls/%2e%2e/users", "/api/tenants/main/calls/..%2fusers",
    "/" + "a" * 7000, "/" + "a" * 9000, "/?" + "a" * 9000, "/" + "%61" * 3000, "/" + "a/" * 2000,
)  # fmt: skip
VALUES = (
    "", "x", "a" * 7000, "a" * 9000, "\xff\xfe", "é", "\x00", "a\x00b", "a\rb", "a\x0bb", "a\x7fb", ",", ";", "=", '"', "*",
    "*/*", "0", "-1", "99999999999999999999", "bytes=0-", "bytes=-1", "bytes=5-2", "bytes=0-0,1-1", "bytes=99999999999-",
    "bytes=x", "lines=0-", '"7"', 'W/"7"', "Fri, 20 Nov 2026 10:00:00 GMT", "Fri, 99 Foo 9999 99:99:99 GMT", "Bearer",
    "Bearer ", "Bearer x", "Bearer " + "x" * 5000, "Basic YTpi", "chunked", "gzip", "gzip, chunked", "chunked, chunked",
    "identity", "deflate", "br", "zstd", "xchunked", "application/json", "text/html", "application/json; charset=utf-16",
    "application/json; charset=nonsense", "multipart/form-data", "multipart/form-data; boundary=x", "text/plain;;;=",
    "websocket", "h2c", "Upgrade", "close", "keep-alive, Upgrade", "100-continue", "200-nothing", "callboard_session=x",
    "callboard_session=\xff; a; =; ;;", "a=b; " * 500, "http://evil.example", "null", "127.0.0.1:99999", "[::1",
    "evil.example", "a b", "::", "%", "0x10", "1e3", "+5", "5, 5", "5 5", "13", "8", "dGhlIHNhbXBsZSBub25jZQ==",
)  # fmt: skip
NAMES = (
    "Host", "Content-Length", "Transfer-Encoding", "Content-Type", "Content-Encoding", "Accept", "Accept-Encoding",
    "Authorization", "Cookie", "Origin", "Sec-Fetch-Site", "Range", "If-Range", "If-Match", "If-None-Match",
    "If-Modified-Since", "If-Unmodified-Since", "Idempotency-Key", "Last-Event-ID", "Expect", "Upgrade", "Connection",
    "Sec-WebSocket-Key", "Sec-WebSocket-Version", "Sec-WebSocket-Extensions", "Sec-WebSocket-Protocol", "X-Forwarded-For",
    "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "X-HTTP-Method-Override", "X-Request-Id",
    "Access-Control-Request-Method", "Access-Control-Request-Headers", "User-Agent", "Referer", "TE", "Trailer",
    "Content-Disposition", "X",
)  # fmt: skip
ODD_LINES = (
    b"no colon", b": no name", b" folded", b"\tfolded", b"A B: c", b"X\x00: y", b"X\xff: y", b"X : y", b"X:", b"\x00",
    b"X: " + b"y" * 70_000, *(b"Many-%d: x" % number for number in range(3)), b"Content-Length : 5",
    b"Content-Length: 5\r\nContent-Length: 6", b"Transfer-Encoding: chunked\r\nContent-Length: 4",
    b"Transfer-Encoding\x0b: chunked", b"Transfer-Encoding: \x0bchunked",
    b"Content-Length: 4\r\nTransfer-Encoding: identity", b"Transfer-Encoding: chunked\r\nTransfer-Encoding: x",
)  # fmt: skip
BOMB = gzip.compress(bytes(50 * 2**20), 9)
CHUNKS = (
    b"5\r\nhello\r\n0\r\n\r\n", b"5\r\nhel", b"FFFFFFFFFFFFFFFF\r\nx", b"-1\r\nx\r\n", b"0x5\r\nhello\r\n0\r\n\r\n",
    b'5;ext="\r\nhello\r\n0\r\n\r\n', b"5\nhello\n0\n\n", b"zz\r\n", b"\r\n", b"0\r\nTrailer: x\r\n\r\n",
    b"2\r\n{}\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: x\r\n\r\n", b"1\r\n" + b"x" * 100,
    b"5;" + b"e" * 20_000 + b"\r\nhello\r\n0\r\n\r\n", b"".join(b"1\r\nx\r\n" for _ in range(500)) + b"0\r\n\r\n",
)  # fmt: skip
VERSIONS = (*["HTTP/1.1"] * 8, "HTTP/1.0", "HTTP/2.0", "HTTP/9", "HTTP/1.1x", "")
ENDS = (b"\r\n\r\n", b"\r\n\r\n", b"\r\n\r\n", b"\r\n\r\n", b"\n\n", b"\r\n", b"\r\r", b"", b"\x00\r\n\r\n")
SOON_S = 0.25  # in which a request that is whole has its answer begun, on most days
STATUS = re.compile(rb"HTTP/1\.[01] ([0-9]{3}) [^\r\n]*\r\n")
SECRETS = (b"root:", b"[build-system]", b"SQLite format 3", b"password_hash", b"$argon2", b"import asyncio")
REFUSED = frozenset(
    (400, 401, 403, 404, 405, 408, 409, 410, 411, 413, 414, 415, 416, 417, 422, 426, 429, 431, 501, 503, 505)
)

BODIES = (
    b"", b"{}", b"[]", b"null", b"\xff", b"\xef\xbb\xbf{}", "{}".encode("utf-16"), BOMB, BOMB[:100], b"x" * 300_000, b"a=b&c=d",
    gzip.compress(b"{}"), b"\x1f\x8b" + bytes(50), b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--x--\r\n",
    b"40{}\x1e41", b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n", *CHUNKS,
)  # fmt: skip

addresses = st.sampled_from(ADDRESSES * 2 + TRICKS) | mutated(st.sampled_from(ADDRESSES + TRICKS))
named = st.builds("{}: {}".format, st.sampled_from(NAMES), st.sampled_from(VALUES))
encodings = st.sampled_from(["utf-8", "latin-1"])
headers = st.builds(lambda line, encoding: line.encode(encoding, "replace"), named, encodings)
bodies = json_texts.map(lambda text: text.encode("utf-8", "surrogatepass")[:400_000]) | st.sampled_from(BODIES)


@st.composite
def requests(draw: st.DrawFn) -> bytes:
    """One request, with a head and perhaps a body, right or wrong."""
    method, version = draw(st.sampled_from(METHODS)), draw(st.sampled_from(VERSIONS))
    lines = [f"{method} {draw(addresses)} {version}".encode("utf-8", "surrogatepass")]
    lines += draw(st.sampled_from([[b"Host: 127.0.0.1"]] * 6 + [[]]))
    lines += draw(st.sampled_from([[b"Authorization: Bearer TOKEN"]] * 3 + [[]]))
    lines += draw(st.lists(headers | st.sampled_from(ODD_LINES), max_size=4))
    body = draw(bodies) if draw(st.booleans()) else b""
    how = draw(st.sampled_from(["length", "length", "length", "chunks", "none", "both", "wrong"])) if body else "none"
    if body and draw(st.booleans()):
        lines.append(b"Content-Type: application/json")
    if body.startswith(b"\x1f\x8b"):
        lines.append(b"Content-Encoding: gzip")
    if how in {"length", "both"}:
        lines.append(b"Content-Length: %d" % len(body))
    if how in {"chunks", "both"}:
        lines.append(b"Transfer-Encoding: chunked")
    if how == "wrong":
        lines.append(b"Content-Length: %d" % draw(st.sampled_from([0, 1, len(body) - 1, len(body) + 1, 10**9])))
    return b"\r\n".join(lines) + draw(st.sampled_from(ENDS)) + body


async def answered(attacked: Attacked, said: bytes) -> bytes:
    """All that is answered to these bytes: what comes soon, and then the rest once nothing more is said."""
    reader, writer = await asyncio.open_connection(*attacked.address)
    heard = b""
    try:
        writer.write(said.replace(b"TOKEN", attacked.tokens["vera"].encode()))
        with suppress(TimeoutError):
            heard += await asyncio.wait_for(reader.read(2**16), SOON_S)
        if writer.can_write_eof():
            writer.write_eof()
        return heard + await to_the_end(reader.read())
    except OSError:
        return heard
    finally:
        writer.transport.abort()


def statuses(said: bytes) -> list[int]:
    """Those of all the answers in there."""
    return [int(found[1]) for found in STATUS.finditer(said)]


def is_fine(said: bytes) -> None:
    """No fault of ours, and nothing of the machine or of what is hidden."""
    for status in statuses(said):
        assert status < 400 or status in REFUSED, (status, said[:500])
    assert [secret for secret in SECRETS if secret in said] == []


@fuzzed(150)
@given(said=st.lists(requests(), min_size=1, max_size=3))
async def test_http_of_every_kind(attacked, said):
    is_fine(await answered(attacked, b"".join(said)))
    await attacked.took(len(said))


READING = (
    "/api/login", "/api/setup", "/api/tenants/main/customers", "/api/tenants/main/undo", "/api/tenants/main/calls/x/assign",
)  # fmt: skip
TYPES = (*["application/json"] * 4, "text/plain", "multipart/form-data; boundary=x", "")
PACKINGS = ("", "", "gzip", "deflate", "br", "zstd", "identity", "gzip, gzip", "x")
FRAMINGS = ("length", "length", "chunks", "as it is", "short", "long")


@fuzzed(150)
@given(
    address=st.sampled_from(READING), kind=st.sampled_from(TYPES), encoding=st.sampled_from(PACKINGS), body=bodies,
    cut=st.integers(0, 3), framing=st.sampled_from(FRAMINGS), expects=st.booleans(),
)  # fmt: skip
async def test_bodies_of_every_kind(attacked, address, kind, encoding, body, cut, framing, expects):
    lines = [f"POST {address} HTTP/1.1", "Host: 127.0.0.1", "Authorization: Bearer TOKEN", f"Content-Type: {kind}"]
    lines += [f"Content-Encoding: {encoding}"] * bool(encoding) + ["Expect: 100-continue"] * expects
    sent = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body) if framing == "chunks" else body
    lengths = {"length": len(body), "short": len(body) // 2, "long": len(body) + 10}
    lines += [f"Content-Length: {lengths[framing]}" if framing in lengths else "Transfer-Encoding: chunked"]
    is_fine(
        await answered(attacked, "\r\n".join(lines).encode() + b"\r\n\r\n" + sent[: len(sent) // cut if cut else None])
    )
    await attacked.took(1)


@fuzzed(150)
@given(
    body=bodies,
    encoding=st.sampled_from(["", "", "gzip", "deflate"]),
    query=mutated(st.just("EIO=4&transport=polling")),
    is_new=st.booleans(),
)
async def test_polls_of_every_kind(attacked, body, encoding, query, is_new):
    url = f"{attacked.program.url}/socket.io/?EIO=4&transport=polling"
    async with attacked.http.get(url) as opened:
        sid = json.loads((await opened.read())[1:])["sid"]
    address = (
        f"/socket.io/?{quote(query.encode('utf-8', 'replace'), safe='=&')}&sid={sid}" if is_new else f"{url}&sid={sid}"
    )
    head = f"POST {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n"
    head += f"Content-Encoding: {encoding}\r\n" * bool(encoding)
    is_fine(await answered(attacked, head.encode() + b"\r\n" + body))
    async with attacked.http.post(f"{url}&sid={sid}", data=b"1") as closed:
        assert closed.status in {200, 400}
    await attacked.took(1)


async def test_every_method_at_every_address(attacked):
    for method in sorted(set(METHODS) - {""}):
        for address in (*ADDRESSES, *ENDING):
            said = f"{method} {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer TOKEN\r\nConnection: close\r\n\r\n"
            is_fine(await answered(attacked, said.encode()))
            if address in ENDING:
                await attacked.signs_in("vera")
        await attacked.took(len(ADDRESSES + ENDING))


@pytest.mark.parametrize("accept", ["text/html", "*/*"])
async def test_no_address_leads_out_of_the_folders_that_are_served(attacked, accept):
    for address in TRICKS:
        head = f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\nConnection: close\r\n\r\n"
        heard = await answered(attacked, head.encode("utf-8", "surrogatepass"))
        is_fine(heard)
        if statuses(heard)[:1] == [200] and not address.startswith("/?"):
            assert b"<!doctype html>" in heard or b'{"ok": true}' in heard, (address, heard[:300])
    await attacked.took(len(TRICKS))


INNER = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


@pytest.mark.parametrize(
    "framing",
    [
        b"Content-Length: 4\r\nTransfer-Encoding: chunked", b"Transfer-Encoding: chunked\r\nContent-Length: 4",
        b"Content-Length: 4\r\nContent-Length: 50", b"Content-Length: 4, 50", b"Transfer-Encoding: chunked, identity",
        b"Transfer-Encoding: xchunked", b"Transfer-Encoding : chunked",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        b"Content-Length: +4", b"Content-Length: 0x4", b"Content-Length: -1", b"X: y\r\n Content-Length: 4",
        b"Content-Length: 4\x0b",
        b"Transfer-Encoding:\x0bchunked", b"X: y\nTransfer-Encoding: chunked\r\nContent-Length: 4",
        b"Content-Length: \xd9\xa4",
    ],
)  # fmt: skip
async def test_no_request_is_smuggled_within_another(attacked, framing):
    """A proxy and we might see its end in different places: such a request is refused, and what follows it is not read."""
    head = b"POST /api/login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" + framing
    heard = await answered(attacked, head + b"\r\n\r\n0\r\n\r\n" + INNER)
    assert statuses(heard) == [400], heard
    await attacked.took(1)
