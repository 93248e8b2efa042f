"""The window over the journal has no holes, keeps its bounds, and knows good cursors from all others."""

import pytest
from things import entry

from stores.journal import Journal


def entries(first, last, **fields):
    return [entry(seq, **fields) for seq in range(first, last + 1)]


def journal(head=0, floor=0, epochs=(("aaaaaaaa", 1),), held=(), **bounds):
    return Journal(head, floor, epochs, held, **bounds)


def seqs(page):
    return [each.seq for each in page]


def test_a_new_journal_is_empty():
    empty = journal()
    assert (empty.head, empty.start, empty.floor, empty.epoch) == (0, 0, 0, "aaaaaaaa")
    assert empty.page(0, 10) == ()
    assert empty.cursor(0) == "aaaaaaaa.0"


def test_appended_entries_are_read_in_pages():
    window = journal()
    window.append(entries(1, 3))
    window.append(entries(4, 5))
    assert window.head == 5
    assert seqs(window.page(0, 2)) == [1, 2]
    assert seqs(window.page(2, 10)) == [3, 4, 5]
    assert window.page(5, 10) == ()
    assert window.page(9, 10) == ()


@pytest.mark.parametrize("wrong", [(2, 2), (0, 1), (4, 5)])
def test_f2_a_hole_or_a_double_is_refused_and_nothing_is_added(wrong):
    window = journal()
    window.append(entries(1, 2))
    with pytest.raises(ValueError, match="hole"):
        window.append(entries(*wrong))
    with pytest.raises(ValueError, match="hole"):
        window.append([*entries(3, 3), *entries(5, 5)])
    assert window.head == 2
    assert seqs(window.page(0, 10)) == [1, 2]


def test_entries_that_do_not_end_at_the_head_are_refused():
    with pytest.raises(ValueError, match="stands at 5"):
        journal(head=5, held=entries(1, 4))


def test_f3_the_window_keeps_its_number_of_entries_and_tells_what_it_lost():
    window = journal(head=5, held=entries(1, 5), max_entries=3)
    assert window.start == 2
    window.append(entries(6, 7))
    assert window.start == 4
    assert window.page(3, 10) is None
    assert seqs(window.page(4, 10)) == [5, 6, 7]


def test_f3_the_window_keeps_its_bytes():
    size = entry(1).size
    window = journal(max_bytes=3 * size)
    window.append(entries(1, 5))
    assert window.start == 2
    window.append([entry(6, record=b"x" * (size - entry(6).size + len(entry(6).record)))])
    assert window.start == 3
    window.append([entry(7, record=b"x" * 4 * size)])
    assert (window.start, window.head) == (7, 7)
    window.append(entries(8, 10))
    assert window.start == 7


def test_d7_a_cursor_is_good_when_its_entry_was_written_under_its_epoch():
    window = journal(head=9, epochs=[("aaaaaaaa", 1), ("bbbbbbbb", 4), ("cccccccc", 10)])
    assert window.epoch == "cccccccc"
    assert [window.cursor(seq) for seq in (0, 3, 4, 9)] == ["aaaaaaaa.0", "aaaaaaaa.3", "bbbbbbbb.4", "bbbbbbbb.9"]
    assert [window.seq_of(window.cursor(seq)) for seq in range(10)] == list(range(10))
    assert window.epoch_at(10) == "cccccccc"


@pytest.mark.parametrize("cursor", ["bbbbbbbb.3", "aaaaaaaa.4", "cccccccc.9", "dddddddd.4", "bbbbbbbb.10"])
def test_d7_a_cursor_of_another_epoch_or_from_the_future_is_none(cursor):
    window = journal(head=9, epochs=[("aaaaaaaa", 1), ("bbbbbbbb", 4), ("cccccccc", 10)])
    assert window.seq_of(cursor) is None


NUMBERS = ["", "-1", "+1", " 1", "1 ", "1_0", "01", "1.1", "1\n", "\u0661", "\u00b2", "\ud800", "1" * 5000, "1" * 16]
TEXTS = ["", ".", "1", ".1", "aaaaaaaa", "AAAAAAAA.1", " aaaaaaaa.1", *(f"aaaaaaaa.{number}" for number in NUMBERS)]
THINGS = [None, 1, 1.5, b"aaaaaaaa.1", ["aaaaaaaa.1"], {"a": 1}, True]


@pytest.mark.parametrize("cursor", TEXTS + THINGS)
def test_any_other_thing_is_no_cursor(cursor):
    window = journal(head=20)
    assert window.seq_of("aaaaaaaa.1") == 1
    assert window.seq_of(cursor) is None


def test_f3_what_a_raised_floor_forgot_leaves_its_room_to_others():
    size = entry(1).size
    window = journal(head=3, held=entries(1, 3), max_bytes=3 * size)
    window.raise_floor(2)
    window.append(entries(4, 5))
    assert window.start == 2
    window.append(entries(6, 6))
    assert window.start == 3


def test_f8_a_raised_floor_ends_old_cursors_and_forgets_their_entries():
    window = journal(head=5, held=entries(1, 5))
    window.raise_floor(3)
    window.raise_floor(2)
    assert (window.floor, window.start) == (3, 3)
    assert window.seq_of("aaaaaaaa.2") is None
    assert window.seq_of("aaaaaaaa.3") == 3
    assert window.page(2, 9) is None
    assert seqs(window.page(3, 9)) == [4, 5]
    window.append(entries(6, 6))
    assert seqs(window.page(3, 9)) == [4, 5, 6]
