"""The demo: a database of its own with a team, two weeks of history, real repairs, and a made-up staff at work in it.

`furnish` makes the database before anything is served, at the pace of the machine but with the clock of the story, so
that lists and figures have a past; then the ordinary server runs on it and `demo_staff.py` goes on in real time.
"""

import csv
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources
from itertools import islice
from typing import Any

import orjson

from events.actor import SYSTEM, Caller
from events.desk import Desk
from events.intake import Row, bring_in
from events.repairs import read_repair
from events.request import Request
from server.demo_staff import Staff
from server.standalone import Standalone
from stores.clock import Clock

SLUG, NAME = "main", "Harbour Street Repairs"
# Made-up people; the telephone numbers are of a range that is never given to anybody (01632 960xxx).
TEAM = (
    ("Ada Lindqvist", "admin"), ("Bruno Ferreira", "dispatcher"), ("Chiara Conti", "dispatcher"),
    ("Dmitri Novak", "engineer"), ("Eun-ji Park", "engineer"), ("Farid Haddad", "engineer"),
    ("Grace Okafor", "engineer"), ("Hanna Virtanen", "front_desk"), ("Ivo Marek", "front_desk"), ("Jun Tanaka", "viewer"),
)  # fmt: skip
CUSTOMERS = (
    "Agnes Thorne", "Café Meridian", "Daniel Osei", "Dockside Print Works", "Elif Yildiz", "Fernhill School",
    "Giulia Marra", "Harbour Books", "Ingrid Solberg", "Jonas Weiss", "Kaveh Rahimi", "Lucía Ortega", "Mill Lane Surgery",
    "Nadia Benali", "Oskar Lund", "Priya Raman", "Quayside Bakery", "Rosa Duarte", "St Brannoc's Choir", "Tomáš Kučera",
)  # fmt: skip
CATEGORIES = (
    ("Does not start", "#e03131", "power"), ("Screen", "#1971c2", "desktop"), ("Power and battery", "#f08c00", "battery"),
    ("Software", "#6741d9", "settings"), ("Printing", "#2f9e44", "printer"), ("Something else", "#868e96", "help"),
)  # fmt: skip

DAYS = 14
STEPS = 1_400  # commands of the staff before today: some 200 calls
SERVICES = 90  # repairs brought in at the start


class StoryClock(Clock):
    """A clock that stands where the story is."""

    def __init__(self, moment: datetime) -> None:
        super().__init__()
        self.moment = moment

    def now(self) -> datetime:
        """The moment of the story."""
        return self.moment


@dataclass(frozen=True, slots=True)
class Account:
    """Who can sign in to the demo."""

    name: str
    role: str
    email: str
    password: str


def sample_repairs() -> list[dict[str, str]]:
    """The rows of the real repairs that come with the program."""
    text = resources.files("server").joinpath("samples/repairs.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(keepends=True)))


def staff_of(desk: Desk, seed: int) -> Staff:
    """The made-up staff of a desk."""
    return Staff(desk, [read_repair(row) for row in sample_repairs()], seed)


async def furnish(url: str, now: datetime, seed: int, *, keep: bool) -> list[Account]:
    """Make the demo's database, ending `now`: its accounts, none where one is kept. Locked while another demo runs."""
    clock = StoryClock((now - timedelta(days=DAYS)).replace(hour=8, minute=0, second=0, microsecond=0))
    async with Standalone(url, clock, fresh=not keep) as opened:
        if opened.desks:
            return []
        desk = await opened.create_tenant(SLUG, NAME)
        accounts = [await _hire(desk, name, role) for name, role in TEAM]
        await _furnish_lists(desk)
        await bring_in(desk, [Row(line, row) for line, row in enumerate(islice(sample_repairs(), SERVICES), 2)])
        await _tell_the_story(desk, clock, now, seed)
        return accounts


async def _hire(desk: Desk, name: str, role: str) -> Account:
    """A user with a random password that he has chosen himself, so that nobody has to change it first."""
    email = f"{name.split(maxsplit=1)[0].casefold()}@demo.example"
    first, own = secrets.token_urlsafe(12), secrets.token_urlsafe(9)
    user = await _do(desk, SYSTEM, "create_user", email=email, display_name=name, role=role, password=first)
    change = desk.catalog.command("change_password")
    await desk.submit(Request(Caller(user["id"]), change, user["id"], {"current": first, "new": own}))
    return Account(name, role, email, own)


async def _furnish_lists(desk: Desk) -> None:
    for name, colour, icon in CATEGORIES:
        await _do(desk, SYSTEM, "create_category", name=name, colour=colour, icon=icon)
    for number, name in enumerate(CUSTOMERS):
        await _do(desk, SYSTEM, "create_customer", name=name, phone=f"01632 960{number:03}")


async def _tell_the_story(desk: Desk, clock: StoryClock, now: datetime, seed: int) -> None:
    staff = staff_of(desk, seed)
    for moment in _working_moments(clock.moment, now, STEPS):
        clock.moment = moment
        await staff.work_once()


def _working_moments(first: datetime, last: datetime, count: int) -> Iterator[datetime]:
    """So many moments, in order, in ten hours of each day from the first on; the last day may be short."""
    step = timedelta(hours=10) * DAYS / count
    per_day = count // DAYS + 1
    moments = (first + timedelta(days=day) + step * number for day in range(DAYS + 1) for number in range(per_day))
    return (moment for moment in moments if moment < last)


async def _do(desk: Desk, caller: Caller, command: str, **payload: Any) -> Any:
    """The record that a creation made."""
    return orjson.loads((await desk.submit(Request(caller, desk.catalog.command(command), payload=payload))).data)
