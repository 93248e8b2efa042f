"""A repairs file on its way to the desk."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from events.repairs import COLUMNS
from server.importing import BATCH, UnreadableFileError, read_file, send

FIXTURE = Path(__file__).parents[1] / "fixtures" / "repairs.csv"
HEADER = ",".join(COLUMNS)


def row(file_id: str, problem: str = "broken") -> str:
    return f"{file_id},provider,GBR,Laptop,HP,,Screen,Fixed,2019-03-20,{problem}"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "repairs.csv"


def test_all_rows_of_a_file_are_read_with_the_lines_they_begin_in() -> None:
    found = read_file(FIXTURE)

    assert (len(found), len(found.rows), found.refused) == (60, 60, [])
    assert [found.rows[0].line, found.rows[-1].line] == [2, 61]


def test_lines_are_those_of_the_file_where_texts_run_over_several(file: Path) -> None:
    file.write_text("\n".join([HEADER, row("a", '"one\ntwo\nthree"'), "", row("b"), row("c")]))

    assert [(r.columns["id"], r.line) for r in read_file(file).rows] == [("a", 2), ("b", 6), ("c", 7)]


@pytest.mark.parametrize("content", [b"", b"\n", b"id;brand\n", b"\x00\xff\xfe\x01", "id,é\n".encode("utf-16"), b'"id'])
def test_something_else_than_a_repairs_file_is_one_line(file: Path, content: bytes) -> None:
    file.write_bytes(content)

    with pytest.raises(UnreadableFileError, match="is not a repairs file") as refused:
        read_file(file)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("place", ["missing.csv", "."])
def test_a_file_that_cannot_be_opened_is_one_line(tmp_path: Path, place: str) -> None:
    with pytest.raises(UnreadableFileError, match="cannot be read: "):
        read_file(tmp_path / place)


def test_a_byte_order_mark_more_columns_and_another_order_are_fine(file: Path) -> None:
    header = ["more", *reversed(COLUMNS)]
    values = ["x", *reversed(row("a").split(","))]
    file.write_text("\ufeff" + ",".join(header) + "\r\n" + ",".join(values) + "\r\n")

    (found,) = read_file(file).rows
    assert (found.columns["id"], found.columns["event_date"]) == ("a", "2019-03-20")


def test_rows_that_are_none_are_refused_and_stop_nothing(file: Path) -> None:
    file.write_text("\n".join([HEADER, row("a"), "too,few", row("b", '"x"y'), row("a"), row("c")]))

    found = read_file(file)

    assert [r.columns["id"] for r in found.rows] == ["a", "c"]
    assert found.refused[0] == (3, "has 2 fields, the header has 10")
    assert found.refused[1][0] == 4
    assert found.refused[1][1].startswith("is not CSV: ")
    assert found.refused[2] == (5, "id: stands in line 2 already")
    assert len(found) == 5


def test_a_quotation_that_never_ends_costs_what_it_holds(file: Path) -> None:
    file.write_text("\n".join([HEADER, row("a"), row("b", '"never'), row("c")]))

    found = read_file(file)

    assert [r.columns["id"] for r in found.rows] == ["a"]
    assert [line for line, _ in found.refused] == [3]


def test_bytes_that_are_no_text_are_left_to_their_row(file: Path) -> None:
    file.write_bytes("\n".join([HEADER, row("a"), row("b", "défaut")]).encode("latin-1"))

    assert [r.columns["problem"].isascii() for r in read_file(file).rows] == [True, False]


class Counter:
    """Stands at the other end: refuses the row in line 3, takes all others."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    async def ask(self, path: str, message: Mapping[str, Any]) -> dict[str, Any]:
        assert (path, message["tenant"]) == ("/import/repairs", "main")
        lines = [r["line"] for r in message["rows"]]
        self.sizes.append(len(lines))
        refused = [[3, "no"]] if 3 in lines else []
        return {"imported": len(lines) - len(refused), "unchanged": 0, "categories": 1, "refused": refused}


def test_a_large_file_goes_in_batches_and_every_row_is_accounted_for(file: Path) -> None:
    lines = [row(str(number)) for number in range(2 * BATCH + 1)]
    file.write_text("\n".join([HEADER, *lines, "broken"]))
    counter, done = Counter(), list[int]()

    report = asyncio.run(send(counter.ask, "main", read_file(file), done.append))

    assert counter.sizes == [BATCH, BATCH, 1]
    assert (report.imported, report.categories) == (2 * BATCH, 3)
    assert [line for line, _ in report.refused] == [3, 2 * BATCH + 3]
    assert sum(done) == 2 * BATCH + 2
