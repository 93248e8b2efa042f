"""The load's own parts, tested in their own language."""

import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.parametrize("name", ["frames.mjs"])
def test_the_parts_of_the_load(name):
    done = subprocess.run(["node", "--test", HERE / name], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout
    assert "# pass 0" not in done.stdout
