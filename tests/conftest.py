"""What all tests share: a catalog, a furnished database, a desk on a copy of it, and the team at work there."""

import gc
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web_app
from deciding import Deciding
from postgres import Cluster, a_cluster, loud_line
from premises import TEAM, Place, Premises, copy_of, furnish, id_of
from speech import DeskDoor, Office

from events.catalog import Catalog, discover
from events.desk import Desk


def pytest_collection_finish() -> None:
    """All that was imported and collected stays to the end: the garbage collector need not go over it again and again."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Nobody should believe that all was tested."""
    line = loud_line(terminalreporter.stats.get("skipped", []))
    if line:
        terminalreporter.write_line(line, red=True, bold=True)


@pytest.fixture(scope="module", autouse=True)
def _stopped_servers_go() -> Iterator[None]:
    """aiohttp remembers the last 1,024 handlers and thereby the servers they are of: 1.6 GB at the end of a run."""
    yield
    web_app._cached_build_middleware.cache_clear()


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return discover()


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Path:
    """A database with tables, a tenant and a team; never opened by a test itself."""
    path = tmp_path_factory.mktemp("furnished") / "board.db"
    furnish(path, catalog)
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A PostgreSQL for all tests of this process, without the furnished database."""
    cluster = a_cluster()
    yield cluster
    cluster.goes()


@pytest.fixture(scope="session")
def furnished_postgres(postgres: Cluster, catalog: Catalog) -> Callable[..., str]:
    """Makes copies of the furnished database, on PostgreSQL."""
    furnish(postgres.new_database(name="furnished"), catalog)
    return lambda more="": postgres.new_database("furnished", more=more)


@pytest.fixture
def new_place(tmp_path: Path, furnished: Path) -> Callable[[], Place]:
    """Makes a copy of the furnished database. On SQLite; folders whose tests are for both databases have one of their own."""
    return lambda: copy_of(furnished, tmp_path)


@pytest.fixture
async def open_premises(new_place: Callable[[], Place], catalog: Catalog) -> AsyncIterator[Callable[..., Premises]]:
    """Opens a desk on a copy of the furnished database, with another Database class or a catalog of more resources."""
    opened: list[Premises] = []

    def opens(database_class: Any = None, catalog_: Catalog | None = None) -> Premises:
        more = () if database_class is None else (database_class,)
        premises = Premises(new_place(), catalog_ or catalog, *more)
        opened.append(premises)
        if catalog_ is not None:
            premises.migrate()
        premises.open()
        return premises

    yield opens
    for premises in opened:
        await premises.close()


@pytest.fixture(scope="module")
def still_desk(tmp_path_factory: pytest.TempPathFactory, furnished: Path, catalog: Catalog) -> Iterator[Desk]:
    """A desk whose lane is closed, for all tests of a file: only its road is asked."""
    premises = Premises(copy_of(furnished, tmp_path_factory.mktemp("still")), catalog)
    yield premises.open_still()
    premises.let_go()


@pytest.fixture
def road(still_desk: Desk) -> Iterator[Deciding]:
    """The road of a desk: what is put there goes with the test."""
    deciding = Deciding(still_desk)
    yield deciding
    deciding.clear()


@pytest.fixture
async def premises(open_premises: Callable[..., Premises]) -> Premises:
    return open_premises()


@pytest.fixture
async def desk(premises: Premises) -> Desk:
    return premises.desk


@pytest.fixture
async def office(desk: Desk) -> Office:
    """The team, each with a replica of the board, listening."""
    return await working(desk)


async def working(desk: Desk) -> Office:
    office = Office(DeskDoor(desk), {name: id_of(name) for name in TEAM})
    await office.opens()
    return office


@pytest.fixture
def team_at() -> Callable[..., Any]:
    """The team at a desk that the test opened itself."""
    return working
