"""A made-up staff at work: takes calls, assigns, repairs and hands back, as the users of the demo, by the one road.

`Staff.work_once` looks at the board, lets chance pick a duty that is there to be done, and has it done by whoever may.
The same seed picks the same duties. Texts come from real repairs (server/samples), people and numbers are made up.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from events.actor import SYSTEM, Caller
from events.desk import Desk
from events.errors import CallboardError
from events.repairs import Repair
from events.request import Request
from events.view import View
from stores.clock import rfc3339

log = logging.getLogger("callboard.demo")

MOST_OPEN = 40  # calls, and devices, before no more are taken in: a board that can still be read
RESOLUTIONS = (
    "Talked the customer through it; works again.", "Cleaned and reseated the connector.", "Replaced the part on site.",
    "Updated the software and tested it twice.", "Set it up anew; the customer's files are all there.",
)  # fmt: skip
WORK_DONE = ("Part replaced and tested.", "Cleaned, reassembled, ran for an hour.", "New battery, charges to full.")
NOTES = (
    "Rang back, nobody there.",
    "Customer asks to be called after five.",
    "Part ordered.",
    "Photos are in the mail.",
)
DUE_WITHIN_H = {"low": 120, "normal": 60, "high": 24, "urgent": 6}
NEXT = {
    "received": ("diagnosing",), "diagnosing": ("in_repair", "in_repair", "awaiting_parts", "awaiting_approval"),
    "awaiting_parts": ("in_repair",), "awaiting_approval": ("in_repair", "awaiting_parts"),
}  # fmt: skip
REASONS = ("The same fault again.", "The customer rang: it came back overnight.")


@dataclass(frozen=True, slots=True)
class Step:
    """One command and the user who gives it."""

    user: Any
    command: str
    record_id: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)


class Board:
    """What the staff sees: the records as they are now, in order of creation, so that chance alone decides."""

    def __init__(self, view: View, chance: Random) -> None:
        self._chance = chance
        plurals = ("users", "customers", "categories", "service_categories", "calls", "services")
        self._records: dict[str, list[Any]] = dict(view.snapshot(plurals))

    def all(self, plural: str, *status: str) -> list[Any]:
        """The records of a kind, in one of these states where they are named."""
        return [record for record in self._records[plural] if not status or record.status in status]

    def any(self, plural: str, *status: str) -> Any:
        """One of them by chance, or None."""
        return self.pick(self.all(plural, *status))

    def pick(self, records: Sequence[Any]) -> Any:
        """One by chance, or None where there is none."""
        return self._chance.choice(records) if records else None

    def someone(self, *roles: str) -> Any:
        """An active user with one of these roles, or None."""
        return self.pick([user for user in self.all("users") if user.active and user.role in roles])

    def user(self, user_id: str | None) -> Any:
        """This user while he is active, or None."""
        return next((user for user in self.all("users") if user.id == user_id and user.active), None)


class Staff:
    """The people of a desk, working by chance; `repairs` is where what customers say comes from, in turn."""

    def __init__(self, desk: Desk, repairs: Sequence[Repair], seed: int) -> None:
        self._desk, self._repairs = desk, repairs
        self._chance = Random(seed)  # noqa: S311  # a play, and the same one each time
        self._told = 0

    async def work(self, commands_per_minute: float) -> None:
        """Work for ever at this pace."""
        while True:
            await asyncio.sleep(60 / commands_per_minute)
            await self.work_once()

    async def work_once(self) -> str | None:
        """Do one thing that is there to be done; its command, or None where nothing was or somebody was quicker."""
        step = await self._desk.read(SYSTEM, self._choose)
        if step is None:
            return None
        request = Request(Caller(step.user.id), self._desk.catalog.command(step.command), step.record_id, step.fields)
        try:
            await self._desk.submit(request)
        except CallboardError as error:
            log.debug("%s: %s", step.command, error.message)
            return None
        return step.command

    def _choose(self, view: View) -> Step | None:
        board = Board(view, self._chance)
        duties, weights = zip(*self._duties(), strict=True)
        tried = self._chance.choices(duties, weights, k=8)
        return next((step for step in (duty(board) for duty in tried) if step is not None and step.user), None)

    def _duties(self) -> list[tuple[Callable[[Board], Step | None], float]]:
        """What there is to do, and how often chance thinks of it."""
        return [
            (self._take_call, 6), (self._take_device, 2), (_assign, 3), (_claim, 2), (_start, 6), (_hold, 1),
            (_resume, 1.2), (self._complete, 4.6), (_close, 4), (self._reopen, 0.3), (self._note, 2), (_convert, 0.3),
            (_claim_device, 2.5), (_advance, 6), (self._complete_device, 2), (_deliver, 2), (self._come_and_go, 0.7),
        ]  # fmt: skip

    def _next_repair(self) -> Repair:
        self._told += 1
        return self._repairs[self._told % len(self._repairs)]

    def _take_call(self, board: Board) -> Step | None:
        if len(board.all("calls", "new", "assigned", "in_progress", "on_hold")) >= MOST_OPEN:
            return None
        repair, customer, category = self._next_repair(), board.any("customers"), board.any("categories")
        priority = self._chance.choices(("low", "normal", "high", "urgent"), (2, 6, 2, 1))[0]
        due_at = self._desk.clock.now() + timedelta(hours=DUE_WITHIN_H[priority])
        fields = {
            "title": f"{repair.brand} {repair.product_category}: {repair.fault_type}"[:200],
            "description": repair.problem,
            "priority": priority,
            "due_at": self._chance.choice((None, rfc3339(due_at))),
            "customer_phone": customer.phone if customer else None,
        }
        return Step(board.someone("front_desk", "dispatcher"), "create_call", None, fields | _links(customer, category))

    def _take_device(self, board: Board) -> Step | None:
        if len(board.all("services", "received", "diagnosing", "in_repair", "completed")) >= MOST_OPEN:
            return None
        repair, customer = self._next_repair(), board.any("customers")
        names = {category.name: category for category in board.all("service_categories") if not category.archived}
        fields = {
            "device_type": repair.product_category, "brand": repair.brand, "model": repair.model,
            "reported_fault": repair.problem or repair.fault_type,
            "promised_on": (self._desk.clock.now() + timedelta(days=self._chance.randint(3, 9))).date().isoformat(),
        }  # fmt: skip
        links = _links(customer, names.get(repair.product_category))
        return Step(board.someone("front_desk"), "create_service", None, fields | links)

    def _complete(self, board: Board) -> Step | None:
        return _by_assignee(board, "complete_call", "in_progress", resolution=self._chance.choice(RESOLUTIONS))

    def _reopen(self, board: Board) -> Step | None:
        return _by_assignee(board, "reopen_call", "completed", reason=self._chance.choice(REASONS))

    def _note(self, board: Board) -> Step | None:
        call = board.any("calls", "assigned", "in_progress", "on_hold")
        if call is None:
            return None
        fields = {"resource": "calls", "record_id": call.id, "text": self._chance.choice(NOTES)}
        return Step(board.user(call.assignee_id) or board.someone("front_desk"), "create_note", None, fields)

    def _complete_device(self, board: Board) -> Step | None:
        fields = {"outcome": "repaired", "work_done": self._chance.choice(WORK_DONE)}
        return _by_technician(board, "complete_service", ("in_repair",), **fields)

    def _come_and_go(self, board: Board) -> Step | None:
        user = board.someone("engineer")
        state = self._chance.choices(("available", "busy", "away"), (3, 1, 1))[0]
        return Step(user, "set_availability", user.id, {"availability": state}) if user else None


def _assign(board: Board) -> Step | None:
    call, engineer = board.any("calls", "new"), board.someone("engineer")
    fields = {"assignee_id": engineer.id} if engineer else {}
    return Step(board.someone("dispatcher"), "assign_call", call.id, fields) if call and engineer else None


def _claim(board: Board) -> Step | None:
    call = board.any("calls", "new")
    return Step(board.someone("engineer"), "claim_call", call.id) if call else None


def _start(board: Board) -> Step | None:
    return _by_assignee(board, "start_call", "assigned")


def _hold(board: Board) -> Step | None:
    reason = board.pick(("waiting_customer", "waiting_parts", "scheduled", "third_party"))
    return _by_assignee(board, "hold_call", "in_progress", reason=reason)


def _resume(board: Board) -> Step | None:
    return _by_assignee(board, "resume_call", "on_hold")


def _close(board: Board) -> Step | None:
    call = board.any("calls", "completed")
    return Step(board.someone("dispatcher"), "close_call", call.id) if call else None


def _convert(board: Board) -> Step | None:
    call = board.pick([call for call in board.all("calls", "in_progress") if call.service_id is None])
    user = board.user(call.assignee_id) if call else None
    return Step(user, "convert_call", call.id, {"device_type": call.title.split(":")[0]}) if call else None


def _claim_device(board: Board) -> Step | None:
    waiting = [service for service in board.all("services", "received", "in_repair") if service.technician_id is None]
    service = board.pick(waiting)
    return Step(board.someone("engineer"), "claim_service", service.id) if service else None


def _advance(board: Board) -> Step | None:
    service = board.pick([service for service in board.all("services", *NEXT) if service.technician_id])
    if service is None:
        return None
    step = {"status": board.pick(NEXT[service.status])}
    return Step(board.user(service.technician_id), "advance_service", service.id, step)


def _deliver(board: Board) -> Step | None:
    service = board.any("services", "completed")
    fields = {"delivered_to": service.customer_name} if service else {}
    return Step(board.someone("front_desk"), "deliver_service", service.id, fields) if service else None


def _by_assignee(board: Board, command: str, status: str, **fields: Any) -> Step | None:
    call = board.any("calls", status)
    return Step(board.user(call.assignee_id), command, call.id, fields) if call else None


def _by_technician(board: Board, command: str, states: tuple[str, ...], **fields: Any) -> Step | None:
    service = board.pick([service for service in board.all("services", *states) if service.technician_id])
    return Step(board.user(service.technician_id), command, service.id, fields) if service else None


def _links(customer: Any, category: Any) -> dict[str, Any]:
    """The references of a new record; a customer's name is copied by the desk."""
    said = {"customer_id": customer.id} if customer else {"customer_name": "A passer-by"}
    return said | ({"category_id": category.id} if category and not category.archived else {})
