"""How a change is written into the journal (PROTOCOL section 3)."""

import orjson
from premises import id_of

CALL = {"title": "No power", "customer_name": "Ms. Gray"}


def test_meta_says_who_did_what_when(road):
    call = road.put("calls", **CALL)
    (entry,) = road.ask("dora", "update_call", call, title="Smoke", priority="high").entries
    meta = orjson.loads(entry.meta)
    assert meta["actor"] == {"id": id_of("dora"), "name": "Dora"}
    assert (meta["resource"], meta["action"], meta["id"], meta["version"]) == (
        "calls",
        "update_call",
        call.id,
        entry.seq,
    )
    assert meta["changed"] == ["title", "priority"]
    assert meta["set"] == {"first": entry.seq, "last": entry.seq}
    assert meta["cursor"] == f"{entry.epoch}.{entry.seq}"
    assert meta["at"].endswith("Z")
    assert len(meta["at"]) == len("2026-11-20T04:39:00.000Z")
    assert orjson.loads(entry.was) == {"title": "No power", "priority": "normal"}
    assert orjson.loads(entry.record)["updated_by"] == id_of("dora")


def test_created_and_deleted_have_no_changed_fields(road):
    (created,) = road.ask("dora", "create_call", **CALL).entries
    (deleted,) = road.ask("alice", "delete_call", road.put("calls", **CALL)).entries
    for entry in (created, deleted):
        assert orjson.loads(entry.meta)["changed"] == []
        assert orjson.loads(entry.was) == {}
    assert (created.keys_before, created.keys_after) == ((), ("member",))
    assert (deleted.keys_before, deleted.keys_after) == (("member",), ())
    assert orjson.loads(deleted.record)["title"] == "No power"
    assert orjson.loads(deleted.meta)["version"] == deleted.seq > orjson.loads(deleted.record)["version"]


def test_v4_an_entry_names_whose_rights_it_changed(road):
    asked = {
        "set_role": ({"role": "viewer"}, True), "reset_password": ({"password": "another password"}, True),
        "deactivate_user": ({}, True), "delete_user": ({}, True), "update_user": ({"phone": "1"}, False),
        "set_availability": ({"availability": "busy"}, False), "change_email": ({"email": "b@example.com"}, False),
    }  # fmt: skip
    for command, (fields, named) in asked.items():
        entry = road.ask("alice", command, id_of("bob"), **fields).entries[-1]
        assert entry.rights_of == (id_of("bob") if named else None), command


def test_v5_only_the_deleted_user_is_told_personally(road):
    own = road.ask("alice", "delete_user", id_of("bob")).entries[-1]
    assert (own.personal, own.event) == ((id_of("bob"), "user_deleted"), "user_deleted_broadcast")
    assert road.ask("alice", "set_role", id_of("bob"), role="viewer").entries[0].personal is None
