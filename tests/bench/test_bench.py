"""The measures still run, and the load still fails where somebody did not hear everything. No figure is judged here."""

import pytest

from bench import commands, fanout
from bench.load import LoadError, generated
from bench.peers import start
from bench.table import Row

FEW, BRIEF = 5, {"warm": 0.1, "seconds": 0.3}


def test_commands_are_measured_when_everybody_has_heard_everything():
    figures = commands.measure("callboard", 0, connections=(FEW,), **BRIEF)
    assert figures[f"commands_per_s_{FEW}"] > 0
    assert figures[f"events_per_s_{FEW}"] > 0
    assert figures[f"p50_ms_{FEW}"] <= figures[f"p99_ms_{FEW}"]


@pytest.mark.parametrize("peer", ["stock", "callboard"])
def test_fan_out_is_measured_in_every_mode_there_is(peer):
    figures = fanout.measure(peer, 0, clients=FEW, **BRIEF)
    modes = ["burst"] if peer == "callboard" else list(fanout.MODES)
    assert all(figures[f"deliveries_per_s_{mode}"] > 0 for mode in modes)


def test_a_burst_that_not_everybody_hears_fails_the_run():
    """The sink does not know Callboard's way of calling out, so nobody hears anything."""
    with start("sink") as it, pytest.raises(LoadError, match="5 clients have not heard 3 events"):
        generated(
            "listeners", peer="callboard", port=it.server.port, pid=it.server.pid, token=it.token, clients=FEW, events=3,
            mode="burst", patience=0.2, **BRIEF,
        )  # fmt: skip


@pytest.mark.parametrize("measure", [commands, fanout])
def test_every_target_names_a_peer_that_is_measured(measure):
    rows: list[Row] = measure.rows()
    assert {row.against for row in rows if row.against} <= set(measure.peers())
    assert [row.target for row in rows if row.target is not None]
