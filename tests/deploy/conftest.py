"""Servers as they are deployed: processes behind a real nginx with TLS, and people who reach them through it."""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pytest
from people import Person
from premises import copy_of
from program import Program, a_program
from proxies import FINDER, Front, nginx
from proxies import program as nginx_program

MISSING = "There is no nginx here"


@pytest.fixture(scope="session")
def _nginx_is_here() -> None:
    """Where there is none, what needs it is skipped, or fails where the run insists on it (CI)."""
    if nginx_program() is None and not os.environ.get("CI"):
        pytest.skip(MISSING)
    assert nginx_program() is not None, MISSING


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Nobody should believe that all was tested."""
    skipped = sum(MISSING in str(each.longrepr) for each in terminalreporter.stats.get("skipped", []))
    if skipped:
        line = f"{MISSING}: {skipped} tests behind a proxy were SKIPPED. {FINDER.name} says what to do."
        terminalreporter.write_line(line, red=True, bold=True)


@pytest.fixture
async def server(tmp_path: Path, furnished: Path) -> AsyncIterator[Program]:
    """`callboard serve`, not running yet."""
    async with a_program(copy_of(furnished, tmp_path)) as program:
        yield program


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """nginx's own."""
    folder = tmp_path / "nginx"
    folder.mkdir()
    return folder


@pytest.fixture(params=[1, 2], ids=["one proxy", "two proxies"])
async def front(
    request: pytest.FixtureRequest, folder: Path, server: Program, _nginx_is_here: None
) -> AsyncIterator[Front]:
    """The way in through nginx, with the server serving behind it."""
    async with nginx(folder, [server.port], request.param) as front:
        server.environment |= {**front.environment, "CONNECTIONS_PER_ADDRESS": "2"}
        await server.starts()
        yield front
        assert await server.stops() == 0
        assert [line for line in server.err if "Traceback" in line] == []


@pytest.fixture
async def people(front: Front) -> AsyncIterator["People"]:
    async with People(front) as people:
        yield people


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path, furnished: Path) -> str:
    """The address of a furnished one."""
    if request.param == "postgresql":
        url: str = request.getfixturevalue("furnished_postgres")()
        return url
    return f"sqlite:///{copy_of(furnished, tmp_path)}"


@pytest.fixture
async def places(tmp_path: Path, folder: Path, database: str, _nginx_is_here: None) -> AsyncIterator["Places"]:
    """nginx as documented, with both of its places, and an instance for each on one database; none is running yet."""
    async with (
        a_program(tmp_path / "none") as one, a_program(tmp_path / "none") as other,
        nginx(folder, [one.port, other.port], 1) as front,
    ):  # fmt: skip
        for instance in (one, other):
            instance.environment |= {**front.environment, "WAIT_FOR_LOCK": "true", "DATABASE_URL": database}
        yield Places(front, one, other)


@dataclass(frozen=True)
class Places:
    """The way in, and two instances behind it: `one` is replaced by `other`."""

    front: Front
    one: Program
    other: Program


class People:
    """Everybody who comes in, each from an address of his own unless two share one."""

    def __init__(self, front: Front) -> None:
        self._front = front
        self._here: list[Person] = []

    def at(self, address: str) -> Person:
        """Somebody at this address of the loopback network."""
        self._here.append(Person(self._front, address))
        return self._here[-1]

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for person in self._here:
            await person.leaves()
