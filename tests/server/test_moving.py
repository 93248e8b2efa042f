"""`callboard move`, as whoever keeps the machine uses it."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from commandline import Run, Said

from server.standalone import Standalone
from stores import copying

FIXTURE = Path(__file__).parents[1] / "fixtures" / "repairs.csv"
URL, OTHER = "sqlite:///data/board.db", "sqlite:///other/board.db"


@pytest.fixture
def at_work(callboard: Run, main_tenant: None) -> None:
    callboard("create-admin", "ada@example.org", stdin="a password for tests\n")
    callboard("import", "repairs", FIXTURE)
    with closing(sqlite3.connect("data/board.db")) as connection, connection:
        values = ("s1", "0" * 64, "t", "u", 0, *["2026-11-20T12:00:00.000000Z"] * 3, "127.0.0.1", "agent")
        connection.execute(f"INSERT INTO sessions VALUES ({', '.join('?' * len(values))})", values)


def everything(path: str) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in names}


def test_everything_moves_and_who_is_signed_in_stays_so(callboard: Run, at_work: None) -> None:
    before = everything("data/board.db")
    said = callboard("move", OTHER)

    assert said.code == 0
    first, _, *last = said.out.splitlines()
    rows = sum(len(found) for name, found in before.items() if name != "alembic_version")
    assert first == f"Moved 1 tenant, 66 records ({rows} rows), compared row by row."
    assert last == ["data/board.db is left as it is. From now on set:", f"DATABASE_URL={OTHER}"]
    assert everything("other/board.db") == before
    assert everything("data/board.db") == before
    assert len(before["sessions"]) == 1


def test_a_database_that_is_not_empty_is_never_mixed_with_another(callboard: Run, at_work: None) -> None:
    assert callboard("move", OTHER).code == 0
    again = callboard("move", OTHER)

    assert again.is_one_line
    assert "other/board.db is not empty" in again.err


def test_an_empty_database_whose_tables_are_made_is_empty(
    callboard: Run, at_work: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", OTHER)
    callboard("migrate")
    monkeypatch.setenv("DATABASE_URL", URL)

    assert callboard("move", OTHER).code == 0


@pytest.mark.parametrize("url", [URL, "sqlite:///data/../data/board.db"])
def test_it_does_not_move_onto_itself(callboard: Run, at_work: None, url: str) -> None:
    before = everything("data/board.db")

    assert callboard("move", url).is_one_line
    assert everything("data/board.db") == before


@pytest.mark.parametrize("held", [URL, OTHER])
def test_d8_while_a_server_runs_on_either_nothing_moves(callboard: Run, at_work: None, held: str) -> None:
    async def beside() -> Said:
        async with Standalone(held):
            return await asyncio.to_thread(callboard, "move", OTHER)

    said = asyncio.run(beside())
    assert said.is_one_line
    assert f"A server is running on {held.removeprefix('sqlite:///')}" in said.err


def test_what_does_not_arrive_as_it_was_is_not_kept(
    callboard: Run, at_work: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other_pages(connection, table):  # type: ignore[no-untyped-def]  # as the one it stands for
        for page in real(connection, table):
            yield page[:-1] if table.name == "services" and "other" in str(connection.engine.url) else page

    real = copying._pages
    monkeypatch.setattr(copying, "_pages", other_pages)
    said = callboard("move", OTHER)

    assert said.is_one_line
    assert "Nothing has been done: services did not arrive as it was" in said.err
    assert everything("other/board.db")["services"] == []


def test_an_address_that_is_none_is_one_line(callboard: Run, at_work: None) -> None:
    assert callboard("move", "mysql://nowhere").is_one_line


def test_nothing_moves_out_of_nothing(callboard: Run) -> None:
    said = callboard("move", OTHER)
    assert said.is_one_line
    assert "There is nothing in the database data/board.db" in said.err
