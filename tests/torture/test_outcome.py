"""Of an answer is kept what the checks ask for, and no record."""

from torture.errand import Errand
from torture.outcome import outcome
from torture.replica import digest_of

CALL = {"id": "c1", "version": 7, "created_by": "ann", "title": "No power"}
KEPT = [[7, digest_of(CALL)]]


def of_a_read(name: str, data: object, **message: object) -> dict:
    return outcome(Errand("request", name, message), {"ok": True, "data": data})


def test_of_a_command_its_place_and_the_versions_it_brought():
    answer = {"ok": True, "data": CALL, "also": [{"data": CALL}], "cursor": "e.7", "repeated": True}
    said = outcome(Errand("command", "update_call", {}), {**answer, "stood": "e.6", "listens": ["calls"]})
    assert said == {"seq": 7, "stood": 6, "listens": ["calls"], "repeated": True, "records": KEPT * 2}


def test_of_lists_and_of_what_changed_the_versions_in_them():
    assert of_a_read("list", {"items": [CALL]})["records"] == KEPT
    assert of_a_read("get", {"data": CALL, "cursor": "e.7"})["records"] == KEPT


def test_of_a_status_each_id_with_its_last_state():
    said = {"changed": [CALL], "deleted": ["c2"], "cursor": "e.9", "more": False}
    kept = of_a_read("realtime-status", said, resource="calls", since="e.3")
    states = [["c1", digest_of(CALL)], ["c2", None]]
    assert kept == {"records": KEPT, "status": {"resource": "calls", "since": 3, "upto": 9, "states": states}}


def test_of_activity_the_entries_and_of_oneself_who_that_is():
    item = {"cursor": "e.4", "resource": "calls", "id": "c1", "actor": {"id": "ann", "name": "Ann"}}
    assert of_a_read("activity", {"items": [item], "next": None}) == {"entries": [[4, "calls", "c1", "ann"]]}
    said = {"tenant": {"slug": "north"}, "user": {**CALL, "id": "ann"}, "cursor": "e.7"}
    assert of_a_read("me", said)["me"] == ["north", "ann"]


def test_of_a_refusal_nothing():
    refused = {"ok": False, "error": {"code": "snapshot_required", "retry": False}}
    assert outcome(Errand("request", "realtime-status", {"resource": "calls", "since": "e.1"}), refused) == {}
