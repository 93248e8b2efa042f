"""One torment from seed to verdict: a team at work in bad weather, in rounds, with a quiet moment after each.

In the quiet moment all that was begun is finished, everybody catches up, and every line of the round's history is shown to
every check beside the truth, read from the database. Then the next round. In the end the server is stopped, its records
exported, and started once more.
"""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from events.catalog import discover
from torture.actor import Actor
from torture.aftermath import aftermath
from torture.checks import CHECKS
from torture.checks.check import Complaint, complaints_of
from torture.crew import Crew
from torture.faults import Faults
from torture.history import History, lines_of, thin
from torture.premises import Person, Premises
from torture.proxy import Proxy
from torture.quiet import Quiet
from torture.replay import replay, shorten
from torture.secrecy import Secrecy
from torture.tally import Tally
from torture.truth import Witness
from torture.weather import Gust, Weather, keep_up, repeat

TENANTS = ("north", "south")
ROLES = (
    "admin",
    "dispatcher",
    "engineer",
    "front_desk",
    "viewer",
    "engineer",
    "admin",
    "engineer",
    "dispatcher",
    "front_desk",
)
ROUND_S = 30.0
LAG_S = 0.5  # that the torment itself was not scheduled: from then on it is said
SETTINGS = {"TRUSTED_PROXIES": "1", "LOG_LEVEL": "info"}
BUDGETS: tuple[Mapping[str, str], ...] = (
    {},
    {"UNSENT_BUDGET_MB": "4"},
)  # ample, and so little that slow readers are cut (F1)

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted: see `callboard torture --help`."""

    seconds: float
    seed: str
    actors: int
    weather: str
    folder: Path
    database_url: str | None = None
    replay: Path | None = None
    """A short history to be done again, in place of one round of chance."""
    then: str = ""
    """What was broken when that was made."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of it."""

    complaints: Sequence[Complaint]
    checks: Mapping[str, tuple[str, int]]
    """Number → (the rule, how much was held against it)."""
    tally: Tally
    left_out: Sequence[str]
    """Gusts of this weather that cannot be had here."""
    never: Sequence[str]
    """Gusts of it that can, and did not blow."""
    short: Path | None = None
    """Where the short history is, when a promise was broken."""

    @property
    def idle(self) -> Sequence[str]:
        """The numbers of the promises to which nothing was held."""
        return [number for number, (_, seen) in self.checks.items() if not seen]


class Torment:
    """One run. `run` once."""

    def __init__(self, wish: Wish, say: Say) -> None:
        self._wish, self._say = wish, say
        wish.folder.mkdir(parents=True, exist_ok=True)
        self.team = team_of(wish.actors)
        self.history = History(wish.folder)
        self.secrecy = Secrecy(Random(f"{wish.seed}/secrecy"), TENANTS)
        self.faults = Faults(wish.folder / "faults", wish.folder / "data")
        self.premises = Premises(
            wish.folder,
            faults=self.faults,
            settings={**SETTINGS, **Random(f"{wish.seed}/budget").choice(BUDGETS)},
            database_url=wish.database_url,
        )
        self.proxy = Proxy(self.premises.port)
        self.crew, self.catalog = Crew(self.team), discover()
        self.checks = [check() for check in CHECKS]
        self.tally = Tally()
        self._actors: list[Actor] = []

    async def run(self) -> Verdict:
        """Everything, from furnishing the premises to the verdict. PremisesError where the server does not come back."""
        await self.premises.furnish(self.team)
        ids = {f"{person.tenant}/{person.name}": person.id for person in self.team}
        witness = Witness(self.premises.database_url, self.catalog, ids)
        await self.premises.start()
        await self.proxy.start()
        try:
            await self._torment(witness)
            await aftermath(self.premises, self.history, self.secrecy, self._actors, self._wish.folder)
            self._look_through(witness)
        finally:
            witness.close()
            await self._end()
        weather = Weather(self._wish.seed, self._wish.weather)
        never = sorted({*weather.possible(self.premises, self.faults)} - {*self.tally.gusts})
        rules = {check.number: (check.rule, check.seen) for check in self.checks}
        complaints = list(complaints_of(self.checks))
        left_out = weather.left_out(self.premises, self.faults)
        return Verdict(complaints, rules, self.tally, left_out, never, self._short(complaints))

    async def _torment(self, witness: Witness) -> None:
        ways = [await self.proxy.way(f"{person.tenant}/{person.name}") for person in self.team]
        self._actors = [
            self._actor(person, url, place) for place, (person, url) in enumerate(zip(self.team, ways, strict=True))
        ]
        lives = [asyncio.create_task(actor.listen()) for actor in self._actors]
        if self._wish.replay is None:
            lives += [asyncio.create_task(actor.work()) for actor in self._actors]
        lives.append(asyncio.create_task(self._watch_myself()))
        quiet = Quiet(self.premises, self.history, self.crew, self._actors, self.secrecy)
        try:
            await quiet.rest()  # everybody is there before anything happens
            rounds = max(1, round(self._wish.seconds / ROUND_S)) if self._wish.replay is None else 1
            for number in range(rounds):
                self._say(f"round {number + 1} of {rounds}: {self.tally.line}")
                await self._round(number, self._wish.seconds / rounds)
                _raise_early(lives)
                await quiet.rest()
                self._look_through(witness)
                if any(check.complaints for check in self.checks):
                    break
        finally:
            self.crew.is_over = True
            for life in lives:
                life.cancel()
            await asyncio.gather(*lives, return_exceptions=True)

    async def _round(self, number: int, seconds: float) -> None:
        weather = Weather(f"{self._wish.seed}/{number}", self._wish.weather)
        self.crew.at_work.set()
        if self._wish.replay is not None:
            await self._replay(self._wish.replay)
            seconds = 0.0
        until = asyncio.get_running_loop().time() + seconds
        await weather.blow(self.premises, self.proxy, self.faults, until, self._note)
        self.crew.at_work.clear()

    async def _replay(self, path: Path) -> None:
        async def again(gust: Gust) -> None:
            self._note(gust)
            await repeat(gust, self.premises, self.proxy, self.faults)
            self._note(Gust(0, "over", {"of": gust.name}))

        host = asyncio.create_task(keep_up(self.premises, self._note))
        try:
            await replay(path, self._actors, again)
        finally:
            host.cancel()

    def _look_through(self, witness: Witness) -> None:
        """Show the round to the checks. A file in which all is well is not kept."""
        truth = witness.read()
        path = self.history.turn()
        last = 0.0
        for line in lines_of(path):
            last = line["t"]
            self.tally.see(line)
            for check in self.checks:
                check.see(line, truth)
        for check in self.checks:
            check.judge(truth, last)
        if not any(check.complaints for check in self.checks):
            thin(path)

    def _short(self, complaints: Sequence[Complaint]) -> Path | None:
        if not complaints:
            return None
        path, wish = self._wish.folder / "short.jsonl", self._wish
        said = {"seed": wish.seed, "actors": wish.actors, "weather": wish.weather, "broken": str(complaints[0])}
        shorten(sorted(wish.folder.glob("history-*.jsonl")), said, complaints[0].at, path)
        return path

    def _actor(self, person: Person, url: str, place: int) -> Actor:
        return Actor(person, url, place, self.crew, self.history, self.secrecy, self.catalog, self._wish.seed)

    def _note(self, gust: Gust) -> None:
        self.history.note("gust", name=gust.name, args=dict(gust.args))

    async def _watch_myself(self) -> None:
        """Say when this program itself was late: then nobody else is to blame."""
        while True:
            before = time.monotonic()
            await asyncio.sleep(0.2)
            late = time.monotonic() - before - 0.2
            if late > LAG_S:
                self.history.note("lagged", seconds=round(late, 3))

    async def _end(self) -> None:
        self.history.write()
        for actor in self._actors:
            await actor.close()
        await self.proxy.stop()
        with suppress(ProcessLookupError):
            await self.premises.kill()


def team_of(count: int) -> list[Person]:
    """So many people in two teams, first the steward of each; every role is there."""
    people = [Person(tenant, "steward", "admin") for tenant in TENANTS]
    for place in range(max(0, count - len(people))):
        role = ROLES[place // len(TENANTS) % len(ROLES)]
        people.append(Person(TENANTS[place % len(TENANTS)], f"{role.replace('_', '')}{place}", role))
    return people


def _raise_early(lives: Sequence["asyncio.Task[Any]"]) -> None:
    """A person who stumbled over a mistake of ours: better now than never."""
    for life in lives:
        if life.cancelled() or (life.done() and life.exception() is not None):
            life.result()
