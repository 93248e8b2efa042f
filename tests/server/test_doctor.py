"""`callboard doctor`, as whoever keeps the machine uses it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from commandline import Run
from rich.console import Console

from server import doctor
from server.doctor import CHECKS, examine, told
from server.finding import Finding, wrong
from stores.errors import Unreachable

OF_POSTGRESQL = {"commit"}

SECRETS = {
    "METRICS_TOKEN": "canary-token", "CALLBOARD_ADMIN_PASSWORD": "canary-password", "CALLBOARD_TENANT": "Main",
    "CALLBOARD_ADMIN_EMAIL": "ada@example.org",
}  # fmt: skip


@pytest.fixture
def well(callboard: Run, main_tenant: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which nothing is to be mended, whatever the tests run on."""
    monkeypatch.setenv("MAX_CONNECTIONS", "10")
    monkeypatch.setattr("server.doctor_machine._kind_of", lambda _: "ext4")
    monkeypatch.setattr("server.doctor_machine._synced", lambda _: [0.001])
    before = os.umask(0o077)
    for path in (Path("data/board.db"), Path("data/board.db.lock")):
        path.chmod(0o600)
    yield
    os.umask(before)


def lines(text: str) -> dict[str, str]:
    """What was found, by the name of the check."""
    return {line[7:].partition(": ")[0]: line for line in text.splitlines()}


def test_a_machine_that_is_well_has_nothing_to_mend(callboard: Run, well: None) -> None:
    said = callboard("doctor")

    assert said.code == 0
    found = lines(said.out)
    assert {*CHECKS, "settings"} - OF_POSTGRESQL == found.keys()
    assert [line for line in found.values() if not line.startswith("ok ")] == []
    assert "->" not in said.out


def test_what_is_wrong_makes_the_exit_code_one_and_the_other_checks_go_on(
    callboard: Run, well: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(doctor.CHECKS, "disk", lambda _: wrong("nothing free", "Make room."))  # type: ignore[arg-type]
    said = callboard("doctor")

    assert said.code == 1
    assert "wrong  disk: nothing free  ->  Make room." in said.out.splitlines()
    assert lines(said.out)["board"]


@pytest.mark.parametrize("error", [Unreachable("it is gone"), OSError(13, "Permission denied")])
def test_a_check_that_fails_is_a_finding(
    callboard: Run, well: None, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fails(_: object) -> Finding:
        raise error

    monkeypatch.setitem(doctor.CHECKS, "wal", fails)  # type: ignore[arg-type]
    found = lines(callboard("doctor").out)
    assert found["wal"].startswith("warn   wal: could not be looked at: ")
    assert found.keys() == {*CHECKS, "settings"} - OF_POSTGRESQL


def test_settings_that_cannot_be_read_are_wrong(callboard: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "many")
    said = callboard("doctor")

    assert said.code == 1
    assert said.out.startswith("wrong  settings: PORT: ")
    assert "many" not in said.out


def test_settings_are_told_by_name(callboard: Run, well: None) -> None:
    Path(".env").write_text("SESSION_DAYS=7\n")
    Path(".env").chmod(0o600)
    assert lines(callboard("doctor").out)["settings"].startswith(
        "ok     settings: set: DATABASE_URL, MAX_CONNECTIONS, SESSION_DAYS;"
    )


def test_a_misspelt_setting_is_found(callboard: Run, well: None) -> None:
    Path(".env").write_text("TRUSTED_PROXY=canary\nMY_OWN_THING=canary\n")
    Path(".env").chmod(0o600)
    said = callboard("doctor").out

    assert "TRUSTED_PROXY (perhaps TRUSTED_PROXIES)" in said
    assert "MY_OWN_THING" not in said
    assert "canary" not in said


def test_a_place_for_the_database_that_is_none_is_wrong(callboard: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("data").write_text("no folder")
    said = callboard("doctor")

    assert said.code == 1
    assert lines(said.out)["database"].startswith("wrong  database: ")


def test_r5_no_secret_is_shown(callboard: Run, well: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    Path(".env").write_text("CALLBOARD_NEW_PASSWORD=canary-new\nMETRICS_TOKENS=canary-misspelt\n")
    said = callboard("doctor")

    assert "METRICS_TOKEN" in said.out
    assert "canary" not in said.out + said.err
    assert "ada@example.org" not in said.out


def test_at_a_terminal_it_is_a_table(
    callboard: Run, well: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor, "Console", lambda **how: Console(force_terminal=True, width=200, **how))
    told([("disk", wrong("[bold] is no markup", "Make room."))])

    shown = capsys.readouterr().out
    assert "┃" in shown
    assert "[bold] is no markup" in shown


def test_nothing_is_changed(callboard: Run, well: None) -> None:
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    examine()
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before


def test_where_nothing_is_yet_nothing_is_made(callboard: Run) -> None:
    said = callboard("doctor")

    assert "there is none at" in lines(said.out)["database"]
    assert [path for path in Path().rglob("*") if path.is_file()] == []
