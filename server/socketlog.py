"""What the socket layers may write into the log: nothing that a client said, and never a flood (T16).

`Quiet` stands between python-socketio's own logging, which prints whole packets with their tokens at INFO, and ours.
`Complaints` writes one line for a bad packet, without a traceback, and counts what is over its limit. `ServerLog` does
the same for what is no HTTP: aiohttp wrote a traceback for each, with the line in it that it could not read.
"""

import logging
import time
from typing import Any

from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.web import RequestPayloadError

LINES = 10  # in one window
WINDOW = 10.0  # seconds


class Quiet(logging.LoggerAdapter[logging.Logger]):
    """The same logger, deaf to everything below WARNING."""

    def __init__(self, logger: logging.Logger) -> None:
        super().__init__(logger, {})

    def isEnabledFor(self, level: int) -> bool:  # noqa: N802 - logging's own name
        """Whether a line of this level is written."""
        return level >= logging.WARNING and super().isEnabledFor(level)

    def process(self, msg: Any, kwargs: Any) -> tuple[Any, Any]:
        """Leave the line as it is."""
        return msg, kwargs


class Complaints:
    """Writes what clients did wrong; what is over the limit is held back and told in the next window's first line.
    `count` are all."""

    def __init__(self, logger: logging.Logger | Quiet) -> None:
        self.count = 0
        self._logger = logger
        self._until = 0.0
        self._written = 0
        self._held_back = 0

    def add(self, peer: str, reason: str) -> None:
        """One bad packet from `peer`; neither text may hold anything that the client wrote."""
        self.count += 1
        now = time.monotonic()
        if now >= self._until:
            self._until, self._written = now + WINDOW, 0
        if self._written >= LINES:
            self._held_back += 1
            return
        self._written += 1
        more, self._held_back = self._held_back, 0
        self._logger.warning("bad packet from %s: %s%s", peer, reason, f" ({more} more before it)" if more else "")


class ServerLog(Quiet):
    """What aiohttp says of its connections."""

    def __init__(self, logger: logging.Logger) -> None:
        super().__init__(logger)
        self.complaints = Complaints(logger)

    def log(self, level: int, msg: object, *args: Any, **kwargs: Any) -> None:
        """A request that cannot be read is a complaint about its sender, who is all that `args` hold if anything; the rest
        is passed on."""
        if isinstance(kwargs.get("exc_info"), (HttpProcessingError, RequestPayloadError)):
            self.complaints.add(str(args[0]) if args else "a client", "it is no HTTP")
        else:
            super().log(level, msg, *args, **kwargs)
