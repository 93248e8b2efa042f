"""Commands and reads over a connection: their acks, their order, and what is refused (PROTOCOL sections 2 and 4)."""

import asyncio
import json
import threading

import pytest
from network import as_said, seq_of, token_of, url_of
from premises import PASSWORD, id_of

from events.resources import user

GRAY = {"customer_name": "Ms. Gray"}


async def test_the_reads_of_a_connection_answer_as_the_http_forms_do(comes, board, http, transport):
    bob = await comes("bob", transport)
    first, second = [await bob.does("create_call", title=title, **GRAY) for title in ("Ümlaut broken", "No power")]
    await bob.does("claim_call", id=first.id)
    headers = {"Authorization": f"Bearer {await token_of(board, 'bob')}"}

    async def over_http(path):
        async with http.get(f"{url_of(board)}/api/tenants/main/{path}", headers=headers) as answer:
            return as_said(await answer.json())

    pairs = [
        ("get", {"resource": "calls", "id": first.id}, f"calls/{first.id}"),
        ("list", {"resource": "calls", "sort": "-created_at"}, "calls?sort=-created_at"),
        ("list", {"resource": "calls", "status": "new", "limit": 1}, "calls?status=new&limit=1"),
        ("search", {"q": "umlaut"}, "search?q=umlaut"),
        ("activity", {"resource": "calls", "id": first.id}, f"calls/{first.id}/activity"),
        ("activity", {"actor": "me"}, "activity?actor=me"),
        ("explain", {"resource": "calls", "id": second.id}, f"calls/{second.id}/explain"),
        ("explain", {"resource": "calls"}, None),
    ]
    for command, payload, path in pairs:
        ack = await bob.asks(command, **payload)
        if path is not None:
            there = await over_http(path)
            assert (ack.data if ack.ok else ack.error) == (there if ack.ok else there["error"]), (command, payload)
    assert (await bob.does("get", resource="calls", id=second.id)).data == second
    assert (await bob.does("count", resource="calls", status="new,assigned")) == {"total": 2, "cursor": bob.cursor}
    said = {each["command"]: each for each in await bob.does("explain", resource="calls", id=second.id)}
    assert said["claim_call"] == {"command": "claim_call", "allowed": True, "why": None}
    error = await bob.cannot("delete_call", id=second.id)
    assert (error.code, error.message) == ("forbidden", said["delete_call"]["why"])


async def test_lists_go_on_where_they_ended(comes):
    bob = await comes("bob")
    titles = [(await bob.does("create_call", title=f"Call {n}", **GRAY)).title for n in range(7)]
    seen, after = [], None
    while True:
        page = await bob.does(
            "list", resource="calls", limit=3, sort="created_at", **({"after": after} if after else {})
        )
        seen += [item.title for item in page["items"]]
        assert page.total == 7
        after = page.next
        if after is None:
            break
    assert seen == titles


async def test_o6_a_hundred_commands_at_once_are_performed_and_answered_in_order(comes, transport):
    bob = await comes("bob", transport)
    since = len(bob.log)
    asked = [bob.sends("create_call", {"title": f"Call {n}", **GRAY}) for n in range(100)]
    acks = await asyncio.wait_for(asyncio.gather(*asked), 30)
    assert [ack.data.title for ack in acks] == [f"Call {n}" for n in range(100)]
    assert [seq_of(ack.cursor) for ack in acks] == sorted(seq_of(ack.cursor) for ack in acks)
    answered = [said.data.data.title for said in bob.log[since:] if said.kind == "ack"]
    assert answered == [f"Call {n}" for n in range(100)]
    check_events_before_acks(bob)


def check_events_before_acks(client):
    """D3: a connection hears its own event before its ack."""
    told = {said.data.id: place for place, said in enumerate(client.log) if said.kind == "event" and said.meta}
    acks = [(place, said) for place, said in enumerate(client.log) if said.kind == "ack" and said.name == "create_call"]
    assert acks
    assert all(told[said.data.data.id] < place for place, said in acks)


async def test_o6_reads_stand_in_the_line_of_the_commands_around_them(comes, transport):
    bob = await comes("bob", transport)
    asked = []
    for n in range(20):
        asked.append(bob.sends("create_call", {"title": f"Call {n}", **GRAY}))
        asked.append(bob.sends("count", {"resource": "calls"}))
        asked.append(bob.sends("activity", {"resource": "calls"}))
        asked.append(bob.sends("nonsense", {}))
    acks = await asyncio.wait_for(asyncio.gather(*asked), 30)
    counted = [ack.data.total for ack in acks[1::4]]
    assert all(total > n for n, total in enumerate(counted))
    assert counted == sorted(counted)
    answered = [said.number for said in bob.log if said.kind == "ack"]
    assert answered == sorted(answered)


async def test_d3_commands_sent_before_ready_are_performed_in_order(comes, board, transport):
    alice, bob = await comes("alice"), await comes("bob", transport)
    await bob.close()
    await asyncio.gather(*(alice.asks("create_call", title=f"Missed {n}", **GRAY) for n in range(30)))
    since, asked = len(bob.log), []

    def at_once():
        bob.is_open = True
        asked.extend(bob.sends("create_call", {"title": f"Early {n}", **GRAY}) for n in range(5))

    connected = bob.connected

    def first_word():
        connected()
        at_once()

    bob.connected = first_word
    if hasattr(bob, "sio"):
        bob.sio.on("connect", first_word)
    await bob.connects()
    acks = await asyncio.gather(*asked)
    assert [ack.data.title for ack in acks] == [f"Early {n}" for n in range(5)]
    await bob.settles()
    titles = [said.data.title for said in bob.events(since)]
    assert titles == [f"Missed {n}" for n in range(30)] + [f"Early {n}" for n in range(5)]
    check_events_before_acks(bob)
    assert bob.replica == await bob.fresh()


async def test_o6_a_slow_command_holds_up_only_its_own_connection(comes, monkeypatch):
    at_work, may_go_on = threading.Event(), threading.Event()
    real = user.hashed

    def slow(*args):
        at_work.set()
        assert may_go_on.wait(30)
        return real(*args)

    alice, bob = await comes("alice"), await comes("bob")
    monkeypatch.setattr(user, "hashed", slow)
    try:
        fields = {
            "email": "new@example.com",
            "display_name": "New",
            "role": "viewer",
            "password": "a passphrase of mine",
        }
        hiring = alice.sends("create_user", fields)
        behind = alice.sends("count", {"resource": "users"})
        assert await asyncio.to_thread(at_work.wait, 30)
        assert (await bob.does("create_call", title="Meanwhile", **GRAY)).title == "Meanwhile"
        assert not hiring.done()
        assert not behind.done()
    finally:
        may_go_on.set()
    assert (await hiring).ok
    assert (await behind).data.total == 7


@pytest.mark.parametrize("args", [([],), ("text",), (5,), (None,), (True,), ({"resource": "calls"}, {}), ({}, 1)])
async def test_a_payload_that_is_no_object_is_invalid(comes, args):
    bob = await comes("bob")
    ack = await asyncio.wait_for(bob.sends("list", *args), 30)
    assert (ack.ok, ack.error.code, ack.error.retry) == (False, "invalid", False)
    await bob.settles()


REFUSED = [
    ("no_such_command", {}, "unknown"),
    ("import_service", {}, "unknown"),
    ("__class__", {}, "unknown"),
    ("create_call", {"title": "A", "customer_name": "B", "number": 7}, "invalid"),
    ("create_call", {"title": "A", "customer_name": "B", "status": "closed"}, "invalid"),
    ("create_call", {"title": "A\ud800", "customer_name": "B"}, "invalid"),
    ("create_call", {"title": "A", "customer_name": "B", "\udfff": 1}, "invalid"),
    ("create_call", {"title": "A\u0000", "customer_name": "B"}, "invalid"),
    ("create_call", {"title": "A\u202e", "customer_name": "B"}, "invalid"),
    ("create_call", {"title": 7, "customer_name": "B"}, "invalid"),
    ("create_call", {"customer_name": "B"}, "invalid"),
    ("create_call", {"title": "A", "customer_name": "B", "op_id": "x" * 65}, "invalid"),
    ("create_call", {"title": "A", "customer_name": "B", "op_id": "\n"}, "invalid"),
    ("create_call", {"title": "A", "customer_name": "B", "op_id": 5}, "invalid"),
    ("create_call", {"title": "A", "customer_name": "B", "category_id": "nobody"}, "invalid"),
    ("create_call", {"title": "A", "customer_name": "B", "id": "NOT-A-UUID"}, "invalid"),
    ("update_call", {"id": "nothing", "title": "A"}, "not_found"),
    ("update_call", {"title": "A"}, "not_found"),
    ("update_call", {"id": {"$ne": ""}, "title": "A"}, "not_found"),
    ("get", {"resource": "calls", "id": "nothing"}, "not_found"),
    ("get", {"resource": "calls", "id": ["x"]}, "not_found"),
    ("get", {"resource": "former_users", "id": "x"}, "not_found"),
    ("get", {"resource": "calls", "id": "x", "more": 1}, "invalid"),
    ("list", {"resource": "nothing"}, "not_found"),
    ("list", {"resource": "calls", "sort": "nothing"}, "invalid"),
    ("list", {"resource": "calls", "limit": 201}, "invalid"),
    ("list", {"resource": "users", "password_hash": "x"}, "invalid"),
    ("search", {"q": 5}, "invalid"),
    ("search", {"q": "x", "limit": -1}, "invalid"),
    ("subscribe", {}, "invalid"),
    ("subscribe", {"resources": ["calls", 5]}, "invalid"),
    ("subscribe", {"resources": "calls"}, "invalid"),
    ("snapshot", {"resources": {}}, "invalid"),
    ("snapshot", {"since": "x"}, "invalid"),
    ("snapshot", {"after": 5}, "snapshot_required"),
    ("explain", {"resource": "calls", "id": "nothing"}, "not_found"),
    ("activity", {"after": "nonsense"}, "invalid"),
    ("activity", {"actor": "a\0b"}, "invalid"),
    ("activity", {"resource": "calls", "id": 5}, "invalid"),
]


async def test_each_refusal_has_its_code_its_sentence_and_leaves_the_connection_whole(comes, caplog):
    bob = await comes("bob")
    for event, payload, code in REFUSED:
        error = await bob.cannot(event, **payload)
        assert error.code == code, (event, payload, error)
        assert error.message.endswith((".", "?"))
        assert error.retry is False
    await bob.settles()
    assert bob.events() == []
    assert bob.is_open
    assert [record for record in caplog.records if record.exc_info] == []


async def test_t14_a_lone_surrogate_is_invalid_to_javascript_too(comes):
    bob = await comes("bob", "javascript websocket")
    error = await bob.cannot("create_call", title="A\ud800", customer_name="B")
    assert error.code == "invalid"
    await bob.settles()


async def test_a_payload_over_256_kib_is_too_large_and_one_below_is_read(comes, transport):
    bob = await comes("bob", transport)
    frame = len(json.dumps(["create_call", {"title": ""}]))
    error = await bob.cannot("create_call", title="x" * (256 * 1024 - frame + 10))
    assert error.code == "too_large"
    assert (await bob.cannot("create_call", title="x" * (255 * 1024))).code == "invalid"
    await bob.settles()


async def test_a_packet_over_300_kib_ends_the_connection(comes, transport):
    bob = await comes("bob", transport)
    bob.sends("create_call", {"title": "x" * (300 * 1024)})
    await bob.until(lambda: not bob.is_open)


async def test_d5_the_same_op_id_brings_the_first_outcome_on_another_connection_too(comes, transport):
    bob, again = await comes("bob", transport), await comes("bob")
    first = await bob.asks("create_call", title="Once", op_id="once", **GRAY)
    second = await again.asks("create_call", title="Once", op_id="once", **GRAY)
    assert second == {**first, "repeated": True}
    assert (await bob.cannot("create_call", title="Twice", op_id="once", **GRAY)).code == "invalid"
    asked = [bob.sends("create_call", {"title": "Both", "op_id": "both", **GRAY}) for _ in range(2)]
    here, there = await asyncio.gather(*asked)
    assert there == {**here, "repeated": True}
    assert (await bob.does("count", resource="calls")).total == 2


async def test_d6_a_stale_version_is_told_who_changed_what(comes):
    alice, bob = await comes("alice"), await comes("bob")
    call = await bob.does("create_call", title="Old", description="Old", **GRAY)
    await alice.does("update_call", id=call.id, title="New")
    merged = await bob.does("update_call", id=call.id, description="Mine", expected_version=call.version)
    assert (merged.title, merged.description) == ("New", "Mine")
    error = await bob.cannot("update_call", id=call.id, title="Mine", expected_version=call.version)
    assert error.code == "conflict"
    assert error.current == merged
    (change,) = error.changes
    assert (change.field, change.was, change.now) == ("title", "Old", "New")
    assert change.by == {"id": id_of("alice"), "name": "Alice"}


async def test_signing_in_over_http_gives_the_token_that_a_connection_wants(board, http, comes):
    body = {"email": "bob@example.com", "password": PASSWORD}
    async with http.post(f"{url_of(board)}/api/login", json=body) as answer:
        token = (await answer.json())["token"]
    bob = await comes.stands("bob")
    bob.token = token
    assert (await bob.connects()).data.user.id == id_of("bob")


async def test_t1_an_unforeseen_failure_is_answered_internal_with_a_reference(comes, board, monkeypatch, caplog):
    bob = await comes("bob")
    (desk,) = board.desks.values()

    def broken(*_):
        raise RuntimeError("unforeseen")

    monkeypatch.setattr(desk.road, "decide", broken)
    error = await bob.cannot("create_call", title="A", **GRAY)
    assert error.code == "internal"
    assert error.ref in caplog.text
    assert "unforeseen" not in str(error)
    monkeypatch.undo()
    await bob.does("create_call", title="A", **GRAY)


async def test_many_large_answers_at_once_all_arrive(comes, transport):
    """What a client asked for in one breath may be far more than its outbox may ever hold."""
    bob = await comes("bob", transport)
    fields = {"description": "x" * 3_900, **GRAY}
    for n in range(0, 200, 40):  # python-engineio puts all it has into one POST, of which 300 KiB are taken
        await asyncio.gather(*(bob.asks("create_call", title=f"Call {n + m}", **fields) for m in range(40)))
    asked = [bob.sends("list", {"resource": "calls", "limit": 200}) for _ in range(30)]
    acks = await asyncio.wait_for(asyncio.gather(*asked), 60)
    first = acks[0].data
    assert len(first["items"]) > 100  # a page ends at half a MiB: thirty of them are twice what an outbox may hold
    assert first["next"] is not None
    assert all(ack.data == first for ack in acks)


async def test_undo_takes_a_change_set_back_and_everyone_hears_it(comes, transport):
    bob, alice = await comes("bob", transport), await comes("alice", transport)
    done = await bob.asks("create_call", title="By mistake", **GRAY)
    await alice.hears("call_created")
    assert not (await alice.asks("undo", cursor="nowhere.1")).ok
    back = await bob.asks("undo", cursor=done.cursor, op_id="back")
    assert back.ok
    assert (await alice.hears("call_deleted")).meta.action == "undo"
    assert (await bob.asks("undo", cursor=done.cursor, op_id="back")).repeated
    assert (await bob.asks("undo", cursor=done.cursor)).error.code == "refused"
