"""What a customer may know of his repair by its tracking code, without signing in (DOMAIN.md): this and nothing else.

`tracked` is the page as it is now; `Followers` wake those who have it open when their repair has changed.
"""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from events.desk import Desk
from events.resources.service import TRACKING_ALPHABET, services
from events.search import said_number
from events.view import View
from stores.change import Entry

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


def repair_of(view: View, code: str, now: datetime) -> Any:
    """The repair with this code, or None where there is none, or it was delivered 90 days ago. `view` is the system's: no
    reader is asked for."""
    service: Any = next(iter(view.page("services", {"tracking_code": code}).items), None)
    over = service is not None and service.delivered_at and service.delivered_at + SHOWN_AFTER_DELIVERY <= now
    return None if over else service


def tracked(view: View, code: str, now: datetime) -> dict[str, Any] | None:
    """`{"number", "device_type", "status", "promised_on", "steps": [{"at", "what"}]}` of `repair_of`, or None."""
    service = repair_of(view, code, now)
    if service is None:
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


class Followers:
    """Those who follow repairs of one desk. One listener for all of them; a change costs what it wakes."""

    def __init__(self, desk: Desk) -> None:
        self._of_repair: dict[str, list[asyncio.Event]] = {}
        desk.listeners.append(self._told)

    @contextmanager
    def following(self, repair_id: str) -> Iterator[asyncio.Event]:
        """Meanwhile the event is set whenever this repair has changed, whether its customer can see it or not."""
        changed = asyncio.Event()
        self._of_repair.setdefault(repair_id, []).append(changed)
        try:
            yield changed
        finally:
            self._of_repair[repair_id].remove(changed)
            if not self._of_repair[repair_id]:
                del self._of_repair[repair_id]

    def _told(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            if entry.resource == services.plural:
                for changed in self._of_repair.get(entry.record_id, ()):
                    changed.set()
