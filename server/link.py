"""One Socket.IO connection as the door sees it: who it is, what can be sent to it, and how it keeps up.

It stands between the door and the Engine.IO session below. All that it sends goes through the session's outbox, so
that acks and events keep their order on every transport (O2).
"""

from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web

from server.outbox import Outbox, Outgoing
from server.packets import ack, frame
from server.session import SERVER_DISCONNECT, Session


class Link(Outgoing):
    """One connection in the namespace "/". Sending to one that has ended does nothing."""

    __slots__ = ("context", "is_closed", "is_connecting", "is_open", "outbox", "peer", "send_frame", "session", "sid")

    def __init__(self, sid: str, session: Session) -> None:
        self.sid = sid
        self.session = session
        self.outbox: Outbox = session.queue
        self.context: Any = None  # the door's own object
        self.is_connecting = True
        self.is_open = self.is_closed = False
        self.peer = session.peer  # the address at the other end of the TCP connection (T28), "" for a Unix socket
        # Whole frames, as `frame` makes them. Bound once: it is the hot path.
        self.send_frame: Callable[[bytes], None] = self.outbox.add

    @property
    def request(self) -> web.Request:
        """The aiohttp request of the handshake; gone once the client has been let in."""
        return self.session.request  # type: ignore[return-value]

    @property
    def cookies(self) -> Mapping[str, str]:
        """The cookies of the handshake."""
        return self.request.cookies

    @property
    def origin(self) -> str | None:
        """The Origin header of the handshake."""
        return self.request.headers.get("Origin")

    @property
    def query(self) -> Mapping[str, str]:
        """The query of the handshake."""
        return self.request.query

    @property
    def transport(self) -> str:
        """ "polling" or "websocket"."""
        return "websocket" if self.session.upgraded else "polling"

    def ack(self, packet_id: int, payload: bytes) -> None:
        """Answer the client's packet `packet_id` with one argument, encoded JSON."""
        self.outbox.append(ack(packet_id, payload))

    def emit(self, event: str, *json_args: bytes) -> None:
        """Tell this client alone an event; the arguments are encoded JSON."""
        self.outbox.add(frame(event, *json_args))

    def close(self, code: int = 1000, reason: str = SERVER_DISCONNECT) -> None:
        """Send what waits, then end the transport too; Door.closed is told in the next turn of the loop (T21)."""
        self.is_open = False
        self.session.shut(code, reason)

    def abort(self, reason: str = SERVER_DISCONNECT) -> None:
        """End the transport now; what waits is freed (T9). Door.closed is told in the next turn of the loop."""
        self.is_open = False
        self.session.abort(reason)
