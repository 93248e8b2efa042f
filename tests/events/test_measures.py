"""What a desk counts of its own work."""

import pytest

from events.errors import Conflict, Forbidden
from events.measures import Measures, Spread, outcome_name
from events.outcome import unchanged
from stores.errors import Unreachable


class Coded(Exception):
    """As SQLAlchemy's, whose code is none of ours."""

    code = "gkpj"


def test_a_figure_at_a_bound_belongs_below_it_and_the_largest_have_no_bound():
    spread = Spread((1, 2))
    for figure in (0.5, 1, 1.5, 2, 3):
        spread.add(figure)
    assert (spread.counts, spread.total) == ([2, 2, 1], 8)


@pytest.mark.parametrize(
    ("result", "name"),
    [
        (unchanged(b"null", "e.1", 1), "ok"), (b"{}", "ok"), (unchanged(b"null", "e.1", 1, repeated=True), "repeated"),
        (Forbidden("no"), "forbidden"), (Conflict("no"), "conflict"), (Unreachable("gone"), "unavailable"),
        (ZeroDivisionError(), "internal"), (Coded(), "internal"),
    ],
)  # fmt: skip
def test_an_outcome_is_named_by_its_code(result: object, name: str):
    assert outcome_name(result) == name


def test_who_waits_for_an_answer_gets_it_and_it_is_counted():
    measures, answers = Measures(), []
    settle = measures.counting("create_call", answers.append)
    settle(b"{}")
    settle(error := Forbidden("no"))
    assert answers == [b"{}", error]
    assert measures.commands == {("create_call", "ok"): 1, ("create_call", "forbidden"): 1}


def test_commits_are_counted_by_what_became_of_them():
    measures = Measures()
    measures.committed("durable", 0.002)
    measures.committed("undone", 1.0)
    assert measures.verdicts == {"durable": 1, "undone": 1}
    assert (sum(measures.commits.counts), measures.commits.total) == (2, 1.002)
