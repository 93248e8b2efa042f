"""`callboard backup`, as whoever keeps the machine uses it."""

import asyncio
import resource
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from commandline import Run, Said

from server.standalone import Standalone

FIXTURE = Path(__file__).parents[1] / "fixtures" / "repairs.csv"
URL = "sqlite:///data/board.db"


@pytest.fixture
def furnished_board(callboard: Run, main_tenant: None) -> None:
    callboard("create-admin", "ada@example.org", stdin="a password for tests\n")
    callboard("import", "repairs", FIXTURE)


def rows(path: str, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


def test_a_backup_says_what_is_in_it(callboard: Run, furnished_board: None) -> None:
    said = callboard("backup", "board.bak")

    assert said.code == 0
    first, second = said.out.splitlines()
    assert first.startswith("Backed up 1 tenant, 66 records to board.bak: ")
    assert second.startswith("  main (Main) at 66, newest change of 20")
    assert second.endswith(" UTC: services 60, service categories 5, users 1")
    assert said.err == ""


def test_a_backup_holds_every_row_and_is_its_owners_alone(callboard: Run, furnished_board: None) -> None:
    callboard("backup", "board.bak")

    names = [str(name) for (name,) in rows("board.bak", "SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert len(names) > 10
    for name in names:
        statement = f"SELECT * FROM {name} ORDER BY 1, 2" if name != "alembic_version" else f"SELECT * FROM {name}"
        assert rows("board.bak", statement) == rows("data/board.db", statement), name
    assert stat.S_IMODE(Path("board.bak").stat().st_mode) == 0o600
    assert [path.name for path in Path().iterdir() if path.is_file()] == ["board.bak"]


def test_nobody_is_signed_in_in_a_backup(callboard: Run, furnished_board: None) -> None:
    with closing(sqlite3.connect("data/board.db")) as connection, connection:
        values = ("s1", "0" * 64, "t", "u", 0, *["2026-11-20T12:00:00.000000Z"] * 3, "127.0.0.1", "agent")
        connection.execute(f"INSERT INTO sessions VALUES ({', '.join('?' * len(values))})", values)
    callboard("backup", "board.bak")

    assert rows("data/board.db", "SELECT count(*) FROM sessions") == [(1,)]
    assert rows("board.bak", "SELECT count(*) FROM sessions") == [(0,)]


def test_a_file_that_is_there_is_left_as_it_is(callboard: Run, furnished_board: None) -> None:
    Path("board.bak").write_text("mine")
    said = callboard("backup", "board.bak")

    assert said.is_one_line
    assert "board.bak is there already" in said.err
    assert Path("board.bak").read_text() == "mine"


def test_the_database_itself_is_no_place_for_its_backup(callboard: Run, furnished_board: None) -> None:
    before = Path("data/board.db").read_bytes()

    assert callboard("backup", "data/board.db").is_one_line
    assert Path("data/board.db").read_bytes() == before


def test_without_a_database_nothing_is_made(callboard: Run) -> None:
    said = callboard("backup", "board.bak")

    assert said.is_one_line
    assert "There is nothing in the database data/board.db" in said.err
    assert [path for path in Path().rglob("*") if path.is_file()] == []


def test_a_place_that_is_none_is_one_line(callboard: Run, furnished_board: None) -> None:
    assert callboard("backup", "nowhere/board.bak").is_one_line


def test_a_full_disk_is_one_line_and_nothing_is_left(callboard: Run, furnished_board: None) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        said = callboard("backup", "board.bak")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert said.is_one_line
    assert "board.bak could not be made: " in said.err
    assert [path.name for path in Path().iterdir()] == ["data"]


def test_d8_beside_whoever_holds_the_database_a_backup_is_made(callboard: Run, furnished_board: None) -> None:
    async def beside() -> Said:
        async with Standalone(URL):
            return await asyncio.to_thread(callboard, "backup", "board.bak")

    assert asyncio.run(beside()).code == 0


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "newer release"),
        ("ALTER TABLE users DROP COLUMN phone", "older release"),
    ],
)
def test_a_database_of_another_release_is_left_to_that(
    callboard: Run, furnished_board: None, statement: str, why: str
) -> None:
    with closing(sqlite3.connect("data/board.db")) as connection, connection:
        connection.execute(statement)
    said = callboard("backup", "board.bak")

    assert said.is_one_line
    assert why in said.err
    assert not Path("board.bak").exists()
    assert not Path("board.bak.part").exists()


def test_a5_a_database_without_the_table_of_a_new_kind_is_backed_up(callboard: Run, furnished_board: None) -> None:
    with closing(sqlite3.connect("data/board.db")) as connection, connection:
        connection.execute("DROP TABLE notes")
    assert callboard("backup", "board.bak").code == 0
    assert rows("board.bak", "SELECT count(*) FROM services") == [(60,)]
