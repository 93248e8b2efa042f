"""A database with one tenant, that each test has to itself: on SQLite, and once more on PostgreSQL."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from postgres import Cluster
from things import CLASSES, NOON, Writer

from stores.database import Database


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def new_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Addresses of databases that have nothing in them, by any names."""
    if kind == "sqlite":
        return lambda name: f"sqlite:///{tmp_path}/data/{name}.db"
    postgres = request.getfixturevalue("postgres")
    return lambda name: postgres.new_database()


@pytest.fixture
def empty_url(new_url: Callable[[str], str]) -> str:
    return new_url("board")


@pytest.fixture(scope="session")
def ready_postgres(postgres: Cluster) -> Callable[[], str]:
    """Makes copies of a database with the tables and the tenant: that takes a third of the time of making those."""
    furnish(postgres.new_database(name="ready"), CLASSES).close()
    return lambda: postgres.new_database("ready")


@pytest.fixture
def ready_postgres_url(ready_postgres: Callable[[], str]) -> str:
    return ready_postgres()


@pytest.fixture
def url(kind: str, request: pytest.FixtureRequest) -> str:
    """The address of the test's own database, for `open_database`; it may have its tables already."""
    return request.getfixturevalue("empty_url" if kind == "sqlite" else "ready_postgres_url")


@pytest.fixture
def open_database() -> Iterator[Callable[..., Database]]:
    """Opens databases with a tenant `t` in them and closes them when the test is over."""
    opened: list[Database] = []

    def opens(url: str, classes: Any = None) -> Database:
        opened.append(furnish(url, CLASSES if classes is None else classes))
        return opened[-1]

    yield opens
    for database in opened:
        database.close()


def furnish(url: str, classes: Any) -> Database:
    database = Database(url, classes)
    database.migrate()
    if not database.tenants():
        database.create_tenant("t", "main", "Main", NOON)
    return database


@pytest.fixture
def database(open_database: Callable[..., Database], url: str) -> Database:
    return open_database(url)


@pytest.fixture
def writer(database: Database) -> Writer:
    return Writer(database)
