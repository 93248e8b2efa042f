"""The feed: what the lane has made durable reaches everyone who may hear it, in one order and in few sends."""

import asyncio
import random

import pytest
from readership import KEYS, Ear, Readership, Slate, entry, random_entry

from events import feed as feed_module
from events.reader import FULL_QUEUE, State
from events.telling import how_told


async def test_o1_a_batch_is_one_send_to_each_reader():
    house = Readership()
    ann, bob = house.opens("ann"), house.opens("bob")
    house.tells(*(entry(seq) for seq in range(1, 51)))
    assert ann.heard == bob.heard == ["ready", *(f"{seq} full" for seq in range(1, 51))]
    assert len(ann.pieces) == len(bob.pieces) == 2
    assert len(house.slate.made) == 50


async def test_o1_each_audience_has_its_own_piece_and_no_event_is_encoded_twice():
    house, plain = Readership(), Slate()
    engineers = [house.opens(f"e{n}", ("member", "role:engineer")) for n in range(9)]
    leads = [house.opens(f"l{n}", ("member", "role:lead")) for n in range(9)]
    others = [house.opens(f"p{n}", encoder=plain, resources=["users"]) for n in range(9)]
    house.tells(entry(1), entry(2, "role:lead"), entry(3, resource="users"))
    assert all(ear.heard == ["ready", "1 full", "3 full"] for ear in engineers)
    assert all(ear.heard == ["ready", "1 full", "2 full", "3 full"] for ear in leads)
    assert all(ear.heard == ["ready", "3 full"] for ear in others)
    assert sorted(house.slate.made) == ["1 full", "2 full", "3 full"]
    assert plain.made == ["3 full"]
    assert len({id(ear.pieces[-1]) for ear in engineers}) == 1


@pytest.mark.parametrize("seed", range(20))
async def test_v3_live_readers_hear_what_one_by_one_they_would_have_heard(seed: int):
    dice, house = random.Random(seed), Readership()
    ears: list[Ear] = []
    for n in range(12):
        resources = dice.choice([["calls", "users"], ["users"], ["calls"]])
        ears.append(house.opens(dice.choice(["ann", "bob", f"u{n}"]), dice.sample(KEYS, 2), resources=resources))
    entries = [random_entry(dice, seq) for seq in range(1, 200)]
    for start in range(0, 199, 20):
        house.tells(*entries[start : start + 20])
    for ear in ears:
        reader = ear.reader
        hows = [how_told(each, reader.actor.keys, reader.resources, reader.caller.user_id) for each in entries]
        assert ear.heard[1:] == [f"{seq} {how}" for seq, how in enumerate(hows, 1) if how is not None]


async def test_v5_what_is_told_to_one_user_keeps_its_place():
    house = Readership()
    bob, ann = house.opens("bob"), house.opens("ann")
    house.tells(entry(1), entry(2, kind="deleted", personal=("bob", "user_deleted")), entry(3))
    assert bob.heard == ["ready", "1 full", "2 personal", "3 full"]
    assert ann.heard == ["ready", "1 full", "2 full", "3 full"]


async def test_v4_rights_that_change_within_a_batch_are_told_at_their_place():
    house = Readership()
    bob = house.opens("bob", ("member", "role:viewer"))
    house.desk.keys["bob"] = frozenset(("member", "role:lead"))
    house.tells(
        entry(1, "role:viewer"), entry(2, "role:lead"), entry(3, rights_of="bob"),
        entry(4, "role:viewer"), entry(5, "role:lead"), entry(6),
    )  # fmt: skip
    assert bob.heard == ["ready", "1 full", "3 full", "snapshot: rights", "5 full", "6 full"]


async def test_v5_whose_session_ends_hears_why_and_nothing_after_it():
    house = Readership()
    bob, ann = house.opens("bob"), house.opens("ann")
    house.desk.keys["bob"] = None
    gone = entry(2, kind="deleted", personal=("bob", "user_deleted"), rights_of="bob")
    house.tells(entry(1), gone, entry(3))
    assert (bob.heard, bob.over) == (["ready", "1 full", "2 personal"], "deleted")
    assert ann.heard == ["ready", "1 full", "2 full", "3 full"]


async def test_v5_who_is_not_live_when_his_session_ends_hears_why_all_the_same():
    house = Readership()
    bob = house.opens("bob", slow=True)
    house.tells(*(entry(seq, size=10_000) for seq in range(1, 50)))
    assert bob.reader.state is State.CATCHING_UP
    house.desk.keys["bob"] = None
    house.tells(entry(50, kind="deleted", personal=("bob", "user_deleted"), rights_of="bob"))
    assert (bob.heard[-1], bob.over) == ("50 personal", "deleted")


async def test_f1_who_overflows_in_the_middle_of_a_change_set_resumes_whole():
    house = Readership()
    slow, quick = house.opens("slow", slow=True), house.opens("quick")
    house.tells(*(entry(seq, size=1_000) for seq in range(1, 2_001)))
    told = len(slow.heard)
    assert (slow.reader.state, quick.reader.state) == (State.CATCHING_UP, State.LIVE)
    assert 200 < told < 500, "it was told what fits, and no more"
    assert slow.reader.position == told - 1, "`ready`, and then one line for each"
    house.tells(entry(2_001))
    while slow.reader.state is not State.LIVE:
        slow.takes()
    assert slow.heard == quick.heard == ["ready", *(f"{seq} full" for seq in range(1, 2_002))]
    assert slow.most < FULL_QUEUE + 2 * 64 * 1_200


async def test_f2_who_goes_live_while_a_change_set_is_told_hears_each_event_once(monkeypatch: pytest.MonkeyPatch):
    house = Readership()
    ann, late = house.opens("ann"), house.opens("late", start=False)
    late.unsent = FULL_QUEUE
    late.reader.start()
    house.tells(*(entry(seq) for seq in range(1, 11)))
    tell = ann.send
    monkeypatch.setattr(ann, "send", lambda frame: (tell(frame), late.takes()))
    house.tells(*(entry(seq) for seq in range(11, 201)))
    assert [line for line in late.heard if line != "ready"] == ann.heard[1:] == [f"{seq} full" for seq in range(1, 201)]
    assert late.reader.state is State.LIVE


async def test_f1_a_large_change_set_is_encoded_once_for_all_who_fall_back():
    house = Readership()
    crowd = [house.opens(f"u{n}", slow=True) for n in range(50)]
    house.tells(*(entry(seq, size=1_000) for seq in range(1, 1_001)))
    while any(ear.reader.state is not State.LIVE for ear in crowd):
        for ear in crowd:
            ear.takes()
    assert all(ear.heard == ["ready", *(f"{seq} full" for seq in range(1, 1_001))] for ear in crowd)
    assert len(house.slate.made) == len(set(house.slate.made)) == 1_000
    assert house.feed.cuts == {}


async def test_f5_the_silent_are_told_where_they_are_and_the_others_are_left_alone(monkeypatch: pytest.MonkeyPatch):
    house = Readership()
    now = house.feed.now()
    bob = house.opens("bob")
    monkeypatch.setattr(house.feed, "now", lambda: now + 10)
    ann = house.opens("ann")
    monkeypatch.setattr(house.feed, "now", lambda: now + 15)
    house.feed.sweep()
    assert (bob.heard, ann.heard) == (["ready", "at e.0"], ["ready"])


async def test_f5_heartbeats_of_many_are_spread_over_several_turns_of_the_loop(monkeypatch: pytest.MonkeyPatch):
    for name, value in (("SLICE", 2), ("SWEEP_S", 0.01), ("HEARTBEAT_S", 0)):
        monkeypatch.setattr(feed_module, name, value)
    house, heard, most = Readership(), 0, 0
    crowd = [house.opens(f"u{n}") for n in range(7)]
    house.feed.start()
    async with asyncio.timeout(10):
        while not all("at e.0" in ear.heard for ear in crowd):
            await asyncio.sleep(0)
            now = sum(len(ear.pieces) for ear in crowd)
            heard, most = now, max(most, now - heard if heard else 0)
    await house.feed.stop()
    assert most == 2


async def test_f1_who_accepts_nothing_is_cut_once(monkeypatch: pytest.MonkeyPatch):
    house = Readership()
    bob, ann = house.opens("bob", slow=True), house.opens("ann")
    house.tells(entry(1))
    bob.stalled_s = ann.stalled_s = feed_module.SLOW_S + 1
    house.feed.sweep()
    house.feed.sweep()
    assert (bob.over, ann.over, house.feed.cuts) == ("slow", None, {"slow": 1})


async def test_f1_who_leaves_with_another_is_not_cut_as_well(monkeypatch: pytest.MonkeyPatch):
    house = Readership()
    bob, ann = house.opens("bob", slow=True), house.opens("ann", slow=True)
    house.tells(entry(1))
    bob.stalled_s = ann.stalled_s = feed_module.SLOW_S + 1
    monkeypatch.setattr(bob, "cut", lambda _: (bob.reader.close(), ann.reader.close()))
    house.feed.sweep()
    assert (ann.over, house.feed.cuts) == (None, {"slow": 1})


def over_the_budget() -> tuple[Readership, list[Ear]]:
    house = Readership()
    house.feed._budget = 1_000
    ears = [house.opens(f"u{n}", slow=True) for n in range(4)]
    for ear, unsent in zip(ears, (300, 900, 600, 0), strict=True):
        ear.unsent = unsent
    return house, ears


async def test_f1_over_the_budget_the_worst_go_first():
    house, ears = over_the_budget()
    house.feed.sweep()
    house.feed.sweep()
    assert [ear.over for ear in ears] == [None, "budget", None, None]


async def test_f1_over_the_budget_who_accepts_nothing_goes_before_who_has_more():
    house, ears = over_the_budget()
    ears[2].stalled_s, ears[0].stalled_s = 2.0, 1.0
    house.feed.sweep()
    house.feed.sweep()
    assert [ear.over for ear in ears] == ["budget", None, "budget", None]


async def test_f1_a_moment_over_the_budget_is_forgiven():
    house, ears = over_the_budget()
    house.feed.sweep()
    ears[1].takes()
    house.feed.sweep()
    ears[1].unsent = 900
    house.feed.sweep()
    assert [ear.over for ear in ears] == [None] * 4


async def test_o4_who_leaves_is_in_no_room_any_more():
    house = Readership()
    ears = [house.opens(f"u{n}", ("member", f"user:u{n}")) for n in range(3)]
    for ear in ears[:2]:
        ear.reader.close()
    house.tells(entry(1))
    assert [ear.heard for ear in ears] == [["ready"], ["ready"], ["ready", "1 full"]]
    ears[2].reader.close()
    assert (house.feed._rooms, house.feed._of_user, house.feed.readers) == ({}, {}, {})
