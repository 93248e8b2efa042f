"""Commands: 1, 50 and 500 connections that all listen and all write in a closed loop.

Each has a record of its own and changes it: durable, acknowledged, told to all. It sends its next command when the last
one is acknowledged. In the end every connection must have heard every change, else the run has failed. PocketBase has a
stream of events and a kept HTTP connection for a socket. The `sink` answers and tells without doing anything: that much
the load can ask for and take in.
"""

from bench.load import generated
from bench.peers import start
from bench.table import Row

CONNECTIONS = (1, 50, 500)
WARM_S, SECONDS = 1.0, 4.0
# connections → what is aimed at, as a ratio to a peer's
TARGETS = {1: {"feathers": 0.6}, 50: {"feathers": 3.0}, 500: {"feathers": 20.0, "pocketbase": 20.0}}
P99_TARGETS = {500: 0.1}


def peers() -> tuple[str, ...]:
    """In the order of the table."""
    return ("callboard", "feathers", "pocketbase", "sink")


def rows() -> list[Row]:
    """What the figures are, and the targets."""
    return [row for count in CONNECTIONS for row in _rows(count)]


def _rows(count: int) -> list[Row]:
    said = "1 connection" if count == 1 else f"{count} connections"
    return [
        *(Row(f"commands_per_s_{count}", said, "commands/s", "higher", target, peer)
          for peer, target in TARGETS[count].items()),
        Row(f"p50_ms_{count}", f"{said}, p50", "ms", "lower", None, "feathers"),
        Row(f"p99_ms_{count}", f"{said}, p99", "ms", "lower", P99_TARGETS.get(count), "feathers"),
        Row(f"events_per_s_{count}", f"{said}, told", "events/s", "higher", None, "feathers"),
        Row(f"server_us_{count}", f"{said}, processor time of the server", "µs a command", "lower", None, "feathers"),
        Row(f"load_cpu_{count}", f"{said}, share of a processor that the load took", "", "lower"),
    ]  # fmt: skip


def measure(
    peer: str,
    number: int,
    *,
    connections: tuple[int, ...] = CONNECTIONS,
    warm: float = WARM_S,
    seconds: float = SECONDS,
) -> dict[str, float]:
    """Commands and events per second, waiting times in ms, and the cost of a command, each by number of connections."""
    figures: dict[str, float] = {}
    for count in connections:
        with start(peer) as it:
            found = generated(
                "closedLoop", peer=peer, port=it.server.port, pid=it.server.pid, token=it.token, connections=count,
                warm=warm, seconds=seconds, salt=f"bench-{number}",
            )  # fmt: skip
        figures |= {f"{name}_{count}": value for name, value in found.items()}
    return figures
