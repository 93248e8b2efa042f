from datetime import date

from bench.results import Run, page
from bench.rounds import perform
from bench.table import Row


class Measure:
    """What is measured here: nothing."""

    def __init__(self, *names: str, failing: str = "") -> None:
        self.names, self.failing = names, failing

    def peers(self):
        return self.names

    def measure(self, peer, number):
        if peer == self.failing:
            raise ValueError("it did not\nstart")
        return {"speed": 10.0 * (number + 1)}

    def rows(self):
        return [Row("speed", "how fast", "m/s", "higher", 2.0, self.names[-1])]


def a_run(rounds: int, **measures: Measure) -> tuple[Run, list[tuple[object, ...]]]:
    run = Run("python -m bench", date(2026, 11, 20), rounds, measures)
    return run, [(line["round"], line["measure"], line["peer"]) for line in perform(run)]


def test_every_round_measures_everything_once_and_begins_elsewhere():
    _, done = a_run(2, first=Measure("a", "b"), second=Measure("c", "d"))
    assert [each[1:] for each in done[:4]] == [("first", "a"), ("first", "b"), ("second", "c"), ("second", "d")]
    assert [each[1:] for each in done[4:]] == [("second", "c"), ("second", "d"), ("first", "a"), ("first", "b")]


def test_the_page_has_a_table_of_each_measure_and_says_what_was_missed():
    run, _ = a_run(3, first=Measure("a", "b"))
    told = page(run)
    assert "## First\n\nWhat is measured here: nothing.\n\n|" in told
    assert "| how fast, m/s | 20 (10 to 30) | 20 (10 to 30) | 1 x b | ≥ 2 x | **missed** |" in told
    assert "- first: how fast: 1 x b where ≥ 2 x was aimed at" in told


def test_what_fails_is_told_and_costs_nothing_else():
    run, done = a_run(1, first=Measure("a", "b", failing="a"), second=Measure("c"))
    assert len(done) == 3
    assert run.values == {"first": {"b": {"speed": [10.0]}}, "second": {"c": {"speed": [10.0]}}}
    assert "- failed: first of a in round 1: it did not start" in page(run)
