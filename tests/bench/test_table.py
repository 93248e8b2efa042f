from bench.table import Row, judge, markdown, missed

PEERS = ("callboard", "node", "stock")
VALUES = {
    "callboard": {"per_s": [12_000.0, 10_000.0, 11_000.0], "p99": [4.0, 5.0, 6.0]},
    "node": {"per_s": [1_000.0, 1_100.0, 1_200.0], "p99": [40.0, 50.0, 60.0]},
}
FAST = Row("per_s", "deliveries", "events/s", "higher", 9.0, "node")
SLOW = Row("p99", "p99", "ms", "lower", 0.05, "node")
ALONE = Row("p99", "p99", "ms", "lower", 5.5)


def test_a_ratio_is_that_of_the_medians():
    assert judge(FAST, "callboard", VALUES).found == 10.0


def test_more_is_better_or_less_is():
    assert judge(FAST, "callboard", VALUES).reached is True
    assert judge(SLOW, "callboard", VALUES).reached is False


def test_without_a_peer_the_target_is_a_value_of_our_own():
    assert judge(ALONE, "callboard", VALUES).found == 5.0
    assert judge(ALONE, "callboard", VALUES).reached is True


def test_nothing_is_judged_that_was_not_measured():
    assert judge(Row("per_s", "x", "", "higher", 1.0, "stock"), "callboard", VALUES) is None
    assert judge(Row("other", "x", "", "higher", 1.0), "callboard", VALUES) is None


def test_the_table_shows_medians_ranges_ratios_and_verdicts():
    table = markdown([FAST, SLOW], PEERS, VALUES).splitlines()
    assert table[2] == (
        "| deliveries, events/s | 11,000 (10,000 to 12,000) | 1,100 (1,000 to 1,200) | - | 10 x node | ≥ 9 x | reached |"
    )
    assert "| 0.1 x node | ≤ 0.05 x | **missed** |" in table[3]


def test_every_line_of_the_table_has_as_many_cells():
    counts = {line.count("|") for line in markdown([FAST, SLOW, ALONE], PEERS, VALUES).splitlines()}
    assert counts == {len(PEERS) + 5}


def test_a_miss_is_said_in_a_sentence():
    assert missed([FAST, SLOW, ALONE], PEERS, VALUES) == ["p99: 0.1 x node where ≤ 0.05 x was aimed at"]
