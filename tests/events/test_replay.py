"""The replay: what thousands ask for is made once, and kept only while somebody asks."""

import asyncio

import pytest
from readership import Ear, Readership, entry

from events import replay as replay_module
from stores.errors import StoreError


async def all_live(*ears: Ear) -> None:
    await asyncio.wait_for(asyncio.gather(*(ear.reader.live() for ear in ears)), 10)


def lines(first: int, last: int) -> list[str]:
    """What one hears who has missed these."""
    return [*(f"{seq} full" for seq in range(first, last + 1)), "ready"]


async def test_o1_a_herd_encodes_each_event_once_wherever_each_of_them_stood():
    house = Readership()
    house.tells(*(entry(seq) for seq in range(1, 201)))
    herd = [house.opens(f"u{n}", ("member", f"user:u{n}"), at=n % 150) for n in range(300)]
    await all_live(*herd)
    assert [ear.heard for ear in herd] == [lines(n % 150 + 1, 200) for n in range(300)]
    assert len(house.slate.made) == 200


async def test_f3_a_herd_far_behind_reads_the_table_once():
    house = Readership([entry(seq) for seq in range(1, 13)])
    herd = [house.opens(f"u{n}", at=0) for n in range(250)]
    late = house.opens("late", at=7)
    await all_live(*herd, late)
    assert late.heard == lines(8, 12)
    assert all(ear.heard == lines(1, 12) for ear in herd)
    assert sorted(house.desk.reads) == [0, 5, 7]
    assert len(house.slate.made) == 12


async def test_f3_what_is_in_memory_is_told_without_the_table():
    house = Readership([entry(seq) for seq in range(1, 4)])
    house.tells(entry(4), entry(5))
    ear = house.opens("bob", at=3)
    assert ear.heard == lines(4, 5)
    assert house.desk.reads == []


async def test_only_so_much_is_kept(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(replay_module, "MOST_KEPT", 40_000)
    house = Readership()
    house.tells(*(entry(seq, size=1_000) for seq in range(1, 1_001)))
    replay, ear = house.feed.replay, house.opens("bob", at=0)
    assert ear.heard == lines(1, 1_000)
    assert sum(passage.size for passage in replay._kept) == replay._size <= 40_000 + 64 * 1_100
    assert set(replay._at.values()) == set(replay._kept)


async def test_what_nobody_asks_for_is_let_go():
    house = Readership()
    house.tells(entry(1), entry(2))
    house.opens("bob", at=0)
    house.feed.sweep()
    assert house.feed.replay._kept, "somebody has asked since the last sweep"
    house.feed.sweep()
    assert not house.feed.replay._kept
    assert not house.feed.replay._at
    assert house.opens("bob", at=1).heard == lines(2, 2)


async def test_f2_rows_that_went_meanwhile_need_a_snapshot():
    house = Readership([entry(seq) for seq in range(1, 4)])
    house.desk.older = house.desk.older[:0]
    ear = house.opens("bob", at=1)
    await all_live(ear)
    assert ear.heard == ["snapshot: journal", "ready"]


async def test_a_table_that_cannot_be_read_leaves_nobody_waiting_for_ever():
    house = Readership([entry(seq) for seq in range(1, 4)])
    house.desk.fails = StoreError("the disk is gone")
    ear = house.opens("bob", at=1)
    await all_live(ear)
    assert ear.heard == ["snapshot: journal", "ready"]


async def test_who_leaves_while_the_table_is_read_is_told_nothing():
    house = Readership([entry(seq) for seq in range(1, 4)])
    gone, stays = house.opens("bob", at=0), house.opens("carol", at=0)
    gone.reader.close()
    await all_live(stays)
    assert (gone.heard, stays.heard) == ([], lines(1, 3))


async def test_a_feed_that_stops_reads_no_more():
    house = Readership([entry(seq) for seq in range(1, 4)])
    house.opens("bob", at=0)
    (reading,) = house.feed.replay._reading
    await house.feed.stop()
    await asyncio.gather(reading, return_exceptions=True)
    assert reading.cancelled()
