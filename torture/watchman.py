"""Reads the server's log: what nobody foresaw, and words that do not belong there (C5, C8)."""

from typing import Any

from aiohttp import ClientError

from torture.premises import Premises
from torture.secrecy import Secrecy

ALARMING = (
    "Traceback (most recent call last)",
    "was never retrieved",
    "was never awaited",
    "unforeseen, reference",
    "Fatal",
)
TOLD = ("callboard_feed_fallbacks", "callboard_connections_cut", "callboard_snapshot_required", "callboard_refused")
AROUND = 700  # characters of the log that say more


class Watchman:
    """Reads on where it stopped; the log of all starts is one file."""

    def __init__(self, premises: Premises, secrecy: Secrecy) -> None:
        self._premises, self._secrecy, self._read = premises, secrecy, 0

    async def metrics(self) -> dict[str, float]:
        """The server's own figures of what it does to slow readers and lost places; since its last start."""
        try:
            found = await self._premises.metrics()
        except (OSError, TimeoutError, ClientError):
            return {}
        return {name: value for name, value in found.items() if name.startswith(TOLD) and value}

    def read_on(self) -> dict[str, Any]:
        """`{"alarming": […], "canaries": […]}` of what is new."""
        with self._premises.log_path.open("rb") as log:
            log.seek(self._read)
            new = log.read()
        self._read += len(new)
        text = new.decode(errors="replace")
        places = [text.find(word) for word in ALARMING]
        alarming = [text[max(0, place - AROUND // 2) : place + AROUND] for place in places if place >= 0]
        return {"alarming": alarming, "canaries": self._secrecy.in_log(text)}
