"""The quiet moment after a round: all that was begun is finished, everybody is let in again, catches up, and compares what
he holds with a fresh snapshot.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

from torture.actor import Actor
from torture.crew import Crew
from torture.doors.door import Answer, GoneError, RefusedError
from torture.errand import Errand
from torture.history import History
from torture.patience import until
from torture.premises import Premises
from torture.replica import held_in, seq_of, sum_of
from torture.secrecy import Secrecy
from torture.watchman import Watchman

SETTLES_S, CATCHES_UP_S, AT_ONCE = 60.0, 40.0, 4


class Quiet:
    """All quiet moments of a run."""

    def __init__(
        self, premises: Premises, history: History, crew: Crew, actors: Sequence[Actor], secrecy: Secrecy
    ) -> None:
        self._premises, self._history, self._crew, self._actors = premises, history, crew, actors
        self._stewards = [actor for actor in actors if actor.person.id in crew.stewards]
        self._watchman = Watchman(premises, secrecy)
        self._moments = 0

    async def rest(self) -> None:
        """One quiet moment; what is found is written into the history."""
        self._moments += 1
        await self._settle()
        try:
            await self._look_around()
        except (GoneError, RefusedError) as error:
            self._history.note("mute", said=repr(error))
        self._history.note("log", **self._watchman.read_on())

    async def _look_around(self) -> None:
        for steward in self._stewards:
            await self._put_in_order(steward)
        await self._compare()
        found = sum(len(steward.replica.held) for steward in self._stewards)
        entries = sum(seq_of(steward.replica.cursor or "0.0") for steward in self._stewards)
        metrics = await self._watchman.metrics()
        self._history.note("measured", rss=self._premises.rss(), records=found, entries=entries, metrics=metrics)

    async def _settle(self) -> None:
        async def all_is_done() -> bool:
            return all(actor.is_idle for actor in self._actors)

        if not await until(all_is_done, SETTLES_S):
            for actor in self._actors:
                if not actor.is_idle:
                    self._history.note("unsettled", actor.who, seconds=SETTLES_S)

    async def _put_in_order(self, steward: Actor) -> None:
        """Let in again whom somebody deactivated; say who is gone for good."""
        await until(steward.signs_in, CATCHES_UP_S)
        users = await self._users(steward)
        team = [actor for actor in self._actors if actor.person.tenant == steward.person.tenant]
        for actor in team:
            user = users.get(actor.person.id)
            actor.is_gone = user is None
            if user is not None and not user["active"]:
                op_id = f"{steward.who}-order-{self._moments}-{actor.person.name}"
                await steward.does([Errand("command", "activate_user", {"id": user["id"], "op_id": op_id})])
                actor.knock()

    async def _users(self, steward: Actor) -> dict[str, Any]:
        found: dict[str, Any] = {}
        query = {"limit": "200"}
        while True:
            page = await steward.requests.given("/users", query)
            found |= {user["id"]: user for user in page["items"]}
            if page["next"] is None:
                return found
            query["after"] = page["next"]

    async def _compare(self) -> None:
        heads = {steward.person.tenant: await self._head(steward) for steward in self._stewards}
        turns = asyncio.Semaphore(AT_ONCE)

        async def compare(actor: Actor) -> None:
            head = heads[actor.person.tenant]
            if not await actor.catches_up(head, CATCHES_UP_S):
                self._history.note("behind", actor.who, place=actor.replica.cursor, head=head)
                return
            async with turns:
                await self._compare_one(actor)

        await asyncio.gather(*(compare(actor) for actor in self._actors if not actor.is_gone))

    async def _compare_one(self, actor: Actor) -> None:
        page = await self._snapshot_of(actor)
        if page is None:
            return
        self._history.note("fresh", actor.who, **actor.leak(page))
        fresh, held = held_in([page]), actor.replica.held
        differing = [key for key in {*fresh, *held} if fresh.get(key) != held.get(key)]
        self._history.note(
            "compared", actor.who, what="replica and fresh snapshot", records=len(fresh), differing=len(differing),
            such=["/".join(key) for key in differing[:3]], seq=seq_of(page["cursor"]), sum=sum_of(fresh),
            resources=sorted(page["records"]),
        )  # fmt: skip

    async def _snapshot_of(self, actor: Actor) -> Answer | None:
        """What he would hold now; None where he may not come in. His session may have ended without his knowing."""
        try:
            return await actor.requests.snapshot(actor.replica.selection) if await actor.signs_in() else None
        except RefusedError:
            actor.signed_out()
        return await actor.requests.snapshot(actor.replica.selection) if await actor.signs_in() else None

    async def _head(self, steward: Actor) -> int:
        said = await steward.requests.ask("GET", "/api/me", base=steward.way.url)
        return seq_of(str(said["cursor"]))
