"""A whole server on a port of its own, and people who talk HTTP with it."""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import pytest
from aiohttp import ClientSession, DummyCookieJar
from premises import PASSWORD, copy_of

from server.app import Callboard
from server.settings import Settings
from stores.clock import Clock


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


class Moved(Clock):
    """A clock that a test moves on."""

    def __init__(self) -> None:
        super().__init__()
        self.by: Any = None

    def now(self) -> Any:
        moment = super().now()
        return moment if self.by is None else moment + self.by


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


OpenBoard = Callable[..., Awaitable[Callboard]]


@pytest.fixture(autouse=True)
def _own_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting and no `.env` of the machine reaches a test."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
async def open_board(tmp_path: Path, furnished: Path) -> AsyncIterator[OpenBoard]:
    """Opens a server on a copy of the furnished database, or on an empty one."""
    opened: list[Callboard] = []

    async def opens(*, empty: bool = False, clock: Clock | None = None, **settings: Any) -> Callboard:
        if "database_url" not in settings:
            path = tmp_path / f"empty{len(opened)}.db" if empty else copy_of(furnished, tmp_path)
            settings["database_url"] = f"sqlite:///{path}"
        said: list[str] = []
        board = Callboard(Settings.read(port=free_port(), **settings), clock=clock, say=said.append)
        board.said = said  # type: ignore[attr-defined]  # what was printed
        opened.append(board)
        await board.start()
        await board.listen()
        return board

    yield opens
    for board in opened:
        await board.stop()


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession(cookie_jar=DummyCookieJar()) as session:
        yield session


@pytest.fixture
def at(http: ClientSession) -> Callable[[Callboard], Caller]:
    """Somebody unknown who reaches this board."""
    return lambda board: Caller(http, f"http://127.0.0.1:{board.settings.port}")


@pytest.fixture
async def clock() -> Moved:
    return Moved()


@pytest.fixture
async def board(open_board: OpenBoard, clock: Moved) -> Callboard:
    return await open_board(clock=clock)


@pytest.fixture
async def somebody(board: Callboard, at: Callable[[Callboard], Caller]) -> Caller:
    return at(board)


@pytest.fixture
async def alice(somebody: Caller) -> Caller:
    """The admin."""
    return await somebody.signs_in("alice")


@pytest.fixture
async def bob(somebody: Caller) -> Caller:
    """An engineer."""
    return await somebody.signs_in("bob")
