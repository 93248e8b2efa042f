"""The feed's contract, over every door and over a client that changes doors in mid-stream (PROTOCOL section 5, F1 to F8).

One acts, over Socket.IO; who listens does so through the door that is under test.
"""

import asyncio
import itertools

import pytest
from ears import arrives
from leadboard import a_board_with_leads
from network import seq_of, token_of, url_of
from premises import id_of
from wandering import EVERY_DOOR, SPEAKING, WIRE_DOORS, Wanderer

from events import feed as feed_module


@pytest.fixture
async def board(tmp_path, furnished):
    async with a_board_with_leads(furnished, tmp_path) as board:
        yield board


@pytest.fixture(params=EVERY_DOOR)
def door(request):
    return request.param


@pytest.fixture
def listens(board, leaving):
    """`await listens("bob", door)`: bob has a snapshot and hears what follows; `listens.stands`: not connected yet."""
    seeds = itertools.count()

    async def stands(name, door, resources=None):
        kind, options = EVERY_DOOR[door]
        more = {"seed": next(seeds)} if kind is Wanderer else {}
        client = kind(url_of(board), await token_of(board, name), resources, **options, **more)
        leaving.push_async_callback(client.close)
        return client

    async def listen(name, door, resources=None):
        client = await stands(name, door, resources)
        await arrives(client)
        return client

    listen.stands = stands
    return listen


async def busy(alice, count, title="Call"):
    """So many calls, created at once."""
    asked = [alice.asks("create_call", title=f"{title} {n}", customer_name="Ms. Gray") for n in range(count)]
    acks = await asyncio.gather(*asked)
    assert all(ack.ok for ack in acks)
    return [ack.data for ack in acks]


async def all_heard(alice, *listeners):
    """Until these have heard all that has happened: the last of it is told to everybody."""
    category = await alice.does("create_category", name=f"Mark {len(alice.log)}")
    for each in listeners:
        await each.until(lambda: is_last(each, "category_created", category.id))  # noqa: B023


def is_last(listener, name, record_id):
    told = listener.events()
    return bool(told) and (told[-1].name, told[-1].data.id) == (name, record_id)


def titles(listener, since=0):
    return [said.data.title for said in listener.events(since) if said.name == "call_created"]


def place(listener):
    """Where its events of records begin."""
    return len(listener.log)


# -- F2: the order, and nothing missed or doubled ---------------------------------------------------------------------


async def test_f2_first_what_was_missed_then_ready_then_what_is_live(comes, listens, door):
    alice, bob = await comes("alice"), await listens("bob", door)
    await bob.close()
    await busy(alice, 40, "Missed")
    since = place(bob)
    ready = (await bob.connects()).data
    assert titles(bob, since)[:40] == [f"Missed {n}" for n in range(40)]
    assert (ready.resumed, ready.snapshot_required) == (True, False)
    assert seq_of(ready.cursor) == bob.events(since)[39].meta.version
    await busy(alice, 3, "Live")
    await all_heard(alice, bob)
    assert titles(bob, since) == [f"Missed {n}" for n in range(40)] + [f"Live {n}" for n in range(3)]
    names = bob.names(since)
    assert "category_created" in names[names.index("ready") :]
    assert bob.replica == await bob.fresh()


async def test_f2_nothing_is_missed_or_doubled_over_many_disconnects(comes, listens, door):
    alice, bob = await comes("alice"), await listens("bob", door)
    since = place(bob)
    for number in range(4):
        working = asyncio.create_task(busy(alice, 30, f"Round {number}"))
        await bob.until(lambda: len(bob.events(since)) > 30 * number + 5)  # noqa: B023
        await bob.close()
        await working
        assert (await bob.connects()).data.resumed
    await all_heard(alice, bob)
    assert titles(bob, since) == [f"Round {r} {n}" for r in range(4) for n in range(30)]
    assert bob.replica == await bob.fresh()


async def test_f2_a_cursor_that_cannot_be_resumed_needs_a_snapshot(listens, door):
    bob = await listens("bob", door)
    good = bob.cursor
    epoch, seq = good.rpartition(".")[0], seq_of(good)
    wrong = ["nonsense", ".5", "5", "x" * 2_000, f"{epoch}.-1", f"{epoch}.{seq}.0"]
    wrong += [f"{epoch}.{seq + 1}", f"{epoch[::-1]}.{seq}"]
    for cursor in (*wrong, None):
        await bob.close()
        bob.cursor = cursor
        ready = (await bob.connects()).data
        assert (ready.resumed, ready.snapshot_required) == (False, True), cursor
    await bob.close()
    bob.cursor = good
    assert (await bob.connects()).data.resumed


async def test_f2_too_far_behind_needs_a_snapshot(comes, listens, door, monkeypatch):
    monkeypatch.setattr(feed_module, "FARTHEST", 20)
    alice, bob = await comes("alice"), await listens("bob", door)
    await bob.close()
    await busy(alice, 21)
    assert (await bob.connects()).data.snapshot_required
    await bob.takes_snapshot()
    await bob.close()
    await busy(alice, 20, "More")
    assert (await bob.connects()).data.resumed
    assert bob.replica == await bob.fresh()


async def test_every_door_tells_the_same_people_the_same_in_the_same_order(comes, listens):
    alice = await comes("alice")
    everyone = [await listens(name, door) for name in ("bob", "dora") for door in EVERY_DOOR]
    since = [place(each) for each in everyone]
    call, other = await busy(alice, 2)
    await alice.does("assign_call", id=call.id, assignee_id=id_of("bob"))
    await alice.does("create_lead", name="Mine", helper_id=id_of("dora"))
    old, new = [await alice.does("create_category", name=name) for name in ("Old", "New")]
    for each in (call, other):
        await alice.does("update_call", id=each.id, category_id=old.id)
    await alice.does("delete_category", id=old.id, reassign_to=new.id)
    await alice.does("delete_call", id=other.id)
    await all_heard(alice, *everyone)
    heard = [
        [(said.name, said.data, said.meta) for said in each.events(at)]
        for each, at in zip(everyone, since, strict=True)
    ]
    for offset in (0, len(EVERY_DOOR)):
        assert len(heard[offset]) > 8
        assert all(told == heard[offset] for told in heard[offset : offset + len(EVERY_DOOR)])
    assert len(heard[0]) == len(heard[-1]) - 1  # the lead
    sets = {
        (said.meta.set.first, said.meta.set.last)
        for said in everyone[0].events()
        if said.meta.action == "delete_category"
    }
    assert len(sets) == 1
    for each in everyone:
        assert each.replica == await each.fresh()


# -- F4, F5: subscriptions, heartbeats --------------------------------------------------------------------------------


async def test_f4_only_the_resources_asked_for_are_told(comes, listens, door):
    alice, bob = await comes("alice"), await listens("bob", door, ["categories", "users"])
    since = place(bob)
    await busy(alice, 3)
    await all_heard(alice, bob)
    assert {said.name for said in bob.events(since)} == {"category_created"}
    assert bob.replica == await bob.fresh()
    assert {plural for plural, _ in bob.replica} == {"categories", "users"}


@pytest.mark.parametrize("door", [door for door in WIRE_DOORS if door != "polling"])  # its answers all say where one is
async def test_f5_the_heartbeat_carries_the_position_of_the_silent(comes, listens, board, monkeypatch, door):
    alice, bob = await comes("alice"), await listens("bob", door, ["categories"])
    ack = await alice.asks("create_call", title="Not for him", customer_name="Ms. Gray")
    (feed,) = board.feeds.values()
    now = feed.now()
    monkeypatch.setattr(feed, "now", lambda: now + feed_module.HEARTBEAT_S)
    feed.sweep()
    monkeypatch.undo()
    await bob.until(lambda: bob.cursor == ack.cursor)
    await bob.close()
    assert (await bob.connects()).data.resumed


# -- D3, V3, V5: what one hears, and when ------------------------------------------------------------------------------


@pytest.mark.parametrize("door", SPEAKING)
async def test_d3_ones_own_events_come_before_the_ack(listens, door):
    bob = await listens("bob", door)
    since = place(bob)
    for number in range(10):
        await bob.does("create_call", title=f"Call {number}", customer_name="Ms. Gray")
    said = [said.name for said in bob.log[since:] if said.kind in {"event", "ack"}]
    assert said == ["call_created", "create_call"] * 10


async def test_v3_who_may_no_longer_read_a_record_is_told_to_forget_it(comes, listens, door):
    """The helper reads a lead until it is lost, everyone once it is shared, and its owner always."""
    bob, carol, dora = await comes("bob"), await listens("carol", door), await listens("dora", door)
    since, dora_since = place(carol), place(dora)
    lead = await bob.does("create_lead", name="A chance", helper_id=id_of("carol"))
    other = await bob.does("create_lead", name="Not for her")
    await bob.does("lose_lead", id=lead.id, op_id="not for her eyes")
    await bob.does("share_lead", id=other.id)
    await bob.does("give_lead", id=lead.id, owner_id=id_of("carol"))
    await bob.asks("update_lead", id=other.id, note="Told to all")
    await carol.until(lambda: [s for s in carol.events(since) if s.name == "lead_updated" and s.data.get("note")])
    await dora.until(lambda: [s for s in dora.events(dora_since) if s.data.get("note")])
    told = [(said.name, said.data.id) for said in carol.events(since)]
    first, hidden, *rest = told
    assert first == ("lead_created", lead.id)
    assert hidden == ("record_hidden", lead.id)
    assert rest == [("lead_updated", other.id), ("lead_updated", lead.id), ("lead_updated", other.id)]
    said = carol.events(since)[1]
    assert said.data == {"resource": "leads", "id": lead.id}
    assert said.meta.changed == []
    assert "op_id" not in said.meta
    assert [(said.name, said.data.id) for said in dora.events(dora_since)] == [("lead_updated", other.id)] * 2
    for each in (carol, dora):
        assert each.replica == await each.fresh()


async def rest(*listeners):
    """Who wanders stays where he is: the end of a session is told at one door."""
    for each in listeners:
        if isinstance(each, Wanderer):
            await each.rests()


async def test_v5_who_is_deleted_is_told_so_alone_then_that_his_session_ended(comes, listens, door):
    alice, bob, carol = await comes("alice"), await listens("bob", door), await listens("carol", door)
    await rest(bob)
    since, carol_since = place(bob), place(carol)
    await alice.does("delete_user", id=id_of("bob"), release=True)
    await bob.until(lambda: not bob.is_open)
    await all_heard(alice, carol)
    assert bob.names(since) == ["user_deleted", "session_ended"]
    assert bob.events(since)[0].data.id == id_of("bob")
    assert "user_deleted_broadcast" in carol.names(carol_since)
    assert "user_deleted" not in carol.names(carol_since)
    assert carol.replica == await carol.fresh()


# -- V4: rights that change under way ----------------------------------------------------------------------------------


async def test_v4_a_changed_role_needs_a_snapshot_and_what_follows_is_told_to_the_new_one(comes, listens, door):
    alice, vera = await comes("alice"), await listens("vera", door)
    await alice.does("create_lead", name="Urgent", urgent=True)
    await alice.does("set_role", id=id_of("vera"), role="dispatcher")
    await vera.until(lambda: vera.cursor is None)
    await vera.takes_snapshot()
    assert [key for key in vera.replica if key[0] == "leads"]
    await alice.does("create_lead", name="More urgent", urgent=True)
    await all_heard(alice, vera)
    assert "lead_created" in vera.names()
    assert vera.replica == await vera.fresh()


async def test_v4_a_cursor_from_before_ones_rights_changed_needs_a_snapshot(comes, listens, door):
    alice, vera = await comes("alice"), await listens("vera", door)
    await vera.close()
    await alice.does("set_role", id=id_of("vera"), role="engineer")
    assert (await vera.connects()).data.snapshot_required


@pytest.mark.parametrize(
    ("command", "fields"),
    [
        ("deactivate_user", {"release": True}),
        ("reset_password", {"password": "another passphrase"}),
        ("logout", {}),
    ],
)
async def test_v4_who_loses_his_session_is_told_and_closed_and_does_not_come_back(
    comes, listens, door, board, http, command, fields
):
    alice, bob, other = await comes("alice"), await listens("bob", door), await listens("carol", door)
    await rest(bob)
    if command == "logout":
        async with http.post(f"{url_of(board)}/api/logout", headers={"Authorization": f"Bearer {bob.token}"}) as answer:
            assert answer.status == 204
    else:
        await alice.does(command, id=id_of("bob"), **fields)
    await bob.until(lambda: not bob.is_open)
    assert bob.names()[-1] == "session_ended"
    await bob.close()
    assert (await bob.is_refused()).data.code == "unauthenticated"
    since = place(other)
    await all_heard(alice, other)
    assert other.names(since)[-1] == "category_created"
