"""A database read as it is, beside its server or without one."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from premises import copy_of

from events.catalog import Catalog
from server.control import AskedInVainError
from server.reading import contents_of, database_at, one_moment, said_of, total_of
from stores.contents import Contents


@pytest.fixture
def url(tmp_path: Path, furnished: Path) -> str:
    return f"sqlite:///{copy_of(furnished, tmp_path)}"


def looked(url: str, catalog: Catalog) -> list[Contents]:
    with database_at(url, catalog) as database, one_moment(database, url) as connection:
        return contents_of(connection, database, catalog)


def test_it_is_told_what_there_is(url: str, catalog: Catalog) -> None:
    found = looked(url, catalog)

    assert total_of(found) == "1 tenant, 6 records"
    (line,) = said_of(found)
    assert line.startswith("main (Main Street Repairs) at 6, newest change of 20")
    assert line.endswith(": users 6")


def test_nothing_is_told_as_such() -> None:
    assert total_of([]) == "0 tenants, 0 records"
    assert said_of([Contents("two", "Two", 0, None, {"calls": 0})]) == ["two (Two) at 0: no records"]
    assert total_of([Contents("two", "Two", 1, None, {"calls": 1})]) == "1 tenant, 1 record"


def test_where_there_is_none_none_is_made(tmp_path: Path, catalog: Catalog) -> None:
    with pytest.raises(AskedInVainError, match="There is nothing in the database"):
        looked(f"sqlite:///{tmp_path}/none.db", catalog)
    assert list(tmp_path.iterdir()) == []


def test_d8_a_lock_is_taken_only_when_it_is_asked_for(url: str, catalog: Catalog) -> None:
    with database_at(url, catalog, held=True):
        assert looked(url, catalog)
        with pytest.raises(AskedInVainError, match="A server is running on "), database_at(url, catalog, held=True):
            pytest.fail("somebody has it")


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "of a newer release"),
        ("ALTER TABLE users DROP COLUMN phone", "of an older release"),
        ("DROP TABLE desks", "There is nothing in the database"),
    ],
)
def test_one_of_another_release_is_not_read(url: str, catalog: Catalog, statement: str, why: str) -> None:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute(statement)
    with pytest.raises(AskedInVainError, match=why):
        looked(url, catalog)
