"""Random people doing random things at a desk whose commits fail and which is restarted: at the end what it remembers,
what its database holds and what everybody's replica shows is the same (P3, F7).

A seed that ever failed stays in SEEDS for good, with a word on what it found.
"""

import asyncio
import random
from collections import Counter
from typing import Any

import orjson
import pytest
from faulty import FaultyDatabase
from leads import make_leads
from payloads import Payloads
from premises import PASSWORD, TEAM, everything, id_of
from speech import Replica, apply, as_heard

from events.actor import Caller
from events.catalog import Catalog, discover
from events.errors import CallboardError, Unauthenticated
from events.request import Request
from stores.change import Entry
from stores.errors import CommitFailed
from stores.record import encode

SEEDS = (1, 2, 3, 4, 5, 6)
ROUNDS = 60
RARE = ("deactivate_user", "set_role")  # or nobody is left to work
HASHED = ("create_user", "change_password", "reset_password")


class Client:
    """A replica that knows its place in the journal and catches up from there; a snapshot where it cannot."""

    def __init__(self, user_id: str) -> None:
        self.user_id, self.seq, self.keys = user_id, -1, frozenset[str]()
        self.replica: Replica = {}
        self.snapshots = self.resumed = 0

    async def catches_up(self, desk: Any) -> None:
        """Replay from the place it holds, while nothing about its rights changes."""
        try:
            view = await desk.read(Caller(self.user_id), lambda view: (view.seq, view.actor.keys))
        except CallboardError:
            self.seq, self.replica = -1, {}
            return
        head, keys = view
        if self.seq < desk.journal.floor or keys != self.keys:
            await self._snapshot(desk)
            return
        while self.seq < head:
            for entry in await desk.entries_after(self.seq, 7):
                self._takes(entry)
        self.resumed += 1

    def _takes(self, entry: Entry) -> None:
        assert entry.seq == self.seq + 1, "a hole in the journal"
        self.seq = entry.seq
        heard = as_heard(entry, self.user_id, self.keys)
        if heard is not None:
            apply(self.replica, heard)

    async def _snapshot(self, desk: Any) -> None:
        self.snapshots += 1
        found = await desk.read(Caller(self.user_id), _everything_seen)
        self.seq, self.keys, self.replica = found


def _everything_seen(view: Any) -> tuple[int, frozenset[str], Replica]:
    records = orjson.loads(encode(view.snapshot(view._catalog.wire_plurals)))
    return view.seq, view.actor.keys, {(plural, r["id"]): r for plural, found in records.items() for r in found}


class Day:
    """One random day at a desk: bursts of commands, failing commits, restarts, clients that look in now and then."""

    def __init__(self, premises: Any, seed: int) -> None:
        self.premises, self.random = premises, random.Random(seed)
        self.clients = {id_of(name): Client(id_of(name)) for name in TEAM}
        self.count: Counter[str] = Counter()
        self.sent: list[tuple[Request, str]] = []

    @property
    def desk(self) -> Any:
        return self.premises.desk

    async def passes(self) -> None:
        """All of it."""
        for _ in range(ROUNDS):
            if self.random.random() < 0.15:
                wrote = self.random.random() < 0.4
                self.premises.database.fails(CommitFailed("busy"), wrote=wrote)
                self.count["failed commits"] += 1
            await self._burst()
            for client in self.clients.values():
                if self.random.random() < 0.3:
                    await client.catches_up(self.desk)
            if self.random.random() < 0.1:
                await self._restarts()
        await self._restarts()

    async def _burst(self) -> None:
        asked = [request for _ in range(self.random.randint(1, 12)) if (request := self._request()) is not None]
        if self.sent and self.random.random() < 0.3:
            asked.append(self._again(*self.random.choice(self.sent)))
        answers = await asyncio.gather(*(self.desk.submit(request) for request in asked), return_exceptions=True)
        for request, answer in zip(asked, answers, strict=True):
            self._note(request, answer)

    def _note(self, request: Request, answer: Any) -> None:
        if isinstance(answer, Exception):
            assert isinstance(answer, CallboardError), (request.command.name, request.payload, answer)
            self.count[answer.code] += 1
            return
        self.count["repeated" if answer.repeated else "ok"] += 1
        if request.op_id is not None and not answer.repeated:
            self.sent.append((request, answer.cursor))

    def _again(self, request: Request, _cursor: str) -> Request:
        """The same once more, as after a lost answer."""
        return Request(
            request.caller, request.command, request.record_id, request.payload, request.op_id, request.expected_version
        )

    def _request(self) -> Request | None:
        catalog, random_ = self.desk.catalog, self.random
        command = random_.choice([c for c in catalog.commands.values() if c.on_wire and c.name not in HASHED])
        if (command.kind == "delete" or command.name in RARE) and random_.random() < 0.8:
            return None
        payload = Payloads(self.desk, random_, sparse=0.5).of(command)
        if payload is None:
            return None
        if random_.random() < 0.05:
            payload["nonsense"] = 1
        records = list(self.desk.stores[command.plural].all())
        record = random_.choice(records) if records and command.kind != "create" else None
        stale = record is not None and random_.random() < 0.2
        return Request(
            Caller(random_.choice([*self.clients, id_of("alice")])), command, record.id if record else id_of("nothing"), payload,
            f"op-{random_.randrange(10**9)}" if random_.random() < 0.5 else None,
            random_.randint(1, max(1, self.desk.journal.head)) if stale else None,
        )  # fmt: skip

    async def _restarts(self) -> None:
        before, head = everything(self.desk), self.desk.journal.head
        cursor = self.desk.journal.cursor(head)
        await self.premises.reopen()
        assert everything(self.desk) == before
        assert self.desk.journal.seq_of(cursor) == head
        self.count["restarts"] += 1


@pytest.fixture
def both_kinds() -> Catalog:
    return discover(extra=[make_leads()])


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_random_day_ends_with_one_truth(open_premises, both_kinds, seed):
    premises = open_premises(FaultyDatabase, both_kinds)
    day = Day(premises, seed)
    for name in ("eve", "gus"):
        fields = {
            "email": f"{name}@example.com",
            "display_name": name.title(),
            "role": "engineer",
            "password": PASSWORD,
        }
        await premises.desk.do(Caller(id_of("alice")), "create_user", None, id=id_of(name), **fields)
        day.clients[id_of(name)] = Client(id_of(name))
    await day.passes()
    await one_truth(day)
    # Every operation that was answered ok has happened once and says so for ever.
    for request, cursor in day.sent:
        again = await _outcome_again(day, request)
        assert again is None or (again.repeated, again.cursor) == (True, cursor)
    await one_truth(day)
    seen = day.count
    for outcome in ("ok", "forbidden", "invalid", "not_found", "unavailable", "repeated", "failed commits"):
        assert seen[outcome] > 0, (outcome, seen)
    assert seen["ok"] > 40
    assert seen["restarts"] > 1
    assert seen["conflict"] + seen["refused"] + seen["taken"] > 3
    assert seen["internal"] == 0


async def one_truth(day: Day) -> None:
    """Memory, database and every replica."""
    memory = everything(day.desk)
    await day.premises.reopen()
    assert everything(day.desk) == memory
    resumed = 0
    for client in day.clients.values():
        await client.catches_up(day.desk)
        resumed += client.resumed
        if client.seq < 0:
            continue
        _, _, fresh = await day.desk.read(Caller(client.user_id), _everything_seen)
        assert client.replica == fresh
    assert resumed > 0


async def _outcome_again(day: Day, request: Request) -> Any:
    try:
        return await day.desk.submit(day._again(request, ""))
    except Unauthenticated:  # somebody who is nobody any more
        return None
