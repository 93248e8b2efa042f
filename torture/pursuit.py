"""Going after errands until their outcome is known: every sending and every answer is a line of the history.

What goes over a connection in one burst is sent in order, without waiting in between; whatever of it gets no answer is
sent again, over any door, with the same op_id.
"""

import asyncio
from collections.abc import Mapping, Sequence
from random import Random
from typing import Protocol

from torture.doors.door import PATIENCE_S, Answer, Door, GoneError, SilenceError, SpeakingDoor
from torture.errand import Errand
from torture.history import History
from torture.outcome import outcome
from torture.requests import Requests

AGAIN_S, AT_MOST_S = 0.1, 2.0  # until it is sent again, the first time and ever


class Pursuer(Protocol):
    """Who goes after his errands."""

    who: str
    random: Random
    history: History
    requests: Requests
    door: Door | None

    async def signs_in(self) -> bool:
        """Whether he is in, now that he has tried."""

    def signed_out(self) -> None:
        """His session is over."""

    def leak(self, answer: Answer) -> Mapping[str, str]:
        """What an answer holds that is not for him."""

    def learned(self, errand: Errand, *, is_done: bool) -> None:
        """The outcome of an errand is known."""


class Pursuit:
    """One person's errands under way."""

    def __init__(self, actor: Pursuer) -> None:
        self._actor = actor
        self._sendings = 0

    async def all(self, errands: Sequence[Errand], door: SpeakingDoor | None) -> None:
        """Each until its outcome is known, the first sendings together."""
        first = [await self._send(errand, door) if door and errand.kind != "request" else None for errand in errands]
        await asyncio.gather(*(self._follow(*each, door) for each in zip(errands, first, strict=True)))

    async def _send(self, errand: Errand, door: SpeakingDoor) -> "Sending":
        sending = self._noted(errand, door.conn)
        try:
            sending.future = await door.send(errand.name, errand.message)
        except GoneError:
            sending.future = None
        return sending

    async def _follow(self, errand: Errand, first: "Sending | None", door: SpeakingDoor | None) -> None:
        beside = asyncio.create_task(self._over_http(errand)) if errand.twice and first is not None else None
        if errand.hasty and door is not None:
            door.end()
        known = await self._awaited(first, door) if first is not None else await self._over_http(errand)
        if beside is not None:
            await beside
        patience = AGAIN_S
        while not known and errand.kind == "command":
            await asyncio.sleep(self._actor.random.uniform(patience / 2, patience))
            known, patience = await self._again(errand), min(AT_MOST_S, patience * 2)

    async def _again(self, errand: Errand) -> bool:
        """Once more, over whatever door there is."""
        try:
            if not await self._actor.signs_in():
                return True  # he may not come in any more: nobody can ask for him
        except GoneError:
            return False
        door = self._actor.door
        if isinstance(door, SpeakingDoor) and self._actor.random.random() < 0.5:
            return await self._awaited(await self._send(errand, door), door)
        return await self._over_http(errand)

    # -- one sending ---------------------------------------------------------------------------------------------------

    def _noted(self, errand: Errand, conn: str) -> "Sending":
        self._sendings += 1
        sending = Sending(self._sendings, errand)
        self._actor.history.note(
            "sent", self._actor.who, n=sending.number, conn=conn, name=errand.name, op=errand.op_id, of=errand.kind,
            message=dict(errand.message), foreign=errand.foreign,
        )  # fmt: skip
        return sending

    async def _awaited(self, sending: "Sending", door: SpeakingDoor | None) -> bool:
        """Wait for the answer of what went over a connection; a silent one is left."""
        if sending.future is None:
            self._unanswered(sending, "gone")
            return False
        try:
            async with asyncio.timeout(PATIENCE_S):
                answer = await sending.future
        except TimeoutError:
            self._unanswered(sending, "silence", state=door.state if door is not None else "")
            if door is not None:
                door.end()
            return False
        except GoneError:
            self._unanswered(sending, "gone")
            return False
        return self._answered(sending, answer)

    async def _over_http(self, errand: Errand) -> bool:
        requests, sending = self._actor.requests, self._noted(errand, "")
        asked = requests.perform if errand.kind == "command" else requests.read
        try:
            return self._answered(sending, await asked(errand.name, errand.message))
        except SilenceError:
            self._unanswered(sending, "silence")
        except GoneError:
            self._unanswered(sending, "gone")
        return False

    def _unanswered(self, sending: "Sending", why: str, **more: str) -> None:
        self._actor.history.note(
            "unanswered", self._actor.who, n=sending.number, op=sending.errand.op_id, why=why, **more,
        )  # fmt: skip

    def _answered(self, sending: "Sending", answer: Answer) -> bool:
        """Whether the outcome is known now."""
        error = answer.get("error") or {}
        self._actor.history.note(
            "answered", self._actor.who, n=sending.number, op=sending.errand.op_id, name=sending.errand.name,
            ok=answer["ok"], code=error.get("code"), **outcome(sending.errand, answer), **self._actor.leak(answer),
        )  # fmt: skip
        if error.get("code") == "unauthenticated":
            self._actor.signed_out()
        known = bool(answer["ok"]) or not (error["retry"] or error["code"] == "unauthenticated")
        if known:
            self._actor.learned(sending.errand, is_done=bool(answer["ok"]))
        return known


class Sending:
    """An errand on its way, once."""

    def __init__(self, number: int, errand: Errand) -> None:
        self.number, self.errand = number, errand
        self.future: asyncio.Future[Answer] | None = None
