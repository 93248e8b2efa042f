"""The load: a Node process of its own that drives any of the servers over bare sockets (`main.mjs`).

It is asked by one JSON argument and answers with one line of JSON; where a client did not get everything it fails.
"""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

MAIN = Path(__file__).with_name("main.mjs")
PATIENCE_S = 300


class LoadError(Exception):
    """The load has failed: something was lost, refused or too slow. The message is its last words."""


def generated(way: str, **options: Any) -> dict[str, float]:
    """Drive a server in this way (a name in `main.mjs`); the figures."""
    asked = json.dumps({"way": way, **options})
    program = ["node", str(MAIN), asked]
    environment = {**os.environ, "NODE_ENV": "production"}
    done = subprocess.run(program, env=environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    if done.returncode:
        raise LoadError(f"{way} {options.get('peer', '')}: {done.stderr[-2000:]}")
    figures: dict[str, float] = json.loads(done.stdout)
    return figures
