"""Real servers on a database of their own, that a test may kill, starve or betray: on SQLite, and once more on PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, DummyCookieJar
from network import PythonClient, free_port, sign_in, token_of, url_of
from premises import address_of, copy_of
from program import Program, a_program

from server.app import Callboard
from server.settings import Settings


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def board_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path, furnished: Path) -> str:
    """The address of a copy of the furnished database."""
    if kind == "sqlite":
        return address_of(copy_of(furnished, tmp_path))
    return str(request.getfixturevalue("furnished_postgres")())


@pytest.fixture
async def program(tmp_path: Path, board_url: str) -> AsyncIterator[Program]:
    """`callboard serve`, not running yet."""
    async with a_program(tmp_path / "board.db", DATABASE_URL=board_url) as program:
        yield program


@pytest.fixture
async def board(tmp_path: Path, board_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Callboard]:
    """A server in this process; no setting and no `.env` of the machine reaches it."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    board = Callboard(Settings.read(port=free_port(), database_url=board_url), say=lambda _: None)
    await board.start()
    await board.listen()
    yield board
    await board.stop()


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession(cookie_jar=DummyCookieJar()) as session:
        yield session


@pytest.fixture
async def tokens(http: ClientSession) -> "Tokens":
    return Tokens(http)


class Tokens:
    """Everybody's token, asked for once: sessions outlive the server."""

    def __init__(self, http: ClientSession) -> None:
        self._http = http
        self._known: dict[str, str] = {}

    async def of(self, name: str, program: Program) -> str:
        if name not in self._known:
            self._known[name] = await sign_in(self._http, program.url, name)
        return self._known[name]

    async def in_process(self, name: str, board: Callboard) -> PythonClient:
        """Of a server in this process; not connected yet."""
        return PythonClient(url_of(board), await token_of(board, name), transports=["websocket"])

    async def client(self, name: str, program: Program) -> PythonClient:
        """Not connected yet."""
        return PythonClient(program.url, await self.of(name, program), transports=["websocket"])
