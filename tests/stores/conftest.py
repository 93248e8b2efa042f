"""A database with one tenant, in a file that each test has to itself."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from things import CLASSES, NOON, Writer

from stores.database import Database


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/data/board.db"


@pytest.fixture
def open_database() -> Iterator[Callable[..., Database]]:
    """Opens databases with a tenant `t` in them and closes them when the test is over."""
    opened: list[Database] = []

    def opens(url: str, classes: Any = None) -> Database:
        database = Database(url, CLASSES if classes is None else classes)
        opened.append(database)
        database.migrate()
        if not database.tenants():
            database.create_tenant("t", "main", "Main", NOON)
        return database

    yield opens
    for database in opened:
        database.close()


@pytest.fixture
def database(open_database: Callable[..., Database], url: str) -> Database:
    return open_database(url)


@pytest.fixture
def writer(database: Database) -> Writer:
    return Writer(database)
