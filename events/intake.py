"""Bringing many rows in through the road at once: what `callboard import` asks of a desk, and the demo at its start.

A batch of rows is read (`events/repairs.py`), compared with what is there, and the new ones are queued together, so
that the lane writes them in few transactions. Nothing here stops half-way for the sake of one row.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from events.actor import SYSTEM
from events.desk import Desk
from events.errors import CallboardError, Invalid, NotFound, Taken, Unavailable
from events.outcome import Outcome
from events.repairs import Repair, category_id, read_repair, service_fields, service_id
from events.request import Request
from events.view import View
from stores.record import fold


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file and the line it begins in."""

    line: int
    columns: Mapping[str, Any]


@dataclass(slots=True)
class Report:
    """What became of the rows; `refused` holds (line, reason). Each row is counted once."""

    imported: int = 0
    unchanged: int = 0
    categories: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)

    def add(self, other: "Report") -> None:
        """The sum of both."""
        self.imported += other.imported
        self.unchanged += other.unchanged
        self.categories += other.categories
        self.refused += other.refused


async def bring_in(desk: Desk, rows: Iterable[Row]) -> Report:
    """Bring repairs in. What is there already is left as it is, also where people have changed it since.

    Raises `Unavailable` where it is not known whether a row came in: the same rows may then be sent again."""
    report = Report()
    read = _read(desk, rows, report)
    there = await desk.read(SYSTEM, lambda view: {record_id for _, record_id, _ in read if _is_there(view, record_id)})
    new = [one for one in read if one[1] not in there]
    report.unchanged = len(read) - len(new)
    categories = await _categories(desk, [repair for _, _, repair in new], report)
    asked = [_import(desk, record_id, repair, categories) for _, record_id, repair in new]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    for (line, _, _), answer in zip(new, answers, strict=True):
        _count(report, line, answer)
    report.refused.sort()
    return report


def _read(desk: Desk, rows: Iterable[Row], report: Report) -> list[tuple[int, str, Repair]]:
    """(line, service id, repair) of the rows that can be read; the others are refused."""
    read: list[tuple[int, str, Repair]] = []
    for row in rows:
        try:
            repair = read_repair(row.columns)
        except Invalid as error:
            report.refused.append((row.line, _reason(error)))
        else:
            read.append((row.line, service_id(desk.tenant.tenant_id, repair), repair))
    return read


def _is_there(view: View, record_id: str) -> bool:
    try:
        view.get("services", record_id)
    except NotFound:
        return False
    return True


async def _categories(desk: Desk, repairs: list[Repair], report: Report) -> dict[str, str]:
    """Folded name → id of the category for these repairs; one that is missing is made."""
    wanted = {fold(repair.product_category): repair for repair in repairs}
    held = await desk.read(SYSTEM, _category_ids)
    missing = [(name, repair) for name, repair in wanted.items() if name not in held]
    own = {name: category_id(desk.tenant.tenant_id, repair) for name, repair in missing}
    asked = [_ask(desk, "create_service_category", id=own[n], name=repair.product_category) for n, repair in missing]
    for answer in await asyncio.gather(*asked, return_exceptions=True):
        # Taken: somebody made it just now, or it is ours and bears another name today; both will do.
        if isinstance(answer, BaseException) and not isinstance(answer, Taken):
            raise answer
        report.categories += isinstance(answer, Outcome)
    return {**own, **await desk.read(SYSTEM, _category_ids)}


def _category_ids(view: View) -> dict[str, str]:
    held: list[Any] = view.snapshot(["service_categories"])["service_categories"]
    return {fold(category.name): category.id for category in held}


def _import(desk: Desk, record_id: str, repair: Repair, categories: Mapping[str, str]) -> "asyncio.Future[Outcome]":
    category = categories[fold(repair.product_category)]
    return _ask(desk, "import_service", id=record_id, category_id=category, **service_fields(repair))


def _ask(desk: Desk, command: str, **payload: Any) -> "asyncio.Future[Outcome]":
    return desk.submit(Request(SYSTEM, desk.catalog.command(command), payload=payload))


def _count(report: Report, line: int, answer: Outcome | BaseException) -> None:
    if isinstance(answer, Outcome):
        report.imported += 1
    elif isinstance(answer, Taken):
        report.unchanged += 1
    elif isinstance(answer, CallboardError) and not isinstance(answer, Unavailable):
        report.refused.append((line, _reason(answer)))
    else:
        raise answer


def _reason(error: CallboardError) -> str:
    """What is wrong with a row, in words and without its values."""
    if isinstance(error, Invalid):
        return "; ".join(f"{name}: {said}" for name, said in error.fields.items())
    return error.message
