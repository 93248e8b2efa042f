"""C3 complains of what is out of order: in the journal, or on a connection."""

import pytest
from evidence import Fact, a_fact, a_line, a_truth, answered, said_of, sent

from torture.checks.order import Order


def test_c3_a_connection_answered_in_order_is_well():
    truth = a_truth(a_fact(2, op="a"), a_fact(3, op="b"))
    lines = (sent(1, "a"), sent(2, "b"), answered(1, "a", seq=2, stood="2"), answered(2, "b", seq=3))
    assert said_of(Order(), truth, lines[0], lines[1], {**lines[2], "stood": 2}, lines[3]) == ""


def test_c3_an_answer_may_not_overtake_another():
    truth = a_truth(a_fact(2, op="a"), a_fact(3, op="b"))
    said = said_of(Order(), truth, sent(1, "a"), sent(2, "b"), answered(2, "b", seq=3), answered(1, "a", seq=2))
    assert "came after that of 2" in said
    assert "before an earlier one at 3" in said


def test_c3_commands_of_a_connection_happen_in_the_order_sent():
    truth = a_truth(a_fact(2, op="b"), a_fact(3, op="a"))
    said = said_of(Order(), truth, sent(1, "a"), sent(2, "b"), answered(1, "a", seq=3), answered(2, "b", seq=2))
    assert "before an earlier one at 3" in said


def test_c3_over_http_there_is_no_order_between_requests():
    truth = a_truth(a_fact(2, op="b"), a_fact(3, op="a"))
    lines = (sent(1, "a", conn=""), sent(2, "b", conn=""), answered(2, "b", seq=2), answered(1, "a", seq=3))
    assert said_of(Order(), truth, *lines) == ""


def test_c3_a_client_hears_his_own_event_before_the_answer():
    said = said_of(Order(), a_truth(a_fact(2, op="a")), sent(1, "a"), answered(1, "a", seq=2, stood=1))
    assert "came before its event" in said


def test_c3_who_does_not_listen_to_it_waits_for_no_event():
    early = {"seq": 3, "stood": 1}
    truth = a_truth(a_fact(2, op="a", last=3), a_fact(3, op="a", first=2, resource="users"))
    assert said_of(Order(), truth, sent(1, "a"), answered(1, "a", **early, listens=["notes"])) == ""
    for kinds in (["calls"], ["users"], None):
        assert "came before" in said_of(Order(), truth, sent(1, "a"), answered(1, "a", **early, listens=kinds))


def test_c3_whose_session_ended_under_him_is_answered_and_hears_no_more():
    lines = (sent(1, "a"), answered(1, "a", seq=2, stood=1), a_line("ended", conn="c1", reason="password"))
    assert said_of(Order(), a_truth(a_fact(2, op="a")), *lines) == ""


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (a_fact(3), "3 where 2 should be"),
        (a_fact(2, version=1), "calls itself version 1"),
        (a_fact(2, first=3, last=3), "its set is 3 to 3"),
    ],
)
def test_c3_the_journal_itself_is_in_order(fact: Fact, said: str):
    assert said in said_of(Order(), a_truth(fact))
