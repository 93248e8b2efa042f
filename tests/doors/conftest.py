"""A whole server on a port of its own, and people who come to it through each of its doors."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, DummyCookieJar
from doorways import DOORS
from javascript import Crowd, JavaScriptClient, a_crowd
from network import Client, free_port, token_of, url_of
from premises import copy_of

from server.app import Callboard
from server.settings import Settings

Come = Callable[..., Awaitable[Any]]


@pytest.fixture(autouse=True)
def _own_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting and no `.env` of the machine reaches a test."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def settings() -> dict[str, Any]:
    """What is set otherwise than by default: `@pytest.mark.parametrize("settings", [{...}])`."""
    return {}


@pytest.fixture
async def board(tmp_path: Path, furnished: Path, settings: dict[str, Any]) -> AsyncIterator[Callboard]:
    """A server on a copy of the furnished database."""
    url = f"sqlite:///{copy_of(furnished, tmp_path)}"
    board = Callboard(Settings.read(port=free_port(), database_url=url, **settings), say=lambda _: None)
    await board.start()
    await board.listen()
    yield board
    await board.stop()


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession(cookie_jar=DummyCookieJar()) as session:
        yield session


@pytest.fixture
async def crowd() -> AsyncIterator[Crowd]:
    async with a_crowd() as crowd:
        yield crowd


@pytest.fixture
async def leaving() -> AsyncIterator[AsyncExitStack]:
    """What is to be closed before the server stops."""
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture(params=DOORS)
def transport(request: pytest.FixtureRequest) -> str:
    """Each way to speak Socket.IO."""
    return str(request.param)


@pytest.fixture
def comes(board: Callboard, crowd: Crowd, leaving: AsyncExitStack) -> Come:
    """`await comes("bob")`: bob is connected, has taken a snapshot and listens."""

    async def come(name: str, how: str = "python websocket", **more: Any) -> Client:
        client = await stands(name, how, **more)
        await client.connects()
        await client.takes_snapshot()
        client.hush()
        return client

    async def stands(name: str, how: str = "python websocket", **more: Any) -> Client:
        kind, options = DOORS[how]
        first = (crowd,) if kind is JavaScriptClient else ()
        place = (url_of(board), await token_of(board, name), more.pop("resources", None))
        client: Client = kind(*first, *place, **options, **more)
        leaving.push_async_callback(client.close)
        return client

    come.stands = stands  # type: ignore[attr-defined]  # not connected yet
    return come
