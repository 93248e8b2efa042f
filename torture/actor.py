"""One person at work in bad weather: he listens at one door after the other with one cursor, and sends each command until
its outcome is known, always with the same op_id (an at-least-once client).

`listen` and `work` run side by side for the whole torment. All choices come from his own `Random`.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from random import Random

from events.catalog import Catalog
from torture.crew import Crew
from torture.doors import DOORS
from torture.doors.door import Answer, Door, GoneError, RefusedError, SpeakingDoor, Way
from torture.errand import Errand
from torture.history import History
from torture.intentions import Intentions
from torture.patience import until
from torture.premises import Person
from torture.pursuit import Pursuit
from torture.replica import Replica, seq_of
from torture.requests import Requests
from torture.secrecy import Secrecy

THINKS_S = 0.9  # between two bursts, on average
STAYS_S = 6.0  # at a door, on average
LOOKS_UP_S = 1.0  # to see whether it is time to go
WAITS_S = 1.0  # in a quiet moment, to be told that he has heard all
CHOOSES = 0.3  # so often he begins anew with other kinds of record
SUBSCRIBES = 0.06  # of all bursts over a connection
FLOODS = 0.004  # of all bursts: one in some ten seconds, of forty people
ASK_AGAIN_S = 8.0  # when nobody of his name may sign in: failures are counted


class Actor:
    """One person. `is_in` says that he has a session, `is_idle` that nothing he sent is under way."""

    def __init__(
        self, person: Person, url: str, place: int, crew: Crew, history: History, secrecy: Secrecy, catalog: Catalog, seed: str
    ) -> None:  # fmt: skip
        self.person, self.who = person, f"{person.tenant}/{person.name}"
        self.random = Random(f"{seed}/{self.who}")
        self.way = Way(url, person.tenant, f"10.1.{place // 250}.{place % 250 + 1}")
        self.replica = Replica(self.who, history, secrecy, crew.book(person.tenant), catalog.wire_plurals)
        self.requests = Requests(self.way, catalog)
        self.door: Door | None = None
        self.is_gone, self.is_idle = False, True
        self._crew, self.history, self._secrecy = crew, history, secrecy
        self._intentions = Intentions(person, crew, catalog, secrecy, Random(f"{seed}/{self.who}/wishes"))
        self._pursuit = Pursuit(self)
        self._conns = 0
        self._head = 0
        """Where he means to stand, in a quiet moment, and has no patience to be told so."""
        self._signing_in, self._knocked = asyncio.Lock(), asyncio.Event()

    @property
    def is_in(self) -> bool:
        """Whether he has a session, as far as he knows."""
        return bool(self.way.token)

    # -- listening -----------------------------------------------------------------------------------------------------

    async def listen(self) -> None:
        """Go from door to door until the torment is over."""
        while not (self._crew.is_over or self.is_gone):
            try:
                if await self.signs_in():
                    await self._attends(self.random.choice(DOORS))
                else:
                    await self._waits_outside()
            except RefusedError as refusal:
                self.history.note("turned away", self.who, code=refusal.code)
                if refusal.code == "unauthenticated":
                    self.signed_out()
                await asyncio.sleep(self.random.uniform(0.05, 0.5))
            except GoneError:
                await asyncio.sleep(self.random.uniform(0.1, 1.5))

    async def _attends(self, kind: type[Door]) -> None:
        if not kind.speaks and self.replica.cursor is None:
            await self._takes_snapshot()
        self._conns += 1
        door = kind(self.way, self.replica, f"{self.who}#{self._conns}")
        door.naps = self.random.choice((0.0, 0.0, 0.0, 0.0, self.random.uniform(0.5, 3)))
        self.history.note("opens", self.who, conn=door.conn, door=door.name, cursor=self.replica.cursor)
        self.door = door
        task = asyncio.create_task(door.attend())
        try:
            await self._stays(task)
        finally:
            self.door, door.is_left = None, True
            await _ended(task, door)
            self.history.note("closes", self.who, conn=door.conn)
        if task.done() and not task.cancelled():  # a door that its end hangs is left to itself
            task.result()

    async def _stays(self, task: "asyncio.Task[None]") -> None:
        """For a while; while everybody rests, nobody goes but to learn where he stands."""
        now = asyncio.get_running_loop().time
        goes = now() + self.random.expovariate(1 / STAYS_S)
        while not task.done():
            await asyncio.wait({task}, timeout=min(LOOKS_UP_S, goes - now()) if now() < goes else LOOKS_UP_S)
            if self._crew.is_over or self._is_behind or (self._crew.at_work.is_set() and now() >= goes):
                return

    @property
    def _is_behind(self) -> bool:
        return self.replica.cursor is not None and seq_of(self.replica.cursor) < self._head

    async def _takes_snapshot(self) -> None:
        """Of what he listened to, or, now that he begins anew, of other kinds."""
        chosen = self.random.random() < CHOOSES and not self._holds_all
        kinds = self._intentions.kinds() if chosen else self.replica.selection
        self.replica.replace(f"{self.who}#snapshot", [await self.requests.snapshot(kinds)])

    @property
    def _holds_all(self) -> bool:
        """The stewards always do: the last records of the run are compared with theirs."""
        return self.person.id in self._crew.stewards

    async def _waits_outside(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(ASK_AGAIN_S):
                await self._knocked.wait()
        self._knocked.clear()

    def knock(self) -> None:
        """He may come in again: no need to wait."""
        self._knocked.set()

    # -- sessions ------------------------------------------------------------------------------------------------------

    async def signs_in(self) -> bool:
        """Whether he is in; tries the passwords that may be his, the likeliest first. GoneError where nobody answers."""
        async with self._signing_in:
            if not self.is_in and self._may_come_in:
                for password in reversed(self._crew.passwords[self.person.id]):
                    if await self._shows(password):
                        break
        return self.is_in

    async def _shows(self, password: str) -> bool:
        """Whether there is no need to try another one."""
        body = {"email": self._email, "password": password, "tenant": self.person.tenant}
        said = await self.requests.ask("POST", "/api/login", body=body, base=self.way.url)
        code = said["error"]["code"] if "error" in said else None
        self.history.note("signs in", self.who, ok="token" in said, code=code)
        if code not in {None, "unauthenticated", "rate_limited"}:
            raise GoneError(code)
        if "token" in said:
            self.way.token = said["token"]
            self._crew.settled(self.person.id, password, is_so=True)
        return code != "unauthenticated"

    async def ends_a_session(self) -> None:
        """Sign out, or end all his sessions from one of them."""
        method, path = self.random.choice((("POST", "/api/logout"), ("DELETE", "/api/me/sessions")))
        with suppress(GoneError):
            said = await self.requests.ask(method, path, base=self.way.url)
            self.history.note("signs out", self.who, path=path, ok=said.get("ok"))
            self.way.token = ""

    @property
    def _email(self) -> str:
        known = self._crew.book(self.person.tenant).get("users", self.person.id)
        return str(known["email"]) if known else self.person.email

    @property
    def _may_come_in(self) -> bool:
        """As far as his team knows; failures are counted."""
        known = self._crew.book(self.person.tenant).get("users", self.person.id)
        return known is None or bool(known["active"])

    def learned(self, errand: Errand, *, is_done: bool) -> None:
        """What became of a password."""
        user_id = str(errand.message.get("id"))
        password = errand.message.get("new", errand.message.get("password"))
        if user_id in self._crew.passwords and isinstance(password, str):
            self._crew.settled(user_id, password, is_so=is_done)

    def signed_out(self) -> None:
        """His session is over: the next thing he does is signing in."""
        self.way.token = ""

    def leak(self, answer: Answer) -> Mapping[str, str]:
        """What an answer holds that is not for him."""
        return self._secrecy.leak(self.who, answer)

    # -- working -------------------------------------------------------------------------------------------------------

    async def work(self) -> None:
        """Burst after burst, while everybody works."""
        while not (self._crew.is_over or self.is_gone):
            await asyncio.sleep(self.random.expovariate(1 / THINKS_S))
            if not (self._crew.at_work.is_set() and self.is_in):
                await asyncio.sleep(0.1)
                continue
            self.is_idle = False
            try:
                await self._burst()
            finally:
                self.is_idle = True

    async def _burst(self) -> None:
        if self.random.random() < 0.01:
            await self.ends_a_session()
            return
        door = self.door if isinstance(self.door, SpeakingDoor) and self.random.random() < 0.8 else None
        await self.does(self._wishes(door), door)

    def _wishes(self, door: SpeakingDoor | None) -> list[Errand]:
        if self.random.random() < FLOODS:
            return self._intentions.flood()
        wishes = [self._intentions.next(speaks=door is not None) for _ in range(self.random.choice((1, 1, 2, 2, 4)))]
        if self.random.random() < SUBSCRIBES and door is not None and door.is_settled and not self._holds_all:
            wishes.insert(self.random.randrange(len(wishes) + 1), self._intentions.subscription())
        return wishes

    async def does(self, errands: Sequence[Errand], door: SpeakingDoor | None = None) -> None:
        """Carry them out, in one go where they go over a connection."""
        await self._pursuit.all(errands, door)

    # -- resting -------------------------------------------------------------------------------------------------------

    async def catches_up(self, seq: int, within: float) -> bool:
        """Whether his replica stands at this place in time. Who listens to some kinds alone learns only by and by that nothing
        more is to come, or at once at another door."""

        async def stands_there() -> bool:
            is_whole = not isinstance(self.door, SpeakingDoor) or self.door.is_settled
            return is_whole and self.replica.cursor is not None and seq_of(self.replica.cursor) >= seq

        if self.replica.selection is not None and not await until(stands_there, WAITS_S):
            self._head = seq
        stands = await until(stands_there, within)
        self._head = 0
        return stands

    async def close(self) -> None:
        """Let go of what is open."""
        await self.requests.close()


async def _ended(task: "asyncio.Task[None]", door: Door) -> None:
    """Leave a door; nobody waits for a server that may not be there."""
    if not task.done():
        task.cancel()
    await asyncio.wait({task}, timeout=3)
    with suppress(asyncio.CancelledError, Exception):
        await door.close()
