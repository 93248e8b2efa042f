"""The doctor looks at the database."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from premises import copy_of

from events.catalog import Catalog
from server import doctor_database
from server.doctor_database import clock, commit, database, journal, schema
from server.finding import Case, Finding
from server.settings import Settings
from stores.database import Database


@pytest.fixture
def case(tmp_path: Path, furnished: Path, catalog: Catalog) -> Iterator[Case]:
    """A database with a team in it."""
    url = f"sqlite:///{copy_of(furnished, tmp_path)}"
    examined = Database(url, catalog.record_classes)
    yield Case(Settings.read(database_url=url), catalog, examined)
    examined.close()


@pytest.fixture
def nowhere(tmp_path: Path, catalog: Catalog) -> Case:
    url = f"sqlite:///{tmp_path}/none.db"
    return Case(Settings.read(database_url=url), catalog, Database(url, catalog.record_classes))


def done(case: Case, statement: str, *values: Any) -> None:
    assert case.file is not None
    with closing(sqlite3.connect(case.file)) as connection, connection:
        connection.execute(statement, values)


def said(found: Finding | None) -> str:
    assert found is not None
    return f"{found.verdict}: {found.found}"


def test_a_database_has_a_version_a_place_and_a_size(case: Case) -> None:
    assert said(database(case)).startswith("ok: SQLite 3.")
    assert f"at {case.file}, 0." in said(database(case))


def test_a_file_that_is_no_database_is_wrong(case: Case) -> None:
    assert case.file is not None
    case.file.write_text("not a database, " * 100)
    assert said(database(case)).startswith("wrong: ")


def test_where_there_is_none_it_says_so_and_looks_no_further(nowhere: Case) -> None:
    assert said(database(nowhere)).startswith("warn: there is none at ")
    assert [check(nowhere) for check in (schema, journal, clock, commit)] == [None, None, None, None]
    assert nowhere.file is None


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("SELECT 1", "ok: the tables are those of this release"),
        (
            "UPDATE alembic_version SET version_num = '9999'",
            "wrong: the tables are of a newer release than this program",
        ),
        ("ALTER TABLE users DROP COLUMN phone", "warn: the tables are of an older release"),
        ("DROP TABLE notes", "warn: the tables are of an older release"),
        ("DROP TABLE desks", "warn: there are no tables yet"),
    ],
)
def test_the_tables_are_of_a_release(case: Case, statement: str, found: str) -> None:
    done(case, statement)
    assert said(schema(case)) == found


def test_the_journal_is_weighed(case: Case) -> None:
    assert said(journal(case)).startswith("ok: 6 entries, 0.0 MB, since 20")
    assert said(journal(case)).endswith("; kept for 400 days")


def test_an_empty_journal_is_well(case: Case) -> None:
    done(case, "DELETE FROM journal")
    assert said(journal(case)) == "ok: empty; kept for 400 days"
    done(case, "DROP TABLE journal")
    assert journal(case) is None


def test_a_journal_that_is_not_pruned_is_told_of(case: Case) -> None:
    done(case, "UPDATE journal SET at = ? WHERE seq = 1", "2020-01-01T00:00:00.000000Z")
    assert "older ones are still there" in said(journal(case))


def test_the_clock_is_well(case: Case) -> None:
    assert said(clock(case)).endswith(" UTC, in step with the file system's")


def test_a_clock_away_from_that_of_the_files_is_told_of(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_database, "_clock_of_the_files", lambda _: datetime.now(UTC) + timedelta(seconds=61))
    assert said(clock(case)) in {"warn: 61 s away from the file system's", "warn: 60 s away from the file system's"}


def test_a_clock_away_from_the_databases_is_told_of(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_database, "clock_of", lambda _: datetime.now(UTC) - timedelta(hours=1))
    assert "away from the database's" in said(clock(case))


def test_what_happened_in_the_future_is_told_of(case: Case) -> None:
    done(case, "UPDATE journal SET at = ? WHERE seq = 6", "2120-01-01T00:00:00.000000Z")
    assert "which is to come" in said(clock(case))


def test_of_sqlite_the_fsync_tells_how_long_a_commit_takes(case: Case) -> None:
    assert commit(case) is None


@pytest.mark.parametrize(("seconds", "verdict"), [(0.002, "ok: 2.0 ms"), (0.021, "warn: 21.0 ms")])
def test_a_commit_that_takes_long_is_told_of(
    case: Case, monkeypatch: pytest.MonkeyPatch, seconds: float, verdict: str
) -> None:
    monkeypatch.setattr(doctor_database, "commits", lambda *_: iter([seconds, seconds, 5.0]))
    assert said(commit(case)).startswith(verdict)


def test_postgresql_is_measured(furnished_postgres: Callable[[], str], catalog: Catalog) -> None:
    url = furnished_postgres()
    examined = Database(url, catalog.record_classes)
    assert " ms, with the way there and back" in said(commit(Case(Settings.read(database_url=url), catalog, examined)))
    examined.close()
