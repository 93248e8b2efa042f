"""The lane: the one queue of a desk for commands and reads, and its turns (D1, D3, D4).

A turn takes the commands that wait, has each decided against memory, has the batch written, tells, answers, and serves
the reads that were queued before anything still undecided. While a batch is being written nothing looks at the memory,
so nobody ever sees what is not durable. An idle lane turns at once: there is no timer.

No op_id is looked up beforehand (D5). What is accepted is written with its op_id in one transaction, whose primary key
refuses one that the table holds already: then the batch is undone, the database is asked, and all are decided once more.
What is refused is written nowhere, so an op_id that memory does not know is looked up before the refusal is answered.
"""

import asyncio
import logging
import secrets
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any, Protocol, TypeVar

from events.durability import DeskLostError, Durability, Verdict
from events.errors import Internal, Unavailable
from events.measures import LOST, Measures
from events.outcome import Outcome
from events.request import Request
from events.road import ChangeSet, Road
from stores.change import Batch, Entry

T = TypeVar("T")
log = logging.getLogger("callboard.lane")
Settle = Callable[["Outcome | Exception"], None]

MOST_CHANGES = 2_000  # in one batch, unless one change set alone has more
UNAVAILABLE = "This is not known to have happened. Please send it again."


@dataclass(slots=True)
class Asked:
    """A command that waits since `at`, and how to answer it. Decided, it has a `result` or one that comes `later`."""

    request: Request
    settle: Settle
    at: float  # seconds of the monotonic clock
    done: ChangeSet | None = None
    result: "Outcome | Exception | None" = None
    later: Callable[[], Awaitable[Outcome]] | None = None


@dataclass(slots=True)
class Look:
    """A read that waits until `after` commands are decided, so that what was sent first is done first (O6)."""

    serve: Callable[[], None]
    refuse: Callable[[Exception], None]
    after: int


class Judge(Protocol):
    """Who decides for the lane: the desk."""

    def is_unsure(self, request: Request) -> bool:
        """Whether memory cannot say if its op_id was seen before."""

    async def recall(self, requests: Sequence[Request]) -> None:
        """Have memory know what the database does of their op_ids; `Unavailable` where it cannot say."""

    def decide(self, asked: Asked) -> None:
        """Carry one command out in memory; never raises."""

    def undone(self, done: ChangeSet) -> None:
        """A change set has been taken back."""

    def tell(self, entries: Sequence[Entry]) -> None:
        """These are durable."""

    def lost(self, error: Exception) -> None:
        """Nothing may be told or written any more."""


class Lane:
    """One desk's queue. Commands and reads are queued at once, in the order of calls, and settled in its turns."""

    def __init__(self, road: Road, durability: Durability, judge: Judge, measures: Measures) -> None:
        self._road, self._durability, self._judge, self._measures = road, durability, judge, measures
        self._commands: deque[Asked] = deque()
        self._looks: deque[Look] = deque()
        self._queued = self._decided = 0
        self._counters_before: dict[str, int] = {}
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._aside: set[asyncio.Future[Any]] = set()
        self._lost = False

    def start(self, name: str) -> None:
        """Begin to turn."""
        self._task = asyncio.create_task(self._run(), name=name)

    async def stop(self) -> None:
        """Finish what waits, then turn no more."""
        await self.settle()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def settle(self) -> None:
        """Wait until all that waits now is done."""
        # Also for what has left the queue and is being written: once a stop closed its clients before they were answered.
        while not self._lost and (self._decided < self._queued or self._looks or self._aside):
            await asyncio.gather(*self._aside, self._passed(), return_exceptions=True)

    def ask(self, request: Request, settle: Settle) -> None:
        """Queue a command; `settle` is called right after its events were told."""
        if self._lost:
            settle(Unavailable(UNAVAILABLE))
            return
        self._commands.append(Asked(request, settle, monotonic()))
        self._queued += 1
        self._wake.set()

    def look(self, serve: Callable[[], None], refuse: Callable[[Exception], None]) -> None:
        """Queue a read: `serve` is called between batches, or `refuse` where the desk is lost."""
        if self._lost:
            refuse(Unavailable(UNAVAILABLE))
            return
        self._looks.append(Look(serve, refuse, self._queued))
        self._wake.set()

    def spawn(self, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        """Work beside the lane that belongs to a command: `settle` waits for it too."""
        task = asyncio.get_running_loop().create_task(work)
        self._aside.add(task)
        task.add_done_callback(self._aside.discard)
        return task

    async def _passed(self) -> None:
        passed = asyncio.Event()
        self.look(passed.set, lambda _: passed.set())
        await passed.wait()

    # -- turning ---------------------------------------------------------------------------------------------------

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                while self._commands or self._looks:
                    await self._turn()
            except Exception as error:  # a lane that ended in silence would leave everyone waiting for ever
                log.exception("the lane cannot go on")
                self._give_up([], error)

    async def _turn(self) -> None:
        batch = self._decided_batch()
        if batch:
            self._measures.batches.add(len(batch))
            self._measures.waits.add(monotonic() - batch[0].at)
        await self._look_refused_up([asked for asked in batch if asked.done is None])
        if any(asked.done is not None and asked.done.is_written for asked in batch):
            await self._write(batch)
        self._decided += len(batch)
        for asked in batch:
            self._answer(asked)
        while self._looks and self._looks[0].after <= self._decided:
            self._serve(self._looks.popleft())
        await asyncio.sleep(0)

    def _decided_batch(self) -> list[Asked]:
        road, head, most = self._road, self._road.journal.head, self._durability.most
        self._counters_before, road.seq = dict(road.counters), head
        batch: list[Asked] = []
        while self._commands and len(batch) < most and road.seq - head < MOST_CHANGES:
            batch.append(self._commands.popleft())
            self._judge.decide(batch[-1])
        return batch

    async def _look_refused_up(self, refused: list[Asked]) -> None:
        """Before anything of the batch is written, so that none of them can meet itself."""
        try:
            for asked in await self._recalled(refused):
                self._judge.decide(asked)
        except Unavailable as error:
            _fail(refused, error)

    async def _recalled(self, batch: list[Asked]) -> list[Asked]:
        """Those that happened before, as the database knows and memory did not."""
        unsure = [asked for asked in batch if self._judge.is_unsure(asked.request)]
        if unsure:
            await self._judge.recall([asked.request for asked in unsure])
        return [asked for asked in unsure if not self._judge.is_unsure(asked.request)]

    def _answer(self, asked: Asked) -> None:
        """Who cannot be told what came of it holds nobody else up."""
        try:
            if asked.later is not None:
                self.spawn(settled(asked.later(), asked.settle))
            elif asked.result is not None:
                asked.settle(asked.result)
        except Exception:
            log.exception("a command could not be answered")

    def _serve(self, look: Look) -> None:
        """As `_answer`: an answer that could not be written once ended the lane, and with it the server."""
        try:
            look.serve()
        except Exception:
            log.exception("a read could not be answered")

    # -- writing ---------------------------------------------------------------------------------------------------

    async def _write(self, batch: list[Asked]) -> None:
        begun = monotonic()
        try:
            verdict = await self._durability.write(self._batch_of(batch))
        except DeskLostError as error:
            self._measures.committed(LOST, monotonic() - begun)
            self._lose(batch, error)
            return
        self._measures.committed(verdict.value, monotonic() - begun)
        if verdict is Verdict.DURABLE:
            self._judge.tell([entry for asked in batch if asked.done is not None for entry in asked.done.entries])
            return
        self._undo(batch)
        if verdict is Verdict.REJECTED:
            await self._decide_again(batch)
        else:
            _fail(batch, Unavailable(UNAVAILABLE))

    def _batch_of(self, batch: list[Asked]) -> Batch:
        road = self._road
        sets = [asked.done for asked in batch if asked.done is not None]
        return Batch(
            tenant_id=road.tenant.tenant_id, epoch=road.journal.epoch, old_seq=road.journal.head, new_seq=road.seq,
            changes=tuple(change for done in sets for change in done.changes),
            entries=tuple(entry for done in sets for entry in done.entries),
            operations=tuple(done.operation for done in sets if done.operation is not None),
            counters={k: v for k, v in road.counters.items() if self._counters_before.get(k) != v},
            touched={key: road.stores[key[0]].touched.get(key[1], {}) for done in sets for key in done.touched_before},
        )  # fmt: skip

    def _undo(self, batch: list[Asked]) -> None:
        for asked in reversed(batch):
            if asked.done is not None:
                self._road.take_back(asked.done)
                self._judge.undone(asked.done)
        self._road.counters, self._road.seq = self._counters_before, self._road.journal.head

    async def _decide_again(self, batch: list[Asked]) -> None:
        """The database refused the data itself: some op_ids it knew already, or else a command in company goes again
        alone, and alone it is its own error."""
        try:
            if not await self._recalled(batch) and len(batch) == 1:
                ref = secrets.token_hex(6)
                log.error("the database refused the data of %s alone, reference %s", batch[0].request.command.name, ref)
                _fail(batch, Internal(ref))
                return
        except Unavailable as error:
            _fail(batch, error)
            return
        self._commands.extendleft(Asked(asked.request, asked.settle, asked.at) for asked in reversed(batch))
        batch.clear()

    def _lose(self, batch: list[Asked], error: Exception) -> None:
        """The restart reads the truth (D4, D8)."""
        self._undo(batch)
        self._give_up(batch, error)

    def _give_up(self, batch: list[Asked], error: Exception) -> None:
        """Nobody is left waiting, and nothing is told any more."""
        self._lost = True
        waiting, looks = [*batch, *self._commands], list(self._looks)
        for each in (batch, self._commands, self._looks):
            each.clear()
        _fail(waiting, Unavailable(UNAVAILABLE))
        for asked in waiting:
            self._answer(asked)
        for look in looks:
            look.refuse(Unavailable(UNAVAILABLE))
        self._judge.lost(error)


def _fail(batch: list[Asked], error: Exception) -> None:
    """None of them is known to have happened, the refused among them as little as the others (D3)."""
    for asked in batch:
        asked.done = asked.later = None
        asked.result = error


async def settled(work: Awaitable[Outcome], settle: Settle) -> None:
    """Settle with what the work brings."""
    try:
        result: Outcome | Exception = await work
    except Exception as error:  # noqa: BLE001  # handed to whoever waits
        result = error
    settle(result)
