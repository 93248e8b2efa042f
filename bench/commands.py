"""Commands per second, acknowledged and told to everyone: connections that all listen and all write in a closed loop.

    .venv/bin/python bench/commands.py [--connections 1 50 200] [--seconds 5]

Starts `callboard serve` on a database of its own and drives it from this process with bare WebSockets, so that the load
costs little; the share of a processor that this process used is printed beside the figures: near 1.00 it would be the
bottleneck. Each command is a durable `update_call` with an op_id.
"""

import argparse
import asyncio
import base64
import json
import os
import struct
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from typing import Any

import uvloop

PORT = 18_643
EMAIL, PASSWORD = "bench@example.org", "a password for benches"
CLOSED = 10  # seconds to get everybody connected


class Count:
    """What all connections together have seen."""

    def __init__(self) -> None:
        self.acks = self.events = self.bytes = 0
        self.latencies: list[float] = []
        self.stopping = False


class Client(asyncio.Protocol):
    """One connection: reads frame headers only, and sends its next command when the last is acknowledged."""

    def __init__(self, token: str, count: Count) -> None:
        loop = asyncio.get_running_loop()
        self.token, self.count = token, count
        self.buffer = bytearray()
        self.upgraded = False
        self.ready: asyncio.Future[None] = loop.create_future()
        self.has_call: asyncio.Future[None] = loop.create_future()
        self.call_id, self.sent, self.sent_at = "", 0, 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the upgrade."""
        self.transport: Any = transport
        key = base64.b64encode(os.urandom(16)).decode()
        transport.write(
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        """Cut the stream into frames."""
        buffer = self.buffer
        buffer += data
        if not self.upgraded:
            end = buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            del buffer[: end + 4]
            self.upgraded = True
        place = 0
        while (found := _frame(buffer, place)) is not None:
            start, place = found
            self._take(buffer, start, place)
        del buffer[:place]

    def _take(self, buffer: bytearray, start: int, end: int) -> None:
        self.count.bytes += end - start
        kind = bytes(buffer[start : start + 2])
        if kind == b"42":
            self.count.events += 1
            if not self.ready.done() and buffer[start : start + 9] == b'42["ready':
                self.ready.set_result(None)
        elif kind == b"43":
            self._acked(bytes(buffer[start:end]))
        elif kind[:1] == b"0":
            self._write("40" + json.dumps({"token": self.token}))
        elif kind[:1] == b"2":
            self._write("3")

    def _acked(self, frame: bytes) -> None:
        if b'"ok":true' not in frame[:40]:
            raise SystemExit(f"a command was refused: {frame[:300]!r}")
        if not self.has_call.done():
            self.call_id = json.loads(frame[frame.index(b"[") :])[0]["data"]["id"]
            self.has_call.set_result(None)
            return
        self.count.acks += 1
        self.count.latencies.append(time.perf_counter() - self.sent_at)
        if not self.count.stopping:
            self.update()

    def create(self) -> None:
        """Take the call that this connection will update."""
        self._write('420["create_call",' + json.dumps({"title": "Bench", "customer_name": "Bench"}) + "]")

    def update(self) -> None:
        """Send the next command."""
        self.sent += 1
        self.sent_at = time.perf_counter()
        message = {"id": self.call_id, "title": f"Bench {self.sent}", "op_id": str(uuid.uuid4())}
        self._write(f'42{self.sent}["update_call",{json.dumps(message)}]')

    def _write(self, text: str) -> None:
        body = text.encode()
        size = bytes([0x80 | len(body)]) if len(body) < 126 else b"\xfe" + struct.pack("!H", len(body))
        self.transport.write(b"\x81" + size + b"\0\0\0\0" + body)  # a mask of zeros is a mask


def _frame(buffer: bytearray, place: int) -> tuple[int, int] | None:
    """(start, end) of the payload of the frame at `place`, or None while it is not whole."""
    left = len(buffer) - place
    if left < 2:
        return None
    size, header = buffer[place + 1] & 127, 2
    if size == 126 and left >= 4:
        size, header = int.from_bytes(buffer[place + 2 : place + 4], "big"), 4
    elif size == 127 and left >= 10:
        size, header = int.from_bytes(buffer[place + 2 : place + 10], "big"), 10
    elif size > 125:
        return None
    start = place + header
    return (start, start + size) if left >= header + size else None


async def measure(token: str, connections: int, seconds: float) -> str:
    """One line of the table."""
    loop, count = asyncio.get_running_loop(), Count()
    clients = [
        (await loop.create_connection(lambda: Client(token, count), "127.0.0.1", PORT))[1] for _ in range(connections)
    ]
    await asyncio.wait_for(asyncio.gather(*(client.ready for client in clients)), CLOSED + connections / 50)
    for client in clients:
        client.create()
    await asyncio.gather(*(client.has_call for client in clients))
    for client in clients:
        client.update()
    await asyncio.sleep(1)
    before, cpu, began = (count.acks, count.events), time.process_time(), time.perf_counter()
    count.latencies.clear()
    await asyncio.sleep(seconds)
    took, used = time.perf_counter() - began, time.process_time() - cpu
    acks, events = count.acks - before[0], count.events - before[1]
    count.stopping = True
    waits = sorted(count.latencies)
    for client in clients:
        client.transport.abort()
    return (
        f"{connections:>11} | {acks / took:>10.0f} | {events / took:>8.0f} | {waits[len(waits) // 2] * 1e3:>6.1f} | "
        f"{waits[int(len(waits) * 0.99)] * 1e3:>6.1f} | {used / took:>9.2f}"
    )


def _token() -> str:
    body = json.dumps({"email": EMAIL, "password": PASSWORD}).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{PORT}/api/login", data=body, headers={"Content-Type": "application/json"}
    )
    for _ in range(500):
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return str(json.load(answer)["token"])
        except urllib.error.URLError:
            time.sleep(0.05)
    raise SystemExit("the server did not start")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 50, 200])
    parser.add_argument("--seconds", type=float, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        own = {
            "DATABASE_URL": f"sqlite:///{folder}/bench.db", "PORT": str(PORT), "CALLBOARD_TENANT": "Bench",
            "CALLBOARD_ADMIN_EMAIL": EMAIL, "CALLBOARD_ADMIN_PASSWORD": PASSWORD, "LOG_LEVEL": "warning",
        }  # fmt: skip
        program = str(Path(sys.executable).with_name("callboard"))
        with subprocess.Popen([program, "serve"], env={**os.environ, **own}, stdout=subprocess.DEVNULL) as server:
            try:
                token = _token()
                print("connections | commands/s | events/s | p50 ms | p99 ms | load CPU")
                for connections in given.connections:
                    print(uvloop.run(measure(token, connections, given.seconds)), flush=True)
            finally:
                server.terminate()


if __name__ == "__main__":
    main()
