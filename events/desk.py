"""The desk: everything one tenant shares, and the one lane by which anything changes or is read (DESIGN D).

The lane takes all that waits, lets the road decide each command in turn against memory, has the whole batch written in
one transaction by the writer's thread, then tells, answers, and serves the reads that waited; and again. While a batch is
being written nothing looks at the memory, so nobody ever sees what is not durable (D1, D3).

    outcome = await desk.do(caller, "assign_call", call_id, assignee_id=bob_id)
    page = await desk.read(caller, lambda view: view.page("calls", {}))
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from events.actor import Actor, Caller
from events.catalog import Catalog
from events.durability import DeskLostError, Durability, Threads, Verdict
from events.errors import Conflict, Internal, Unavailable
from events.operations import Operations
from events.outcome import Outcome, outcome_of, unchanged
from events.road import ChangeSet, Request, Road
from events.view import View, changes_since
from stores.change import Batch, Entry, Operation
from stores.clock import Clock
from stores.database import Database
from stores.desks import LoadedDesk, Tenant
from stores.journal import Journal
from stores.memory import MemoryStore
from stores.record import public_json

T = TypeVar("T")

MOST_CHANGES = 2_000  # in one batch, unless one change set alone has more
UNAVAILABLE = "This is not known to have happened. Please send it again."


@dataclass(slots=True)
class _Asked:
    """A command that waits in the lane, and whom to answer. Decided, it has one of `outcome`, `later` and `error`."""

    request: Request
    answer: "asyncio.Future[Outcome]"
    done: ChangeSet | None = None
    outcome: Outcome | None = None
    later: Callable[[], Awaitable[Outcome]] | None = None
    error: Exception | None = None


@dataclass(slots=True)
class _Read:
    """A look at the memory, served when the commands queued before it are decided and durable (O6)."""

    caller: Caller | None
    look: Callable[[View], Any]
    answer: "asyncio.Future[Any]"
    after: int


class StalePreparationError(Exception):
    """What a preparation rested on has changed while it ran: it is made again (R2)."""


class Desk:
    """One tenant's stores, journal, lane and listeners. `on_lost` is told once when the desk must not go on (D4, D8)."""

    def __init__(
        self,
        tenant: Tenant,
        catalog: Catalog,
        database: Database,
        clock: Clock,
        threads: Threads,
        on_lost: Callable[[Exception], None],
    ) -> None:
        self.tenant, self.catalog, self.clock = tenant, catalog, clock
        self.listeners: list[Callable[[Sequence[Entry]], None]] = []
        self._database, self._threads, self._on_lost = database, threads, on_lost
        loaded = database.open_desk(tenant.tenant_id)
        self.journal = Journal(loaded.head, loaded.floor, loaded.epochs, loaded.entries)
        self._settle_schema(loaded.schema_mark)
        self.stores = self._loaded_stores(loaded)
        self.road = Road(tenant, catalog, self.stores, self.journal, clock)
        self.road.counters = dict(loaded.counters)
        self._durability = Durability(database, tenant.tenant_id, threads)
        self._operations = Operations()
        self._commands: deque[_Asked] = deque()
        self._reads: deque[_Read] = deque()
        self._queued = self._decided = 0
        self._counters_before: dict[str, int] = {}
        self._wake = asyncio.Event()
        self._lane: asyncio.Task[None] | None = None
        self._lost = False
        self._aside: set[asyncio.Future[Any]] = set()

    def _loaded_stores(self, loaded: LoadedDesk) -> dict[str, MemoryStore]:
        stores = {plural: MemoryStore(plural, resource.record) for plural, resource in self.catalog.resources.items()}
        for plural, store in stores.items():
            store.load(loaded.records.get(plural, ()))
            store.touched = dict(loaded.touched.get(plural, {}))
        return stores

    def _settle_schema(self, mark: str | None) -> None:
        """F8: events stored in another shape are never told again; each client takes one snapshot instead."""
        current = self.catalog.mark()
        if mark == current:
            return
        if mark:
            self._database.raise_floor(self.tenant.tenant_id, self.journal.head)
            self.journal.raise_floor(self.journal.head)
        self._database.mark_schema(self.tenant.tenant_id, current)

    # -- asking ----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Open the lane."""
        self._lane = asyncio.create_task(self._run(), name=f"lane of {self.tenant.slug}")

    async def stop(self) -> None:
        """Finish what waits, then close the lane."""
        while not self._lost and (self._commands or self._aside):
            await asyncio.gather(*self._aside, self.read(None, lambda _: None), return_exceptions=True)
        if self._lane is not None:
            self._lane.cancel()
            await asyncio.gather(self._lane, return_exceptions=True)

    async def do(
        self, caller: Caller, name: str, record_id: Any = None, *, op_id: Any = None, expected_version: Any = None,
        **fields: Any,
    ) -> Outcome:  # fmt: skip
        """The only thing that changes anything. Raises a CallboardError where it is not carried out."""
        command = self.catalog.command(name)
        return await self.submit(Request(caller, command, record_id, fields, op_id, expected_version))

    def submit(self, request: Request) -> "asyncio.Future[Outcome]":
        """Queue a command at once, in the order of calls; the future brings its outcome or its CallboardError."""
        if request.command.prepare is not None:
            return self._spawn(self._prepared(request))
        return self._enqueue(request)

    async def read(self, caller: Caller | None, look: Callable[[View], T]) -> T:
        """Have `look` called in the lane, between batches, with the view of this caller (None: of the system).

        What it does at once, such as putting an answer into an outbox, stands in the feed at the view's cursor (F4)."""
        if self._lost:
            raise Unavailable(UNAVAILABLE)
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._reads.append(_Read(caller, look, answer, self._queued))
        self._wake.set()
        return await answer

    def actor(self, caller: Caller) -> Actor:
        """The actor behind a caller; only for listeners, which are called when memory and journal are one."""
        return self.road.resolve(caller)

    async def entries_after(self, seq: int, limit: int = 500) -> Sequence[Entry]:
        """Journal entries after `seq`, from memory where they are there (F3), else a page of the table."""
        page = self.journal.page(seq, limit)
        if page is None:
            page = tuple(await self._in_reader(self._database.journal_page, self.tenant.tenant_id, seq, limit, 2**20))
        return page

    async def activity(self, **wanted: Any) -> Sequence[Entry]:
        """Journal entries, newest first: `resource`, `record_id`, `actor_id`, `before_seq`, `limit`."""
        return await self._in_reader(lambda: self._database.activity(self.tenant.tenant_id, **wanted))

    async def _in_reader(self, work: Callable[..., T], *args: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads.readers, work, *args)

    def _enqueue(self, request: Request) -> "asyncio.Future[Outcome]":
        answer: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        if self._lost:
            answer.set_exception(Unavailable(UNAVAILABLE))
            return answer
        self._commands.append(_Asked(request, answer))
        self._queued += 1
        self._wake.set()
        return answer

    async def _prepared(self, request: Request) -> Outcome:
        """R2: see and allow first, then the work off the loop, then the road from its start; again if it went stale."""
        prepare = request.command.prepare
        assert prepare is not None  # noqa: S101  # submit asks only for those that have one
        while True:
            self._operations.learn(await self._known([request]))
            admitted = await self.read(None, lambda _: self._admit(request))
            if admitted is None:
                return await self._enqueue(request)
            request.rested_on, given = admitted
            hashing = asyncio.get_running_loop().run_in_executor(self._threads.hashers, prepare.work, *admitted)
            request.prepared = await hashing
            try:
                return await self._enqueue(request)
            except StalePreparationError:
                continue

    def _admit(self, request: Request) -> Any:
        """(record, given) that a preparation may work on, or None for an operation that happened before."""
        work = self.road.work(self.road.resolve(request.caller))
        return None if self._operations.earlier(request) else self.road.admit(request, work)

    # -- the lane --------------------------------------------------------------------------------------------------

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._commands or self._reads:
                await self._turn()

    async def _turn(self) -> None:
        """One batch: decide, write, tell, answer, serve the reads that waited for it."""
        self._operations.learn(await self._known([asked.request for asked in self._commands]))
        batch = self._decide_batch()
        if any(asked.done is not None for asked in batch):
            await self._write(batch)
        self._decided += len(batch)
        for asked in batch:
            self._answer(asked)
        while self._reads and self._reads[0].after <= self._decided:
            self._serve(self._reads.popleft())
        await asyncio.sleep(0)

    async def _known(self, requests: list[Request]) -> dict[tuple[str, str], Operation]:
        """D5: what the database knows of the waiting op_ids, one look for all of them, off the loop."""
        unknown = self._operations.unknown(requests)
        if not unknown:
            return {}
        return await self._in_reader(self._database.find_operations, self.tenant.tenant_id, unknown)

    def _decide_batch(self) -> list[_Asked]:
        self._counters_before = dict(self.road.counters)
        self.road.seq = self.journal.head
        batch: list[_Asked] = []
        while self._commands and len(batch) < self._durability.most and self.road.seq - self.journal.head < MOST_CHANGES:
            batch.append(self._commands.popleft())
            self._decide(batch[-1])
        return batch

    def _decide(self, asked: _Asked) -> None:
        try:
            earlier = self._operations.earlier(asked.request)
            if earlier is not None:
                asked.later = self._repeating(asked.request, earlier)
                return
            self._check_preparation(asked.request)
            asked.done = self.road.decide(asked.request)
            asked.outcome = self._outcome(asked.done)
            self._operations.remember(asked.done.operation)
        except Conflict as error:
            asked.later = self._explaining(asked.request, error)
        except Exception as error:  # noqa: BLE001  # the answer always comes; replies.py says what of it is told
            asked.error = error

    def _check_preparation(self, request: Request) -> None:
        prepare, before = request.command.prepare, request.rested_on
        if prepare is None or before is None:
            return
        now = self.stores[request.command.plural].get(before.id)
        if now is not None and any(now.__dict__[name] != before.__dict__[name] for name in prepare.rests_on):
            raise StalePreparationError

    def _outcome(self, done: ChangeSet) -> Outcome:
        if done.entries:
            return outcome_of(done.entries, done.primary, done.actor)
        record = self.stores[done.primary[0]].get(done.primary[1])
        return unchanged(public_json(record) if record is not None else b"null", self.road.cursor, self.road.seq)

    # -- writing (D2 to D4) ----------------------------------------------------------------------------------------

    async def _write(self, batch: list[_Asked]) -> None:
        try:
            verdict = await self._durability.write(self._batch_of(batch))
        except DeskLostError as error:
            self._lose(batch, error)
            return
        if verdict is Verdict.DURABLE:
            self._tell(batch)
            return
        self._undo(batch)
        if verdict is Verdict.REJECTED:
            self._isolate(batch)
        else:
            _fail(batch, Unavailable(UNAVAILABLE))

    def _batch_of(self, batch: list[_Asked]) -> Batch:
        sets = [asked.done for asked in batch if asked.done is not None]
        return Batch(
            tenant_id=self.tenant.tenant_id, epoch=self.journal.epoch, old_seq=self.journal.head, new_seq=self.road.seq,
            changes=tuple(change for done in sets for change in done.changes),
            entries=tuple(entry for done in sets for entry in done.entries),
            operations=tuple(done.operation for done in sets if done.operation is not None),
            counters={k: v for k, v in self.road.counters.items() if self._counters_before.get(k) != v},
            touched={key: self.stores[key[0]].touched.get(key[1], {}) for done in sets for key in done.touched_before},
        )  # fmt: skip

    def _tell(self, batch: list[_Asked]) -> None:
        entries = [entry for asked in batch if asked.done is not None for entry in asked.done.entries]
        if entries:
            self.journal.append(entries)
            for listener in self.listeners:
                listener(entries)

    def _undo(self, batch: list[_Asked]) -> None:
        for asked in reversed(batch):
            if asked.done is not None:
                self.road.take_back(asked.done)
                self._operations.forget(asked.done.operation)
        self.road.counters, self.road.seq = self._counters_before, self.journal.head

    def _isolate(self, batch: list[_Asked]) -> None:
        """The database refused the data itself: alone it is that command's own error, in company each goes again alone."""
        if len(batch) == 1:
            _fail(batch, Internal("data"))
            return
        again = [_Asked(asked.request, asked.answer) for asked in batch]
        self._commands.extendleft(reversed(again))
        batch.clear()

    def _lose(self, batch: list[_Asked], error: Exception) -> None:
        """Nothing is told or written any more (D4, D8); the restart reads the truth."""
        self._lost = True
        self._undo(batch)
        batch.extend(self._commands)
        self._commands.clear()
        _fail(batch, Unavailable(UNAVAILABLE))
        self._on_lost(error)

    # -- answering -------------------------------------------------------------------------------------------------

    def _answer(self, asked: _Asked) -> None:
        if asked.later is not None:
            self._spawn(_settle(asked.answer, asked.later()))
        elif asked.answer.done():
            return
        elif asked.error is not None:
            asked.answer.set_exception(asked.error)
        elif asked.outcome is not None:
            asked.answer.set_result(asked.outcome)

    def _serve(self, waiting: _Read) -> None:
        if waiting.answer.done():
            return
        try:
            if self._lost:
                raise Unavailable(UNAVAILABLE)  # noqa: TRY301  # told like any other error below
            actor = self.road.resolve(waiting.caller) if waiting.caller is not None else None
            waiting.answer.set_result(waiting.look(View(self.road, actor)))
        except Exception as error:  # noqa: BLE001  # whoever asked is told
            waiting.answer.set_exception(error)

    def _repeating(self, request: Request, earlier: Operation) -> Callable[[], Awaitable[Outcome]]:
        """D5: the first outcome again, once it is durable."""
        actor = self.road.resolve(request.caller)

        async def first_outcome() -> Outcome:
            if earlier.first > earlier.last:
                return await self.read(request.caller, lambda view: view.unchanged(earlier))
            entries = self.journal.page(earlier.first - 1, earlier.last - earlier.first + 1)
            if entries is None:
                span = (earlier.first, earlier.last)
                entries = tuple(await self._in_reader(self._database.journal_set, self.tenant.tenant_id, *span))
            return outcome_of(entries, (earlier.resource, earlier.record_id), actor, repeated=True)

        return first_outcome

    def _explaining(self, request: Request, error: Conflict) -> Callable[[], Awaitable[Outcome]]:
        """A conflict says who changed what since: read from the journal's table, once the batch is durable."""

        async def conflict() -> Outcome:
            record = error.current
            entries = await self.activity(resource=request.command.plural, record_id=record.id, limit=200)
            error.changes = changes_since(request.expected_version, entries, record, request.payload)
            raise error

        return conflict

    def _spawn(self, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        task = asyncio.get_running_loop().create_task(work)
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)
        return task


def _fail(batch: list[_Asked], error: Exception) -> None:
    """None of them is known to have happened, the refused among them as little as the others (D3)."""
    for asked in batch:
        asked.done = asked.outcome = asked.later = None
        asked.error = error


async def _settle(answer: "asyncio.Future[Outcome]", later: Awaitable[Outcome]) -> None:
    try:
        outcome = await later
    except Exception as error:  # noqa: BLE001  # handed to whoever waits
        if not answer.done():
            answer.set_exception(error)
    else:
        if not answer.done():
            answer.set_result(outcome)
