"""C4 complains of gaps, doubles and things that never were."""

from evidence import ANN, IDS, a_fact, a_line, a_truth, heard, said_of

from torture.checks.continuity import Continuity

SNAPSHOT = a_line("snapshot", seq=1, conn="c1")


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
    lines = (a_line("lost", conn="c1", reason="rights"), a_line("snapshot", seq=3, conn="c1"), heard(4))
    assert said_of(Continuity(), truth, SNAPSHOT, heard(2), *lines) == ""


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
