"""People who talk HTTP with a server: what they ask, and what comes back."""

from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import ClientSession
from premises import PASSWORD


@dataclass
class Answer:
    """What came back; `code` is that of a failure, `fields` what was wrong."""

    status: int
    headers: Any
    raw: bytes
    cookies: Any

    @property
    def body(self) -> Any:
        return orjson.loads(self.raw) if self.raw else None

    @property
    def code(self) -> str | None:
        return self.body["error"]["code"] if self.status >= 400 else None

    @property
    def fields(self) -> Any:
        return self.body["error"].get("fields")


@dataclass
class Caller:
    """Somebody at the other end of an HTTP connection, with a token, a cookie, both or neither."""

    http: ClientSession
    base: str
    headers: dict[str, str] = field(default_factory=dict)
    user: Any = None

    async def asks(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """One request; headers by keyword, as `If_Match`. A path without a slash at its head is of the tenant."""
        sent = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        data = body
        if body is not None and not isinstance(body, bytes):
            data, sent = orjson.dumps(body), {"Content-Type": "application/json", **sent}
        url = self.base + (path if path.startswith("/") else f"/api/tenants/main/{path}")
        async with self.http.request(method, url, data=data, headers=sent) as response:
            return Answer(response.status, response.headers, await response.read(), response.cookies)

    async def gets(self, path: str, **headers: str) -> Answer:
        return await self.asks("GET", path, **headers)

    async def posts(self, path: str, body: Any = None, **headers: str) -> Answer:
        return await self.asks("POST", path, {} if body is None else body, **headers)

    async def does(self, path: str, **fields: Any) -> Any:
        """A command that succeeds: the record after it."""
        answer = await self.posts(path, fields)
        assert answer.status in {200, 201}, answer.raw
        return answer.body["data"]

    def with_(self, **headers: str) -> "Caller":
        """The same person with these headers too."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Caller(self.http, self.base, {**self.headers, **named}, self.user)

    async def signs_in(self, name: str, **more: Any) -> "Caller":
        """The person of this name, by token."""
        answer = await self.posts("/api/login", {"email": f"{name}@example.com", "password": PASSWORD, **more})
        assert answer.status == 200, answer.raw
        return Caller(self.http, self.base, {"Authorization": f"Bearer {answer.body['token']}"}, answer.body["user"])
