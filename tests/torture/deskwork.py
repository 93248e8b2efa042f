"""People at their desks: what the tests of the checker's parts ask a server for, at its HTTP door."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import ClientResponse, ClientSession

from torture.premises import PASSWORD, Person

ALICE, BOB, EVE = Person("one", "alice", "admin"), Person("one", "bob", "engineer"), Person("two", "eve", "admin")


class Desk:
    """One person at the server's HTTP door."""

    def __init__(self, http: ClientSession, url: str, person: Person, token: str) -> None:
        self._http, self._tenant, self._url = http, person.tenant, f"{url}/api/tenants/{person.tenant}"
        self._headers = {"Authorization": f"Bearer {token}"}

    async def creates_call(self, title: str, description: str = "") -> tuple[int, dict]:
        """With the title for its op_id: (status, body)."""
        headers = {**self._headers, "Idempotency-Key": title}
        body = {"title": title, "description": description, "customer_name": "Ms. Gray"}
        async with self._http.post(f"{self._url}/calls", json=body, headers=headers) as answer:
            return answer.status, await answer.json(content_type=None)

    async def calls(self) -> dict[str, dict]:
        """What is there, by title."""
        async with self._http.get(f"{self._url}/calls?limit=200", headers=self._headers) as answer:
            assert answer.status == 200
            return {call["title"]: call for call in (await answer.json())["items"]}

    @asynccontextmanager
    async def stream(self, url: str) -> AsyncIterator["Stream"]:
        """His server-sent events from now on, by this way in."""
        async with self._http.get(f"{self._url}/calls?limit=1", headers=self._headers) as answer:
            cursor = (await answer.json())["cursor"]
        address = f"{url}/api/tenants/{self._tenant}/realtime?since={cursor}"
        async with self._http.get(address, headers=self._headers) as answer:
            yield Stream(answer)


class Stream:
    """Server-sent events."""

    def __init__(self, answer: ClientResponse) -> None:
        self._answer = answer

    async def next_call(self) -> str:
        """The title of the next call that was created."""
        async for line in self._answer.content:
            if line.startswith(b"event: call_created"):
                told = await self._answer.content.readline()
                return str(json.loads(told.removeprefix(b"data: "))["data"]["title"])
        raise AssertionError("the stream has ended")


async def signed_in(http: ClientSession, url: str, person: Person) -> Desk:
    async with http.post(f"{url}/api/login", json={"email": person.email, "password": PASSWORD}) as answer:
        assert answer.status == 200, await answer.text()
        return Desk(http, url, person, (await answer.json())["token"])
