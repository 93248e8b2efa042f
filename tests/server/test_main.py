"""The program `callboard`, as somebody at a terminal sees it."""

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest
from commandline import Run, Said

from events.actor import SYSTEM
from events.passwords import matches
from server import __main__ as program
from server.control import Control
from server.places import control_socket
from server.standalone import Standalone

FIXTURE = Path(__file__).parents[1] / "fixtures" / "repairs.csv"
PASSWORD = "a password for tests"


def users_of(url: str = "sqlite:///data/board.db") -> list[Any]:
    async def read() -> list[Any]:
        async with Standalone(url) as opened:
            return list(opened.desk_of_slug("main").stores["users"].all())

    return asyncio.run(read())


@pytest.mark.parametrize(
    "command",
    [
        "serve", "migrate", "create-tenant", "create-admin", "reset-password", "import", "import repairs", "watch", "why",
        "demo", "backup", "restore", "move", "export", "doctor", "",
    ],
)  # fmt: skip
def test_every_command_explains_itself(callboard: Run, command: str) -> None:
    said = callboard(*command.split(), "--help")

    assert said.code == 0
    assert "Usage: callboard" in said.out


def test_no_command_takes_a_password(callboard: Run) -> None:
    assert "PASSWORD" not in callboard("create-admin", "--help").out.split("Options:")[1]
    assert callboard("create-admin", "a@b.c", "--password", PASSWORD).code == 2


def test_migrate_says_what_it_did(callboard: Run) -> None:
    first, second = callboard("migrate"), callboard("migrate")

    assert "Made the table calls." in first.out.splitlines()
    assert first.out.endswith("data/board.db is up to date.\n")
    assert second.out == "data/board.db is up to date already.\n"


def test_a_tenant_is_made_once(callboard: Run) -> None:
    assert "Made the tenant main (Main Street)" in callboard("create-tenant", "main", "Main Street").out

    again = callboard("create-tenant", "main", "Again")
    assert again.is_one_line
    assert "There is a tenant main already." in again.err


def test_an_admins_password_comes_from_standard_input(callboard: Run, main_tenant: None) -> None:
    said = callboard("create-admin", "ada@example.org", "--name", "Ada", stdin=PASSWORD + "\n")

    assert said.out == "Made Ada <ada@example.org> an admin of main.\n"
    (ada,) = users_of()
    assert (ada.role, ada.must_change_password) == ("admin", False)


def test_an_admins_password_comes_from_the_environment(
    callboard: Run, main_tenant: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALLBOARD_ADMIN_PASSWORD", PASSWORD)

    assert callboard("create-admin", "ada@example.org").code == 0
    assert [user.display_name for user in users_of()] == ["ada"]


@pytest.mark.parametrize(
    ("words", "stdin", "reason"),
    [
        (("a@b.c",), "short", "password must have 10 to 128 characters"),
        (("a@b.c",), "", "password must have 10 to 128 characters"),
        (("a@b.c",), "1234567890", "password is one of the commonest passwords"),
        (("nobody",), PASSWORD, "email must be an e-mail address"),
        (("a@b.c", "--tenant", "other"), PASSWORD, "There is no tenant other."),
    ],
)
def test_an_admin_that_cannot_be_made_is_one_line(
    callboard: Run, main_tenant: None, words: tuple[str, ...], stdin: str, reason: str
) -> None:
    said = callboard("create-admin", *words, stdin=stdin)

    assert said.is_one_line
    assert reason in said.err
    assert not stdin or stdin not in said.err


def test_a_password_is_reset_by_whoever_has_the_machine(callboard: Run, main_tenant: None) -> None:
    callboard("create-admin", "ada@example.org", "--name", "Ada", stdin=PASSWORD + "\n")
    (before,) = users_of()

    said = callboard("reset-password", "ADA@example.org", stdin="another for tests\n")

    assert said.out == "Ada <ada@example.org> has a new password and is signed out everywhere.\n"
    (ada,) = users_of()
    assert matches("another for tests", ada.password_hash)
    assert ada.session_epoch == before.session_epoch + 1
    assert ada.must_change_password


def test_a_new_password_comes_from_the_environment_by_a_name_of_its_own(
    callboard: Run, main_tenant: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CALLBOARD_ADMIN_PASSWORD may be set for good, for the first start: nobody means that one here."""
    callboard("create-admin", "ada@example.org", stdin=PASSWORD + "\n")
    monkeypatch.setenv("CALLBOARD_ADMIN_PASSWORD", "the first one of all")
    monkeypatch.setenv("CALLBOARD_NEW_PASSWORD", "another for tests")

    assert callboard("reset-password", "ada@example.org").code == 0
    assert matches("another for tests", users_of()[0].password_hash)


def test_a_deactivated_user_gets_a_password_and_it_is_said_that_he_cannot_use_it(
    callboard: Run, main_tenant: None
) -> None:
    for name in ("ada", "bob"):
        callboard("create-admin", f"{name}@example.org", stdin=PASSWORD + "\n")
    bob = next(user for user in users_of() if user.display_name == "bob")

    async def deactivate() -> None:
        async with Standalone("sqlite:///data/board.db") as opened:
            await opened.desk_of_slug("main").do(SYSTEM, "deactivate_user", bob.id)

    asyncio.run(deactivate())
    said = callboard("reset-password", "bob@example.org", stdin="another for tests\n")

    assert said.code == 0
    assert "He is deactivated" in said.out


@pytest.mark.parametrize(
    ("words", "stdin", "reason"),
    [
        (("ada@example.org",), "short", "password must have 10 to 128 characters"),
        (("ada@example.org",), "ada@example.org", "password must not be a name"),
        (("nobody@example.org",), "another for tests", "There is no user nobody@example.org in main."),
        (("ada@example.org", "--tenant", "other"), "another for tests", "There is no tenant other."),
    ],
)
def test_a_password_that_cannot_be_reset_is_one_line(
    callboard: Run, main_tenant: None, words: tuple[str, ...], stdin: str, reason: str
) -> None:
    callboard("create-admin", "ada@example.org", stdin=PASSWORD + "\n")
    said = callboard("reset-password", *words, stdin=stdin)

    assert said.is_one_line
    assert reason in said.err
    assert matches(PASSWORD, users_of()[0].password_hash)


def test_repairs_come_in_once(callboard: Run, main_tenant: None) -> None:
    first, second = (callboard("import", "repairs", str(FIXTURE)) for _ in range(2))

    assert first.out.startswith("60 rows in ")
    assert first.out.endswith(" s: 60 imported, 0 unchanged, 0 refused; 5 categories made.\n")
    assert second.out.endswith(" s: 0 imported, 60 unchanged, 0 refused; 0 categories made.\n")


def test_refused_rows_are_listed_by_line(callboard: Run, main_tenant: None, tmp_path: Path) -> None:
    lines = FIXTURE.read_text().splitlines()
    lines[4] = lines[4].replace(",20", ",19/20")
    (tmp_path / "bad.csv").write_text("\n".join([*lines, "too,few"]))

    said = callboard("import", "repairs", "bad.csv")

    assert said.code == 0
    assert said.out.splitlines()[0] == "line 5: event_date: must be a day such as 2026-11-20"
    assert said.out.splitlines()[1] == "line 62: has 2 fields, the header has 11"
    assert "59 imported, 0 unchanged, 2 refused" in said.out


@pytest.mark.parametrize("file", ["missing.csv", "data", "data/board.db"])
def test_a_file_that_is_none_is_one_line(callboard: Run, main_tenant: None, file: str) -> None:
    assert callboard("import", "repairs", file).is_one_line


def test_a_tenant_that_is_not_there_is_one_line(callboard: Run) -> None:
    said = callboard("import", "repairs", str(FIXTURE))

    assert said.is_one_line
    assert "There is no tenant main." in said.err


def test_a_wrong_setting_is_one_line(callboard: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://nowhere")

    for command in ("serve", "migrate", "demo"):
        said = callboard(command)
        assert said.is_one_line
        assert "DATABASE_URL" in said.err


def test_a_file_that_is_no_database_is_one_line(callboard: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "board.db").write_text("not a database, " * 100)

    assert callboard("migrate").is_one_line
    assert callboard("create-tenant", "main", "Main").is_one_line


def test_d8_with_a_server_running_it_is_asked_and_migrate_says_who_is_there(callboard: Run, main_tenant: None) -> None:
    """The server runs in this test's loop, the program in a thread beside it."""

    async def beside_a_server() -> tuple[Said, Said]:
        async with Standalone("sqlite:///data/board.db") as opened:
            door = Control(control_socket("sqlite:///data/board.db"), opened)
            await door.start()
            asked = await asyncio.to_thread(callboard, "import", "repairs", str(FIXTURE))
            migrated = await asyncio.to_thread(callboard, "migrate")
            await door.stop()
            assert len(opened.desk_of_slug("main").stores["services"]) == 60
            return asked, migrated

    asked, migrated = asyncio.run(beside_a_server())
    assert "60 imported" in asked.out
    assert migrated.is_one_line
    assert "Another program is at work on this database" in migrated.err


def last_cursor(url: str = "sqlite:///data/board.db") -> str:
    async def read() -> str:
        async with Standalone(url) as opened:
            journal = opened.desk_of_slug("main").journal
            return journal.cursor(journal.head)

    return asyncio.run(read())


def test_why_says_who_hears_an_event(callboard: Run, main_tenant: None) -> None:
    callboard("create-admin", "ada@example.org", "--name", "Ada", stdin=PASSWORD + "\n")
    said = callboard("why", last_cursor(), "ada@example.org")

    assert said.code == 0
    assert said.out.startswith("user_created  ")
    assert "Ada hears it: he holds member, and so do those who may read this user." in said.out.splitlines()
    assert "Users are told to a member of the team." in said.out


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("nope", "ada@example.org"), "There is no event at nope."),
        (("nope", "ada@example.org", "--tenant", "other"), "There is no tenant other."),
    ],
)
def test_why_of_nothing_is_one_line(callboard: Run, main_tenant: None, words: tuple[str, ...], reason: str) -> None:
    said = callboard("why", *words)
    assert said.is_one_line
    assert reason in said.err


def test_watch_needs_a_server(callboard: Run, main_tenant: None) -> None:
    said = callboard("watch")
    assert said.is_one_line
    assert "No server runs on this database" in said.err


def test_watch_shows_a_line_for_each_event_until_the_server_ends(
    callboard: Run, main_tenant: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server runs in this test's loop, the program in a thread beside it."""
    all_have_come, line_of = threading.Event(), program.line_of

    def counted(event: Any) -> Any:
        if event["resource"] == "categories":
            all_have_come.set()
        return line_of(event)

    monkeypatch.setattr(program, "line_of", counted)

    async def beside_a_server() -> Said:
        async with Standalone("sqlite:///data/board.db") as opened:
            desk = opened.desk_of_slug("main")
            door = Control(control_socket("sqlite:///data/board.db"), opened)
            await door.start()
            since = desk.journal.cursor(desk.journal.head)
            for name in ("Ms. Gray", "Mr. Brown"):
                await desk.do(SYSTEM, "create_customer", name=name)
            await desk.do(SYSTEM, "create_category", name="Hot [water]", colour="#868e96")
            watching = asyncio.create_task(
                asyncio.to_thread(callboard, "watch", "--since", since, "--resources", "customers,categories")
            )
            assert await asyncio.to_thread(all_have_come.wait, 20)
            await door.stop()
            return await watching

    said = asyncio.run(beside_a_server())
    lines = said.out.splitlines()
    assert [line[9:].rpartition("  ")[0] for line in lines] == [
        "Callboard  create_customer  customers 1 Ms. Gray", "Callboard  create_customer  customers 2 Mr. Brown",
        "Callboard  create_category  categories 1 Hot [water]",
    ]  # fmt: skip
    assert said.code == 1
    assert said.err == "callboard: The server has gone.\n"


def test_the_demo_does_not_touch_a_database_of_the_same_name(
    callboard: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///data/demo.db")
    assert callboard("create-tenant", "main", "Main").code == 0
    before = (tmp_path / "data" / "demo.db").read_bytes()

    assert callboard("demo").is_one_line
    assert (tmp_path / "data" / "demo.db").read_bytes() == before
