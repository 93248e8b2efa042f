"""The polling door: what has happened since a cursor, at once or as soon as something has (PROTOCOL section 5).

For clients behind any network. It holds no place of its own: the cursor in each answer is all the client needs.
"""

import asyncio
from collections.abc import Mapping, Sequence

from aiohttp import hdrs, web

from events.catalog import Catalog
from events.changes import NO_BASE, Changes, Recipient, changes_after, last_words
from events.desk import Desk
from events.errors import CallboardError, SnapshotRequired, Unauthenticated, Unavailable
from events.telling import telling
from events.waiting import Waiter, Waiting, wake
from server.body import only, query_of, resources_of, whole_number
from server.census import Census
from server.departures import Departures
from server.gate import NO_SESSION, Gate
from server.http import BASE
from server.identity import Identity, Who, counted_as
from server.sse import RESTARTS
from stores.change import Entry
from stores.record import encode
from stores.sessions import Session

LONGEST_S = 25


class PollDoor:
    """All polls, and those that wait."""

    def __init__(
        self, gate: Gate, identity: Identity, catalog: Catalog, census: Census, departures: Departures
    ) -> None:
        self._gate, self._catalog, self._census, self._departures = gate, catalog, census, departures
        self._waiting: dict[str, Waiting] = {}  # by tenant id
        self._waiters: dict[Waiter, str] = {}  # and the id of its session
        self._draining = False
        identity.ended.append(self._end_session)

    def attach(self, application: web.Application) -> None:
        """Serve both addresses; before the HTTP door, whose addresses are general."""
        application.router.add_get(f"{BASE}/changes", self._changes)
        application.router.add_get(BASE + "/{plural}/realtime-status", self._status)

    @property
    def count(self) -> int:
        """How many clients wait for news."""
        return len(self._waiters)

    def drain(self) -> None:
        """O7: whoever waits is answered."""
        self._draining = True
        for waiter in self._waiters:
            wake(waiter, Unavailable(RESTARTS))

    def _end_session(self, session: Session, _: str) -> None:
        for waiter, session_id in self._waiters.items():
            if session_id == session.id:
                wake(waiter, Unauthenticated(NO_SESSION))

    # -- answering -------------------------------------------------------------------------------------------------

    async def _changes(self, request: web.Request) -> web.Response:
        who, query = self._gate.member(request), query_of(request)
        only(query, "since", "resources", "wait")
        resources = frozenset(resources_of(query, self._catalog))
        wait = whole_number(query, "wait", default=0, most=LONGEST_S, least=0)
        changes = await self._awaited(request, who, _place(who.desk, query), resources, wait)
        cursor = who.desk.journal.cursor(changes.seq)
        if not changes.told:
            return web.Response(status=204, headers={"Callboard-Cursor": cursor})
        events = b",".join(_event(entry, how) for entry, how in changes.told)
        return _json(b'{"cursor":%b,"events":[%b],"more":%b}' % (encode(cursor), events, encode(changes.more)))

    async def _status(self, request: web.Request) -> web.Response:
        who, query, plural = self._gate.member(request), query_of(request), request.match_info["plural"]
        resources = frozenset((self._catalog.wire_resource(plural).plural,))
        only(query, "since")
        changes = await changes_after(who.desk, who.caller, _place(who.desk, query), resources)
        changed, deleted = last_states([(entry, how) for entry, how in changes.told if entry.resource == plural])
        rest = encode({"deleted": deleted, "more": changes.more})[1:]
        cursor = encode(who.desk.journal.cursor(changes.seq))
        return _json(b'{"cursor":%b,"changed":[%b],%b' % (cursor, b",".join(changed), rest))

    # -- waiting ---------------------------------------------------------------------------------------------------

    async def _awaited(self, request: web.Request, who: Who, seq: int, resources: frozenset[str], wait: int) -> Changes:
        """What there is; where there is nothing, what there is by the end of the wait."""
        loop = asyncio.get_running_loop()
        until = loop.time() + wait
        changes = await changes_after(who.desk, who.caller, seq, resources)
        while not changes.told and loop.time() < until and request.transport is not None:
            # Something may have happened since that look; who stands at the head can wait for what comes after it.
            if changes.seq == who.desk.journal.head and not await self._news(request, who, changes.recipient, until):
                changes.seq = who.desk.journal.head  # nothing of what has happened meanwhile is for him
                break
            changes = await self._next(who, changes, resources)
        return changes

    async def _next(self, who: Who, before: Changes, resources: frozenset[str]) -> Changes:
        try:
            return await changes_after(who.desk, who.caller, before.seq, resources)
        except Unauthenticated:
            last = last_words(who.desk, before.recipient, before.seq)
            if last is None:
                raise
            return last

    async def _news(self, request: web.Request, who: Who, recipient: Recipient, until: float) -> bool:
        """Wait for news; False where there was none. Raises what ends the wait early: session over, server draining."""
        if self._draining:
            raise Unavailable(RESTARTS)
        place = (counted_as(who.desk, who.caller), self._gate.address(request))
        self._census.enter(*place)
        waiting = self._waiting_at(who.desk)
        waiter = waiting.enter(recipient)
        self._waiters[waiter] = who.session.id
        try:
            with self._departures.watched(request, lambda: wake(waiter)):
                await asyncio.wait((waiter,), timeout=until - asyncio.get_running_loop().time())
        finally:
            self._waiters.pop(waiter)
            waiting.leave(waiter, recipient)
            self._census.leave(*place)
        return _was_woken(waiter)

    def _waiting_at(self, desk: Desk) -> Waiting:
        tenant_id = desk.tenant.tenant_id
        if tenant_id not in self._waiting:
            self._waiting[tenant_id] = Waiting(desk)
        return self._waiting[tenant_id]


def _was_woken(waiter: Waiter) -> bool:
    why: CallboardError | None = waiter.result() if waiter.done() else None
    if why is not None:
        raise why
    return waiter.done()


def last_states(told: Sequence[tuple[Entry, str]]) -> tuple[list[bytes], list[str]]:
    """(records as they are now, as JSON; ids that are gone or may no longer be read): each id once, by its last state."""
    last: dict[str, bytes | None] = {}
    for entry, how in told:
        last.pop(entry.record_id, None)  # so that the order is that of the last changes
        last[entry.record_id] = None if how == "hidden" or entry.kind == "deleted" else entry.record
    changed = [record for record in last.values() if record is not None]
    return changed, [record_id for record_id, record in last.items() if record is None]


def _place(desk: Desk, query: Mapping[str, str]) -> int:
    """The seq that `since` names; `SnapshotRequired` where it names none."""
    seq = desk.journal.seq_of(query.get("since"))
    if seq is None:
        raise SnapshotRequired(NO_BASE)
    return seq


def _event(entry: Entry, how: str) -> bytes:
    told = telling(entry, how)
    return b'{"event":%b,"data":%b,"meta":%b}' % (encode(told.event), told.data, told.meta)


def _json(body: bytes) -> web.Response:
    return web.Response(body=body, headers={hdrs.CONTENT_TYPE: "application/json"})
