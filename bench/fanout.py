"""Fan-out: 1,000 clients who listen, one event of about 350 bytes to all of them, 20 times over.

(a) All 20 in one turn of the server's event loop, (b) one a turn. The next burst begins when everybody has all of the
last; a client that did not hear everything fails the run. `fanout` is python-socketio with nothing of ours but
`FanoutManager`; `callboard` is the whole server, asked by 20 commands at once to call out to a channel, so it has no (b).
PocketBase tells of changes of records alone and cannot be asked for this. The `sink` does nothing but send what was made
before: that much the load can take in.
"""

from bench.load import generated
from bench.peers import start
from bench.table import Row

CLIENTS, EVENTS = 1_000, 20
WARM_S, SECONDS = 0.5, 3.0
MODES = {"burst": "(a) 20 in one turn", "turns": "(b) one a turn"}
TARGETS = {"burst": 10.0, "turns": 1.3}  # times Node's


def peers() -> tuple[str, ...]:
    """In the order of the table."""
    return ("fanout", "callboard", "node", "stock", "sink")


def rows() -> list[Row]:
    """What the figures are, and the targets."""
    told: list[Row] = []
    for mode, name in MODES.items():
        told += [
            Row(f"deliveries_per_s_{mode}", name, "deliveries/s", "higher", TARGETS[mode], "node"),
            Row(f"server_us_{mode}", f"{name}: processor time of the server", "µs a delivery", "lower", None, "node"),
            Row(f"load_cpu_{mode}", f"{name}: share of a processor that the load took", "", "lower"),
        ]
    return told


def measure(
    peer: str, _round: int, *, clients: int = CLIENTS, warm: float = WARM_S, seconds: float = SECONDS
) -> dict[str, float]:
    """Deliveries per second of one peer by mode, and what a delivery cost the server and the load."""
    figures: dict[str, float] = {}
    for mode in list(MODES)[:1] if peer == "callboard" else MODES:
        with start(peer) as it:
            found = generated(
                "listeners", peer=peer, port=it.server.port, pid=it.server.pid, token=it.token, clients=clients,
                events=EVENTS, mode=mode, warm=warm, seconds=seconds,
            )  # fmt: skip
        figures |= {f"{name}_{mode}": value for name, value in found.items()}
    return figures
