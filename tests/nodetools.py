"""The Node programs of `tools/`: skipped, loudly, only where Node itself is missing."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOOLS = ROOT / "tools"
PATIENCE = 120

needs_node = pytest.mark.skipif(
    shutil.which("node") is None, reason="NODE IS MISSING: the descriptions and types were NOT checked"
)


def node(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run a program of `tools/`."""
    assert (TOOLS / "node_modules").is_dir(), "run `make test`, which installs the tools"
    return subprocess.run(["node", *words], cwd=TOOLS, input=given, capture_output=True, timeout=PATIENCE, check=False)
