"""Who is signed in: opaque tokens, kept as SHA-256 in memory and in the database (PROTOCOL section 1).

Every door asks `authenticate` first, in memory. A session ends with its time, with a sign-out, or in the change set
that takes the user's right to it; whoever holds connections open is told through `ended`.

    signed_in = await identity.sign_in(email, password, None, address, agent)
    who = identity.authenticate(signed_in.token)
"""

import asyncio
import hashlib
import logging
import secrets
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from events.actor import Caller
from events.desk import Desk
from events.durability import Threads
from events.errors import Unauthenticated
from events.measures import outcome_name
from events.passwords import NOBODY_HASH, matches
from events.request import Request
from events.view import View
from server.address import network_of
from server.limits import Limits
from server.settings import Settings
from stores.change import Entry
from stores.clock import Clock, new_id
from stores.database import Database, Session
from stores.desks import Tenant
from stores.errors import StoreError
from stores.memory import MemoryStore
from stores.record import fold

__all__ = ["Identity", "Session", "SignedIn", "Who", "counted_as"]

T = TypeVar("T")
log = logging.getLogger("callboard.identity")

IDLE = timedelta(hours=12)
SWEEP_SECONDS = 60
WRONG = "This e-mail address and password do not belong together."

LOGOUT, REVOKED, EXPIRED, IDLE_TOO_LONG = "logout", "revoked", "expired", "idle"
PASSWORD, DEACTIVATED, DELETED = "password", "deactivated", "deleted"  # why a session ended


@dataclass(frozen=True, slots=True)
class Who:
    """A session that stands: whose it is, at which desk, and what the road is to be asked as. `user` is his record."""

    session: Session
    desk: Desk
    caller: Caller
    user: Any


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session and its token, which is told once and kept nowhere."""

    token: str
    session: Session
    user: Any
    tenant: Tenant


UserKey = tuple[str, str]  # tenant and user: two tenants may hold users of the same id


class Identity:
    """The sessions of all tenants. `desks` is the app's own dictionary by tenant id; `adopt` follows each desk."""

    def __init__(
        self, database: Database, desks: Mapping[str, Desk], clock: Clock, settings: Settings, threads: Threads,
        limits: Limits,
    ) -> None:  # fmt: skip
        self.ended: list[Callable[[Session, str], None]] = []
        self.sign_ins: Counter[str] = Counter()  # tried, by what they came to
        self._database, self._desks, self._clock, self._threads = database, desks, clock, threads
        self._lifetime, self._limits = timedelta(days=settings.session_days), limits
        self._by_token: dict[str, Session] = {}  # by its hash
        self._by_id: dict[str, Session] = {}
        self._users: dict[
            UserKey, Any
        ] = {}  # as last told: what the memory of a desk holds may not be durable yet (D3)
        self._seen: dict[str, datetime] = {}
        self._dirty: set[str] = set()
        self._slots = asyncio.Semaphore(2)  # as many as there are hashers: a limit is looked at right before the work
        self._work: set[asyncio.Task[None]] = set()
        self._sweeper: asyncio.Task[None] | None = None

    # -- living with the app ---------------------------------------------------------------------------------------

    def adopt(self, desk: Desk) -> None:
        """Follow a desk just opened: whoever loses his rights there loses his sessions."""
        self._users.update(((user.tenant_id, user.id), user) for user in desk.stores["users"].all())
        desk.listeners.append(lambda entries: self._follow(desk, entries))

    async def start(self) -> None:
        """Take up the sessions of the last run; those that no longer stand are forgotten."""
        dead = []
        for session in await self._write(self._database.sessions):
            self._remember(session)
            if self._why_over(session) is not None:
                self._forget(session)
                dead.append(session.id)
        if dead:
            await self._write(self._database.end_sessions, dead)
        self._sweeper = asyncio.create_task(self._sweep_for_ever(), name="sessions")

    async def stop(self) -> None:
        """Write down what is not written yet."""
        if self._sweeper is not None:
            self._sweeper.cancel()
            await asyncio.gather(self._sweeper, return_exceptions=True)
        await asyncio.gather(*self._work, return_exceptions=True)
        await self._write_seen()

    # -- signing in ------------------------------------------------------------------------------------------------

    async def sign_in(self, email: str, password: str, tenant_slug: str | None, address: str, agent: str) -> SignedIn:
        """A new session. Wrong password and unknown address are one `Unauthenticated`, in the same time; too many
        failures are `RateLimited`. Without a slug it is the oldest tenant that knows the address."""
        try:
            desk, user = await self._proven(email, password, tenant_slug, address)
            signed_in = await self.open_session(desk, user, address, agent)
        except Exception as error:
            self.sign_ins[outcome_name(error)] += 1
            raise
        self.sign_ins[outcome_name(signed_in)] += 1
        return signed_in

    async def _proven(self, email: str, password: str, tenant_slug: str | None, address: str) -> tuple[Desk, Any]:
        """(desk, user) of these words."""
        place = network_of(address)
        keys = (f"sign-in {place}", f"sign-in {place} {fold(email)}")
        async with self._slots:
            self._limits.check_failures(*keys)
            desk, user = await self._candidate(email, tenant_slug)
            kept = NOBODY_HASH if user is None else user.password_hash
            right = await self._in_hasher(matches, password, kept)
            if desk is None or user is None or not right:
                self._limits.failed(*keys)
                raise Unauthenticated(WRONG)
        return desk, user

    async def open_session(self, desk: Desk, user: Any, address: str, agent: str) -> SignedIn:
        """A session for a user whose identity is proven; `Unauthenticated` where he changed while it was made."""
        token, at = secrets.token_urlsafe(32), self._clock.now()
        session = Session(
            id=new_id(), token_sha256=digest(token), tenant_id=desk.tenant.tenant_id, user_id=user.id,
            user_epoch=user.session_epoch, created_at=at, seen_at=at, expires_at=at + self._lifetime,
            address=printable(address)[:100], agent=printable(agent)[:200],
        )  # fmt: skip
        await self._write(self._database.put_session, session)
        self._remember(session)
        if self._why_over(session) is not None:
            self.end_all([session], PASSWORD)
            raise Unauthenticated(WRONG)
        return SignedIn(token, session, user, desk.tenant)

    async def _candidate(self, email: str, slug: str | None) -> tuple[Desk | None, Any]:
        """(desk, user) that this address would be, in the lane; (None, None) where there is no active one."""
        for desk in list(self._desks.values()):
            if slug is None or desk.tenant.slug == slug:
                users = desk.stores["users"]
                user: Any = await desk.read(None, partial(_holder, users, email))
                if user is not None and user.active and user.password_hash:
                    return desk, user
        return None, None

    # -- using a session -------------------------------------------------------------------------------------------

    def authenticate(self, token: str) -> Who | None:
        """Whose token this is, or None where its session is over. In memory, and counted as a sign of life."""
        session = self._by_token.get(digest(token))
        if session is None or self._why_over(session) is not None:
            return None
        self.touch(session.id)
        desk, user = self._desks[session.tenant_id], self._users[session.tenant_id, session.user_id]
        return Who(session, desk, Caller(session.user_id, session.user_epoch), user)

    def touch(self, session_id: str) -> None:
        """A sign of life: the 12 h begin anew. Written down once a minute."""
        self._seen[session_id] = self._clock.now()
        self._dirty.add(session_id)

    def count_guess(self, desk: Desk, request: Request) -> None:
        """`RateLimited` where somebody who is in has tried his own password too often."""
        self._limits.count_guess(counted_as(desk, request.caller), request)

    def sessions_of(self, who: Who) -> list[Session]:
        """All sessions of this user that stand, oldest first."""
        mine = self._of_user(who.session.tenant_id, who.session.user_id)
        return sorted((each for each in mine if self._why_over(each) is None), key=lambda each: each.created_at)

    @property
    def count(self) -> int:
        """How many sessions there are."""
        return len(self._by_id)

    def seen_at(self, session: Session) -> datetime:
        """The last sign of life."""
        return self._seen.get(session.id, session.seen_at)

    # -- ending ----------------------------------------------------------------------------------------------------

    async def end(self, session_id: str, reason: str) -> None:
        """End one session now, durably; an unknown one is over already."""
        session = self._by_id.get(session_id)
        if session is not None:
            self._tell_ended(session, reason)
            await self._write(self._database.end_sessions, [session.id])

    def end_all(self, sessions: Sequence[Session], reason: str) -> None:
        """End these sessions now; their rows go in the background, and could open nothing again."""
        for session in sessions:
            self._tell_ended(session, reason)
        self._spawn(self._write(self._database.end_sessions, [session.id for session in sessions]))

    def sweep(self) -> None:
        """End what is idle or expired."""
        self._review(list(self._by_id.values()))

    def _review(self, sessions: Sequence[Session]) -> None:
        over: dict[str, list[Session]] = {}
        for session in sessions:
            reason = self._why_over(session)
            if reason is not None:
                over.setdefault(reason, []).append(session)
        for reason, ended in over.items():
            self.end_all(ended, reason)

    def _tell_ended(self, session: Session, reason: str) -> None:
        self._forget(session)
        for listener in self.ended:
            listener(session, reason)

    def _why_over(self, session: Session) -> str | None:
        """Why a session no longer stands, or None. The present moment decides, not the sweep."""
        now, user = self._clock.now(), self._users.get((session.tenant_id, session.user_id))
        if user is None:
            return DELETED
        if not user.active:
            return DEACTIVATED
        if user.session_epoch != session.user_epoch:
            return PASSWORD
        if now >= session.expires_at:
            return EXPIRED
        return IDLE_TOO_LONG if now - self.seen_at(session) >= IDLE else None

    def _follow(self, desk: Desk, entries: Sequence[Entry]) -> None:
        """What a desk told: memory and journal are one now, so what the store holds is durable."""
        for entry in entries:
            if entry.resource == "users":
                self._learn(desk, entry.record_id)
            if entry.rights_of is not None:
                # After all who listen to the desk: a deleted user hears `user_deleted` before his session ends.
                asyncio.get_running_loop().call_soon(self._review_user, desk.tenant.tenant_id, entry.rights_of)

    def _learn(self, desk: Desk, user_id: str) -> None:
        key, user = (desk.tenant.tenant_id, user_id), desk.stores["users"].get(user_id)
        if user is None:
            self._users.pop(key, None)
        else:
            self._users[key] = user

    def _review_user(self, tenant_id: str, user_id: str) -> None:
        self._review(self._of_user(tenant_id, user_id))

    # -- keeping ---------------------------------------------------------------------------------------------------

    def _remember(self, session: Session) -> None:
        self._by_token[session.token_sha256] = self._by_id[session.id] = session

    def _forget(self, session: Session) -> None:
        self._by_token.pop(session.token_sha256, None)
        self._by_id.pop(session.id, None)
        self._seen.pop(session.id, None)
        self._dirty.discard(session.id)

    def _of_user(self, tenant_id: str, user_id: str) -> list[Session]:
        return [each for each in self._by_id.values() if (each.tenant_id, each.user_id) == (tenant_id, user_id)]

    async def _sweep_for_ever(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            self.sweep()
            try:
                await self._write_seen()
            except StoreError as error:
                log.warning("signs of life could not be written: %s", error)

    async def _write_seen(self) -> None:
        seen = {session_id: self._seen[session_id] for session_id in self._dirty}
        self._dirty.clear()
        await self._write(self._database.touch_sessions, seen)

    async def _write(self, work: Callable[..., T], *args: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads.writer, work, *args)

    async def _in_hasher(self, work: Callable[..., T], *args: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads.hashers, work, *args)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._work.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._work.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.warning("an ended session is still in the database: %s", task.exception())


def counted_as(desk: Desk, caller: Caller) -> str:
    """What somebody is counted by where users have limits: two teams may hold users of the same id."""
    return f"{desk.tenant.tenant_id} {caller.user_id}"


def _holder(users: MemoryStore, email: str, _: View) -> Any:
    return users.holder("email", email)


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def printable(text: str) -> str:
    """A header's text without what cannot be shown."""
    return "".join(c if c.isprintable() else "?" for c in text)
