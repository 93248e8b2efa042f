"""The history keeps every line, a file a round, and whatever actors send."""

from pathlib import Path

from torture.history import History, lines_of, thin


def test_what_is_noted_is_read_back_in_order(tmp_path: Path):
    history = History(tmp_path)
    for number in range(1_000):
        history.note("sent", "north/ann", n=number)
    assert [line["n"] for line in lines_of(history.turn())] == list(range(1_000))


def test_each_round_has_a_file_of_its_own(tmp_path: Path):
    history = History(tmp_path)
    history.note("first")
    first = history.turn()
    history.note("second")
    assert [line["kind"] for line in lines_of(first)] == ["first"]
    assert [line["kind"] for line in lines_of(history.turn())] == ["second"]


def test_a_lone_surrogate_is_no_reason_to_lose_a_line(tmp_path: Path):
    history = History(tmp_path)
    history.note("sent", message={"title": "\ud800"})
    assert [line["message"]["title"] for line in lines_of(history.turn())] == ["\ud800"]


def test_a_round_in_which_all_went_well_keeps_what_doing_it_again_takes(tmp_path: Path):
    history = History(tmp_path)
    for kind in ("sent", "heard", "answered", "stands", "gust"):
        history.note(kind)
    path = history.turn()
    thin(path)
    assert [line["kind"] for line in lines_of(path)] == ["sent", "answered", "gust"]
