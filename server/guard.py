"""Socket.IO made safe: what python-socketio receives goes through here before anything of ours sees it.

`GuardedServer` takes Socket.IO packets from the sessions below and gives well-formed events, in order, to the `Door`
above. Every connection it lets in, and every one it was asked to let in, is told closed exactly once (T5, T6).
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import Any, Protocol

import socketio
from aiohttp import web

from server.engine import AllowedOrigins, GuardedEngine, Knock, anybody
from server.fanout import FanoutManager
from server.link import Link
from server.packets import (
    BadPacket,
    connect_ack,
    connect_error,
    foreign_namespace,
    frame,
    is_larger,
    read_connect,
    read_event,
    read_id,
)
from server.refusals import Refusals
from server.session import CLIENT_DISCONNECT, Session
from server.socketlog import Quiet
from server.takeover import Work

__all__ = ["Door", "GuardedServer", "Link", "Refusal", "frame"]

REFUSED = "refused"
_INTERNAL = b'{"ok":false,"error":{"code":"internal","message":"Something went wrong here","retry":true}}'


class Refusal(Exception):
    """Raised by Door.connect: the client gets connect_error with `message` and `data` ({code, retry}), then the end."""

    def __init__(self, message: str, data: dict[str, Any]) -> None:
        super().__init__(message)
        self.message = message
        self.data = data


class Door(Protocol):
    """Who stands behind the guard. None of its methods is ever called inside one of Link's."""

    async def connect(self, link: Link, auth: Any) -> None:
        """Let a client in, or raise Refusal. Cancelled where it takes longer than connect_timeout."""

    def opened(self, link: Link) -> None:
        """Called once, right after the CONNECT ack was put into the outbox (T23)."""

    def received(self, link: Link, event: str, args: list[Any], packet_id: int | None) -> None:
        """One event, in the order sent; `packet_id` is what link.ack wants, None where nobody waits for an ack."""

    def broken(self, link: Link, packet_id: int | None, reason: str) -> None:
        """An event that is not well-formed or bears a reserved name (T3, T4, T13, T14): answer it `invalid`."""

    def too_large(self, link: Link, packet_id: int | None) -> None:
        """An event of more than max_payload bytes, unread: answer it `too_large`."""

    def internal(self, link: Link, packet_id: int | None, error: Exception) -> None:
        """Another of these methods raised: log it and answer `internal` (T1)."""

    def closed(self, link: Link, reason: str) -> None:
        """The end of every link that `connect` was called for, once, after connect has ended."""

    def ready_to_read(self, link: Link) -> Work | None:
        """What is to be awaited before the next packet is read, None where it can be: back-pressure (O6).

        It must end soon after `closed`."""


class GuardedServer(socketio.AsyncServer):  # type: ignore[misc]
    """A Socket.IO server for the namespace "/" alone, without binary. Times in seconds, sizes in bytes.

    An event over max_payload is answered, a message over max_packet ends the connection.
    """

    eio: GuardedEngine
    manager: FanoutManager

    def __init__(
        self,
        door: Door,
        *,
        allowed_origins: AllowedOrigins,
        ping_interval: int = 25,
        ping_timeout: int = 20,
        connect_timeout: float = 10.0,
        max_payload: int = 256 * 1024,
        max_packet: int = 300 * 1024,
        max_connections: int = 20_000,
        linger: float = 2.0,
        knock: Knock = anybody,
        bytes_per_second: int = 0,
        refusals: Refusals | None = None,
        logger: logging.Logger | None = None,
    ) -> None:
        quiet = Quiet(logger or logging.getLogger("callboard.socketio"))
        super().__init__(
            client_manager=FanoutManager(),
            logger=quiet,
            engineio_logger=quiet,
            async_mode="aiohttp",
            async_handlers=False,
            monitor_clients=False,
            http_compression=False,
            ping_interval=int(ping_interval),  # T30
            ping_timeout=int(ping_timeout),
            max_http_buffer_size=max_packet,
            allowed_origins=allowed_origins,
            connect_timeout=connect_timeout,
            max_connections=max_connections,
            linger=linger,
            knock=knock,
            bytes_per_second=bytes_per_second,
            refusals=refusals,
        )
        self.eio.reader = self
        self._door = door
        self._max_payload = max_payload
        self._links: dict[str, Link] = {}

    def _engineio_server_class(self) -> type[GuardedEngine]:
        return GuardedEngine

    def attach(self, app: web.Application, path: str = "/socket.io/") -> None:
        """Serve `path` of the application."""
        super().attach(app, path)

    def links(self) -> Iterable[Link]:
        """The open links; safe to close while going through them."""
        return list(self._links.values())

    async def drain(self, within: float = 0.8) -> None:
        """End every connection with code 1012, so that clients come back by themselves (T19)."""
        await self.eio.drain(within)
        await asyncio.sleep(0)  # the turn in which `closed` is told

    async def disconnect(self, sid: str, *_: Any, **__: Any) -> None:
        """End one connection, transport and all (T20)."""
        if sid in self._links:
            self._links[sid].close()

    # What the sessions tell

    def message(self, session: Session, text: str) -> Work | None:
        """One Socket.IO packet."""
        link: Link | None = session.link
        kind = text[1:2]
        if link is None and kind == "0":
            return self._connect(session, text)
        if link is None or not link.is_open:
            raise BadPacket("a packet before the connection")
        if kind == "2":
            self._event(link, text)
            return self._door.ready_to_read(link)
        if kind != "1":
            raise BadPacket("a Socket.IO packet that is not for clients to send")  # T11 among them
        session.shut(1000, CLIENT_DISCONNECT)
        return None

    def gone(self, session: Session, reason: str) -> None:
        """The session has ended."""
        link: Link | None = session.link
        session.link = None
        if link is not None and not link.is_connecting:
            self._close(link, reason)

    # Events

    def _event(self, link: Link, text: str) -> None:
        if is_larger(text, self._max_payload):
            large = read_id(text)
            self._protected(link, large, lambda: self._door.too_large(link, large))
            return
        try:
            packet_id, event, args = read_event(text)
        except BadPacket as bad:
            if bad.fatal:
                raise
            self.eio.complain(link.session, str(bad))
            packet_id, refused = bad.packet_id, str(bad)
            self._protected(link, packet_id, lambda: self._door.broken(link, packet_id, refused))
            return
        try:
            self._door.received(link, event, args, packet_id)
        except Exception as error:  # noqa: BLE001 - T1: whatever it was, the client's ack comes
            self._internal(link, packet_id, error)

    def _internal(self, link: Link, packet_id: int | None, error: Exception) -> None:
        try:
            self._door.internal(link, packet_id, error)
        except Exception:
            self.logger.exception("the door failed to answer a failure")
            if packet_id is not None:
                link.ack(packet_id, _INTERNAL)

    # Connecting

    async def _connect(self, session: Session, text: str) -> None:
        session.listened()
        if foreign := foreign_namespace(text):
            self._refuse(session, Refusal("Invalid namespace", {"code": "unknown", "retry": False}), foreign)
            return
        auth = read_connect(text)
        link = session.link = Link(self.eio.generate_id(), session)
        try:
            refusal = await self._asked(link, auth)
        except asyncio.CancelledError:
            session.abort("cancelled")
            raise
        finally:
            link.is_connecting = False
        if refusal is not None:
            self._refuse(session, refusal)
        if refusal is not None or session.closing:
            self._close(link, REFUSED if refusal else "gone while connecting")
        else:
            self._admit(link)

    async def _asked(self, link: Link, auth: Any) -> Refusal | None:
        """The door's word on a new client: None is yes. Any failure is a no, and leaves nothing behind (T5)."""
        try:
            async with asyncio.timeout_at(link.session.deadline):
                await self._door.connect(link, auth)
        except Refusal as refusal:
            return refusal
        except TimeoutError:
            return Refusal("The server is too busy to let you in", {"code": "unavailable", "retry": True})
        except Exception:
            self.logger.exception("connecting failed")
            return Refusal("Something went wrong here", {"code": "internal", "retry": True})
        return None

    def _refuse(self, session: Session, refusal: Refusal, namespace: str = "") -> None:
        session.queue.append(connect_error(refusal.message, refusal.data, namespace))
        session.shut(1008, REFUSED)  # T7: the transport goes with it

    def _admit(self, link: Link) -> None:
        eio_sid = link.session.sid
        link.is_open = True
        link.outbox.append(connect_ack(link.sid))
        self._links[link.sid] = link
        self.manager.basic_enter_room(link.sid, "/", None, eio_sid)
        self._protected(link, None, lambda: self._door.opened(link))
        link.session.request = None  # nobody reads the handshake again, and it is larger than all the rest of a client

    def _close(self, link: Link, reason: str) -> None:
        if link.is_closed:
            return
        link.is_open, link.is_closed = False, True
        self._links.pop(link.sid, None)
        self.manager.basic_disconnect(link.sid, "/")
        self._protected(link, None, lambda: self._door.closed(link, reason))

    def _protected(self, link: Link, packet_id: int | None, call: Callable[[], None]) -> None:
        """Call the door; what it raises is told to it as `internal`."""
        try:
            call()
        except Exception as error:  # noqa: BLE001 - the reader and the other connections go on
            self._internal(link, packet_id, error)
