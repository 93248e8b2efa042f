"""A short history holds who did what, in the order of the answers, and the gusts in between; and is done again so."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from evidence import a_gust, answered, sent

from torture.doors.door import SpeakingDoor, Way
from torture.history import History, as_json, lines_of
from torture.replay import replay, shorten, wish_of
from torture.weather import Gust


@pytest.fixture
def short(tmp_path: Path) -> Path:
    history, path = History(tmp_path), tmp_path / "short.jsonl"
    lines = (
        sent(1, "a", message={"title": "first"}), sent(2, "b", message={"title": "second"}), answered(2, "b"),
        a_gust("kill", 2.0), a_gust("ended", 2.0, code=-9), answered(1, "a"), sent(3, "c", message={}),
    )  # fmt: skip
    for line in lines:
        history.note(line["kind"], line["who"], **{k: v for k, v in line.items() if k not in {"t", "kind", "who"}})
    shorten([history.turn()], {"seed": "s", "actors": 4, "weather": "calm"}, 99.0, path)
    return path


def test_it_holds_what_was_answered_in_that_order_and_acts_of_weather(short: Path):
    found = [line.get("message", line.get("name")) for line in lines_of(short)]
    assert found == [None, {"title": "second"}, "kill", {"title": "first"}]
    assert wish_of(short)["seed"] == "s"


def test_another_file_is_no_short_history(tmp_path: Path):
    (tmp_path / "other").write_text("{}\n")
    with pytest.raises(ValueError, match="is no short history"):
        wish_of(tmp_path / "other")


def an_actor(does: Any, door: Any = None) -> SimpleNamespace:
    return SimpleNamespace(who="north/ann", does=does, door=door, replica=SimpleNamespace(cursor="new.70"))


def write(short: Path, line: dict[str, Any]) -> None:
    told = {"kind": "did", "t": 1, "who": "north/ann", "of": "command", "name": "undo", "message": {}}
    lines = [{"kind": "wish"}, {**told, "spoke": True, "foreign": False, **line}]
    short.write_bytes(b"".join(as_json(each) + b"\n" for each in lines))


async def done_of(short: Path, door: Any, line: dict[str, Any]) -> list[tuple[Any, Any]]:
    """(errand, the door it went over) of a history with this line alone."""
    write(short, line)
    done: list[tuple[Any, Any]] = []

    async def does(errands: Any, door: Any) -> None:
        done.extend((errand, door) for errand in errands)

    await replay(short, [an_actor(does, door)], None)  # type: ignore[list-item,arg-type]
    return done


async def test_a_cursor_names_the_same_place_in_the_journal_of_today(short: Path):
    for said, today in (("old.7", "new.7"), ("nonsense", "nonsense")):
        ((errand, _),) = await done_of(short, None, {"message": {"cursor": said, "op_id": "old.1"}})
        assert errand.message == {"cursor": today, "op_id": "old.1"}


async def test_what_went_over_a_connection_does_so_again_and_a_signal_has_no_other_way(short: Path):
    door = SpeakingDoor(Way("", "north", ""), None, "c")  # type: ignore[arg-type]
    assert [over for _, over in await done_of(short, door, {})] == [door]
    assert [over for _, over in await done_of(short, door, {"spoke": False})] == [None]
    assert [over for _, over in await done_of(short, None, {})] == [None]
    assert await done_of(short, None, {"of": "signal"}) == []
    assert [over for _, over in await done_of(short, door, {"of": "signal"})] == [door]
    await door.close()


async def test_what_reached_for_another_team_does_so_again(short: Path):
    ((errand, _),) = await done_of(short, None, {"foreign": True})
    assert errand.foreign


async def test_done_again_it_is_the_same_in_the_same_order(short: Path):
    done: list[Any] = []

    async def does(errands: Any, door: Any) -> None:
        assert door is None
        done.extend(errand.message["title"] for errand in errands)

    async def again(gust: Gust) -> None:
        done.append(gust.name)

    await replay(short, [an_actor(does)], again)  # type: ignore[list-item]
    assert sorted(done) == ["first", "kill", "second"]
    assert done.index("second") < done.index("first")
