"""The checker as a whole, shortened: every kind of weather for a few seconds, a fixed seed, and no promise broken. That each
check complains where it should is told in the file of its name.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from torture.run import Torment, Verdict, Wish

SECONDS, PEOPLE, SEED = 12.0, 16, "callboard"


async def torment(folder: Path, weather: str, seed: str = SEED) -> Verdict:
    return await Torment(Wish(SECONDS, seed, PEOPLE, weather, folder), lambda _: None).run()


async def test_no_promise_is_broken_in_any_weather(tmp_path: Path):
    verdict = await torment(tmp_path, "everything")
    assert [str(each) for each in verdict.complaints] == []
    if os.environ.get("CI") == "true":
        assert not verdict.left_out
    assert set(verdict.checks) == {f"C{number}" for number in range(1, 10)}
    assert all(seen for _, seen in verdict.checks.values()), "a check that looked at nothing holds nobody to anything"
    assert verdict.tally.gusts, "nothing went wrong at all"
    assert len(verdict.tally.doors) == 5, "not every door was opened"


def test_a_folder_that_holds_something_is_not_used(tmp_path: Path):
    (tmp_path / "history-0000.jsonl").touch()
    program = [sys.executable, "-m", "torture", "--folder", str(tmp_path)]
    ended = subprocess.run(program, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 2
    # In a frame as wide as the terminal, which may break the line anywhere.
    assert "is not empty" in " ".join(ended.stderr.replace("│", " ").split())
    assert [path.name for path in tmp_path.iterdir()] == ["history-0000.jsonl"]


@pytest.mark.parametrize(
    "arguments", [["--weather", "sunshine"], ["--weather", "database"], ["--replay", "no-such-file"]]
)
def test_what_cannot_be_done_is_said_in_a_line(arguments: list[str], tmp_path: Path):
    program = [sys.executable, "-m", "torture", "--folder", str(tmp_path), *arguments]
    ended = subprocess.run(program, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
