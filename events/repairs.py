"""A row of the repairs file, read as a carry-in repair of ours (DOMAIN.md, Real input). Pure: no file, no desk.

The command line reads the file and sends its rows; `events/intake.py` has each read here and takes it down the road.
Ids come from the file's own ids, so that the same file brought in twice makes the same records.
"""

import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from events.text import Code, Day, Name, OptionalName, OptionalText
from events.work import invalid_from
from stores.record import fold

# What each state of the file is with us. Nobody wrote down who took a device home, nor what was done to it.
STATES: Mapping[str, Mapping[str, str]] = {
    "Fixed": {"status": "delivered", "outcome": "repaired"},
    "End of life": {"status": "delivered", "outcome": "not_repairable"},
    "Repairable": {"status": "in_repair"},
    "Unknown": {"status": "received"},
}


class Repair(BaseModel):
    """One row: its fields are the file's columns, checked as if a person had typed them."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    id: Code
    data_provider: Name
    country: Code
    product_category: Name
    brand: OptionalName
    model: OptionalName
    fault_type: OptionalText
    repair_status: Literal["Fixed", "Repairable", "End of life", "Unknown"]
    event_date: Day
    problem: OptionalText


COLUMNS = tuple(Repair.model_fields)


def read_repair(row: Mapping[str, Any]) -> Repair:
    """The row, checked; `Invalid` names the columns that are wrong."""
    try:
        return Repair.model_validate(row)
    except ValidationError as error:
        raise invalid_from(error) from None


def service_id(tenant_id: str, repair: Repair) -> str:
    """The id of its service: a UUIDv5 of (tenant, "repairs", the file's id)."""
    return _lasting_id(tenant_id, "repairs", repair.id)


def category_id(tenant_id: str, repair: Repair) -> str:
    """The id that its category gets where we make it: `Laptop` and `laptop` are one."""
    return _lasting_id(tenant_id, "repairs-category", fold(repair.product_category))


def service_fields(repair: Repair) -> dict[str, Any]:
    """The payload of `import_service`, without its id and category."""
    day = _midnight(repair.event_date)
    state = STATES[repair.repair_status]
    ended = {"completed_at": day, "delivered_at": day} if "outcome" in state else {}
    return {
        "customer_name": f"{repair.data_provider} ({repair.country})",
        "device_type": repair.product_category,
        "brand": repair.brand,
        "model": repair.model,
        "reported_fault": repair.problem or repair.fault_type,
        "received_at": day,
        **state,
        **ended,
    }


def _midnight(day: date) -> datetime:
    """The file knows the day alone: its first moment in UTC, where we count by days."""
    return datetime.combine(day, time(), UTC)


def _lasting_id(tenant_id: str, kind: str, name: str) -> str:
    """A UUIDv5 under the URL namespace of `callboard:<tenant>/<kind>/<name>`."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"callboard:{tenant_id}/{kind}/{name}"))
