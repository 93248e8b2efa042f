"""The servers that are measured: Callboard, its peers, and a sink that shows what the load itself could drive.

Each is started in a folder of its own, on a free port, with a database of its own. What they are and which settings they
have is said in README.md beside this file.
"""

import json
import resource
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.process import Server, started

HERE = Path(__file__).parent
EMAIL, PASSWORD = "bench@example.org", "a password for benches"
TOKEN = "a token for benches"


@dataclass(frozen=True, slots=True)
class Program:
    """How a peer is started. Where it gives tokens itself: the path, and what it calls the e-mail address there."""

    command: Sequence[str]
    environment: Mapping[str, str]
    ready: str = ""
    login: str = ""
    identity: str = ""


def _node(name: str) -> Program:
    return Program(("node", str(HERE / name / "program.mjs")), {"NODE_ENV": "production", "TOKEN": TOKEN})


def _python(manager: str) -> Program:
    return Program((sys.executable, str(HERE / "stock" / "program.py"), manager), {"TOKEN": TOKEN})


CALLBOARD = Program(
    (str(Path(sys.executable).with_name("callboard")), "serve"),
    {
        "DATABASE_URL": "sqlite:///{folder}/bench.db", "LOG_LEVEL": "warning", "MAX_CONNECTIONS": "20000",
        "CALLBOARD_TENANT": "Bench", "CALLBOARD_ADMIN_EMAIL": EMAIL, "CALLBOARD_ADMIN_PASSWORD": PASSWORD,
        "COMMANDS_PER_SECOND": "0", "CONNECTIONS_PER_ADDRESS": "0", "CONNECTIONS_PER_USER": "0",
    },
    "/readyz", "/api/login", "email",
)  # fmt: skip

POCKETBASE = Program(
    (
        str(HERE / "pocketbase" / ".venv" / "bin" / "pocketbase"), "serve", "--http=127.0.0.1:{port}",
        "--dir={folder}/data", f"--migrationsDir={HERE / 'pocketbase' / 'migrations'}", "--automigrate=false",
    ),
    {"EMAIL": EMAIL, "PASSWORD": PASSWORD},
    "/api/health", "/api/collections/users/auth-with-password", "identity",
)  # fmt: skip

PROGRAMS = {
    "callboard": CALLBOARD, "fanout": _python("fanout"), "stock": _python("stock"), "node": _node("node"),
    "feathers": _node("feathers"), "pocketbase": POCKETBASE, "sink": _node("sink"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Peer:
    """A peer that runs, and the token that lets a client in."""

    server: Server
    token: str


@contextmanager
def start(name: str) -> Iterator[Peer]:
    """Start a peer by its name in PROGRAMS; it is stopped in the end."""
    program = PROGRAMS[name]
    _allow_many_connections()
    with started(program.command, program.environment, program.ready) as server:
        yield Peer(server, _signed_in(server, program) if program.login else TOKEN)


def _allow_many_connections() -> None:
    """What is started from here may open as many sockets as the system lets it."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _signed_in(server: Server, program: Program) -> str:
    body = json.dumps({program.identity: EMAIL, "password": PASSWORD}).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(server.url + program.login, data=body, headers=headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return str(json.load(answer)["token"])
