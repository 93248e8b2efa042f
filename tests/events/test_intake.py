"""Repairs that come in through the road, many at once."""

import asyncio
import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from events.actor import SYSTEM
from events.desk import Desk
from events.errors import Unavailable
from events.intake import Report, Row, bring_in
from events.request import Request
from stores.change import Batch, Entry
from stores.database import Database
from stores.errors import CommitFailed


@pytest.fixture
def rows() -> list[Row]:
    with (Path(__file__).parents[1] / "fixtures" / "repairs.csv").open(encoding="utf-8", newline="") as file:
        return [Row(line, row) for line, row in enumerate(csv.DictReader(file), 2)]


@pytest.fixture
def heard(desk: Desk) -> list[Entry]:
    entries: list[Entry] = []
    desk.listeners.append(entries.extend)
    return entries


async def records(desk: Desk, plural: str) -> list[Any]:
    return await desk.read(SYSTEM, lambda view: view.snapshot([plural])[plural])


async def asks(desk: Desk, command: str, record_id: str | None = None, **fields: Any) -> None:
    await desk.submit(Request(SYSTEM, desk.catalog.command(command), record_id, fields))


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.imported, report.unchanged, len(report.refused), report.categories


async def test_every_row_is_one_service_in_its_final_state_and_one_event(
    desk: Desk, rows: list[Row], heard: list[Entry]
) -> None:
    assert counts(await bring_in(desk, rows)) == (60, 0, 0, 5)

    services = await records(desk, "services")
    assert [(s.reported_fault, s.version) for s in services] == [
        (row.columns["problem"].strip() or row.columns["fault_type"], heard[5 + place].seq)
        for place, row in enumerate(rows)
    ]
    assert {entry.event for entry in heard[:5]} == {"service_category_created"}
    assert [(e.event, e.actor_id) for e in heard[5:]] == [("service_created", "system")] * 60


async def test_a_second_run_changes_nothing(desk: Desk, rows: list[Row]) -> None:
    await bring_in(desk, rows)
    head = desk.journal.head

    assert counts(await bring_in(desk, rows)) == (0, 60, 0, 0)
    assert desk.journal.head == head


async def test_the_same_rows_brought_in_twice_at_once_come_in_once(desk: Desk, rows: list[Row]) -> None:
    report, second = await asyncio.gather(bring_in(desk, rows), bring_in(desk, rows))
    report.add(second)

    assert counts(report) == (60, 60, 0, 5)
    assert len(await records(desk, "services")) == 60


async def test_categories_are_case_folded(desk: Desk, rows: list[Row]) -> None:
    await bring_in(desk, rows)

    names = {category.id: category.name for category in await records(desk, "service_categories")}
    assert sorted(names.values()) == ["Desktop computer", "Laptop", "Mobile", "Printer/scanner", "Tablet"]
    for service in await records(desk, "services"):
        assert names[service.category_id].casefold() == service.device_type.casefold()


async def test_a_category_that_people_made_is_used(desk: Desk, rows: list[Row]) -> None:
    await asks(desk, "create_service_category", name="LAPTOP")

    assert (await bring_in(desk, rows)).categories == 4
    (own,) = [c for c in await records(desk, "service_categories") if c.name == "LAPTOP"]
    assert any(s.category_id == own.id for s in await records(desk, "services"))


async def test_a_category_of_ours_that_was_renamed_is_used(desk: Desk, rows: list[Row]) -> None:
    laptops = [row for row in rows if row.columns["product_category"] == "Laptop"]
    await bring_in(desk, laptops[:1])
    (category,) = await records(desk, "service_categories")
    await asks(desk, "update_service_category", category.id, name="Notebooks")

    assert counts(await bring_in(desk, laptops)) == (len(laptops) - 1, 1, 0, 0)
    assert {s.category_id for s in await records(desk, "services")} == {category.id}


async def test_what_people_have_changed_since_is_left_alone(desk: Desk, rows: list[Row]) -> None:
    await bring_in(desk, rows)
    open_one = next(s for s in await records(desk, "services") if s.status == "in_repair")
    await asks(desk, "update_service", open_one.id, reported_fault="Something else")

    assert counts(await bring_in(desk, rows)) == (0, 60, 0, 0)
    assert (await desk.read(SYSTEM, lambda view: view.get("services", open_one.id))).__dict__[
        "version"
    ] > open_one.version


async def test_what_is_there_is_unchanged_also_once_its_category_is_archived(desk: Desk, rows: list[Row]) -> None:
    await bring_in(desk, rows)
    for category in await records(desk, "service_categories"):
        await asks(desk, "update_service_category", category.id, archived=True)

    assert counts(await bring_in(desk, rows)) == (0, 60, 0, 0)


async def test_refused_rows_are_told_with_line_and_reason_and_stop_nothing(desk: Desk, rows: list[Row]) -> None:
    rows[3] = Row(5, {**rows[3].columns, "problem": "x" * 4001})
    rows[7] = Row(9, {**rows[7].columns, "repair_status": "Maybe", "event_date": "soon"})

    report = await bring_in(desk, rows)

    assert (report.imported, [line for line, _ in report.refused]) == (58, [5, 9])
    assert "problem" in report.refused[0][1]
    assert "repair_status" in report.refused[1][1]
    assert "event_date" in report.refused[1][1]


async def test_rows_of_an_archived_category_are_refused(desk: Desk, rows: list[Row]) -> None:
    await asks(desk, "create_service_category", name="Tablet", archived=True)

    report = await bring_in(desk, rows)

    tablets = [row.line for row in rows if row.columns["product_category"] == "Tablet"]
    assert [line for line, _ in report.refused] == tablets
    assert {reason for _, reason in report.refused} == {"category_id: must be a category that is in use"}


class FailingDatabase(Database):
    """Its first two commits, of the categories and the services, are two; the second fails."""

    commits = 0

    def commit(self, batch: Batch) -> None:
        FailingDatabase.commits += 1
        if FailingDatabase.commits == 2:
            raise CommitFailed("disk full")
        super().commit(batch)


async def test_rows_not_known_to_be_in_are_no_report_but_unavailable(
    open_premises: Callable[..., Any], rows: list[Row]
) -> None:
    FailingDatabase.commits = 0
    desk = open_premises(FailingDatabase).desk

    with pytest.raises(Unavailable):
        await bring_in(desk, rows)
    assert counts(await bring_in(desk, rows)) == (60, 0, 0, 0)
