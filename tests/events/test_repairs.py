"""A row of the repairs file as a service of ours."""

import csv
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from events.errors import Invalid
from events.repairs import category_id, read_repair, service_fields, service_id

ROW = {
    "id": "restart_78", "data_provider": "The Restart Project", "country": "GBR", "product_category": "Laptop",
    "brand": "HP", "model": "", "fault_type": "Screen", "repair_status": "Fixed", "year_of_manufacture": "????",
    "event_date": "2019-03-20", "problem": 'Cracked, "badly"',
}  # fmt: skip
DAY = datetime(2019, 3, 20, tzinfo=UTC)


def fields(**changed: str) -> dict[str, Any]:
    return service_fields(read_repair({**ROW, **changed}))


def test_a_fixed_repair_is_delivered_on_the_day_of_its_event() -> None:
    assert fields() == {
        "customer_name": "The Restart Project (GBR)", "device_type": "Laptop", "brand": "HP", "model": None,
        "reported_fault": 'Cracked, "badly"', "status": "delivered", "outcome": "repaired",
        "received_at": DAY, "completed_at": DAY, "delivered_at": DAY,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("told", "status", "outcome", "ended"),
    [
        ("Fixed", "delivered", "repaired", DAY),
        ("End of life", "delivered", "not_repairable", DAY),
        ("Repairable", "in_repair", None, None),
        ("Unknown", "received", None, None),
    ],
)
def test_each_state_of_the_file_has_one_of_ours(told: str, status: str, outcome: Any, ended: Any) -> None:
    found = fields(repair_status=told)

    assert (found["status"], found.get("outcome"), found["received_at"]) == (status, outcome, DAY)
    assert (found.get("completed_at"), found.get("delivered_at")) == (ended, ended)


def test_without_a_description_the_kind_of_fault_is_what_is_reported() -> None:
    assert fields(problem="  ")["reported_fault"] == "Screen"


def test_a_description_keeps_its_line_breaks() -> None:
    assert fields(problem="first\r\nsecond")["reported_fault"] == "first\nsecond"


def test_the_id_is_a_uuid5_that_lasts_and_belongs_to_one_tenant() -> None:
    repair, other = read_repair(ROW), read_repair({**ROW, "id": "restart_79"})

    assert service_id("t1", repair) == service_id("t1", read_repair(dict(ROW)))
    assert uuid.UUID(service_id("t1", repair)).version == 5
    assert len({service_id("t1", repair), service_id("t2", repair), service_id("t1", other)}) == 3


def test_categories_that_differ_in_case_are_one() -> None:
    upper, lower = (read_repair({**ROW, "product_category": name}) for name in ("Laptop", "laptop"))

    assert category_id("t1", upper) == category_id("t1", lower) != service_id("t1", upper)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("id", ""), ("id", "a\udcffb"), ("product_category", " "), ("repair_status", "fixed?"), ("event_date", "20.3.2019"),
        ("event_date", "2019-02-31"), ("problem", "x" * 4001), ("problem", "a\x00b"), ("problem", "a\u202eb"),
        ("brand", "b" * 201), ("model", "two\nlines"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_by_its_column_and_not_repeated(column: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_repair({**ROW, column: value})

    assert list(refused.value.fields) == [column]
    assert value.strip() == "" or value not in str(refused.value.fields)


def test_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        read_repair({name: value for name, value in ROW.items() if name != "country"})

    assert refused.value.fields == {"country": "is needed"}


def test_every_row_of_the_fixture_can_be_read() -> None:
    with (Path(__file__).parents[1] / "fixtures" / "repairs.csv").open(encoding="utf-8", newline="") as file:
        found = [service_fields(read_repair(row)) for row in csv.DictReader(file)]

    assert len(found) == 60
    assert {service["status"] for service in found} == {"delivered", "in_repair", "received"}
