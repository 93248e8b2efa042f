"""The journal: how long a start takes with 100,000 calls, and how fast one client is told what it missed.

Only Callboard has a journal that a client resumes from, so there is no peer. Inside the newest 10,000 entries a resume is
served from memory; a client further behind is first served from the database, and what is timed then ends where the
window begins. One client listens over server-sent events and does no more than count.
"""

import socket
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.archive import EMAIL, PASSWORD, archive, url_of
from bench.member import TENANT, Member
from bench.process import Server, started
from bench.table import Row

CALLS = 100_000
WINDOW = 10_000  # entries that the server keeps in memory
BEHIND = 9_900
REPEATS = 5
EVENT, READY = b"\nevent: call_created\n", b"\nevent: ready\n"
TIMEOUT_S = 60


def peers() -> tuple[str, ...]:
    """Callboard alone."""
    return ("callboard",)


def rows() -> list[Row]:
    """What the figures are."""
    return [
        Row("start_s", "start with 100,000 calls, until ready", "s", "lower"),
        Row("start_mib", "resident then", "MiB", "lower"),
        Row("memory_per_s", "replay to one client, from memory", "events/s", "higher"),
        Row("disk_per_s", "replay to one client, from disk", "events/s", "higher"),
    ]


def measure(
    _peer: str, _round: int, *, calls: int = CALLS, window: int = WINDOW, behind: int = BEHIND
) -> dict[str, float]:
    """One start, and some replays of each kind."""
    environment = {"DATABASE_URL": url_of(archive(calls).name), "LOG_LEVEL": "warning"}
    program = str(Path(sys.executable).with_name("callboard"))
    began = time.perf_counter()
    with started([program, "serve"], environment, "/readyz") as server:
        figures = {"start_s": time.perf_counter() - began, "start_mib": server.resident() / 2**20}
        client = Client(server)
        # The first replay of each kind warms up: it is left out.
        memory = [client.replay(behind, behind) for _ in range(REPEATS + 1)][1:]
        disk = [client.replay(window + behind, behind) for _ in range(REPEATS + 1)][1:]
    return {**figures, "memory_per_s": statistics.median(memory), "disk_per_s": statistics.median(disk)}


class Client:
    """Somebody who comes back again and again from an old cursor."""

    def __init__(self, server: Server) -> None:
        member = Member(server.url, EMAIL, PASSWORD)
        self._port, self._token = server.port, member.token
        self._epoch, _, head = member.cursor().rpartition(".")
        self._head = int(head)

    def replay(self, behind: int, first: int) -> float:
        """Events a second, over the `first` of those that it missed; all of them must come."""
        began, at_first, seen = time.perf_counter(), 0.0, 0
        for count in self._listen(self._head - behind):
            seen += count
            if not at_first and seen >= first:
                at_first = time.perf_counter()
        if seen != behind:
            raise ValueError(f"{seen} events came of {behind}")
        return first / (at_first - began)

    def _listen(self, since: int) -> Iterator[int]:
        """How many events came, piece by piece, until the server says that this was all."""
        with socket.create_connection(("127.0.0.1", self._port), TIMEOUT_S) as stream:
            stream.sendall(
                f"GET {TENANT}/realtime?since={self._epoch}.{since} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                f"Authorization: Bearer {self._token}\r\n\r\n".encode()
            )
            left = b""
            while READY not in left:
                piece = stream.recv(1 << 20)
                if not piece:
                    raise ValueError(f"the stream ended: {left[-500:]!r}")
                fresh = left + piece
                yield fresh.count(EVENT)
                left = fresh[max(fresh.rfind(EVENT) + len(EVENT), len(fresh) - 4096) :]
