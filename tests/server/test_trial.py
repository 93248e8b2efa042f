"""`callboard torture` hands everything on to the checker, and its exit code back."""

import subprocess
import sys
from pathlib import Path

import pytest

CALLBOARD = Path(sys.executable).with_name("callboard")


@pytest.mark.parametrize(("arguments", "code", "said"), [(["--help"], 0, "--replay"), (["--weather", "x"], 2, "calm")])
def test_the_checker_answers_for_itself(arguments: list[str], code: int, said: str, tmp_path: Path):
    ended = subprocess.run(
        [CALLBOARD, "torture", *arguments], capture_output=True, text=True, check=False, cwd=tmp_path, timeout=60
    )
    assert ended.returncode == code
    assert said in ended.stdout + ended.stderr
