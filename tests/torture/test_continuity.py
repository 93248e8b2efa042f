"""C4 complains of gaps, doubles and things that never were."""

from evidence import ANN, IDS, a_fact, a_line, a_truth, answered, heard, said_of

from torture.checks.continuity import Continuity

SNAPSHOT = a_line("snapshot", seq=1, conn="c1", resources=["calls", "users"])
USERS = a_line("snapshot", seq=1, conn="c1", resources=["users"])


def stands(seq: int, *, held: bool = True):
    return a_line("stands", seq=seq, conn="c1", held=held)


def test_c4_who_hears_everything_once_has_nothing_to_complain_of():
    truth = a_truth(a_fact(2), a_fact(3))
    assert said_of(Continuity(), truth, SNAPSHOT, heard(2), heard(3), stands(3)) == ""


def test_c4_an_entry_that_was_passed_over_is_a_gap():
    truth = a_truth(a_fact(2), a_fact(3))
    assert "1 of the entries 2 to 2 were never told" in said_of(Continuity(), truth, SNAPSHOT, heard(3))


def test_c4_a_heartbeat_beyond_what_was_told_is_a_gap():
    assert "never told" in said_of(Continuity(), a_truth(a_fact(2)), SNAPSHOT, stands(2))


def test_c4_what_no_client_knows_of_is_no_gap():
    truth = a_truth(a_fact(2, resource="former_users"), a_fact(3))
    assert said_of(Continuity(), truth, SNAPSHOT, heard(3)) == ""


def test_c4_the_same_again_is_a_double_also_at_another_door():
    said = said_of(Continuity(), a_truth(a_fact(2)), SNAPSHOT, heard(2), heard(2, conn="c2"))
    assert "at 2 again" in said


def test_c4_a_place_never_goes_back():
    assert "put back from 2 to 1" in said_of(Continuity(), a_truth(a_fact(2)), SNAPSHOT, heard(2), stands(1))


def test_c4_a_snapshot_covers_what_was_missed():
    truth = a_truth(a_fact(2), a_fact(3), a_fact(4))
    lines = (a_line("lost", conn="c1", reason="rights"), {**SNAPSHOT, "seq": 3}, heard(4))
    assert said_of(Continuity(), truth, SNAPSHOT, heard(2), *lines) == ""


def subscribed(seq: int, *kinds: str):
    return a_line("subscribed", seq=seq, conn="c1", resources=list(kinds))


def test_c4_who_listens_to_some_kinds_alone_misses_nothing_of_the_others_and_hears_nothing_of_them():
    truth = a_truth(a_fact(2), a_fact(3, resource="users", id="u"))
    assert said_of(Continuity(), truth, USERS, heard(3, resource="users", id="u")) == ""
    assert "1 of the entries 2 to 3 were never told" in said_of(Continuity(), truth, USERS, stands(3))
    assert "to which he does not listen" in said_of(Continuity(), truth, USERS, heard(2))


def test_c4_a_subscription_takes_effect_at_its_place_in_the_feed():
    truth = a_truth(a_fact(2), a_fact(3, resource="users", id="u"), a_fact(4))
    assert said_of(Continuity(), truth, SNAPSHOT, heard(2), subscribed(2, "calls"), heard(4)) == ""
    assert said_of(Continuity(), truth, USERS, subscribed(2, "calls", "users"), stands(2)) == ""
    assert "entries 2 to 2 were never told" in said_of(Continuity(), truth, SNAPSHOT, subscribed(2, "calls"))
    assert "entries 3 to 4 were never told" in said_of(Continuity(), truth, USERS, subscribed(2, "calls"), stands(4))


def test_c4_his_own_deletion_a_user_hears_whatever_he_listens_to():
    gone = a_fact(2, resource="users", id=IDS[ANN], event="user_deleted_broadcast", personal=(IDS[ANN], "user_deleted"))
    calls = {**SNAPSHOT, "resources": ["calls"]}
    lines = (calls, heard(2, event="user_deleted", resource="users", id=IDS[ANN]))
    assert said_of(Continuity(), a_truth(gone), *lines) == ""


def status(*states: list, since: int = 1, upto: int = 4):
    said = {"resource": "calls", "since": since, "upto": upto, "states": list(states)}
    return answered(1, None, name="realtime-status", status=said)


def test_c4_what_became_of_a_kind_since_is_told_once_by_its_last_state():
    truth = a_truth(a_fact(2), a_fact(3, id="call-2"), a_fact(4, id="call-4", kind="deleted"), a_fact(5))
    right = (["call-2", "digest-3"], ["call-4", None])
    assert said_of(Continuity(), truth, status(*right)) == ""
    assert "wrong about calls between 1 and 4: call-2" in said_of(Continuity(), truth, status(right[1]))
    assert "call-2" in said_of(Continuity(), truth, status(["call-2", "digest-2"], right[1]))
    assert "call-5" in said_of(Continuity(), truth, status(*right, ["call-5", "digest-5"]))
    assert "told twice" in said_of(Continuity(), truth, status(*right, right[0]))


def test_c4_without_a_base_nothing_is_missed():
    truth = a_truth(a_fact(2), a_fact(3))
    assert said_of(Continuity(), truth, heard(3, held=False), stands(3, held=False)) == ""


def test_c4_what_is_told_is_what_the_journal_has():
    assert "where the journal has" in said_of(Continuity(), a_truth(a_fact(2)), SNAPSHOT, heard(2, digest="other"))
    assert "where the journal has" in said_of(
        Continuity(), a_truth(a_fact(2)), SNAPSHOT, heard(2, event="call_created")
    )
    assert "not in the journal" in said_of(Continuity(), a_truth(), SNAPSHOT, heard(2))


def test_c4_a_deleted_user_hears_it_in_his_own_words():
    gone = a_fact(2, resource="users", id=IDS[ANN], event="user_deleted_broadcast", personal=(IDS[ANN], "user_deleted"))
    told = {"resource": "users", "id": IDS[ANN]}
    assert said_of(Continuity(), a_truth(gone), SNAPSHOT, heard(2, event="user_deleted", **told)) == ""
    assert said_of(Continuity(), a_truth(gone), SNAPSHOT, heard(2, event="user_deleted_broadcast", **told)) != ""
