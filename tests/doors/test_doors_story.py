"""The scenario that every door must carry: create, assign, start, complete, and deletions (PROTOCOL section 3)."""

from network import seq_of
from premises import id_of

META = {"cursor", "resource", "action", "id", "version", "actor", "at", "changed", "set"}
STORY = [
    ("create_call", {"title": "No power", "customer_name": "Ms. Gray"}, "call_created"),
    ("assign_call", {"assignee_id": id_of("bob")}, "call_assigned"),
    ("start_call", {}, "call_updated"),
    ("complete_call", {"resolution": "A fuse."}, "call_completed"),
]


async def test_two_javascript_clients_hear_each_event_of_a_call_once_and_in_order(comes, transport):
    dispatcher, engineer = await comes("dora", transport), await comes("bob", transport)
    call = {}
    for command, fields, event in STORY:
        sender = engineer if command in {"start_call", "complete_call"} else dispatcher
        payload = {"op_id": command, **fields, **({"id": call["id"]} if call else {})}
        ack = await sender.asks(command, **payload)
        assert ack.ok
        before, call = call, ack.data
        for listener in (dispatcher, engineer):
            heard = await listener.hears(event)
            assert heard.data == call
            check_meta(heard.meta, ack, command, sender is dispatcher, before, call)
        kinds = [(said.kind, said.name) for said in sender.log[-2:]]
        assert kinds == [("event", event), ("ack", command)]
    for listener in (dispatcher, engineer):
        await listener.settles()
        assert [heard.name for heard in listener.events()] == [event for *_, event in STORY]
        assert listener.replica == await listener.fresh()


def check_meta(meta, ack, command, by_dispatcher, before, after):
    """Every member of it."""
    assert set(meta) == {*META, "op_id"}
    assert meta.cursor == ack.cursor
    assert (meta.resource, meta.action, meta.id, meta.op_id) == ("calls", command, after.id, command)
    assert meta.version == after.version == seq_of(meta.cursor)
    name = "dora" if by_dispatcher else "bob"
    assert meta.actor == {"id": id_of(name), "name": name.title()}
    assert meta.at == after.updated_at
    assert meta.set == {"first": meta.version, "last": meta.version}
    stamps = {"version", "updated_at", "updated_by"}
    changed = {name for name in after if before and before[name] != after[name]} - stamps
    assert len(meta.changed) == len(changed)
    assert set(meta.changed) == changed


async def test_v5_a_deleted_user_alone_hears_user_deleted_then_the_end_of_his_session(comes, transport):
    alice, bob, carol = await comes("alice"), await comes("bob", transport), await comes("carol", transport)
    ack = await alice.asks("delete_user", id=id_of("bob"))
    assert ack.ok
    await bob.until(lambda: not bob.is_open)
    assert bob.names(bob._place) == ["user_deleted", "session_ended"]
    deleted, ended = (said for said in bob.log[bob._place :] if said.kind == "event")
    assert deleted.meta.cursor == ack.cursor
    assert deleted.data.id == id_of("bob")
    assert ended.data == {"reason": "deleted"}
    for other in (alice, carol):
        assert (await other.hears("user_deleted_broadcast")).data == deleted.data
        await other.settles()
        assert other.names(other._place) == []
        assert ("users", id_of("bob")) not in other.replica
        assert other.replica == await other.fresh()
    assert (await bob.is_refused()).data == {"code": "unauthenticated", "retry": False}


async def test_v5_a_deleted_user_hears_so_while_a_snapshot_holds_his_feed(comes, board):
    """Once `session_ended` overtook `user_deleted` wherever a connection was not live."""
    alice, bob = await comes("alice"), await comes("bob")
    (feed,) = board.feeds.values()
    (reader,) = feed.of_user(id_of("bob"))
    reader.hold()
    await alice.does("create_call", title="One more", customer_name="Ms. Gray")
    await alice.does("delete_user", id=id_of("bob"))
    await bob.until(lambda: not bob.is_open)
    assert bob.names(bob._place) == ["user_deleted", "session_ended"]


async def test_a_category_in_use_is_moved_in_one_change_set(comes, transport):
    dispatcher, engineer = await comes("dora", transport), await comes("bob", transport)
    phones, screens = [await dispatcher.does("create_category", name=name) for name in ("Phones", "Screens")]
    fields = {"customer_name": "Ms. Gray", "category_id": phones.id}
    calls = [await dispatcher.does("create_call", title=f"Call {n}", **fields) for n in range(3)]
    error = await dispatcher.cannot("delete_category", id=phones.id)
    assert error.code == "refused"
    assert "3" in error.message
    await engineer.settles()
    since = len(engineer.log)
    ack = await dispatcher.asks("delete_category", id=phones.id, reassign_to=screens.id)
    assert ack.ok
    await engineer.settles()
    told = engineer.events(since)
    assert [said.name for said in told] == ["call_updated"] * 3 + ["category_deleted"]
    assert {said.data.id for said in told[:3]} == {call.id for call in calls}
    assert {said.data.category_id for said in told[:3]} == {screens.id}
    first, last = told[0].meta.version, told[-1].meta.version
    assert all(said.meta.set == {"first": first, "last": last} for said in told)
    assert (last - first, ack.cursor) == (3, told[-1].meta.cursor)
    assert ack.also_total == 3
    assert {said.meta.action for said in told} == {"delete_category"}
    assert engineer.replica == await engineer.fresh()
