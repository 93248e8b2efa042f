"""Section 4 of the contract: the order after a connection, resuming by cursor, snapshots in pages, the end of a session."""

import asyncio

import pytest
from network import PythonClient, seq_of, token_of, url_of
from premises import PASSWORD, id_of

from events import feed as feed_module


async def busy(client, count, title="Call"):
    """So many calls, created by this client; their records."""
    acks = await asyncio.gather(
        *(client.asks("create_call", title=f"{title} {n}", customer_name="Ms. Gray") for n in range(count))
    )
    assert all(ack.ok for ack in acks)
    return [ack.data for ack in acks]


async def test_f2_the_order_is_connected_then_what_was_missed_then_ready_then_live(comes, transport):
    alice, bob = await comes("alice"), await comes("bob", transport)
    await bob.close()
    await busy(alice, 40, "Missed")
    since = len(bob.log)
    ready = (await bob.connects()).data
    await busy(alice, 3, "Live")
    await bob.until(lambda: len(bob.events(since)) == 43)
    names = [said.get("name", said.kind) for said in bob.log[since:] if said.kind in {"connect", "event"}]
    assert names == ["connect", *["call_created"] * 40, "ready", *["call_created"] * 3]
    titles = [said.data.title for said in bob.events(since)]
    assert titles == [f"Missed {n}" for n in range(40)] + [f"Live {n}" for n in range(3)]
    assert (ready.resumed, ready.snapshot_required) == (True, False)
    assert seq_of(ready.cursor) == bob.events(since)[39].meta.version
    assert bob.replica == await bob.fresh()


async def test_ready_says_who_and_where_one_is(comes, transport):
    bob = await comes.stands("bob", transport)
    ready = (await bob.connects()).data
    assert set(ready) == {"cursor", "resumed", "snapshot_required", "user", "tenant", "heartbeat_s"}
    assert (ready.resumed, ready.snapshot_required, ready.heartbeat_s) == (False, True, 15)
    assert (ready.user.id, ready.user.role, ready.tenant.slug) == (id_of("bob"), "engineer", "main")
    assert "password_hash" not in ready.user
    assert [said.kind for said in bob.log if said.kind != "signal"] == ["connect", "event"]


async def test_f2_nothing_is_missed_or_doubled_over_many_disconnects(comes, transport):
    alice, bob = await comes("alice"), await comes("bob", transport)
    for round_ in range(4):
        working = asyncio.create_task(busy(alice, 30, f"Round {round_}"))
        await bob.until(lambda: len(bob.events()) > 30 * round_ + 5)  # noqa: B023
        await bob.close()
        await working
        assert (await bob.connects()).data.resumed
    assert [said.data.title for said in bob.events()] == [f"Round {r} {n}" for r in range(4) for n in range(30)]
    assert bob.replica == await bob.fresh()


@pytest.mark.parametrize("cursor", ["", "nonsense", "a.b", ".5", "5", "\u0665.1", 17, {"a": 1}, [], True, "x" * 5000])
async def test_f2_a_cursor_that_is_none_needs_a_snapshot(comes, cursor):
    bob = await comes.stands("bob")
    bob.cursor = cursor
    ready = (await bob.connects()).data
    assert (ready.resumed, ready.snapshot_required) == (False, True)


async def test_f2_a_cursor_of_the_future_or_of_another_epoch_needs_a_snapshot(comes):
    bob = await comes("bob")
    epoch, seq = bob.cursor.rpartition(".")[0], seq_of(bob.cursor)
    await bob.close()
    for cursor in (f"{epoch}.{seq + 1}", f"{epoch[::-1]}.{seq}", f"{epoch}.-1", f"{epoch}.{seq}.0", f" {epoch}.{seq}"):
        bob.cursor = cursor
        ready = (await bob.connects()).data
        assert ready.snapshot_required, cursor
        await bob.close()
    bob.cursor = f"{epoch}.{seq}"
    assert (await bob.connects()).data.resumed


async def test_f2_too_far_behind_needs_a_snapshot(comes, monkeypatch):
    monkeypatch.setattr(feed_module, "FARTHEST", 20)
    alice, bob = await comes("alice"), await comes("bob")
    await bob.close()
    await busy(alice, 21)
    assert (await bob.connects()).data.snapshot_required
    await bob.takes_snapshot()
    await bob.close()
    await busy(alice, 20, "More")
    assert (await bob.connects()).data.resumed
    assert bob.replica == await bob.fresh()


async def test_v4_a_cursor_from_before_ones_rights_changed_needs_a_snapshot(comes):
    alice, vera = await comes("alice"), await comes("vera")
    await vera.close()
    await alice.does("set_role", id=id_of("vera"), role="engineer")
    assert (await vera.connects()).data.snapshot_required


async def test_v4_rights_that_change_are_told_at_their_place_in_the_feed(comes, transport):
    alice, vera = await comes("alice"), await comes("vera", transport)
    await alice.does("create_call", title="Before", customer_name="Ms. Gray")
    await alice.does("set_role", id=id_of("vera"), role="front_desk")
    await alice.does("create_call", title="After", customer_name="Ms. Gray")
    assert (await vera.hears("call_created")).data.title == "Before"
    assert (await vera.hears("user_updated")).data.role == "front_desk"
    assert (await vera.hears("snapshot_required")).data == {"reason": "rights"}
    assert (await vera.hears("call_created")).data.title == "After"
    assert vera.cursor is None
    await vera.takes_snapshot()
    await vera.does("create_call", title="Mine", customer_name="Ms. Gray")
    assert vera.replica == await vera.fresh()


# -- snapshots -------------------------------------------------------------------------------------------------------


async def test_f4_a_snapshot_of_many_records_comes_in_pages_that_nothing_interrupts(comes, transport):
    alice, bob = await comes("alice"), await comes("bob", transport)
    await busy(alice, 1_300)
    await bob.until(lambda: len(bob.events()) == 1_300)
    since = len(bob.log)
    first = await bob.does("snapshot")
    await alice.does("create_call", title="Meanwhile", customer_name="Ms. Gray")
    second = await bob.does("snapshot", after=first.next)
    await bob.until(lambda: bob.events(since))
    kinds = [(said.kind, said.name) for said in bob.log[since:]]
    assert kinds == [("ack", "snapshot"), ("ack", "snapshot"), ("event", "call_created")]
    assert second.next is None
    assert first.cursor == second.cursor
    counts = [sum(map(len, page.records.values())) for page in (first, second)]
    assert counts[0] <= 1_000
    assert sum(counts) == 1_300 + 6
    assert set(first.records) == set(second.records)
    assert bob.replica == await bob.fresh()
    assert len([key for key in bob.replica if key[0] == "calls"]) == 1_301


async def test_f4_a_page_of_a_snapshot_that_has_ended_is_not_to_be_had(comes):
    bob = await comes("bob")
    error = await bob.cannot("snapshot", after="not a token")
    assert (error.code, error.retry) == ("snapshot_required", False)


async def test_f4_a_snapshot_given_up_half_way_lets_the_feed_go_on(comes):
    alice, bob = await comes("alice"), await comes("bob")
    await busy(alice, 1_100)
    await bob.until(lambda: len(bob.events()) == 1_100)
    await bob.does("snapshot")
    bob._pages = []
    await alice.does("create_call", title="Meanwhile", customer_name="Ms. Gray")
    await bob.takes_snapshot()
    await bob.settles()
    assert bob.replica == await bob.fresh()
    assert len([key for key in bob.replica if key[0] == "calls"]) == 1_101


async def test_f4_commands_between_pages_are_answered_behind_the_events_that_they_wait_for(comes):
    """A client that asks for the next page only after its command was answered would otherwise wait for ever."""
    alice, bob = await comes("alice"), await comes("bob")
    await busy(alice, 1_100)
    await bob.until(lambda: len(bob.events()) == 1_100)
    since = len(bob.log)
    first = await bob.does("snapshot")
    created = bob.sends("create_call", {"title": "Between", "customer_name": "Ms. Gray"})
    await bob.does("snapshot", after=first.next)
    assert (await created).ok
    assert [said.name for said in bob.log[since:]] == ["snapshot", "snapshot", "call_created", "create_call"]


async def test_f4_a_snapshot_of_some_resources_replaces_those_alone(comes):
    alice, bob = await comes("alice"), await comes("bob")
    await alice.does("create_call", title="One", customer_name="Ms. Gray")
    await bob.settles()
    before = dict(bob.replica)
    (page,) = await bob.takes_snapshot(resources=["calls"])
    assert set(page.records) == {"calls"}
    assert bob.replica == before
    assert (await bob.cannot("snapshot", resources=["secrets"])).code == "invalid"


async def test_f4_subscribe_answers_with_what_is_newly_heard_and_takes_effect_there(comes, transport):
    alice, bob = await comes("alice"), await comes("bob", transport, resources=["categories"])
    call = await alice.does("create_call", title="Unheard", customer_name="Ms. Gray")
    category = await alice.does("create_category", name="Phones")
    assert (await bob.hears("category_created")).data == category
    told = await bob.does("subscribe", resources=["calls", "categories"])
    assert told.resources == ["calls", "categories"]
    assert told.records == {"calls": [call]}
    assert told.next is None
    assert told.cursor == bob.cursor
    await alice.does("create_call", title="Heard", customer_name="Ms. Gray")
    assert (await bob.hears("call_created")).data.title == "Heard"
    await bob.does("subscribe", resources=["calls"])
    await alice.does("create_category", name="Screens")
    await alice.does("create_call", title="Last", customer_name="Ms. Gray")
    assert (await bob.hears("call_created")).data.title == "Last"


# -- heartbeat, end --------------------------------------------------------------------------------------------------


async def test_f5_the_heartbeat_carries_the_position_of_the_silent(comes, board, monkeypatch, transport):
    alice, bob = await comes("alice"), await comes("bob", transport, resources=["categories"])
    before = bob.cursor
    ack = await alice.asks("create_call", title="Not for him", customer_name="Ms. Gray")
    (feed,) = board.feeds.values()
    now = feed.now()
    monkeypatch.setattr(feed, "now", lambda: now + feed_module.HEARTBEAT_S)
    feed.sweep()
    monkeypatch.undo()
    heartbeat = await bob.until(lambda: bob.first("cursor"))
    assert heartbeat.data == {"cursor": ack.cursor}
    assert bob.cursor == ack.cursor != before
    await bob.close()
    assert (await bob.connects()).data.resumed


async def test_a_session_ended_elsewhere_is_told_and_closed(comes, board, http, transport):
    bob, other = await comes("bob", transport), await comes("bob")
    headers = {"Authorization": f"Bearer {bob.token}"}
    async with http.post(f"{url_of(board)}/api/logout", headers=headers) as answer:
        assert answer.status == 204
    await bob.until(lambda: not bob.is_open)
    (ended,) = [said for said in bob.log[bob._place :] if said.kind == "event"]
    assert (ended.name, ended.data) == ("session_ended", {"reason": "logout"})
    await other.settles()
    assert other.is_open
    assert (await bob.is_refused()).data == {"code": "unauthenticated", "retry": False}


@pytest.mark.parametrize(
    ("command", "fields", "reason"),
    [
        ("deactivate_user", {"release": True}, "deactivated"),
        ("reset_password", {"password": "another passphrase"}, "password"),
        ("delete_user", {"release": True}, "deleted"),
    ],
)
async def test_all_connections_of_a_user_end_with_his_sessions(comes, command, fields, reason):
    alice, bob, again = await comes("alice"), await comes("bob"), await comes("bob", "javascript")
    await alice.does(command, id=id_of("bob"), **fields)
    for connection in (bob, again):
        await connection.until(lambda: not connection.is_open)  # noqa: B023
        assert connection.first("session_ended").data == {"reason": reason}


async def test_ones_own_new_password_ends_this_connection_after_its_ack(comes):
    bob = await comes("bob")
    ack = await bob.asks("change_password", id=id_of("bob"), current=PASSWORD, new="another passphrase")
    assert ack.ok
    await bob.until(lambda: not bob.is_open)
    assert bob.names(bob._place)[-1] == "session_ended"


# -- refusals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("token", [None, "", "wrong", 5, ["x"], {"a": 1}, "\u0000", "x" * 10_000])
async def test_t7_who_may_not_in_is_told_why(comes, transport, token):
    nobody = await comes.stands("bob", transport)
    nobody.token = token
    said = await nobody.is_refused()
    assert (said.name, said.data) == ("Please sign in.", {"code": "unauthenticated", "retry": False})
    assert not nobody.is_open


async def test_resources_that_do_not_exist_are_refused(comes):
    bob = await comes.stands("bob", resources=["calls", "secrets"])
    said = await bob.is_refused()
    assert said.data.code == "invalid"
    assert said.data.retry is False


async def test_a_cookie_counts_only_with_an_origin_of_ours(board):
    token = await token_of(board, "bob")
    for origin, welcome in ((url_of(board), True), (None, False)):
        headers = {"Cookie": f"callboard_session={token}", **({"Origin": origin} if origin else {})}
        async with PythonClient(url_of(board), None, transports=["websocket"]) as bob:
            bob.headers = headers
            if welcome:
                await bob.connects()
            else:
                assert (await bob.is_refused()).data.code == "unauthenticated"


async def test_t32_who_was_cut_without_a_word_hears_what_he_missed_once_and_in_order(board, comes, transport):
    """Socket.IO keeps nothing for who is away: the cursor does."""
    alice, bob = await comes("alice"), await comes("bob", transport)
    (feed,) = board.feeds.values()
    (reader,) = feed.of_user(id_of("bob"))
    reader.sink.cut("a test")
    await bob.until(lambda: not bob.is_open)
    missed = [call.title for call in await busy(alice, 40, "Missed")]
    since = len(bob.log)
    assert (await bob.connects()).data.resumed
    assert [said.data.title for said in bob.events(since)] == missed
