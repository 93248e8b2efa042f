"""What a customer may know of his repair by its tracking code, without signing in (DOMAIN.md): this and nothing else."""

from datetime import datetime, timedelta
from typing import Any

from events.resources.service import TRACKING_ALPHABET, services
from events.search import said_number
from events.view import View

SHOWN_AFTER_DELIVERY = timedelta(days=90)

WORDS = {
    "received": "We have received your device.",
    "diagnosing": "We are finding out what is wrong.",
    "awaiting_approval": "We are waiting for your approval.",
    "awaiting_parts": "We are waiting for spare parts.",
    "in_repair": "We are repairing it.",
    "completed": "It is ready to be picked up.",
    "delivered": "You have it back.",
    "cancelled": "The repair was cancelled. The device can be picked up.",
}


def read_code(text: str) -> str | None:
    """The code as it is kept: people type it in small letters and in groups. None where it cannot be one."""
    code = text.upper().replace("-", "").replace(" ", "")
    return code if len(code) == 12 and all(letter in TRACKING_ALPHABET for letter in code) else None


def tracked(view: View, code: str, now: datetime) -> dict[str, Any] | None:
    """`{"number", "device_type", "status", "promised_on", "steps": [{"at", "what"}]}`, or None where there is none, or it
    was delivered 90 days ago. `view` is the system's: no reader is asked for."""
    service: Any = next(iter(view.page("services", {"tracking_code": code}).items), None)
    if service is None or (service.delivered_at and service.delivered_at + SHOWN_AFTER_DELIVERY <= now):
        return None
    dated = (
        ("received", service.received_at),
        ("completed", service.completed_at),
        ("delivered", service.delivered_at),
    )
    steps = [{"at": at, "what": WORDS[status]} for status, at in dated if at is not None]
    return {
        "number": said_number(services, service), "device_type": service.device_type, "status": WORDS[service.status],
        "promised_on": service.promised_on, "steps": steps,
    }  # fmt: skip
