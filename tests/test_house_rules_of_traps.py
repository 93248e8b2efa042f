"""docs/traps.md and the tests agree: each trap has tests that bear its number, or a reason why it cannot touch us."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PAGE = (TESTS.parent / "docs" / "traps.md").read_text()
COUNT = 33


def rows() -> dict[int, list[str]]:
    """Trap number → the cells of its row."""
    lines = [line for line in PAGE.splitlines() if line.startswith("| T")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert len({each[0] for each in cells}) == len(cells), "a trap stands there twice"
    return {int(each[0].removeprefix("T")): each[1:] for each in cells}


def numbers_in(path: Path) -> set[int]:
    """The traps that tests of this file bear."""
    names = re.findall(r"^\s*(?:async )?def (test_\w+)", path.read_text(), re.MULTILINE)
    return {int(number) for name in names for number in re.findall(r"(?:^test|(?<=\d))_t(\d+)(?=_)", name)}


ROWS = rows()


def test_all_traps_stand_in_the_table():
    assert sorted(ROWS) == list(range(1, COUNT + 1))


@pytest.mark.parametrize("number", ROWS)
def test_what_shows_a_trap_bears_its_number_or_it_says_why_it_cannot_touch_us(number):
    _, here, shown = ROWS[number]
    files = re.findall(r"`([\w/]+\.py)`", shown)
    assert here
    assert files or shown == "–"
    for file in files:
        assert number in numbers_in(TESTS / file), file


def test_no_test_bears_a_trap_that_cannot_touch_us_or_does_not_exist():
    shown = {number for number, (_, _, tests) in ROWS.items() if tests != "–"}
    for path in TESTS.rglob("test_*.py"):
        if "node_modules" not in path.parts:
            assert numbers_in(path) <= shown, path
