"""What a run ran on: the machine, the versions of everything, and the commit."""

import json
import os
import platform
import sqlite3
import subprocess
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
OURS = ("python-socketio", "python-engineio", "aiohttp", "uvloop", "orjson", "sqlalchemy", "pydantic")


def machine() -> str:
    """Cores, processor, memory, kernel."""
    cores, gib = os.cpu_count(), os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return f"{cores} cores, {_processor()}, {gib:.0f} GiB, {platform.system()} {platform.release()}"


def commit() -> str:
    """The commit, and whether files were changed since."""
    changed = _said("git", "status", "--porcelain", "--untracked-files=no")
    return (_said("git", "rev-parse", "--short", "HEAD") or "unknown") + (" with changes" if changed else "")


def versions() -> list[str]:
    """One line for each: ours, the load (its Node also runs the peers), the peers as their folders pin them."""
    ours = ", ".join(f"{name} {version(name)}" for name in OURS)
    python = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return [f"callboard: {python}, {ours}", f"load: Node {_said('node', '--version')}", *_peers()]


def _peers() -> Iterator[str]:
    for folder in sorted((HERE / "peers").iterdir()):
        pinned = [*_of_node(folder / "package.json"), *_of_python(folder / "requirements.lock")]
        if pinned:
            yield f"{folder.name}: {', '.join(pinned)}"


def _of_node(manifest: Path) -> list[str]:
    if not manifest.exists():
        return []
    return [f"{name} {exact}" for name, exact in json.loads(manifest.read_text())["dependencies"].items()]


def _of_python(requirements: Path) -> list[str]:
    if not requirements.exists():
        return []
    lines = (line.split() for line in requirements.read_text().splitlines())
    return [words[0].replace("==", " ") for words in lines if words and "==" in words[0]]


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _said(*program: str) -> str:
    """What a program says; nothing where it is not there or fails."""
    try:
        return subprocess.run(program, cwd=HERE, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
