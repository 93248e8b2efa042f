"""A whole server on a port of its own, and people who talk HTTP with it."""

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, DummyCookieJar
from caller import Caller
from commandline import Run, runner
from network import free_port
from opening import Moved, OpenBoard
from premises import copy_of

from server.app import Callboard
from server.settings import Settings
from stores.clock import Clock


@pytest.fixture(autouse=True)
def _own_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting and no `.env` of the machine reaches a test."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def own_log() -> Iterator[None]:
    """What a test sets up as the log of the process is taken down again."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    root.handlers[:] = before
    root.setLevel(level)


@pytest.fixture
def callboard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The program, in a folder of its own."""
    monkeypatch.setenv("DATABASE_URL", "sqlite:///data/board.db")
    monkeypatch.setenv("COLUMNS", "200")
    return runner(monkeypatch, capsys)


@pytest.fixture
def main_tenant(callboard: Run) -> None:
    assert callboard("create-tenant", "main", "Main").code == 0


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
