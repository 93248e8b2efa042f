"""The desk: everything one tenant shares, and the one way in for whoever asks or reads (DESIGN D).

Commands and reads go through its lane, which lets the desk decide each against memory and makes the batch durable.

    outcome = await desk.do(caller, "assign_call", call_id, assignee_id=bob_id)
    page = await desk.read(caller, lambda view: view.page("calls", {}))
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from events.actor import Actor, Caller
from events.catalog import Catalog
from events.durability import Durability, Threads
from events.errors import Conflict, Unavailable
from events.lane import UNAVAILABLE, Asked, Lane, Settle, settled
from events.measures import Measures
from events.operations import Operations
from events.outcome import Outcome, outcome_of, unchanged
from events.request import Request
from events.road import ChangeSet, Road
from events.undo import UNDO
from events.view import View, changes_since
from stores.change import Entry, Operation
from stores.clock import Clock
from stores.database import Database
from stores.desks import LoadedDesk, Tenant
from stores.errors import StoreError
from stores.journal import Journal
from stores.memory import MemoryStore
from stores.record import public_json

T = TypeVar("T")
log = logging.getLogger("callboard.desk")


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
        self._operations, self.measures = Operations(), Measures()
        self._lane = Lane(self.road, Durability(database, tenant.tenant_id, threads), self, self.measures)

    def _loaded_stores(self, loaded: LoadedDesk) -> dict[str, MemoryStore]:
        stores = {plural: MemoryStore(plural, resource.record) for plural, resource in self.catalog.resources.items()}
        for plural, store in stores.items():
            store.load(loaded.records.get(plural, ()))
            store.touched = dict(loaded.touched.get(plural, {}))
        return stores

    def _settle_schema(self, mark: str | None) -> None:
        """F8: events stored in another shape are never told again; each client takes one snapshot instead."""
        current = self.catalog.mark
        if mark == current:
            return
        if mark:
            self._database.raise_floor(self.tenant.tenant_id, self.journal.head)
            self.journal.raise_floor(self.journal.head)
        self._database.mark_schema(self.tenant.tenant_id, current)

    # -- asking ----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Open the lane."""
        self._lane.start(f"lane of {self.tenant.slug}")

    async def stop(self) -> None:
        """Finish what waits, then close the lane."""
        await self._lane.stop()

    async def settle(self) -> None:
        """Wait until all that waits now is done."""
        await self._lane.settle()

    async def do(
        self, caller: Caller, name: str, record_id: Any = None, /, *, op_id: Any = None, expected_version: Any = None,
        **fields: Any,
    ) -> Outcome:  # fmt: skip
        """The only thing that changes anything. Raises a CallboardError where it is not carried out."""
        command = self.catalog.command(name)
        return await self.submit(Request(caller, command, record_id, fields, op_id, expected_version))

    def submit(self, request: Request) -> "asyncio.Future[Outcome]":
        """Queue a command at once, in the order of calls; the future brings its outcome or its error."""
        answer: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self.ask(request, lambda result: _answer(answer, result))
        return answer

    def ask(self, request: Request, settle: Settle) -> None:
        """Queue a command at once; `settle` is called in the lane, right after its events were told."""
        settle = self.measures.counting(request.command.name, settle)
        if request.command.prepare is not None:
            self._lane.spawn(settled(self._prepared(request), settle))
        else:
            self._lane.ask(request, settle)

    async def undo(self, caller: Caller, message: Mapping[str, Any]) -> Outcome:
        """Take a change set back, `{cursor, op_id?}`. Raises a CallboardError where it is not done."""
        answer: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self.ask_undo(caller, message, self.measures.counting(UNDO.name, lambda result: _answer(answer, result)))
        return await answer

    def ask_undo(self, caller: Caller, message: Mapping[str, Any], settle: Settle) -> None:
        """Queue the taking back of a change set, `{cursor, op_id?}` (PROTOCOL section 2); its entries are fetched first,
        at once where they are in memory."""
        request = Request.of(caller, UNDO, message)
        seq = self.journal.seq_of(message.get("cursor"))
        newest = self.journal.page(seq - 1, 1) if seq else ()
        entries = self.journal.page(newest[0].first - 1, newest[0].last - newest[0].first + 1) if newest else newest
        if entries is None or newest is None:
            self._lane.spawn(settled(self._undone(request, seq or 0), settle))
            return
        request.prepared = entries
        self._lane.ask(request, settle)

    async def _undone(self, request: Request, seq: int) -> Outcome:
        """As `ask_undo`, for a change set that must be read from the table."""
        tenant_id = self.tenant.tenant_id
        (newest,) = await self._in_reader(self._database.journal_page, tenant_id, seq - 1, 1, 1)
        request.prepared = await self._in_reader(self._database.journal_set, tenant_id, newest.first, newest.last)
        return await self._on_the_road(request)

    async def read(self, caller: Caller | None, look: Callable[[View], T]) -> T:
        """Have `look` called in the lane, between batches, with the view of this caller (None: of the system).

        What it does at once, such as putting an answer into an outbox, stands in the feed at the view's cursor (F4)."""
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self.look(caller, look, lambda result: _answer(answer, result))
        return await answer

    def look(self, caller: Caller | None, look: Callable[[View], T], settle: "Callable[[T | Exception], None]") -> None:
        """As `read`, queued at once, in the order of calls; `settle` is called in the lane."""

        def serve() -> None:
            try:
                actor = self.road.resolve(caller) if caller is not None else None
                result: T | Exception = look(View(self.road, actor))
            except Exception as error:  # noqa: BLE001  # whoever asked is told
                result = error
            settle(result)

        self._lane.look(serve, settle)

    def actor(self, caller: Caller) -> Actor:
        """The actor behind a caller; only for listeners, which are called when memory and journal are one."""
        return self.road.resolve(caller)

    async def entries_after(self, seq: int, limit: int = 500) -> Sequence[Entry]:
        """Journal entries after `seq`, from memory where they are there (F3), else a page of the table."""
        page = self.journal.page(seq, limit)
        if page is not None:
            return page
        read = await self._in_reader(self._database.journal_page, self.tenant.tenant_id, seq, limit, 2**20)
        # The table may already hold a batch that the lane has not told yet. Who read ahead of the feed was once told
        # the same entries again when the lane got there.
        return [entry for entry in read if entry.seq <= self.journal.head]

    async def activity(self, **wanted: Any) -> Sequence[Entry]:
        """Journal entries, newest first: `resource`, `record_id`, `actor_id`, `before_seq`, `limit`. None from before the
        floor: their bytes may be of another release (F8), or on their way out."""
        found = await self._in_reader(lambda: self._database.activity(self.tenant.tenant_id, **wanted))
        return [entry for entry in found if entry.seq > self.journal.floor]

    async def forget_before(self, moment: datetime) -> int:
        """Drop the journal up to this moment; how many entries. The floor is raised durably before any row goes (F3)."""
        tenant_id, loop = self.tenant.tenant_id, asyncio.get_running_loop()
        floor, before = await self._in_reader(self._database.seq_at, tenant_id, moment), self.journal.floor
        if floor <= before:
            return 0
        await loop.run_in_executor(self._threads.writer, self._database.raise_floor, tenant_id, floor)
        self.journal.raise_floor(floor)
        await loop.run_in_executor(self._threads.writer, self._database.drop_journal, tenant_id, floor)
        return floor - before

    async def _in_reader(self, work: Callable[..., T], *args: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads.readers, work, *args)

    async def _on_the_road(self, request: Request) -> Outcome:
        answer: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._lane.ask(request, lambda result: _answer(answer, result))
        return await answer

    async def _prepared(self, request: Request) -> Outcome:
        """R2: see and allow first, then the work off the loop, then the road from its start; again if it went stale."""
        prepare = request.command.prepare
        assert prepare is not None  # noqa: S101  # submit asks only for those that have one
        while True:
            await self.recall([request])
            admitted = await self.read(None, lambda _: self._admit(request))
            if admitted is None:
                return await self._on_the_road(request)
            request.rested_on = admitted[0]
            hashing = asyncio.get_running_loop().run_in_executor(self._threads.hashers, prepare.work, *admitted)
            request.prepared = await hashing
            try:
                return await self._on_the_road(request)
            except StalePreparationError:
                continue

    def _admit(self, request: Request) -> Any:
        """(record, given) that a preparation may work on, or None for an operation that happened before."""
        work = self.road.work(self.road.resolve(request.caller))
        return None if self._operations.earlier(request) else self.road.admit(request, work)

    # -- deciding for the lane -------------------------------------------------------------------------------------

    def is_unsure(self, request: Request) -> bool:
        """Whether memory cannot say if its op_id was seen before."""
        return self._operations.is_unsure(request)

    async def recall(self, requests: Sequence[Request]) -> None:
        """D5: what the database knows of these op_ids, one look for all of them, off the loop. `Unavailable` where it
        cannot be asked: nothing may happen twice."""
        keys = self._operations.unknown(requests)
        if not keys:
            return
        try:
            found = await self._in_reader(self._database.find_operations, self.tenant.tenant_id, keys)
        except Exception as error:  # whatever it was: a batch has been decided, and somebody waits for each of it
            log.warning("operations cannot be looked up: %s", error, exc_info=not isinstance(error, StoreError))
            raise Unavailable(UNAVAILABLE) from error
        for operation in found.values():
            self._operations.remember(operation)

    def decide(self, asked: Asked) -> None:
        """Carry one command out in memory, or say why not."""
        asked.result = asked.later = None
        try:
            earlier = self._operations.earlier(asked.request)
            if earlier is not None:
                asked.later = self._repeating(asked.request, earlier)
                return
            self._check_preparation(asked.request)
            asked.done = self.road.decide(asked.request)
            asked.result = self._outcome(asked.done)
            self._operations.remember(asked.done.operation)
        except Conflict as error:
            asked.later = self._explaining(asked.request, error)
        except Exception as error:  # noqa: BLE001  # the answer always comes; replies.py says what of it is told
            asked.result = error

    def undone(self, done: ChangeSet) -> None:
        """Its batch did not become durable."""
        self._operations.forget(done.operation)

    def tell(self, entries: Sequence[Entry]) -> None:
        """These are durable: into the journal, and to whoever listens."""
        if entries:
            self.journal.append(entries)
            self.road.search.follow(entries)
            for listener in self.listeners:
                listener(entries)

    def lost(self, error: Exception) -> None:
        """The desk must not go on (D4, D8)."""
        self._on_lost(error)

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


def _answer(answer: "asyncio.Future[T]", result: "T | Exception") -> None:
    if answer.done():
        return
    if isinstance(result, Exception):
        answer.set_exception(result)
    else:
        answer.set_result(result)
