"""A server program of a run: started in a folder of its own on a free port, watched from outside, and stopped.

What it costs is read from `/proc`, so nothing runs inside the program that is measured.
"""

import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

READY_S = 60.0
STOP_S = 30.0
SAID = 2_000  # characters of a program's last words
TICK = os.sysconf("SC_CLK_TCK")


class ServerError(Exception):
    """The program did not start, or ended; its last words are in the message."""


@dataclass(frozen=True, slots=True)
class Server:
    """A program that serves on 127.0.0.1. Its working folder is `folder`, removed when it has stopped."""

    pid: int
    port: int
    folder: Path

    @property
    def url(self) -> str:
        """Where it serves, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def cpu(self) -> float:
        """Processor seconds used up to now by all its threads, user and system."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def resident(self) -> int:
        """Bytes resident (VmRSS): pages it shares with others count in full."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) * 1024

    def descriptors(self) -> int:
        """Open files and sockets."""
        return len(os.listdir(f"/proc/{self.pid}/fd"))  # noqa: PTH208  # 8,000 Path objects would cost more than the look


@contextmanager
def started(program: Sequence[str], environment: Mapping[str, str] | None = None, ready: str = "") -> Iterator[Server]:
    """Start a program and stop it in the end.

    `{port}` and `{folder}` in its arguments and environment are replaced, and PORT is set. It counts as started when
    `ready` (a path) answers 200, or, without one, when it accepts a connection."""
    with tempfile.TemporaryDirectory(prefix="callboard-bench-") as folder:
        port = free_port()

        def told(text: str) -> str:
            return text.replace("{port}", str(port)).replace("{folder}", folder)

        own = {name: told(value) for name, value in (environment or {}).items()}
        log = Path(folder, "program.log")
        with log.open("wb") as said, _child(map(told, program), {"PORT": str(port), **own}, folder, said) as process:
            server = Server(process.pid, port, Path(folder))
            _wait(process, server, ready, log)
            yield server


def free_port() -> int:
    """A port of 127.0.0.1 that nobody serves on now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def _child(
    program: Iterable[str], environment: Mapping[str, str], folder: str, said: IO[bytes]
) -> Iterator["subprocess.Popen[bytes]"]:
    own = {**os.environ, **environment}
    process = subprocess.Popen(
        list(program), env=own, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", server: Server, ready: str, log: Path) -> None:
    until = time.monotonic() + READY_S
    while not _answers(server, ready):
        if process.poll() is not None or time.monotonic() > until:
            raise ServerError(f"{process.args!r} did not start: {log.read_text(errors='replace')[-SAID:]}")
        time.sleep(0.01)


def _answers(server: Server, ready: str) -> bool:
    try:
        if ready:
            urllib.request.urlopen(server.url + ready, timeout=5).close()
        else:
            socket.create_connection(("127.0.0.1", server.port), timeout=5).close()
    except (urllib.error.URLError, OSError):
        return False
    return True
