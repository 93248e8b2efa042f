"""What was refused because it was too much, counted by what it was and why: for `/metrics`.

Every door and every limit of one server counts here; what it refuses is told to the client by the door itself.
"""

from collections import Counter
from typing import Literal

What = Literal["connection", "request", "command", "message", "attempt"]


class Refusals:
    """`counts` by (what, reason), both words of the program, never of a client.

    what: `connection` (not let in, or cut), `request` (of HTTP), `command`, `message` (of a WebSocket), `attempt` (to sign
    in, to set up, to look up a code). reason: `address_full`, `user_full`, `server_full`, `too_often`, `too_large`,
    `too_much` (bytes a second), `too_slow`, `silent` (never said who it is), `deaf` (took nothing).
    """

    def __init__(self) -> None:
        self.counts: Counter[tuple[What, str]] = Counter()

    def add(self, what: What, reason: str) -> None:
        """One more."""
        self.counts[what, reason] += 1
