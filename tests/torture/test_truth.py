"""A ledger adds the facts up."""

from evidence import ANN, IDS, a_fact, a_truth


def test_what_the_facts_add_up_to_is_the_state():
    gone = a_fact(3, id="call-2", kind="deleted", event="call_deleted")
    truth = a_truth(a_fact(2), a_fact(4), gone)
    assert set(truth.of(ANN).state) == {("users", IDS[ANN]), ("calls", "call-4")}


def test_what_no_client_knows_of_is_no_part_of_it():
    assert ("former_users", "call-2") not in a_truth(a_fact(2, resource="former_users")).of(ANN).state


def test_who_is_a_member_when():
    user = {"resource": "users", "id": IDS[ANN]}
    ledger = a_truth(a_fact(2, **user, active=False), a_fact(3, **user), a_fact(4, **user, kind="deleted")).of(ANN)
    assert [ledger.is_member(IDS[ANN], seq) for seq in (1, 2, 3, 4, 5)] == [False, True, False, True, False]


def test_a_change_set_is_known_by_who_sent_it_and_its_op_id():
    ledger = a_truth(a_fact(2, op="op", last=3), a_fact(3, op="op", first=2)).of(ANN)
    assert ledger.sets == {(IDS[ANN], "op"): [(2, 3)]}
