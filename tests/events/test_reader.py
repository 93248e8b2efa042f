"""A reader: one connection's place in the journal, from its first event to its last."""

import asyncio

import pytest
from readership import Ear, Readership, entry

from events.reader import FULL_QUEUE, LITTLE, State


@pytest.fixture
async def house() -> Readership:
    """A journal of ten entries, all in memory."""
    house = Readership()
    house.tells(*(entry(seq) for seq in range(1, 11)))
    return house


def lines(first: int, last: int) -> list[str]:
    return [f"{seq} full" for seq in range(first, last + 1)]


def drain(ear: Ear) -> None:
    """Let it take all there is."""
    while ear.reader.state is not State.LIVE:
        ear.takes()


async def test_f2_first_what_was_missed_then_ready_then_what_is_new(house: Readership):
    bob = house.opens("bob", at=4)
    house.tells(entry(11))
    assert bob.heard == [*lines(5, 10), "ready", "11 full"]
    assert bob.reader.cursor == "e.11"


async def test_o3_nothing_is_told_before_the_connection_is_acknowledged(house: Readership):
    bob = house.opens("bob", at=4, start=False)
    house.tells(entry(11))
    assert (bob.heard, bob.reader.state) == ([], State.WAITING)
    bob.reader.start()
    assert bob.heard == [*lines(5, 11), "ready"]


async def test_f3_who_resumes_from_memory_needs_neither_table_nor_task(house: Readership):
    before = asyncio.all_tasks()
    bob = house.opens("bob", at=0)
    assert bob.reader.state is State.LIVE
    assert asyncio.all_tasks() == before
    assert house.desk.reads == []


async def test_f1_a_page_whenever_little_is_unsent_and_never_more(house: Readership):
    house.tells(*(entry(seq, size=1_000) for seq in range(11, 1_001)))
    bob = house.opens("bob", at=0, slow=True)
    assert LITTLE <= bob.unsent < 3 * LITTLE
    heard = len(bob.heard)
    bob.reader.go_on()
    assert len(bob.heard) == heard, "nothing was taken, so nothing is told"
    drain(bob)
    assert bob.heard == [*lines(1, 1_000), "ready"]
    assert bob.most < 3 * LITTLE


async def test_f1_at_the_head_with_a_full_queue_it_is_not_live_yet(house: Readership):
    bob = house.opens("bob", slow=True, start=False)
    bob.unsent = FULL_QUEUE
    bob.reader.start()
    assert bob.reader.state is State.CATCHING_UP
    bob.takes()
    assert bob.reader.state is State.LIVE


async def test_f2_who_fell_out_of_the_journal_needs_a_snapshot(house: Readership):
    bob = house.opens("bob", at=2, start=False)
    house.desk.journal.raise_floor(5)
    bob.reader.start()
    assert bob.heard == ["snapshot: journal", "ready"]
    assert bob.reader.cursor == "e.10"


async def test_f4_a_held_reader_stands_still_until_it_is_released(house: Readership):
    bob = house.opens("bob")
    bob.reader.hold()
    house.tells(entry(11))
    assert (bob.heard, bob.reader.cursor) == (["ready"], "e.10")
    bob.reader.release()
    house.tells(entry(12))
    assert bob.heard == ["ready", "11 full", "12 full"]


async def test_a_subscription_takes_effect_at_its_place(house: Readership):
    bob = house.opens("bob")
    bob.reader.listen_to(["users"])
    house.tells(entry(11), entry(12, resource="users"))
    bob.reader.listen_to(["calls"])
    house.tells(entry(13), entry(14, resource="users"))
    assert bob.heard == ["ready", "12 full", "13 full"]


async def test_v4_whose_rights_changed_under_way_is_told_at_its_place_and_goes_on_from_now(house: Readership):
    bob = house.opens("bob", ("role:viewer",), at=10, start=False)
    house.desk.keys["bob"] = frozenset(("role:lead",))
    house.tells(
        entry(11, "role:viewer"), entry(12, "role:viewer", rights_of="bob"), entry(13, "role:viewer"),
        entry(14, "role:lead"),
    )  # fmt: skip
    bob.reader.start()
    house.tells(entry(15, "role:viewer"), entry(16, "role:lead"))
    assert bob.heard == [*lines(11, 12), "snapshot: rights", "ready", "16 full"]


async def test_v4_a_change_of_rights_that_left_the_keys_alone_is_an_event_like_others(house: Readership):
    house.tells(entry(11, rights_of="bob"), entry(12, rights_of="ann"), entry(13))
    assert house.opens("bob", at=10).heard == [*lines(11, 13), "ready"]


async def test_v4_whose_session_ended_under_way_hears_no_more(house: Readership):
    bob = house.opens("bob", at=10, start=False)
    house.desk.keys["bob"] = None
    house.tells(entry(11), entry(12, kind="deleted", personal=("bob", "user_deleted"), rights_of="bob"), entry(13))
    bob.reader.start()
    assert (bob.heard, bob.over) == (["11 full", "12 personal"], "deleted")


async def test_whoever_waits_for_a_live_reader_is_told_when_it_is_live_or_gone(house: Readership):
    house.tells(*(entry(seq, size=1_000) for seq in range(11, 501)))
    bob, ann = house.opens("bob", at=0, slow=True), house.opens("ann", at=0, slow=True)
    waiting = [asyncio.ensure_future(each.reader.live()) for each in (bob, bob, ann)]
    await asyncio.sleep(0)
    assert not any(each.done() for each in waiting)
    drain(bob)
    ann.reader.close()
    await asyncio.wait_for(asyncio.gather(*waiting), 10)
    assert (bob.reader.state, ann.reader.state) == (State.LIVE, State.CLOSED)


async def test_a_reader_that_is_gone_is_told_nothing(house: Readership):
    bob = house.opens("bob")
    bob.reader.close()
    house.tells(entry(11))
    bob.takes()
    assert bob.heard == ["ready"]
