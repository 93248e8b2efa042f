"""What a command came to, in the bytes of the wire (PROTOCOL section 2)."""

import orjson
from premises import id_of

from events.actor import Caller
from events.outcome import MOST_ALSO, outcome_of, unchanged


def test_an_answer_has_its_record_and_the_others_of_the_set(road):
    call = road.put("calls", title="x", customer_name="y")
    answer = road.ask("alice", "convert_call", call, device_type="Toaster")
    actor = road.desk.actor(Caller(id_of("alice")))
    said = orjson.loads(outcome_of(answer.entries, ("calls", call.id), actor).json())
    assert said.keys() == {"ok", "data", "also", "also_total", "cursor"}
    assert (said["ok"], said["data"]["id"], said["also_total"]) == (True, call.id, 1)
    (other,) = said["also"]
    assert other.keys() == {"resource", "id", "event", "data"}
    assert (other["event"], other["data"]["call_id"]) == ("service_created", call.id)
    assert said["cursor"] == f"{answer.entries[-1].epoch}.{answer.entries[-1].seq}"
    assert said["data"]["service_id"] == other["id"]


def test_what_was_deleted_along_is_among_the_others(road):
    call = road.put("calls", title="x", customer_name="y")
    road.put("notes", resource="calls", record_id=call.id, text="Hi")
    answer = road.ask("alice", "delete_call", call)
    said = orjson.loads(outcome_of(answer.entries, ("calls", call.id), road.desk.actor(Caller(id_of("alice")))).json())
    assert said["data"] is None
    assert [(other["event"], other["data"]["text"]) for other in said["also"]] == [("note_deleted", "Hi")]


def test_at_most_100_others_and_their_true_number(road):
    customer, other = road.put("customers", name="a"), road.put("customers", name="b")
    for n in range(130):
        road.put("calls", title="x", customer_name="y", customer_id=customer.id, number=n)
    answer = road.ask("alice", "merge_customer", customer, into=other.id)
    outcome = outcome_of(answer.entries, ("customers", customer.id), road.desk.actor(Caller(id_of("alice"))))
    said = orjson.loads(outcome.json())
    assert (said["data"], len(said["also"]), said["also_total"]) == (None, MOST_ALSO, 130)


def test_repeated_is_said_only_where_it_is():
    first = orjson.loads(unchanged(b"null", "e.1", 1).json())
    assert first == {"ok": True, "data": None, "also": [], "also_total": 0, "cursor": "e.1"}
    assert orjson.loads(unchanged(b"null", "e.1", 1, repeated=True).json())["repeated"] is True
