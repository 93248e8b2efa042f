"""What a person wants next: mostly sensible commands of his role, some that are not his to give, some that are nonsense,
some about other people's records; and reads, and signals.

All choices come from one seeded `Random`. Commands come from the catalog; what is said here by name is only what the
torment could not survive: too many users deleted, too many roles changed.
"""

from collections.abc import Mapping
from random import Random
from types import SimpleNamespace
from typing import Any

from events.actor import Actor, member_actor
from events.catalog import Catalog
from events.resource import Command
from torture.crew import Book, Crew
from torture.errand import Errand
from torture.premises import Person
from torture.secrecy import Secrecy
from torture.values import Values

RARE = {
    "delete_user": 0.02, "deactivate_user": 0.05, "set_role": 0.12, "reset_password": 0.05, "change_password": 0.08,
    "change_email": 0.05, "create_user": 0.06, "activate_user": 0.5, "merge_customer": 0.3,
}  # fmt: skip
OFTEN = {"create_call": 3.0, "create_service": 2.0, "assign_call": 2.0, "update_call": 2.0, "create_note": 2.0}
TRIES = 6  # to find something that this person may do now
FLOOD, LONG = 60, 3_900  # so many texts of so many characters
MANY = 150  # open records of a kind: from then on few are created


class Intentions:
    """One person's. `next` is what he wants now."""

    def __init__(self, person: Person, crew: Crew, catalog: Catalog, secrecy: Secrecy, random: Random) -> None:
        self._person, self._crew, self._catalog, self._random = person, crew, catalog, random
        self._values = Values(catalog, random, secrecy.words[person.tenant])
        self._secrecy = secrecy
        self._commands = [command for command in catalog.commands.values() if command.on_wire]
        self._weights = [RARE.get(command.name, OFTEN.get(command.name, 1.0)) for command in self._commands]
        self._count = 0

    def flood(self) -> list[Errand]:
        """Long texts, one after the other: more than a slow reader takes, and than anybody keeps for him (F1)."""
        call = self._book.any(self._random, "calls")
        if call is None:
            return []
        texts = [self._values.text() + "日" * LONG for _ in range(FLOOD)] + [self._values.text()]
        return [self._marked("update_call", {"id": call["id"], "description": text}) for text in texts]

    def next(self, *, speaks: bool) -> Errand:
        """Something to ask; signals only where he can speak on his connection."""
        chance = self._random.random()
        if chance < 0.1:
            return self._read()
        if chance < 0.14:
            return self._request()
        if chance < 0.2 and speaks:
            return self._signal()
        if chance < 0.24:
            return self._foreign()
        if chance < 0.28 and self._book.cursors:
            return self._marked("undo", {"cursor": self._random.choice(self._book.cursors)})
        return self._command()

    @property
    def _book(self) -> Book:
        return self._crew.book(self._person.tenant)

    # -- commands ------------------------------------------------------------------------------------------------------

    def _command(self) -> Errand:
        command, record = self._allowed()
        message = self._values.payload(command, self._book)
        if command.kind == "create":
            message["id"] = self._values.id()
        elif record is not None:
            message["id"] = record["id"]
        if self._random.random() < 0.08:
            message = self._values.spoil(message)
        message = self._with_passwords(command, message)  # last: nobody knows a spoilt one, and it may be good
        if record is not None and self._random.random() < 0.25:
            message["expected_version"] = max(0, record["version"] - self._random.choice((0, 0, 0, 1, 50)))
        return self._marked(command.name, message)

    def _marked(self, name: str, message: Mapping[str, Any]) -> Errand:
        self._count += 1
        op_id = f"{self._person.tenant}-{self._person.name}-{self._count}"
        chance = self._random.random()
        return Errand("command", name, {**message, "op_id": op_id}, twice=chance < 0.07, hasty=0.07 < chance < 0.11)

    def _allowed(self) -> tuple[Command, Mapping[str, Any] | None]:
        """A command and its record: one that this person may carry out now, where a few tries find one."""
        actor, found = self._actor(), self._any()
        for _ in range(TRIES):
            if _fits(*found, actor):
                return found
            found = self._any()
        return found

    def _any(self) -> tuple[Command, Mapping[str, Any] | None]:
        command = self._random.choices(self._commands, self._weights)[0]
        if command.kind == "create":
            return (command, None) if len(self._book.all(command.plural)) < MANY else self._any_act()
        return command, self._target(command)

    def _any_act(self) -> tuple[Command, Mapping[str, Any] | None]:
        command = self._random.choice([each for each in self._commands if each.kind == "act"])
        return command, self._target(command)

    def _target(self, command: Command) -> Mapping[str, Any] | None:
        if command.name == "change_password":
            return self._book.get("users", self._person.id)
        if command.name == "activate_user":
            out = [user for user in self._book.all("users") if not user["active"]]
            return self._random.choice(out) if out else None
        found = self._book.any(self._random, command.plural)
        return None if found is not None and found["id"] in self._crew.stewards else found

    def _actor(self) -> Actor:
        known = self._book.get("users", self._person.id)
        return member_actor(self._person.id, self._person.name, known["role"] if known else self._person.role)

    def _with_passwords(self, command: Command, message: dict[str, Any]) -> dict[str, Any]:
        """Passwords that are known to be his, or will be."""
        fresh = f"{self._secrecy.password}-{self._random.randrange(10**9)}"
        for name in command.secret:
            message[name] = fresh
        whose = self._crew.passwords.get(str(message.get("id")))
        if whose is not None and command.secret:
            if "current" in message:
                message["current"] = whose[-1]
            self._crew.hopes(message["id"], fresh)
        return message

    # -- the rest ------------------------------------------------------------------------------------------------------

    def _read(self) -> Errand:
        resource = self._random.choice(self._catalog.wire_plurals)
        record = self._book.any(self._random, resource)
        reads: list[tuple[str, dict[str, Any]]] = [
            ("list", {"resource": resource, "limit": 20}),
            ("list", {"resource": resource, "q": self._values.text(), "limit": 5}),
            ("search", {"q": self._values.text(), "limit": 20}),
            ("activity", {"resource": resource, "limit": 20}),
            ("activity", {"actor": "me", "limit": 20}),
            ("get", {"resource": resource, "id": record["id"] if record else self._values.id()}),
            ("explain", {"resource": resource, "id": record["id"] if record else self._values.id()}),
        ]
        return Errand("read", *self._random.choice(reads))

    def _request(self) -> Errand:
        """What has an address and no name on connections."""
        cursor = self._random.choice(self._book.cursors) if self._book.cursors else "nothing.1"
        resource = self._random.choice(self._catalog.wire_plurals)
        day = f"2026-{self._random.randint(1, 12):02}"
        requests: list[tuple[str, dict[str, Any]]] = [
            ("realtime-status", {"resource": resource, "since": cursor}), ("me", {}), ("sessions", {}),
            ("insights", {"from": f"{day}-01", "to": f"{day}-27"}),
        ]  # fmt: skip
        return Errand("request", *self._random.choices(requests, (4, 1, 1, 1))[0])

    def kinds(self) -> list[str]:
        """The kinds of record that he wants to listen to from now on: some, or all of them."""
        known = list(self._catalog.wire_plurals)
        some = self._random.sample(known, self._random.randint(1, len(known)))
        return known if self._random.random() < 0.4 else some

    def subscription(self) -> Errand:
        """Listen to others than before."""
        return Errand("signal", "subscribe", {"resources": self.kinds()})

    def _signal(self) -> Errand:
        record = self._book.any(self._random, "calls")
        channel = f"calls/{record['id']}" if record else "team"
        place = {"resource": "calls", "id": record["id"] if record else self._values.id()}
        signals: list[tuple[str, dict[str, Any]]] = [
            ("count", {"resource": "calls", "q": self._values.text()}),
            ("join_channel", {"channel": channel}), ("typing", {"channel": channel, "field": "title", "on": True}),
            ("leave_channel", {"channel": channel}), ("lock_record", place), ("unlock_record", place),
            ("set_presence", {"channel": "team", "state": {"at": self._values.text()}}),
            ("broadcast", {"channel": "team", "event": "hello", "data": self._values.text()}),
        ]  # fmt: skip
        return Errand("signal", *self._random.choice(signals))

    def _foreign(self) -> Errand:
        """Reach for a record of another team, by its true id, or for its words."""
        theirs = self._random.choice(self._crew.others_of(self._person.tenant) or [self._person.tenant])
        if self._random.random() < 0.3:
            return Errand("read", "search", {"q": self._secrecy.words[theirs], "limit": 100})
        command = self._random.choice([each for each in self._commands if each.kind != "create"])
        record = self._crew.book(theirs).any(self._random, command.plural)
        if record is None or self._random.random() < 0.3:
            return Errand(
                "read", "get", {"resource": command.plural, "id": record["id"] if record else self._values.id()}, True
            )
        message = {**self._values.payload(command, self._book), "id": record["id"]}
        marked = self._marked(command.name, message)
        return Errand("command", command.name, marked.message, foreign=True)


def _fits(command: Command, record: Mapping[str, Any] | None, actor: Actor) -> bool:
    """Whether this could succeed, as far as the book knows: no check rests on it."""
    if command.kind == "create":
        return command.may.allows(actor, None)
    if record is None:
        return False
    in_state = command.move is None or record.get("status") in command.move.sources
    return in_state and command.may.allows(actor, SimpleNamespace(**record))
