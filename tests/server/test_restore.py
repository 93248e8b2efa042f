"""`callboard restore`, as whoever keeps the machine uses it."""

import asyncio
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from commandline import Run, Said

from server.standalone import Standalone

FIXTURE = Path(__file__).parents[1] / "fixtures" / "repairs.csv"
URL = "sqlite:///data/board.db"


def services(path: str | Path = "data/board.db") -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM services").fetchone()[0])


def kept() -> list[Path]:
    return sorted(Path("data").glob("board.db.before-restore-*"))


def data() -> list[str]:
    return sorted(path.name for path in Path("data").iterdir() if not path.name.endswith(".lock"))


@pytest.fixture
def backed_up(callboard: Run, main_tenant: None) -> None:
    """A backup with an admin, and a database that has gone on since."""
    callboard("create-admin", "ada@example.org", stdin="a password for tests\n")
    callboard("backup", "board.bak")
    callboard("import", "repairs", FIXTURE)
    assert services() == 60


def test_a_database_that_is_not_empty_is_not_replaced_unasked(callboard: Run, backed_up: None) -> None:
    said = callboard("restore", "board.bak")

    assert said.is_one_line
    assert "data/board.db holds 1 tenant, 66 records. Replace it by the backup (1 tenant, 1 record)?" in said.err
    assert "--yes" in said.err
    assert services() == 60
    assert data() == ["board.db"]


def test_what_is_replaced_is_kept_beside_it(callboard: Run, backed_up: None) -> None:
    said = callboard("restore", "board.bak", "--yes")

    assert said.code == 0
    assert said.out.startswith("Restored 1 tenant, 1 record from board.bak.\n  main (Main) at 1, ")
    assert services() == 0
    (before,) = kept()
    assert services(before) == 60
    assert f"kept as {before}." in said.out
    assert Path("board.bak").exists()


def test_at_a_terminal_one_is_asked(callboard: Run, backed_up: None, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answers(answer: bool) -> None:
        monkeypatch.setattr("server.terminal.typer.confirm", lambda question: asked.append(question) or answer)
        monkeypatch.setattr("server.terminal.is_interactive", lambda: True)

    answers(False)
    no = callboard("restore", "board.bak")
    assert no.is_one_line
    assert "Nothing has been done." in no.err
    assert services() == 60
    answers(True)
    assert callboard("restore", "board.bak").code == 0
    assert services() == 0
    assert len(asked) == 2


def test_into_nothing_it_goes_without_asking(callboard: Run, backed_up: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///elsewhere/new.db")
    said = callboard("restore", "board.bak")

    assert said.code == 0
    assert "kept" not in said.out
    assert services("elsewhere/new.db") == 0
    assert callboard("create-tenant", "two", "Two").code == 0


def test_a_database_in_which_nobody_has_worked_yet_is_replaced_without_asking(callboard: Run, backed_up: None) -> None:
    Path("data/board.db").unlink()
    callboard("migrate")
    assert callboard("restore", "board.bak").code == 0


def test_everybody_has_to_sign_in_anew(callboard: Run, backed_up: None) -> None:
    """Also out of a copy of the database itself, in which people are signed in."""
    with closing(sqlite3.connect("data/board.db")) as connection, connection:
        values = ("s1", "0" * 64, "t", "u", 0, *["2026-11-20T12:00:00.000000Z"] * 3, "127.0.0.1", "agent")
        connection.execute(f"INSERT INTO sessions VALUES ({', '.join('?' * len(values))})", values)
    Path("copy.db").write_bytes(Path("data/board.db").read_bytes())

    assert callboard("restore", "copy.db", "--yes").code == 0
    with closing(sqlite3.connect("data/board.db")) as connection:
        assert connection.execute("SELECT count(*) FROM sessions").fetchone() == (0,)
    assert services() == 60


def test_d8_while_a_server_runs_nothing_is_replaced(callboard: Run, backed_up: None) -> None:
    async def beside() -> Said:
        async with Standalone(URL):
            return await asyncio.to_thread(callboard, "restore", "board.bak", "--yes")

    said = asyncio.run(beside())
    assert said.is_one_line
    assert "A server is running on data/board.db" in said.err
    assert "Stop it first." in said.err
    assert services() == 60
    assert kept() == []


def test_what_is_no_backup_leaves_everything_as_it_was(callboard: Run, backed_up: None) -> None:
    Path("board.bak").write_text("not a database, " * 100)
    said = callboard("restore", "board.bak", "--yes")

    assert said.is_one_line
    assert "board.bak is no backup of Callboard." in said.err
    assert services() == 60
    assert data() == ["board.db"]


def test_a_database_that_cannot_be_read_is_no_obstacle(callboard: Run, backed_up: None) -> None:
    """It is the very reason to restore."""
    content = bytearray(Path("data/board.db").read_bytes())
    content[100:] = os.urandom(len(content) - 100)
    Path("data/board.db").write_bytes(content)

    asked = callboard("restore", "board.bak")
    assert asked.is_one_line
    assert "data/board.db cannot be read. Replace it by the backup" in asked.err
    assert callboard("restore", "board.bak", "--yes").code == 0
    assert services() == 0
    (before,) = kept()
    assert before.read_bytes() == bytes(content)


def test_a_backup_of_an_older_release_is_brought_up(callboard: Run, backed_up: None) -> None:
    with closing(sqlite3.connect("board.bak")) as connection, connection:
        connection.execute("DROP TABLE notes")

    assert callboard("restore", "board.bak", "--yes").code == 0
    assert "is up to date already" in callboard("migrate").out


def test_where_it_cannot_be_put_everything_stays(
    callboard: Run, backed_up: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("server.restore.put_in_place", full)
    said = callboard("restore", "board.bak", "--yes")
    assert said.is_one_line
    assert "No space left on device" in said.err
    assert services() == 60
    assert data() == ["board.db"]
