"""The crowd of a run: many connections to one server, held by a process of their own (`load/crowd.mjs`)."""

import json
import resource
import signal
import subprocess
from pathlib import Path
from typing import Self

PROGRAM = Path(__file__).parent / "load" / "crowd.mjs"


class CrowdError(Exception):
    """The crowd could not come in; its program has said why on standard error."""


class Crowd:
    """Connections that open in waves and then only listen. The end of the context drops all at once, as a cut cable would
    if it had time to say so: the system closes the sockets of a process that was killed."""

    def __init__(self, port: int, token: str, event: str) -> None:
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        self._process = subprocess.Popen(
            ["node", str(PROGRAM), json.dumps({"port": port, "token": token, "event": event})],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.drop()

    def open(
        self, clients: int, at_once: int, *, welcome: str = "", auth: dict[str, str] | None = None, events: int = 0
    ) -> dict[str, float]:
        """A wave of them, so many under way `at_once`: `seconds` until all are in, `load_cpu_s` that it took here, and how
        often somebody was turned away and had to come `again`.

        In is who was connected, or, with `welcome`, was told this event, and has heard exactly so many `events`. `auth`
        is what each says beside the token."""
        wave = {"clients": clients, "atOnce": at_once, "welcome": welcome, "auth": auth or {}, "events": events}
        said, heard = self._process.stdin, self._process.stdout
        assert said is not None
        assert heard is not None
        said.write(json.dumps(wave) + "\n")
        said.flush()
        line = heard.readline()
        if not line:
            raise CrowdError(f"{clients} connections could not be opened")
        return dict(json.loads(line))

    def drop(self) -> None:
        """All connections end now."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
        self._process.communicate()
