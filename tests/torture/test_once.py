"""C2 complains of what happened twice, or happened and was refused."""

from evidence import a_fact, a_truth, answered, refused, said_of, sent

from torture.checks.once import Once


def test_c2_sent_twice_and_applied_once_is_as_it_should_be():
    lines = (sent(1), sent(2, conn=""), answered(1, seq=2), answered(2, seq=2, repeated=True))
    assert said_of(Once(), a_truth(a_fact(2, op="op")), *lines) == ""


def test_c2_one_op_id_in_two_change_sets_was_applied_twice():
    truth = a_truth(a_fact(2, op="op"), a_fact(3, op="op"))
    assert "applied 2 times" in said_of(Once(), truth, sent(1), answered(1, seq=2))


def test_c2_a_set_of_several_entries_is_one():
    truth = a_truth(a_fact(2, op="op", last=3), a_fact(3, op="op", first=2))
    assert said_of(Once(), truth, sent(1), answered(1, seq=3)) == ""


def test_c2_only_one_answer_is_the_first_outcome():
    lines = (sent(1), sent(2), answered(1, seq=2), answered(2, seq=2))
    assert "answered twice" in said_of(Once(), a_truth(a_fact(2, op="op")), *lines)


def test_c2_what_was_sent_once_and_refused_did_not_happen():
    truth = a_truth(a_fact(2, op="op"))
    assert "was refused (conflict), and is in the journal" in said_of(Once(), truth, sent(1), refused(1, "conflict"))


def test_c2_what_was_not_known_to_have_happened_may_have_happened():
    truth = a_truth(a_fact(2, op="op"))
    assert said_of(Once(), truth, sent(1), sent(2), refused(1, "unavailable"), answered(2, seq=2, repeated=True)) == ""
