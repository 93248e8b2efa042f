"""C6 complains of replicas that differ, and of who is left behind."""

from evidence import a_fact, a_line, a_truth, said_of

from torture.checks.agreement import Agreement
from torture.replica import sum_of


def compared(seq: int, held: dict[tuple[str, str], str], differing: int = 0, resources=("calls", "users")):
    return a_line(
        "compared", what="replica and fresh snapshot", records=2, differing=differing, such=["calls/call-2"], seq=seq,
        sum=sum_of(held), resources=resources,
    )  # fmt: skip


def test_c6_what_everybody_holds_is_what_the_journal_adds_up_to():
    truth = a_truth(a_fact(2))
    assert said_of(Agreement(), truth, compared(2, truth.ledgers["north"].state)) == ""


def test_c6_who_listens_to_some_kinds_alone_holds_these():
    truth = a_truth(a_fact(2))
    calls = {key: digest for key, digest in truth.ledgers["north"].state.items() if key[0] == "calls"}
    assert said_of(Agreement(), truth, compared(2, calls, resources=["calls"])) == ""
    assert said_of(Agreement(), truth, compared(2, truth.ledgers["north"].state, resources=["calls"])) != ""


def test_c6_a_replica_that_differs_from_a_fresh_snapshot():
    truth = a_truth(a_fact(2))
    said = said_of(Agreement(), truth, compared(2, truth.ledgers["north"].state, differing=1))
    assert "1 of 2 records differ, such as ['calls/call-2']" in said


def test_c6_a_snapshot_that_is_not_what_the_journal_adds_up_to():
    assert "not what the journal adds up to" in said_of(Agreement(), a_truth(a_fact(2)), compared(2, {}))


def test_c6_who_never_caught_up():
    line = a_line("behind", place="e.1", head=2)
    assert "stood at e.1 when all was calm" in said_of(Agreement(), a_truth(a_fact(2)), line)
