"""People see each other at work, through every door by which clients also send (PROTOCOL section 4, F6)."""

import asyncio

import pytest
from doorways import DOORS
from ears import PlainClient
from network import token_of, url_of
from premises import id_of
from rawsocket import RawSocket

from events import presence
from server import plainlink, sockets

GRAY = {"title": "No power", "customer_name": "Ms. Gray"}
WAYS = (*DOORS, "plain websocket")


@pytest.fixture(params=WAYS)
def way(request):
    return request.param


@pytest.fixture
def opens(board, comes, leaving):
    """`await opens("bob", way)`: bob is connected and has been told how the team stands."""

    async def connected(name, way):
        if way in DOORS:
            client = await comes(name, way)
        else:
            client = PlainClient(url_of(board), await token_of(board, name))
            leaving.push_async_callback(client.close)
            await client.connects()
        await client.until(lambda: client.first("presence_state"))
        await client.settles()
        return client

    return connected


@pytest.fixture
async def alice(opens):
    return await opens("alice", "python websocket")


def signals(client, since=0):
    return [said for said in client.log[since:] if said.kind == "signal"]


def people(listed):
    return {said.user.id: said.connections for said in listed}


async def told(client, name, since=0, **members):
    """The first signal of this name that says this."""

    def fits(said):
        return said.name == name and all(said.data.get(key) == value for key, value in members.items())

    return (await client.until(lambda: next((s for s in signals(client, since) if fits(s)), None))).data


async def test_f6_several_tabs_are_one_person_and_a_closed_one_is_gone_at_once(alice, opens, way):
    first, since = await opens("bob", way), len(alice.log)
    assert people(first.first("presence_state").data.list) == {id_of("alice"): 1, id_of("bob"): 1}
    second = await opens("bob", way)
    assert (await told(alice, "presence_updated", since)).connections == 2
    since = len(alice.log)
    await second.close()
    assert (await told(alice, "presence_updated", since)).connections == 1
    await first.close()
    left = await told(alice, "presence_left", since)
    assert (left.channel, left.user.id, left.connections) == ("team", id_of("bob"), 0)
    assert people(await alice.does("join_channel", channel="team")) == {id_of("alice"): 1}


async def test_f6_viewing_typing_calling_out_and_locking(alice, opens, way):
    call = (await alice.does("create_call", **GRAY)).id
    channel, dora = f"calls/{call}", await opens("dora", way)
    await alice.does("join_channel", channel=channel, state="viewing")
    assert people(await dora.does("join_channel", channel=channel, state={"tab": 1})) == {
        id_of("alice"): 1, id_of("dora"): 1,
    }  # fmt: skip
    assert (await told(alice, "presence_joined", channel=channel, state={"tab": 1})).user.name == "Dora"
    await dora.does("typing", channel=channel, field="title", on=True)
    assert (await told(alice, "typing", on=True)).field == "title"
    await dora.does("broadcast", channel=channel, event="look", data={"at": [1, 2]})
    said = await told(alice, "broadcast")
    assert (said.event, said.data, said.user.name) == ("look", {"at": [1, 2]}, "Dora")
    lease = await dora.does("lock_record", resource="calls", id=call)
    assert await told(alice, "record_locked") == {"resource": "calls", "id": call, **lease}
    assert (await told(alice, "presence_updated", channel=channel, state="editing")).user.id == id_of("dora")
    assert (await alice.cannot("lock_record", resource="calls", id=call)).code == "refused"
    since = len(dora.log)
    await alice.does("lock_record", resource="calls", id=call, take_over=True)
    assert (await told(dora, "record_locked", since)).holder.name == "Alice"
    await alice.close()
    await told(dora, "record_unlocked", since)
    assert (await told(dora, "presence_left", since, channel=channel)).user.id == id_of("alice")


async def test_f6_signals_come_without_meta_and_move_no_cursor(alice, opens, way):
    bob = await opens("bob", way)
    await bob.takes_snapshot()
    cursor = bob.cursor
    await alice.does("broadcast", channel="team", event="lunch", data=None)
    await told(bob, "broadcast")
    assert bob.cursor == cursor
    assert bob.events() == []


async def test_f6_typing_ends_by_itself(alice, opens, way, monkeypatch):
    monkeypatch.setattr(presence, "TYPING_S", 0.05)
    bob = await opens("bob", way)
    await bob.does("typing", channel="team", on=True)
    await told(alice, "typing", on=True)
    assert (await told(alice, "typing", on=False)).user.id == id_of("bob")


async def test_f6_a_lock_ends_by_itself(alice, opens, way, monkeypatch):
    monkeypatch.setattr(presence, "LEASE_S", 0.05)
    call = (await alice.does("create_call", **GRAY)).id
    dora = await opens("dora", way)
    await dora.does("lock_record", resource="calls", id=call)
    await told(dora, "record_unlocked", id=call)


async def test_v4_whose_rights_go_leaves_and_whose_session_ends_is_gone(alice, opens, way):
    call = (await alice.does("create_call", **GRAY)).id
    bob = await opens("bob", way)
    await bob.does("join_channel", channel=f"calls/{call}")
    since = len(bob.log)
    await alice.does("delete_call", id=call)
    left = await told(bob, "presence_left", since, channel=f"calls/{call}")
    assert left.user.id == id_of("bob")
    names = [said.name for said in bob.log[since:] if said.kind in {"signal", "event"}]
    assert names.index("call_deleted") < names.index("presence_left")
    await alice.does("deactivate_user", id=id_of("bob"))
    await told(alice, "presence_left", channel="team")


async def test_f6_who_comes_back_is_told_how_the_team_stands(alice, opens, way, comes):
    bob = await opens("bob", way)
    await bob.close()
    carol = await opens("carol", "python websocket")
    await carol.does("set_presence", channel="team", state="at lunch")
    again = await opens("bob", way)
    states = {said.user.name: said.state for said in again.first("presence_state").data.list}
    assert states == {"Alice": None, "Carol": "at lunch", "Bob": None}


def test_f6_a_crashed_tab_is_found_within_35_s():
    for door in (sockets, plainlink):
        assert door.PING_S + door.PONG_S <= 35


@pytest.fixture
def quick_pings(monkeypatch):
    """Before the board is made: its door reads them when it is built."""
    monkeypatch.setattr(sockets, "PING_S", 1)
    monkeypatch.setattr(sockets, "PONG_S", 1)


async def test_f6_a_crashed_tab_disappears(quick_pings, board, opens, leaving):
    alice = await opens("alice", "plain websocket")
    since = len(alice.log)
    raw = await RawSocket.connected(board.settings.port, {"token": await token_of(board, "bob")})
    leaving.callback(raw.close)
    await told(alice, "presence_joined", since)
    # It is open as far as TCP knows, and answers no ping.
    assert (await told(alice, "presence_left", since)).user.id == id_of("bob")


async def test_f6_at_the_stop_nobody_hears_that_the_others_leave(board, alice, opens, way):
    bob = await opens("bob", way)
    since = len(alice.log), len(bob.log)
    await asyncio.gather(board.stop(), alice.until(lambda: not alice.is_open), bob.until(lambda: not bob.is_open))
    assert signals(alice, since[0]) == signals(bob, since[1]) == []
