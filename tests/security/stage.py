"""What the matrix is asked on: a server with two teams, everybody of every role in both, and records in whatever state.

Records are put straight into the memory, as many as there are cells: what it takes to bring one into its state by the
rules is not what is looked at here. Everything that is asked goes through the doors.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import orjson
from askers import Asker, PlainAsker
from deciding import LETTERS
from network import url_of
from permitted import OPEN, READ, ROLES, Line
from premises import PASSWORD, id_of

from events.actor import SYSTEM, Caller
from events.desk import Desk
from server.app import Callboard
from stores.change import Change
from stores.clock import new_id

SECRET = "Zyzzyva"
"""Stands in every record of the first team, and in none of the second."""

STRANGER = id_of("carol")
ENDS_SESSIONS = ("change_password", "reset_password")
REFERRING = {"create_call": "customer_id", "create_service": "customer_id", "create_note": "record_id"}
"""Creations that can name a record of another team, and by which field."""


@dataclass(eq=False)
class Person:
    """One of a team, at one door."""

    letter: str
    id: str
    door: Asker


@dataclass
class Stage:
    """Both teams, and all that the first has been told to remember."""

    board: Callboard
    main: Desk
    other: Desk
    http: Any
    told: list[Any] = field(default_factory=list)
    customer: Any = None
    category: dict[str, Any] = field(default_factory=dict)
    _count: int = 0

    @classmethod
    async def set_up(cls, board: Callboard, http: Any) -> "Stage":
        """A second team beside the furnished one."""
        main = board.desk_of_slug("main")
        other = await board.create_tenant("other", "Another Team")
        for letter, role in ROLES.items():
            who = {"email": f"{letter}@other.example", "display_name": f"Other {letter}", "role": role}
            await other.do(SYSTEM, "create_user", None, id=id_of(f"other {letter}"), **who, password=PASSWORD)
        stage = cls(board, main, other, http)
        stage.customer = stage.put("customers", name=f"{SECRET} Ltd")
        stage.category = {plural: stage.put(plural, name=SECRET) for plural in ("categories", "service_categories")}
        for desk in (main, other):
            desk.listeners.append(stage.told.extend)
        return stage

    # -- people ----------------------------------------------------------------------------------------------------

    async def token(self, desk: Desk, user_id: str) -> str:
        """A session, without the time that hashing takes."""
        user = desk.stores["users"].get(user_id)
        return (await self.board.identity.open_session(desk, user, "127.0.0.1", "test")).token

    async def ended_token(self) -> str:
        """One that has been signed out."""
        token = await self.token(self.main, STRANGER)
        who = self.board.identity.authenticate(token)
        assert who is not None
        await self.board.identity.end(who.session.id, "logout")
        return token

    def at(self, kind: Callable[..., Asker], token: str | None, slug: str = "main") -> Asker:
        """Somebody at a door."""
        return kind(self.http, url_of(self.board), token, slug, self.board.catalog)

    async def enters(self, kind: Callable[..., Asker], letter: str, *, of_other: bool = False) -> Person:
        """One of a team, let in."""
        desk = self.other if of_other else self.main
        user_id = id_of(f"other {letter}" if of_other else LETTERS[letter])
        door = self.at(kind, await self.token(desk, user_id), desk.tenant.slug)
        await door.enters()
        return Person(letter, user_id, door)

    async def witness(self, desk: Desk, user_id: str) -> Asker:
        """Somebody who hears everything that his team is told, and who is never acted upon himself."""
        door = self.at(PlainAsker, await self.token(desk, user_id), desk.tenant.slug)
        await door.enters()
        return door

    async def enters_again(self, person: Person) -> None:
        """Whose session ended by what he did."""
        await person.door.leaves()
        person.door.token = await self.token(self.main, person.id)
        await person.door.enters()

    # -- records ---------------------------------------------------------------------------------------------------

    def put(self, plural: str, **fields: Any) -> Any:
        """A record of the first team."""
        self._count += 1
        at, store = self.main.clock.now(), self.main.stores[plural]
        stamps = {"created_at": at, "updated_at": at, "created_by": STRANGER, "updated_by": STRANGER}
        place = {"id": new_id(), "tenant_id": self.main.tenant.tenant_id, "number": 10_000 + self._count, "version": 1}
        record = self.main.catalog.resources[plural].record(**{**place, **stamps, **fields})
        store.put(Change(plural, None, record))
        return record

    def forget(self, record: Any, plural: str) -> None:
        """It has served; the team itself stays."""
        now = self.main.stores[plural].get(record.id)
        if now is not None and record.id not in {id_of(name) for name in LETTERS.values()}:
            self.main.stores[plural].put(Change(plural, now, None))

    def target(self, plural: str, me: str, relation: str, status: str | None) -> Any:
        """A record that stands in this relation to me."""
        mine = {"created_by": me} if relation in {"mine", "author"} else {}
        makers: dict[str, Callable[[], Any]] = {
            "calls": lambda: self._call(me, relation, status or "new", mine),
            "services": lambda: self._service(me, relation, status or "received"),
            "categories": lambda: self.put("categories", name=f"{SECRET} {self._count}"),
            "service_categories": lambda: self.put("service_categories", name=f"{SECRET} {self._count}"),
            "customers": lambda: self.put("customers", name=f"{SECRET} {self._count}"),
            "notes": lambda: self.put(
                "notes", resource="customers", record_id=self.customer.id, text=f"{SECRET} rang", **mine
            ),
            "users": lambda: self.main.stores["users"].get(me) if relation == "self" else self._user(),
        }
        return makers[plural]()

    def _call(self, me: str, relation: str, status: str, mine: dict[str, str]) -> Any:
        somebody = STRANGER if status in OPEN[1:] else None
        assignee = me if relation == "own" else somebody
        return self.put("calls", title=SECRET, customer_name="Ms. Gray", status=status, assignee_id=assignee, **mine)

    def _service(self, me: str, relation: str, status: str) -> Any:
        technician = {"own": me, "unassigned": None}.get(relation, STRANGER)
        return self.put(
            "services", customer_name=SECRET, device_type="Toaster", reported_fault="Cold", status=status,
            technician_id=technician, received_at=self.main.clock.now(),
        )  # fmt: skip

    def _user(self) -> Any:
        name = f"{SECRET}{self._count}"
        return self.put("users", email=f"{name}@example.com", display_name=name, role="engineer")

    # -- what is sent ----------------------------------------------------------------------------------------------

    def payload(self, line: Line, me: str, record: Any) -> dict[str, Any]:
        """What the rules of the record have nothing against, and what changes it."""
        self._count += 1
        named = f"{SECRET} {self._count}"
        call = {"title": named, "customer_id": self.customer.id}
        service = {"device_type": named, "reported_fault": "Cold", "customer_id": self.customer.id}
        user = {"email": f"u{self._count}@example.com", "display_name": named, "role": "viewer", "password": PASSWORD}
        known: dict[str, dict[str, Any]] = {
            "create_call": call, "create_call naming another": {**call, "assignee_id": STRANGER},
            "create_call naming himself": {**call, "assignee_id": me},
            "update_call": {"title": named}, "assign_call": {"assignee_id": id_of("dora")},
            "release_call": {"reason": "Ill"}, "hold_call": {"reason": "waiting_parts"},
            "complete_call": {"resolution": "Turned it on"}, "reopen_call": {"reason": "Off again"},
            "cancel_call": {"reason": "A mistake"}, "convert_call": {"device_type": "Toaster"},
            "create_service": service, "create_service with a price": {**service, "price_minor": 100, "currency": "EUR"},
            "update_service": {"brand": named}, "update_service with a price": {"price_minor": 100 + self._count},
            "assign_service": {"technician_id": id_of("dora")}, "advance_service": {"status": "diagnosing"},
            "complete_service": {"outcome": "declined"}, "deliver_service": {"delivered_to": "Ms. Gray"},
            "reopen_service": {"reason": "Off again"}, "cancel_service": {"reason": "Too dear"},
            "import_service": {**service, "received_at": "2026-01-01T00:00:00.000Z"},
            "merge_customer": {"into": self.customer.id},
            "create_note": {"resource": "customers", "record_id": self.customer.id, "text": named},
            "update_note": {"text": named}, "create_user": user, "create_admin": {**user, "role": "admin"},
            "set_role": {"role": "admin" if record is not None and record.id == me else "viewer"},
            "change_email": {"email": f"u{self._count}@example.com"}, "reset_password": {"password": PASSWORD},
            "change_password": {"current": PASSWORD, "new": PASSWORD},
            "set_availability": {"availability": ("busy", "away", "available")[self._count % 3]},
            "update_user": {"phone": str(self._count)},
        }  # fmt: skip
        made = {"name": named} if line.name.endswith(("category", "customer")) and "delete" not in line.name else {}
        sent = known.get(line.name, made)
        return sent if record is None else {"id": record.id, **sent}

    async def done_before(self, me: str, relation: str) -> str:
        """The cursor of a change set that is mine, or somebody else's: what is to be taken back."""
        if relation == "mine":
            now: Any = self.main.stores["users"].get(me)
            there = "busy" if now.availability != "busy" else "away"
            outcome = await self.main.do(Caller(me), "set_availability", me, availability=there)
        else:
            outcome = await self.main.do(Caller(STRANGER), "create_customer", None, name=f"{SECRET} undone")
        return str(orjson.loads(outcome.json())["cursor"])


def relations_of(plural: str) -> tuple[str, ...]:
    """In what relation somebody can stand to a record of this kind."""
    return READ[plural][1]
