"""The commands of whoever keeps Callboard running, from one database to the other and back."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from commandline import Run, Said
from sqlalchemy import make_url

from events.catalog import Catalog
from server.standalone import Standalone
from stores.database import Database

FIXTURE = Path(__file__).parents[1] / "fixtures" / "repairs.csv"
KINDS = ("sqlite", "postgresql")
BOTH_WAYS = [("sqlite", "postgresql"), ("postgresql", "sqlite"), ("postgresql", "postgresql")]


@pytest.fixture
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """The address of another empty database of a kind, spelt as a host spells it."""

    def new(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path}/another{len(list(tmp_path.iterdir()))}/board.db"
        made = str(request.getfixturevalue("postgres").new_database())
        return made.replace("postgresql+psycopg://", "postgres://")

    return new


@pytest.fixture
def at(callboard: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """The program, with this database."""

    def run(url: str, *words: object, **how: Any) -> Said:
        monkeypatch.setenv("DATABASE_URL", url)
        return callboard(*words, **how)

    return run


@pytest.fixture
def working(new_url: Callable[[str], str], at: Callable[..., Said]) -> Callable[[str], str]:
    """The address of a database of a kind in which people have worked."""

    def new(kind: str) -> str:
        url = new_url(kind)
        assert at(url, "create-tenant", "main", "Main").code == 0
        assert at(url, "create-admin", "ada@example.org", stdin="a password for tests\n").code == 0
        assert at(url, "import", "repairs", FIXTURE).code == 0
        return url

    return new


@pytest.fixture
def held_in(catalog: Catalog) -> Callable[[str], dict[str, list[str]]]:
    """All rows of all tables, as Python has them."""

    def read(url: str) -> dict[str, list[str]]:
        database = Database(url.replace("postgres://", "postgresql+psycopg://"), catalog.record_classes)
        with database.connections.reading() as connection:
            tables = database.metadata.sorted_tables
            rows = {table.name: sorted(map(repr, connection.execute(table.select()))) for table in tables}
        database.close()
        return rows

    return read


@pytest.mark.parametrize(("here", "there"), BOTH_WAYS)
def test_a_backup_of_one_is_restored_into_the_other(
    at: Any, working: Any, new_url: Any, held_in: Any, here: str, there: str
) -> None:
    first, second = working(here), new_url(there)
    assert at(first, "backup", "board.bak").code == 0
    said = at(second, "restore", "board.bak")

    assert said.code == 0
    assert said.out.startswith("Restored 1 tenant, 66 records from board.bak.")
    assert held_in(second) == held_in(first)
    assert "60 unchanged" in at(second, "import", "repairs", FIXTURE).out


@pytest.mark.parametrize(("here", "there"), BOTH_WAYS)
def test_everything_moves_from_one_to_the_other(
    at: Any, working: Any, new_url: Any, held_in: Any, here: str, there: str
) -> None:
    first, second = working(here), new_url(there)
    before = held_in(first)
    said = at(first, "move", second)

    assert said.code == 0
    assert said.out.startswith("Moved 1 tenant, 66 records (")
    scheme = {"sqlite": "sqlite:///", "postgresql": "postgresql://"}[there]
    assert said.out.splitlines()[-1].startswith(f"DATABASE_URL={scheme}")
    assert held_in(second) == before
    assert held_in(first) == before
    assert "60 unchanged" in at(second, "import", "repairs", FIXTURE).out
    assert at(first, "move", second).is_one_line


@pytest.mark.parametrize("kind", KINDS)
def test_d8_while_a_server_runs_nothing_moves_and_nothing_is_replaced(
    at: Any, working: Any, new_url: Any, kind: str
) -> None:
    url, other = working(kind), new_url("sqlite")
    at(url, "backup", "board.bak")

    async def beside() -> list[Said]:
        async with Standalone(url.replace("postgres://", "postgresql+psycopg://")):
            words = (("restore", "board.bak", "--yes"), ("move", other), ("backup", "second.bak"), ("export", "out"))
            return [await asyncio.to_thread(at, url, *each) for each in words]

    restored, moved, backed_up, exported = asyncio.run(beside())
    assert restored.is_one_line
    assert moved.is_one_line
    assert "A server is running on" in restored.err
    assert (backed_up.code, exported.code) == (0, 0)


def test_what_is_replaced_in_postgresql_is_not_kept_so_it_must_be_said(
    at: Any, working: Any, held_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = working("postgresql")
    at(url, "backup", "board.bak")
    at(url, "create-admin", "bob@example.org", stdin="a password for tests\n")
    before = held_in(url)
    monkeypatch.setattr("server.terminal.is_interactive", lambda: True)

    refused = at(url, "restore", "board.bak")
    assert refused.is_one_line
    assert "Nothing of it would be kept: make a backup first, then say --yes." in refused.err
    assert held_in(url) == before
    assert at(url, "restore", "board.bak", "--yes").code == 0
    assert len(held_in(url)["users"]) == 1


def test_a_restore_that_fails_leaves_postgresql_as_it_was(
    at: Any, working: Any, held_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = working("postgresql")
    at(url, "backup", "board.bak")
    at(url, "create-admin", "bob@example.org", stdin="a password for tests\n")
    before = held_in(url)

    def differs(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("server.restore.compare", differs)
    with pytest.raises(RuntimeError):
        at(url, "restore", "board.bak", "--yes")
    assert held_in(url) == before


@pytest.mark.parametrize("kind", KINDS)
def test_the_doctor_looks_at_either(at: Any, working: Any, kind: str) -> None:
    said = at(working(kind), "doctor")

    found = {line[7:].partition(": ")[0]: line for line in said.out.splitlines()}
    name = {"sqlite": "SQLite 3.", "postgresql": "PostgreSQL 1"}[kind]
    assert found["database"].startswith(f"ok     database: {name}")
    for check in ("schema", "journal", "server", "clock"):
        assert found[check].startswith("ok "), found[check]
    assert ("wal" in found) == (kind == "sqlite")


def test_r5_no_password_of_a_database_is_shown(at: Any, working: Any, new_url: Any) -> None:
    """That of the tests asks for none: any will do."""
    url = make_url(new_url("postgresql").replace("postgres://", "postgresql://")).set(password="canary")
    secret = url.render_as_string(hide_password=False)
    said = [
        at(working("sqlite"), "move", secret), at(secret, "doctor"), at(secret, "backup", "board.bak"),
        at(secret, "restore", "board.bak"), at(secret, "migrate"), at(secret, "export", "out"),
        at(secret.replace("/board", "/nowhere"), "doctor"), at(secret.replace("/board", "/nowhere"), "backup", "none.bak"),
    ]  # fmt: skip

    everything = "".join(each.out + each.err for each in said)
    assert "***" in everything
    assert "canary" not in everything


def test_an_export_of_one_equals_that_of_the_other(at: Any, working: Any, new_url: Any) -> None:
    first, second = working("sqlite"), new_url("postgresql")
    at(first, "move", second)
    assert at(first, "export", "one").code == 0
    assert at(second, "export", "two").code == 0

    files = sorted(path.relative_to("one") for path in Path("one").rglob("*.*"))
    assert len(files) == 16
    assert [Path("one", each).read_bytes() for each in files] == [Path("two", each).read_bytes() for each in files]
