"""What a server is opened with in a test: the way to open one, and a clock that can be moved."""

from collections.abc import Awaitable, Callable
from typing import Any

from server.app import Callboard
from stores.clock import Clock

OpenBoard = Callable[..., Awaitable[Callboard]]


class Moved(Clock):
    """A clock that a test moves on."""

    def __init__(self) -> None:
        super().__init__()
        self.by: Any = None

    def now(self) -> Any:
        moment = super().now()
        return moment if self.by is None else moment + self.by
