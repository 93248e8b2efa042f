"""A short history holds who did what, in the order of the answers, and the gusts in between; and is done again so."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from evidence import a_gust, answered, sent

from torture.history import History, lines_of
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


async def test_done_again_it_is_the_same_in_the_same_order(short: Path):
    done: list[Any] = []

    async def does(errands: Any) -> None:
        done.extend(errand.message["title"] for errand in errands)

    async def again(gust: Gust) -> None:
        done.append(gust.name)

    await replay(short, [SimpleNamespace(who="north/ann", does=does)], again)  # type: ignore[list-item]
    assert sorted(done) == ["first", "kill", "second"]
    assert done.index("second") < done.index("first")
