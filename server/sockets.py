"""The Socket.IO door (PROTOCOL sections 2 to 4): between the guard, which gives it well-formed events in order, and the
reception, where every door's connections are let in and answered.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web

from events.errors import CallboardError, Invalid, TooLarge
from events.telling import Telling
from server.connection import Connection
from server.engine import Knock, anybody
from server.gate import Gate
from server.guard import GuardedServer, Link, Refusal, frame
from server.reception import Reception
from server.refusals import Refusals
from server.settings import Settings
from server.takeover import Work
from stores.record import encode

PING_S, PONG_S = 20, 10  # a tab that crashed is gone within 35 s, and so is its presence


class SocketEncoder:
    """Events as Socket.IO frames, made once for all connections (O1)."""

    def event(self, telling: Telling) -> bytes:
        """`42["call_assigned", record, meta]`."""
        return frame(telling.event, telling.data, telling.meta)

    def cursor(self, cursor: str) -> bytes:
        """The heartbeat."""
        return frame("cursor", encode({"cursor": cursor}))

    def snapshot_required(self, reason: str) -> bytes:
        """What the client holds is no longer a base."""
        return frame("snapshot_required", encode({"reason": reason}))

    def signal(self, event: str, data: bytes) -> bytes:
        """`42["typing", data]`."""
        return frame(event, data)

    def join(self, frames: Sequence[bytes]) -> bytes:
        """Several of these as one piece."""
        return b"".join(frames)


class Sockets:
    """The door behind the guard."""

    def __init__(
        self, settings: Settings, gate: Gate, reception: Reception, knock: Knock = anybody,
        refusals: Refusals | None = None,
    ) -> None:  # fmt: skip
        self._reception, self._encoder = reception, SocketEncoder()
        self.guard = GuardedServer(
            self, allowed_origins=lambda origin, _: origin is None or origin in gate.origins,
            ping_interval=PING_S, ping_timeout=PONG_S, max_connections=settings.max_connections,
            connect_timeout=settings.connect_seconds, bytes_per_second=settings.incoming_kb_per_second * 1024,
            knock=knock, refusals=refusals,
        )  # fmt: skip

    def attach(self, application: web.Application) -> None:
        """Serve /socket.io/ of the application."""
        self.guard.attach(application)

    @property
    def count(self) -> int:
        """How many connections there are, let in or not."""
        return len(self.guard.eio.sockets)

    async def drain(self) -> None:
        """Close so that clients come back by themselves (O7)."""
        await self.guard.drain()

    async def connect(self, link: Link, auth: Any) -> None:
        """Let a client in, or refuse it in the protocol's words."""
        try:
            await self._reception.admit(link, auth if isinstance(auth, dict) else {}, self._encoder)
        except CallboardError as error:
            raise Refusal(error.message, {"code": error.code, "retry": error.retry, **error.details()}) from None

    def opened(self, link: Link) -> None:
        """The client knows that it is connected."""
        self._reception.opened(link.context)

    def closed(self, link: Link, reason: str) -> None:
        """The end of a connection, let in or not."""
        self._reception.closed(link, reason)

    def ready_to_read(self, link: Link) -> Work | None:
        """O6: a connection that leaves too much unanswered is not read."""
        connection: Connection = link.context
        return connection.ready_to_read() if connection.is_busy else None

    def received(self, link: Link, event: str, args: list[Any], packet_id: int | None) -> None:
        """One command, in the order sent."""
        self._reception.received(link.context, event, _message(args), packet_id)

    def broken(self, link: Link, packet_id: int | None, reason: str) -> None:
        """Not a command at all."""
        wrong = Invalid("This is not a well-formed command.", {"payload": reason})
        self._reception.refuse(link.context, packet_id, wrong)

    def too_large(self, link: Link, packet_id: int | None) -> None:
        """A payload over the limit."""
        self._reception.refuse(link.context, packet_id, TooLarge("This is more than 256 KiB."))

    def internal(self, link: Link, packet_id: int | None, error: Exception) -> None:
        """Our own fault."""
        self._reception.refuse(link.context, packet_id, error)


def _message(args: list[Any]) -> Mapping[str, Any] | list[Any]:
    """The one payload of a command; none is an empty one, several are none at all."""
    return {} if not args else args[0] if len(args) == 1 else args
