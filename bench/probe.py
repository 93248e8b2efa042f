"""Whether a server answers while something goes on: one connection that asks for next to nothing every 5 ms.

How long an answer takes is how long the server's loop was busy with something else.
"""

import socket
import threading
import time
from dataclasses import dataclass, field
from typing import Self

EVERY_S = 0.005
BLOCKED_S = 0.050  # a wait over this is a loop that was blocked
TIMEOUT_S = 60


@dataclass
class Waits:
    """Seconds each answer took."""

    seconds: list[float] = field(default_factory=list)

    @property
    def longest(self) -> float:
        """The longest of them."""
        return max(self.seconds, default=0.0)

    @property
    def blocked(self) -> float:
        """All of those together that were over 50 ms."""
        return sum(wait for wait in self.seconds if wait > BLOCKED_S)


class Probe:
    """Asks in a thread of its own while the context lasts; `waits` has what it saw."""

    def __init__(self, port: int, path: str) -> None:
        self.waits = Waits()
        self._request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
        self._stream = socket.create_connection(("127.0.0.1", port), TIMEOUT_S)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._ask)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        self._stream.close()

    def _ask(self) -> None:
        while not self._ended.wait(EVERY_S):
            began = time.perf_counter()
            self._stream.sendall(self._request)
            if not self._stream.recv(65_536):
                raise ConnectionError("the server hung up on the probe")
            self.waits.seconds.append(time.perf_counter() - began)
