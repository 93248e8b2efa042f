"""What one reader hears of a stretch of the journal: whole sets, in order, about so many bytes."""

import pytest
from premises import id_of

from events import changes as changes_module
from events.actor import SYSTEM, Caller
from events.changes import Changes, Recipient, changes_after, last_words
from events.errors import SnapshotRequired
from events.telling import telling
from stores.change import Entry
from stores.clock import Clock

BOB = Caller(id_of("bob"))
EVERYTHING = frozenset({"calls", "users", "customers"})


def entry(seq: int, first: int | None = None, last: int | None = None, key: str = "member", size: int = 10) -> Entry:
    return Entry(
        seq=seq, epoch="e", first=first or seq, last=last or seq, resource="calls", record_id=f"c{seq}",
        event="call_updated", actor_id="alice", at=Clock().now(), kind="updated", keys_before=(key,), keys_after=(key,),
        personal=None, rights_of=None, record=b"x" * size, meta=b"", was=b"",
    )  # fmt: skip


def heard(*entries: Entry, most: int, monkeypatch: pytest.MonkeyPatch) -> tuple[list[int], int, bool]:
    """(seqs told, how far it goes, whether there is more)"""
    monkeypatch.setattr(changes_module, "MOST_BYTES", most)
    recipient = Recipient("bob", frozenset({"member"}), frozenset({"calls"}))
    changes = Changes(recipient, 0, entries[-1].seq).take(entries)
    return [entry.seq for entry, _ in changes.told], changes.seq, changes.more


def test_what_fits_is_told_up_to_the_end(monkeypatch):
    assert heard(entry(1), entry(2), most=100, monkeypatch=monkeypatch) == ([1, 2], 2, False)


def test_f8_a_set_that_is_begun_is_told_whole(monkeypatch):
    entries = [entry(1, 1, 3), entry(2, 1, 3), entry(3, 1, 3), entry(4)]
    assert heard(*entries, most=10, monkeypatch=monkeypatch) == ([1, 2, 3], 3, True)


def test_f8_a_set_that_does_not_fit_is_left_whole_with_what_is_not_for_him(monkeypatch):
    entries = [entry(1), entry(2, 2, 3, key="role:admin"), entry(3, 2, 3)]
    assert heard(*entries, most=10, monkeypatch=monkeypatch) == ([1], 1, True)


def test_there_is_no_more_where_the_rest_is_not_for_him(monkeypatch):
    entries = [entry(1), entry(2, key="role:admin"), entry(3, key="role:admin")]
    assert heard(*entries, most=10, monkeypatch=monkeypatch) == ([1], 3, False)


def test_f2_a_hole_needs_a_snapshot():
    recipient = Recipient("bob", frozenset({"member"}), frozenset({"calls"}))
    with pytest.raises(SnapshotRequired):
        Changes(recipient, 0, 3).take([entry(2), entry(3)])
    with pytest.raises(SnapshotRequired):
        Changes(recipient, 0, 3).take([])


async def test_page_after_page_is_the_whole_journal(office, desk, monkeypatch):
    monkeypatch.setattr(changes_module, "MOST_BYTES", 1_000)
    since = desk.journal.head
    call = await office.alice.does("create_call", title="No power", customer_name="Ms. Gray")
    for turn in range(20):
        await office.alice.does("update_call", call, title=f"Title {turn}")
    told, more = [], True
    place = since
    while more:
        changes = await changes_after(desk, BOB, place, EVERYTHING)
        told += [telling(entry, how).event for entry, how in changes.told]
        place, more = changes.seq, changes.more
    await office.bob.hears("call_created")
    assert told == ["call_created"] + ["call_updated"] * 20
    assert place == desk.journal.head


async def test_v4_rights_that_changed_since_need_a_snapshot(office, desk):
    since = desk.journal.head
    await office.alice.does("set_role", office.bob, role="dispatcher")
    with pytest.raises(SnapshotRequired):
        await changes_after(desk, BOB, since, EVERYTHING)
    assert not (await changes_after(desk, BOB, desk.journal.head, EVERYTHING)).told


async def test_f3_what_was_pruned_needs_a_snapshot(office, desk):
    since = desk.journal.head
    await office.alice.does("create_call", title="No power", customer_name="Ms. Gray")
    await desk.forget_before(desk.clock.now())
    with pytest.raises(SnapshotRequired):
        await changes_after(desk, BOB, since, EVERYTHING)


async def test_v5_the_last_words_to_a_deleted_user_are_his_own(office, desk):
    view = (await changes_after(desk, BOB, desk.journal.head, EVERYTHING)).recipient
    since = desk.journal.head
    await office.alice.does("create_call", title="No power", customer_name="Ms. Gray")
    await desk.do(SYSTEM, "delete_user", office.bob.id)
    last = last_words(desk, view, since)
    assert last is not None
    assert [telling(entry, how).event for entry, how in last.told] == ["call_created", "user_deleted"]


async def test_v5_one_who_is_only_deactivated_has_no_last_words(office, desk):
    view = (await changes_after(desk, BOB, desk.journal.head, EVERYTHING)).recipient
    since = desk.journal.head
    assert last_words(desk, view, since) is None
    await desk.do(SYSTEM, "deactivate_user", office.bob.id)
    assert last_words(desk, view, since) is None
