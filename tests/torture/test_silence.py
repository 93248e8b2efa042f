"""C5 complains of whatever somebody was told that is not for him."""

import pytest
from evidence import ANN, BEN, IDS, a_fact, a_line, a_truth, answered, heard, refused, said_of, sent

from torture.checks.silence import Silence

FOREIGN = sent(1, foreign=True)


def test_c5_what_is_for_him_he_may_hear():
    assert said_of(Silence(), a_truth(a_fact(2)), heard(2), answered(1, seq=2, records=[[2, "digest-2"]])) == ""


@pytest.mark.parametrize(
    "line",
    [
        heard(2), answered(1, seq=2), a_line("snapshot"), a_line("subscribed"), a_line("fresh"), a_line("exported"),
        a_line("overheard"),
    ],
)  # fmt: skip
def test_c5_a_canary_in_anything_told_is_a_leak(line):
    assert "was told 'canary'" in said_of(Silence(), a_truth(a_fact(2)), {**line, "leak": "canary"})


def test_c5_a_canary_in_the_log_is_a_leak():
    assert "stands in the server's log" in said_of(Silence(), a_truth(), a_line("log", "", canaries=["canary"]))


def test_c5_a_kind_of_record_that_no_role_reads_is_not_told():
    truth = a_truth(a_fact(2, resource="former_users"))
    assert "which no role reads" in said_of(Silence(), truth, heard(2, resource="former_users"))


def test_c5_who_was_deactivated_hears_that_and_nothing_after():
    truth = a_truth(a_fact(2, resource="users", id=IDS[ANN], active=False), a_fact(3))
    assert said_of(Silence(), truth, heard(2, resource="users")) == ""
    assert "no active member any more" in said_of(Silence(), truth, heard(3))


def test_c5_another_teams_record_does_not_exist():
    assert said_of(Silence(), a_truth(), FOREIGN, refused(1, "not_found")) == ""
    assert "answered forbidden" in said_of(Silence(), a_truth(), FOREIGN, refused(1, "forbidden"))
    assert "answered ok" in said_of(Silence(), a_truth(a_fact(2, op="op")), FOREIGN, answered(1, seq=2))


def test_c5_a_version_that_never_was_durable_is_shown_to_nobody():
    assert "never was in the journal" in said_of(Silence(), a_truth(), answered(1, records=[[7, "digest-7"]]))


def test_c5_activity_tells_what_is_in_the_journal():
    truth, mine = a_truth(a_fact(2)), [2, "calls", "call-2", IDS[ANN]]
    assert said_of(Silence(), truth, answered(1, None, name="activity", entries=[mine])) == ""
    for wrong in ([2, "calls", "call-3", IDS[ANN]], [2, "calls", "call-2", "somebody else"], [3, *mine[1:]]):
        said = said_of(Silence(), truth, answered(1, None, name="activity", entries=[mine, wrong]))
        assert "which is not in the journal" in said


def test_c5_nobody_is_taken_for_somebody_else():
    assert said_of(Silence(), a_truth(), answered(1, None, name="me", me=["north", IDS[ANN]])) == ""
    assert "takes him for" in said_of(Silence(), a_truth(), answered(1, None, name="me", me=["south", IDS[ANN]]))
    assert "takes him for" in said_of(Silence(), a_truth(), answered(1, None, name="me", me=["north", IDS[BEN]]))
