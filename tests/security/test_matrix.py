"""Every role, every command, one's own and others' records, one's own and another team, at every door: from the catalog.

What should be said stands in `permitted.py`, written by hand after the domain's tables; what is said comes through the
doors. Where an answer is a refusal, nothing may have changed and nobody may have been told anything.
"""

import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import orjson
import pytest
from askers import DOORS, Asker, HttpAsker, SocketAsker
from permitted import READ, ROLES, Line, line_of, lines, may_call_out, may_read
from premises import CHEAP, id_of
from stage import ENDS_SESSIONS, REFERRING, SECRET, STRANGER, Person, Stage, relations_of

from events import passwords
from events.catalog import Catalog

READS = ("list", "get", "count", "search", "snapshot", "activity", "explain")
OF_HTTP = ("list", "get", "search", "snapshot", "activity", "explain", "insights", "changes", "realtime-status")
OF_ONE = ("get", "explain")
ELSEWHERE = {"http": ("export",), "socket": ("export", "insights")}
"""Reads that a door has not: the first is no door's, as records leave by the program alone."""


@dataclass(frozen=True)
class Cell:
    """One question of somebody about one record."""

    line: Line
    letter: str
    relation: str | None
    status: str | None

    @property
    def expected(self) -> str:
        return self.line.expected(self.letter, self.relation, self.status)

    def __str__(self) -> str:
        return f"{ROLES[self.letter]} {self.line.name} ({self.relation}, {self.status})"


def cells(catalog: Catalog) -> Iterator[Cell]:
    for line in lines():
        command = catalog.commands.get(line.command)
        makes = command is not None and command.kind == "create"
        relations = ("strange", "mine") if command is None else (None,) if makes else relations_of(command.plural)
        for letter in ROLES:
            yield from (Cell(line, letter, relation, status) for relation in relations for status in line.statuses)


@dataclass(frozen=True)
class Witnesses:
    """One of each team who listens to everything."""

    ours: Asker
    theirs: Asker

    async def heard(self) -> tuple[list[str], list[str]]:
        """The events of records that each team was told, in order."""
        for each in (self.ours, self.theirs):
            await each.asks("count", {"resource": "calls"})  # its answer comes behind all that was told
        return self.ours.heard, self.theirs.heard


class Asking:
    """One door's part of the matrix. `wrong` are sentences, `count` the cells asked."""

    def __init__(self, stage: Stage, kind: Any) -> None:
        self.stage, self.kind = stage, kind
        self.wrong: list[str] = []
        self.count = 0

    async def asked(self, person: Person, name: str, message: dict[str, Any], expected: str, said: str = "") -> Any:
        """One cell: the right code, and where it is a refusal nothing has changed and nobody was told."""
        before = self._state()
        code, body = await person.door.asks(name, message)
        self.judge(code, expected, before, said or f"{ROLES[person.letter]} {name} {message}")
        return body

    def judge(self, code: str, expected: str, before: Any, said: str) -> None:
        self.count += 1
        if code != expected:
            self.wrong.append(f"{said}: {code}, and not {expected}")
        if code != "ok" and self._state() != before:
            self.wrong.append(f"{said}: {code}, but something has changed or was told")

    def _state(self) -> Any:
        stage = self.stage
        users = [stage.main.stores["users"].get(person) for person in (STRANGER,)]
        return stage.main.journal.head, stage.other.journal.head, stage.main.road.seq, len(stage.told), users


@pytest.fixture(params=DOORS)
def door(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def stage(open_board, http, monkeypatch) -> Stage:
    monkeypatch.setattr(passwords, "_HASHING", CHEAP)
    return await Stage.set_up(await open_board(), http)


@pytest.fixture
def asking(stage: Stage, door: str, request: pytest.FixtureRequest) -> Iterator[Asking]:
    asking = Asking(stage, DOORS[door])
    yield asking
    sys.stdout.write(f"{request.node.name}: {asking.count} cells\n")


@pytest.fixture
async def witnesses(stage: Stage) -> AsyncIterator["Witnesses"]:
    both = await stage.witness(stage.main, STRANGER), await stage.witness(stage.other, id_of("other A"))
    yield Witnesses(*both)
    for each in both:
        await each.leaves()


def test_every_kind_of_record_and_every_command_has_its_line(catalog):
    known = {line.command for line in lines()}
    missing = sorted(catalog.commands.keys() - known)
    assert not missing, f"say in tests/security/permitted.py who may do this: {', '.join(missing)}"
    assert not (known - catalog.commands.keys() - {"undo"}), "a line is of a command that there is no more"
    unread = sorted(set(catalog.wire_plurals) - READ.keys())
    assert not unread, f"say in tests/security/permitted.py who reads: {', '.join(unread)}"
    assert {line.command for line in lines() if not line.is_on_wire} == {
        name for name, command in catalog.commands.items() if not command.on_wire
    }


async def test_every_command_of_every_role_at_every_door(asking, witnesses, catalog):
    stage = asking.stage
    people = {letter: await stage.enters(asking.kind, letter) for letter in ROLES}
    wanted = list(cells(catalog))
    for cell in wanted:
        await _command(asking, people[cell.letter], cell, catalog)
    for person in people.values():
        await person.door.leaves()
    assert not asking.wrong, "\n".join(asking.wrong)
    assert asking.count == len(wanted) > 700
    # Everything that was told, and nothing else, has reached the one team, and nothing the other.
    told = [entry.event for entry in stage.told if not catalog.resources[entry.resource].private]
    assert await witnesses.heard() == (told, [])


async def _command(asking: Asking, person: Person, cell: Cell, catalog: Catalog) -> None:
    stage, name = asking.stage, cell.line.command
    command = catalog.commands.get(name)
    if command is None:
        message = {"cursor": await stage.done_before(person.id, str(cell.relation))}
        await asking.asked(person, name, message, cell.expected, str(cell))
        return
    record = None
    if command.kind != "create":
        record = stage.target(command.plural, person.id, str(cell.relation), cell.status)
    await asking.asked(person, name, stage.payload(cell.line, person.id, record), cell.expected, str(cell))
    if record is not None:
        now = stage.main.stores[command.plural].get(record.id)
        if cell.expected != "ok" and now is not record:
            asking.wrong.append(f"{cell}: the record is not what it was")
        if cell.expected == "ok" and name in ENDS_SESSIONS and cell.relation == "self":
            await stage.enters_again(person)
        stage.forget(record, command.plural)


async def test_every_read_of_every_role_at_every_door(asking):
    stage = asking.stage
    records = {plural: stage.target(plural, STRANGER, "strange", None) for plural in READ}
    for letter in ROLES:
        person = await stage.enters(asking.kind, letter)
        for plural, record in records.items():
            for name in reads_of(asking.kind):
                body = await asking.asked(person, name, question(stage, name, plural, record), readable(plural, letter))
                if name in {"list", "get", "search", "snapshot"} and may_read(plural, letter):
                    assert SECRET in str(body), (name, plural)
        for name in missing_of(asking.kind):
            expected = "not_found" if of_http(asking.kind) else "unknown"
            await asking.asked(person, name, {}, expected)
        await person.door.leaves()
    assert not asking.wrong, "\n".join(asking.wrong)
    assert asking.count == len(ROLES) * (len(READ) * len(reads_of(asking.kind)) + len(missing_of(asking.kind)))


def of_http(kind: Any) -> bool:
    return issubclass(kind, HttpAsker)


def reads_of(kind: Any) -> tuple[str, ...]:
    return OF_HTTP if of_http(kind) else READS


def missing_of(kind: Any) -> tuple[str, ...]:
    return ELSEWHERE["http" if of_http(kind) else "socket"]


def readable(plural: str, letter: str) -> str:
    return "ok" if may_read(plural, letter) else "not_found"


def question(stage: Stage, name: str, plural: str, record: Any) -> dict[str, Any]:
    """What a read is asked with."""
    one = {"resource": plural, "id": record.id}
    since = {"since": stage.main.journal.cursor(stage.main.journal.head)}
    said: dict[str, dict[str, Any]] = {
        "get": one, "explain": one, "search": {"q": SECRET}, "insights": {}, "export": {}, "changes": since,
        "snapshot": {"resources": [plural]}, "realtime-status": {"resource": plural, **since},
    }  # fmt: skip
    return said.get(name, {"resource": plural})


@pytest.mark.parametrize("door", [name for name, kind in DOORS.items() if issubclass(kind, SocketAsker)], indirect=True)
async def test_every_signal_of_every_role(asking, catalog):
    """To look at a record with others takes the right to read it; to call out or to lock, that to update it."""
    stage = asking.stage
    for letter in ROLES:
        person = await stage.enters(asking.kind, letter)
        shout = {"channel": "team", "event": "tea", "data": 1}
        await asking.asked(person, "broadcast", shout, "ok" if may_call_out(letter) else "forbidden")
        for plural in READ:
            line = line_of(f"update_{catalog.resources[plural].noun}")
            for relation in relations_of(plural):
                for status in line.statuses:
                    record = stage.target(plural, person.id, relation, status)
                    await _signals(asking, person, plural, record, line.expected(letter, relation, status))
                    stage.forget(record, plural)
        await person.door.leaves()
    assert not asking.wrong, "\n".join(asking.wrong)
    assert asking.count > 180


async def _signals(asking: Asking, person: Person, plural: str, record: Any, expected: str) -> None:
    channel = f"{plural}/{record.id}"
    await asking.asked(person, "join_channel", {"channel": channel}, readable(plural, person.letter))
    await asking.asked(person, "broadcast", {"channel": channel, "event": "tea", "data": 1}, expected)
    await asking.asked(person, "lock_record", {"resource": plural, "id": record.id}, expected)
    await person.door.asks("leave_channel", {"channel": channel})


# -- another team --------------------------------------------------------------------------------------------------


async def test_another_team_does_not_exist_for_anybody_at_any_door(asking, witnesses, catalog):
    stage = asking.stage
    for letter in ROLES:
        person = await stage.enters(asking.kind, letter, of_other=True)
        for line in lines():
            await _foreign_command(asking, person, line, catalog)
        for plural in READ:
            record = stage.target(plural, STRANGER, "strange", None)
            for name in (*reads_of(asking.kind), *(() if of_http(asking.kind) else ("join_channel", "lock_record"))):
                await _foreign_read(asking, person, name, plural, record)
        await person.door.leaves()
    assert not asking.wrong, "\n".join(asking.wrong)
    assert asking.count > 450
    assert await witnesses.heard() == ([], [])


async def _foreign_command(asking: Asking, person: Person, line: Line, catalog: Catalog) -> None:
    stage, name = asking.stage, line.command
    command, status = catalog.commands.get(name), line.statuses[0]
    if command is None:
        message, expected = {"cursor": stage.main.journal.cursor(stage.main.journal.head)}, "invalid"
    elif command.kind == "create":
        message = stage.payload(line, person.id, None)
        expected = "invalid" if line.permits(person.letter, None, None) else "forbidden"
    else:
        record = stage.target(command.plural, STRANGER, "strange", status)
        message, expected = stage.payload(line, person.id, record), "not_found"
    expected = expected if line.is_on_wire else "unknown"
    if command is None or command.kind != "create" or name in REFERRING or expected == "unknown":
        await asking.asked(person, name, dict(message), expected, f"a foreign {ROLES[person.letter]} {line.name}")
    if of_http(asking.kind):
        await _at_our_address(asking, person, name, message, expected if expected == "unknown" else "not_found")


async def _foreign_read(asking: Asking, person: Person, name: str, plural: str, record: Any) -> None:
    stage = asking.stage
    message = question(stage, name, plural, record)
    message = {"channel": f"{plural}/{record.id}"} if name == "join_channel" else message
    message = {"resource": plural, "id": record.id} if name == "lock_record" else message
    places = ("changes", "realtime-status")
    one = (*OF_ONE, "join_channel", "lock_record")
    expected = "not_found" if name in one else "snapshot_required" if name in places else "ok"
    body = await asking.asked(
        person, name, dict(message), expected, f"a foreign {ROLES[person.letter]} {name} {plural}"
    )
    assert SECRET not in str(body), (name, plural)
    assert record.id not in str(body), (name, plural)
    total = body.get("total", (body.get("data") or {}).get("total") if isinstance(body.get("data"), dict) else None)
    assert total in {None, len(list(stage.other.stores[plural].all()))}, (name, plural)
    if of_http(asking.kind):
        await _at_our_address(asking, person, name, message, "not_found")


async def _at_our_address(asking: Asking, person: Person, name: str, message: Any, expected: str) -> None:
    person.door.slug = "main"
    await asking.asked(person, name, dict(message), expected, f"a foreign {ROLES[person.letter]} {name} below /main")
    person.door.slug = "other"


# -- nobody --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["not signed in", "signed out"])
async def test_without_a_session_nothing_at_any_door(asking, witnesses, catalog, who):
    stage = asking.stage
    token = None if who == "not signed in" else await stage.ended_token()
    for name, message, is_known in questions_of_nobody(stage, catalog, asking.kind):
        before = asking._state()
        code, body = await stage.at(asking.kind, token).breaks_in(name, message)
        at_http = of_http(asking.kind) and not is_known
        asking.judge(code, "unknown" if at_http else "unauthenticated", before, f"{who}: {name}")
        assert SECRET not in str(orjson.dumps(body)), name
    assert not asking.wrong, "\n".join(asking.wrong)
    assert asking.count > 55
    assert await witnesses.heard() == ([], [])


def questions_of_nobody(stage: Stage, catalog: Catalog, kind: Any) -> Iterator[tuple[str, dict[str, Any], bool]]:
    """(name, message, whether it is a command of this door)."""
    for line in lines():
        command = catalog.commands.get(line.command)
        if command is None:
            yield "undo", {"cursor": stage.main.journal.cursor(stage.main.journal.head)}, True
        else:
            record = None
            if command.kind != "create":
                record = stage.target(command.plural, STRANGER, "strange", line.statuses[0])
            yield line.command, stage.payload(line, STRANGER, record), line.is_on_wire
    record = stage.target("calls", STRANGER, "strange", "new")
    yield from ((name, question(stage, name, "calls", record), True) for name in reads_of(kind))
