"""Databases are named without their secrets; their servers are found, and nobody else in their place."""

import os
from pathlib import Path

import pytest

from server.control import AskedInVainError, is_listening
from server.places import control_socket, make_own, own_folder, shown

SECRETS = "postgresql://ada:canary@db.example:5433/board?sslmode=require&password=canary&sslpassword=canary"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for sockets lies here, and is not made yet."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("url", "seen"),
    [
        ("sqlite:///data/board.db", "data/board.db"),
        ("sqlite:////var/data/board.db", "/var/data/board.db"),
        (SECRETS, "postgresql://ada:***@db.example:5433/board?sslmode=require"),
        ("postgresql://db.example/board", "postgresql://db.example/board"),
    ],
)
def test_r5_a_database_is_shown_without_its_secrets(url: str, seen: str) -> None:
    assert shown(url) == seen


def test_d8_the_socket_of_a_file_is_beside_it() -> None:
    assert control_socket("sqlite:///data/board.db") == Path("data/board.db.sock")


def test_d8_the_socket_of_another_database_is_in_a_folder_of_ones_own(temporary: Path) -> None:
    place = control_socket(SECRETS)

    assert place.parent == temporary / f"callboard-{os.getuid()}"
    assert place == control_socket(SECRETS.replace("canary", "other"))
    assert place != control_socket(SECRETS.replace("/board", "/other"))
    assert len(str(place.name)) < 30


def test_the_folder_is_its_owners_alone_and_may_be_there_already(temporary: Path) -> None:
    make_own(own_folder())
    make_own(own_folder())
    assert own_folder().stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("squat", ["open", "link"])
async def test_nobody_is_asked_in_our_servers_place(temporary: Path, squat: str) -> None:
    if squat == "open":
        own_folder().mkdir(mode=0o777)
        own_folder().chmod(0o777)
    else:
        (temporary / "theirs").mkdir(mode=0o700)
        own_folder().symlink_to(temporary / "theirs")
    with pytest.raises(PermissionError):
        make_own(own_folder())
    with pytest.raises(AskedInVainError):
        await is_listening(control_socket(SECRETS))
