"""What commands show and ask at a terminal."""

import io
import sys

import pytest
from rich.console import Console

from server import terminal
from server.control import AskedInVainError
from server.terminal import Bar, confirm, new_password


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Somebody at the terminal, who answers with these, the last one first."""
    answers: list[str] = []
    monkeypatch.setattr(terminal, "is_interactive", lambda: True)
    monkeypatch.setattr(terminal.typer, "prompt", lambda *_, **__: answers.pop())
    monkeypatch.setattr(terminal.typer, "confirm", lambda _: answers.pop() == "y")
    return answers


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("from a pipe\nmore"))


def test_a_bar_goes_to_standard_error_and_only_at_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def done() -> tuple[str, str]:
        with Bar("rows") as bar:
            bar.begin(10)
            bar.advance(10)
        return tuple(capsys.readouterr())  # type: ignore[return-value]  # out and err

    assert done() == ("", "")
    monkeypatch.setattr(terminal, "Console", lambda **how: Console(force_terminal=True, **how))
    out, err = done()
    assert out == ""
    assert "rows" in err
    assert "10/10" in err


def test_yes_is_not_asked_again(nobody: None) -> None:
    confirm("Replace it?", yes=True)


def test_where_nobody_is_there_yes_has_to_be_said_beforehand(nobody: None) -> None:
    with pytest.raises(AskedInVainError, match=r"Replace it\? Say --yes if so\."):
        confirm("Replace it?", yes=False)


def test_somebody_is_asked(somebody: list[str]) -> None:
    somebody += ["n", "y"]
    confirm("Replace it?", yes=False)
    with pytest.raises(AskedInVainError, match="Nothing has been done"):
        confirm("Replace it?", yes=False)


def test_a_password_comes_from_the_environment_first(somebody: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_PASSWORD", "from the environment")
    assert new_password("A_PASSWORD") == "from the environment"


def test_a_password_is_asked_for(somebody: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("A_PASSWORD", raising=False)
    somebody.append("typed")
    assert new_password("A_PASSWORD") == "typed"


def test_a_password_is_one_line_of_a_pipe(nobody: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("A_PASSWORD", raising=False)
    assert new_password("A_PASSWORD") == "from a pipe"
