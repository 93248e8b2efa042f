"""Channels on the wire: who may be where and do what there, and what a connection hears that does not keep up."""

import asyncio

import pytest
from leads import make_leads
from premises import id_of
from tabs import Tab, newest, people
from wire import breathe, door_of

from events import presence
from events.actor import Caller
from events.catalog import discover
from server.outbox import LOW_WATER
from server.sockets import SocketEncoder

ALICE, BOB, CAROL, DORA, VERA = (id_of(name) for name in ("alice", "bob", "carol", "dora", "vera"))
CALL = {"title": "No power", "customer_name": "Ms. Gray"}
NOWHERE = "calls/0193f7ac-0000-7000-8000-000000000000"


@pytest.fixture
async def desk(open_premises):
    return open_premises(catalog_=discover(extra=[make_leads()])).desk


@pytest.fixture
async def comes(desk):
    """`await comes("bob")`: a connection that has heard `ready` and how the team stands."""
    sockets, feed = door_of(desk)

    async def come(name):
        tab = Tab(id_of(name))
        await tab.connect(sockets)
        async with asyncio.timeout(30):
            while not tab.is_ready:
                await breathe()
                tab.deliver()
        await tab.asks("count", resource="calls")
        return tab

    yield come
    await feed.stop()


@pytest.fixture
async def make(desk):
    """`await make("create_call", …)`: a record of alice's; its id."""

    async def make(command, by=ALICE, **fields):
        outcome = await desk.do(Caller(by), command, None, **fields)
        return outcome.primary.record_id if hasattr(outcome, "primary") else newest(desk, command)

    return make


# -- the team --------------------------------------------------------------------------------------------------------


async def test_f6_whoever_is_let_in_is_present_in_the_team_and_told_who_is_there(comes):
    alice, bob = await comes("alice"), await comes("bob")
    assert await alice.names() == ["presence_state", "presence_joined"]
    ((name, said),) = await bob.hears()
    assert (name, said["channel"]) == ("presence_state", "team")
    assert people(said["list"]) == {ALICE: (None, 1), BOB: (None, 1)}
    assert set(said["list"][0]) == {"user", "state", "since", "connections"}
    assert said["list"][0]["user"] == {"id": ALICE, "name": "Alice"}


async def test_f6_who_is_not_ready_yet_is_told_nothing_and_then_all_at_once(comes, desk, make):
    alice = await comes("alice")
    await alice.hears()
    late = Tab(BOB)
    await late.connect(alice.sockets, opened=False)
    assert await alice.names() == ["presence_joined"], "present from the moment he is let in"
    await comes("carol")
    late.deliver()
    assert late.signals == []
    alice.sockets.opened(late.wire)
    ((name, said),) = await late.hears()
    assert name == "presence_state"
    assert set(people(said["list"])) == {ALICE, BOB, CAROL}


async def test_o1_how_the_team_stands_is_encoded_once_for_all_who_come_back(comes, monkeypatch):
    sockets, made = (await comes("alice")).sockets, []
    tabs = [Tab(user) for user in (BOB, CAROL, BOB)]
    for tab in tabs:
        await tab.connect(sockets, opened=False)
    signal = SocketEncoder.signal
    monkeypatch.setattr(SocketEncoder, "signal", lambda *args: made.append(args[1]) or signal(*args))
    for tab in tabs:
        sockets.opened(tab.wire)
    for tab in tabs:
        ((name, said),) = await tab.hears()
        assert (name, people(said["list"])) == ("presence_state", {ALICE: (None, 1), BOB: (None, 2), CAROL: (None, 1)})
    assert made == ["presence_state"]


async def test_f6_where_changes_gather_a_newcomer_is_told_who_is_there_all_the_same(comes, monkeypatch):
    monkeypatch.setattr(presence, "CHANGES_PER_S", 0.001)
    await comes("alice")
    await comes("bob")
    ((name, said),) = await (await comes("carol")).hears()
    assert name == "presence_state"
    assert set(people(said["list"])) == {ALICE, BOB, CAROL}


async def test_f6_a_closed_connection_is_gone_at_once(comes):
    alice, bob = await comes("alice"), await comes("bob")
    await alice.hears()
    bob.drop()
    ((name, said),) = await alice.hears()
    assert (name, said["user"]["id"], said["connections"]) == ("presence_left", BOB, 0)


async def test_f6_whose_session_ends_is_gone_at_once(comes, desk):
    alice, bob = await comes("alice"), await comes("bob")
    await alice.hears()
    await desk.do(Caller(ALICE), "deactivate_user", BOB)
    assert (await alice.names())[-1] == "presence_left"
    assert people(await alice.does("join_channel", channel="team")) == {ALICE: (None, 1)}
    assert bob.wire.context.is_over


async def test_v4_a_viewer_is_present_in_the_team_but_calls_nothing_out(comes, desk):
    alice, vera = await comes("alice"), await comes("vera")
    await vera.does("set_presence", channel="team", state="busy")
    assert await vera.cannot("broadcast", channel="team", event="lunch", data=None) == (
        "forbidden",
        {"code": "forbidden", "message": "A viewer may not call out to the team.", "retry": False},
    )
    await alice.does("broadcast", channel="team", event="lunch", data={"at": "12:00"})
    user = {"id": ALICE, "name": "Alice"}
    said = {"channel": "team", "event": "lunch", "data": {"at": "12:00"}, "user": user}
    assert ("broadcast", said) in await vera.hears()
    await desk.do(Caller(ALICE), "set_role", VERA, role="engineer")
    await vera.does("broadcast", channel="team", event="lunch", data=None)


async def test_f6_a_new_name_is_seen_at_once(comes, desk):
    alice = await comes("alice")
    await comes("bob")
    await alice.hears()
    await desk.do(Caller(BOB), "update_user", BOB, display_name="Robert")
    ((name, said),) = await alice.hears()
    assert (name, said["user"]) == ("presence_updated", {"id": BOB, "name": "Robert"})


# -- the channel of a record -----------------------------------------------------------------------------------------


async def test_f6_viewing_a_record(comes, make):
    alice, bob, carol = await comes("alice"), await comes("bob"), await comes("carol")
    channel = f"calls/{await make('create_call', **CALL)}"
    await alice.does("join_channel", channel=channel, state="viewing")
    for tab in (alice, bob, carol):
        await tab.hears()
    assert people(await bob.does("join_channel", channel=channel)) == {ALICE: ("viewing", 1), BOB: (None, 1)}
    await bob.does("typing", channel=channel, field="title", on=True)
    assert people(await bob.does("leave_channel", channel=channel)) == {ALICE: ("viewing", 1)}
    assert await alice.names() == ["presence_joined", "typing", "typing", "presence_left"]
    assert await carol.names() == [], "only members are told"
    assert await bob.does("leave_channel", channel=channel) == []


async def test_f6_ones_own_signal_comes_before_the_ack_of_it(comes, make):
    dora = await comes("dora")
    channel = f"calls/{await make('create_call', **CALL)}"
    await dora.hears()
    dora.send("join_channel", {"channel": channel})
    dora.send("lock_record", {"resource": "calls", "id": channel[6:]})
    await breathe(50)
    kinds = [bytes(frame).split(b'"')[1].decode() for frame in dora.wire.waiting if frame[:2] in {b"42", b"43"}]
    assert kinds == ["presence_joined", "ok", "record_locked", "presence_updated", "ok"]


@pytest.mark.parametrize(
    ("channel", "code"),
    [
        (None, "invalid"), (7, "invalid"), ("", "invalid"), ("calls", "invalid"), (["team"], "invalid"),
        ("/", "not_found"), ("calls/", "not_found"), (NOWHERE, "not_found"), ("planets/1", "not_found"),
        ("former_users/1", "not_found"), ("team/", "not_found"), (f"{NOWHERE}/x", "not_found"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["join_channel", "set_presence", "typing", "broadcast"])
async def test_f6_channels_that_are_none(comes, channel, code, command):
    bob = await comes("bob")
    more = {"typing": {"on": True}, "broadcast": {"event": "x", "data": 1}}.get(command, {})
    assert (await bob.cannot(command, channel=channel, **more))[0] == code


@pytest.mark.parametrize(
    ("command", "payload", "wrong"),
    [
        ("join_channel", {"state": "x" * 255}, "state"),
        ("set_presence", {"state": {"x": "y" * 300}}, "state"),
        ("join_channel", {"room": "x"}, "room"),
        ("typing", {}, "on"),
        ("typing", {"on": 1}, "on"),
        ("typing", {"on": True, "field": ""}, "field"),
        ("typing", {"on": True, "field": "x" * 65}, "field"),
        ("typing", {"on": True, "field": ["x"]}, "field"),
        ("broadcast", {"data": 1}, "event"),
        ("broadcast", {"event": "a\nb"}, "event"),
        ("broadcast", {"event": "x", "data": "y" * 8_191}, "data"),
        ("leave_channel", {"state": 1}, "state"),
    ],
)
async def test_f6_payloads_that_are_wrong(comes, command, payload, wrong):
    bob = await comes("bob")
    code, error = await bob.cannot(command, **{"channel": "team", **payload})
    assert code == "invalid"
    assert list(error["fields"]) == [wrong]


async def test_f6_what_just_fits_is_taken(comes):
    bob = await comes("bob")
    await bob.does("set_presence", channel="team", state="x" * 254)
    await bob.does("broadcast", channel="team", event="x" * 64, data="y" * 8_190)
    await bob.does("typing", channel="team", on=True)


async def test_f6_at_most_fifty_channels_of_one_connection(comes, make):
    bob = await comes("bob")
    calls = [await make("create_call", **CALL) for _ in range(50)]
    for call in calls[:49]:
        await bob.does("join_channel", channel=f"calls/{call}")
    assert (await bob.cannot("join_channel", channel=f"calls/{calls[49]}"))[0] == "refused"
    assert (await bob.cannot("lock_record", resource="calls", id=calls[49]))[0] in {"refused", "forbidden"}
    await (await comes("bob")).does("join_channel", channel=f"calls/{calls[49]}")


# -- rights ----------------------------------------------------------------------------------------------------------


async def test_v1_who_may_not_read_the_record_may_not_join(comes, make):
    lead = await make("create_lead", DORA, name="Own")
    bob, dora = await comes("bob"), await comes("dora")
    for command in ("join_channel", "set_presence"):
        assert (await bob.cannot(command, channel=f"leads/{lead}"))[0] == "not_found"
    assert (await bob.cannot("broadcast", channel=f"leads/{lead}", event="x", data=1))[0] == "not_found"
    assert (await bob.cannot("lock_record", resource="leads", id=lead))[0] == "not_found"
    await dora.does("join_channel", channel=f"leads/{lead}")


async def test_v3_who_may_read_the_record_no_more_leaves_its_channel(comes, make, desk):
    lead = await make("create_lead", DORA, name="Own", helper_id=BOB)
    bob, dora = await comes("bob"), await comes("dora")
    for tab in (dora, bob):
        await tab.does("join_channel", channel=f"leads/{lead}")
    await bob.does("lock_record", resource="leads", id=lead)
    for tab in (dora, bob):
        await tab.hears()
        tab.heard.clear()
    await desk.do(Caller(DORA), "lose_lead", lead)
    (left,) = [said for name, said in await bob.hears() if name == "presence_left"]
    assert (left["channel"], left["user"]["id"], left["connections"]) == (f"leads/{lead}", BOB, 0)
    assert [name for name, _ in bob.heard] == ["record_hidden"]
    assert sorted(await dora.names()) == ["presence_left", "record_unlocked"]
    await dora.does("broadcast", channel=f"leads/{lead}", event="x", data=1)
    assert await bob.names() == []
    assert (await bob.cannot("typing", channel=f"leads/{lead}", on=True))[0] == "not_found"


async def test_v4_who_has_another_role_leaves_what_he_may_not_read(comes, make, desk):
    lead = await make("create_lead", ALICE, name="Own", urgent=True)
    dora = await comes("dora")
    await dora.does("join_channel", channel=f"leads/{lead}")
    await dora.hears()
    await desk.do(Caller(ALICE), "set_role", DORA, role="engineer")
    assert "presence_left" in await dora.names()
    assert (await dora.cannot("join_channel", channel=f"leads/{lead}"))[0] == "not_found"
    assert DORA in people(await dora.does("join_channel", channel="team"))


async def test_a_deleted_records_channel_is_empty(comes, make, desk):
    call = await make("create_call", **CALL)
    bob = await comes("bob")
    await bob.does("join_channel", channel=f"calls/{call}")
    await bob.hears()
    await desk.do(Caller(ALICE), "delete_call", call)
    assert await bob.names() == ["presence_left"]
    assert (await bob.cannot("join_channel", channel=f"calls/{call}"))[0] == "not_found"


async def test_f6_who_may_not_update_the_record_neither_calls_out_nor_locks(comes, make):
    call = await make("create_call", **CALL)
    vera = await comes("vera")
    await vera.does("join_channel", channel=f"calls/{call}")
    for command, payload in (
        ("broadcast", {"channel": f"calls/{call}", "event": "x", "data": 1}),
        ("lock_record", {"resource": "calls", "id": call}),
    ):
        code, error = await vera.cannot(command, **payload)
        assert code == "forbidden"
        assert error["message"].endswith("may update this call.")


async def test_a_kind_of_record_that_nobody_updates_is_not_locked(comes, make, desk):
    lead = await make("create_lead", DORA, name="Own")
    dora = await comes("dora")
    del desk.catalog.resources["leads"].commands["update_lead"]
    assert (await dora.cannot("lock_record", resource="leads", id=lead))[0] == "forbidden"


# -- locks -----------------------------------------------------------------------------------------------------------


async def test_f6_a_lock_names_its_holder_and_bars_nobody(comes, make, desk):
    call = await make("create_call", **CALL)
    alice, dora = await comes("alice"), await comes("dora")
    lease = await alice.does("lock_record", resource="calls", id=call)
    assert lease["holder"] == {"id": ALICE, "name": "Alice"}
    assert set(lease) == {"holder", "until"}
    code, error = await dora.cannot("lock_record", resource="calls", id=call)
    assert (code, error["message"]) == ("refused", "Alice is editing this. You can take it over.")
    assert (await dora.cannot("unlock_record", resource="calls", id=call))[0] == "refused"
    await dora.does("update_call", id=call, title="All the same")
    assert (await dora.does("lock_record", resource="calls", id=call, take_over=True))["holder"]["id"] == DORA
    assert await dora.does("unlock_record", resource="calls", id=call) is None


async def test_f6_who_joins_hears_of_the_lock_that_is_there(comes, make):
    call = await make("create_call", **CALL)
    alice, dora = await comes("alice"), await comes("dora")
    lease = await alice.does("lock_record", resource="calls", id=call)
    await dora.hears()
    await dora.does("join_channel", channel=f"calls/{call}")
    assert ("record_locked", {"resource": "calls", "id": call, **lease}) in await dora.hears()


async def test_v4_who_may_not_update_any_more_keeps_no_lock(comes, make, desk):
    call = await make("create_call", **CALL)
    dora = await comes("dora")
    await dora.does("lock_record", resource="calls", id=call)
    await dora.hears()
    await desk.do(Caller(ALICE), "set_role", DORA, role="viewer")
    assert "record_unlocked" in await dora.names()
    assert people(await dora.does("join_channel", channel=f"calls/{call}")) == {DORA: (None, 1)}


@pytest.mark.parametrize("payload", [{"take_over": "yes"}, {"force": True}])
async def test_f6_a_lock_that_is_asked_for_wrongly(comes, make, payload):
    call, alice = await make("create_call", **CALL), await comes("alice")
    assert (await alice.cannot("lock_record", resource="calls", id=call, **payload))[0] == "invalid"


# -- who does not keep up --------------------------------------------------------------------------------------------


async def test_f6_who_does_not_keep_up_is_not_told_and_hears_how_it_stands_when_he_has_room(comes, make):
    call = await make("create_call", **CALL)
    alice, bob = await comes("alice"), await comes("bob")
    for tab in (alice, bob):
        await tab.does("join_channel", channel=f"calls/{call}")
    await bob.hears()
    for number in range(8):
        await alice.does("broadcast", channel="team", event="large", data=f"{number}" + "x" * 8_000)
        await alice.does("update_call", id=call, description="x" * 3_900 + str(number))
    assert bob.wire.unsent >= LOW_WATER
    full = len(bob.wire.waiting)
    await alice.does("lock_record", resource="calls", id=call)
    await alice.does("typing", channel=f"calls/{call}", on=True)
    await alice.does("broadcast", channel="team", event="lost", data=1)
    assert len(bob.wire.waiting) == full
    heard = await bob.hears()
    assert "lost" not in {said.get("event") for _, said in heard}
    told = [name for name, _ in heard if name != "broadcast"]
    assert told == ["presence_state", "presence_state", "record_locked"]
    (state,) = [said for name, said in heard if name == "presence_state" and said["channel"] != "team"]
    assert people(state["list"]) == {ALICE: ("editing", 1), BOB: (None, 1)}
    assert len(bob.heard) >= 8, "events are never dropped"


async def test_f6_who_does_not_keep_up_and_loses_the_right_hears_of_nobody_there(comes, make, desk):
    call, left = [await make("create_call", **CALL) for _ in range(2)]
    alice, bob = await comes("alice"), await comes("bob")
    for channel in (f"calls/{call}", f"calls/{left}"):
        for tab in (alice, bob):
            await tab.does("join_channel", channel=channel)
    await bob.hears()
    for number in range(9):
        await alice.does("broadcast", channel="team", event="large", data=f"{number}" + "x" * 8_000)
    await alice.does("set_presence", channel=f"calls/{left}", state="still here")
    bob.send("leave_channel", {"channel": f"calls/{left}"})
    await desk.do(Caller(ALICE), "delete_call", call)
    states = {said["channel"]: said["list"] for name, said in await bob.hears() if name == "presence_state"}
    states.pop("team", None)
    assert states == {f"calls/{call}": []}


async def test_f6_nothing_of_it_is_journaled(comes, make, desk):
    call, alice = await make("create_call", **CALL), await comes("alice")
    head = desk.journal.head
    await alice.does("lock_record", resource="calls", id=call)
    await alice.does("set_presence", channel="team", state="busy")
    await alice.does("broadcast", channel="team", event="x", data=1)
    assert desk.journal.head == head


async def test_o7_at_the_end_nobody_is_told_that_the_others_leave(comes):
    alice, bob = await comes("alice"), await comes("bob")
    await alice.hears()
    await bob.sockets._reception.drain()
    bob.drop()
    await comes_to_rest(alice)
    assert alice.signals == []


async def comes_to_rest(tab):
    await breathe(20)
    tab.deliver()
