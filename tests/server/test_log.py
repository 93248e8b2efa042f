"""How a line of the log looks, and that it holds no values of variables (R5)."""

import json
import logging

import pytest

from server.log import configure
from server.settings import Settings

pytestmark = pytest.mark.usefixtures("own_log")


def breaks(password: str) -> None:
    try:
        len(password) / 0
    except ZeroDivisionError:
        logging.getLogger("callboard.test").exception("it broke")


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_r5_a_traceback_shows_no_values(log_format: str, capsys: pytest.CaptureFixture[str]):
    configure(Settings.read(log_format=log_format))
    breaks(password="canary")
    told = capsys.readouterr().err
    assert "it broke" in told
    assert "ZeroDivisionError" in told
    assert '"canary"' not in told.replace('password="canary"', "")
    assert "'canary'" not in told


def test_json_is_one_line_an_event(capsys: pytest.CaptureFixture[str]):
    configure(Settings.read(log_format="json"))
    logging.getLogger("callboard.test").info("said %s", "so")
    [line] = capsys.readouterr().err.splitlines()
    told = json.loads(line)
    assert (told["event"], told["level"], told["logger"]) == ("said so", "info", "callboard.test")


def test_what_is_below_the_level_is_not_written(capsys: pytest.CaptureFixture[str]):
    configure(Settings.read(log_level="warning"))
    logging.getLogger("callboard.test").info("quietly")
    logging.getLogger("engineio").warning("aloud")
    told = capsys.readouterr().err
    assert "quietly" not in told
    assert "aloud" in told


def test_libraries_that_print_packets_are_quiet(capsys: pytest.CaptureFixture[str]):
    configure(Settings.read(log_level="debug"))
    logging.getLogger("engineio").info("a packet with a token")
    assert "token" not in capsys.readouterr().err
