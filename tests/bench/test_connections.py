import pytest

from bench.connections import Sizes, measure, rows

FEW = Sizes(timed=5, idle=10, herd=5)


@pytest.mark.parametrize("peer", ["callboard", "stock"])
def test_a_few_connections_give_every_figure(peer):
    figures = measure(peer, 0, FEW)
    herd = {row.figure for row in rows() if row.figure.startswith("herd_")}
    wanted = {row.figure for row in rows()} - (set() if peer == "callboard" else herd)
    assert wanted <= set(figures)
    assert figures["connects_per_s"] > 0
    assert figures["drop_s"] > 0
