"""C1 complains of what was acknowledged and is not there."""

from evidence import IDS, a_fact, a_truth, answered, refused, said_of

from stores.change import Operation
from torture.checks.kept import Kept


def kept(op: str, first: int, last: int) -> Operation:
    return Operation(IDS["north/ann"], op, "", first, last, "calls", "call-2")


def test_c1_what_was_acknowledged_and_is_in_the_journal_is_kept():
    assert said_of(Kept(), a_truth(a_fact(2, op="op")), answered(1, seq=2)) == ""


def test_c1_an_acknowledged_command_that_is_nowhere_is_lost():
    assert "is nowhere in the database" in said_of(Kept(), a_truth(a_fact(2)), answered(1, seq=2))


def test_c1_an_answer_names_the_place_where_it_happened():
    assert "the journal has it at" in said_of(Kept(), a_truth(a_fact(2), a_fact(3, op="op")), answered(1, seq=2))


def test_c1_a_command_that_changed_nothing_is_kept_all_the_same():
    truth = a_truth(a_fact(2), operations=(kept("op", 3, 2),))
    assert said_of(Kept(), truth, answered(1, seq=2)) == ""


def test_c1_one_that_is_kept_as_a_change_must_be_in_the_journal():
    truth = a_truth(a_fact(2), operations=(kept("op", 2, 2),))
    assert "the journal does not have it" in said_of(Kept(), truth, answered(1, seq=2))


def test_c1_what_was_refused_is_nobodys_loss():
    assert said_of(Kept(), a_truth(), refused(1, "conflict")) == ""
