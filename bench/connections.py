"""Connections: how fast they come in, what an idle one costs, and what it does to a server when all go or come at once.

- 2,000 connect with a token, 64 at a time; with 6,000 more they then stay, idle. Bytes per connection are the growth of
  the server's resident memory from before the first to when it has come to rest.
- All 8,000 are dropped in one moment. A probe asks the server for next to nothing every 5 ms meanwhile: what its answers
  took over 50 ms is how long the loop was blocked.
- 5,000 come back at once with a cursor 100 events old: the time until each has heard exactly these and `ready`. No peer
  has a journal to resume from.
"""

import time
from dataclasses import dataclass

from bench.crowd import Crowd
from bench.member import Member
from bench.peers import EMAIL, PASSWORD, start
from bench.probe import Probe
from bench.process import Server
from bench.table import Row

AT_ONCE = 64
WARM_UP = 200
MISSED = 100  # events
REST_SHARE = 0.1  # of a processor: below it a server is at rest
REST_LOOK_S, REST_MOST_S, DROP_MOST_S = 0.5, 10.0, 30.0
EVENT = "call_updated"
# An address that each answers without work: none of them but Callboard serves anything beside Socket.IO.
PROBED = {"callboard": "/healthz"}
REFUSED = "/socket.io/?EIO=4&transport=none"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many connect while it is timed, how many there are in the end, and how many come back."""

    timed: int = 2_000
    idle: int = 8_000
    herd: int = 5_000


FULL = Sizes()


def peers() -> tuple[str, ...]:
    """Ours, Node's Socket.IO, and python-socketio as it comes."""
    return ("callboard", "node", "stock")


def rows() -> list[Row]:
    """What the figures are, and the targets."""
    return [
        Row("connects_per_s", "connects with a token", "connections/s", "higher", None, "node"),
        Row("connect_us", "processor time of the server for one", "µs", "lower", None, "node"),
        Row("idle_bytes", "an idle connection of 8,000", "bytes", "lower", 0.9, "node"),
        Row("drop_s", "8,000 dropped at once, until all are gone", "s", "lower", None, "node"),
        Row("drop_cpu_s", "processor time of the server for that", "s", "lower", None, "node"),
        Row("drop_blocked_s", "how long the loop was blocked by that in all", "s", "lower", 0.5),
        Row("drop_longest_ms", "the longest such time", "ms", "lower", None, "node"),
        Row("herd_s", "5,000 back with a cursor 100 events old, until all have caught up", "s", "lower"),
        Row("herd_events_per_s", "events told meanwhile", "events/s", "higher"),
        Row("herd_again", "times that one was turned away and came again", "", "lower"),
        Row("herd_load", "share of a processor that the load took meanwhile", "", "lower"),
    ]


def measure(peer: str, _round: int, sizes: Sizes = FULL) -> dict[str, float]:
    """All of it on one server."""
    with start(peer) as running:
        server, token = running.server, running.token
        _warm_up(server, token)
        with Crowd(server.port, token, EVENT) as crowd:
            figures = _came_in(server, crowd, sizes)
            figures |= _left(server, crowd, PROBED.get(peer, REFUSED), sizes.idle)
        return figures | (_came_back(server, token, sizes.herd) if peer == "callboard" else {})


def _warm_up(server: Server, token: str) -> None:
    with Crowd(server.port, token, EVENT) as crowd:
        crowd.open(WARM_UP, AT_ONCE)
    _rest(server)


def _came_in(server: Server, crowd: Crowd, sizes: Sizes) -> dict[str, float]:
    before, cpu = server.resident(), server.cpu()
    first = crowd.open(sizes.timed, AT_ONCE)
    cpu = server.cpu() - cpu
    crowd.open(sizes.idle - sizes.timed, AT_ONCE)
    _rest(server)
    return {
        "connects_per_s": sizes.timed / first["seconds"], "connect_us": cpu / sizes.timed * 1e6,
        "connect_load": first["load_cpu_s"] / first["seconds"], "idle_bytes": (server.resident() - before) / sizes.idle,
    }  # fmt: skip


def _left(server: Server, crowd: Crowd, address: str, idle: int) -> dict[str, float]:
    open_before, cpu = server.descriptors(), server.cpu()
    with Probe(server.port, address) as probe:
        began = time.perf_counter()
        crowd.drop()
        while server.descriptors() > open_before - idle + 1:  # the probe's own is one more
            if time.perf_counter() - began > DROP_MOST_S:
                raise TimeoutError(f"{server.descriptors()} descriptors are open still")
            time.sleep(0.01)
        took = time.perf_counter() - began
        _rest(server)
    return {
        "drop_s": took, "drop_cpu_s": server.cpu() - cpu, "drop_blocked_s": probe.waits.blocked,
        "drop_longest_ms": probe.waits.longest * 1e3,
    }  # fmt: skip


def _came_back(server: Server, token: str, herd: int) -> dict[str, float]:
    member = Member(server.url, EMAIL, PASSWORD)
    call_id = member.create_call()
    cursor = member.cursor()
    member.change(call_id, MISSED)
    with Crowd(server.port, token, EVENT) as crowd:
        wave = crowd.open(herd, herd, welcome="ready", auth={"cursor": cursor}, events=MISSED)
    seconds = wave["seconds"]
    return {
        "herd_s": seconds, "herd_events_per_s": herd * MISSED / seconds, "herd_again": wave["again"],
        "herd_load": wave["load_cpu_s"] / seconds,
    }  # fmt: skip


def _rest(server: Server) -> None:
    """Wait until the server is at rest, or for so long that what it does now is what it does for ever."""
    until = time.monotonic() + REST_MOST_S
    share = 1.0
    while share > REST_SHARE and time.monotonic() < until:
        cpu = server.cpu()
        time.sleep(REST_LOOK_S)
        share = (server.cpu() - cpu) / REST_LOOK_S
