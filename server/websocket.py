"""The plain WebSocket door at `/ws` (PROTOCOL section 5): the feed and all commands as JSON messages, for clients in any
language. Between the driver, which reads frames, and the reception, where every door's connections are let in and
answered; nothing is decided here.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import hdrs, web

from events.errors import CallboardError, Forbidden, Invalid, TooLarge, Unauthenticated, Unavailable
from events.telling import Telling
from server.engine import Knock
from server.frames import PONG
from server.gate import FOREIGN, NO_SESSION, Gate
from server.packets import is_larger, loads
from server.plainlink import SESSION_ENDED, PlainLink, told
from server.reception import Reception
from server.refusals import Refusals
from server.replies import NOT_NOW, failure
from server.settings import Settings
from server.socketlog import Complaints
from server.takeover import OpenSockets, Taken, Work, take_over
from stores.record import encode

log = logging.getLogger("callboard.websocket")

MOST_PAYLOAD, MOST_MESSAGE = 256 * 1024, 300 * 1024  # as on Socket.IO: over the first is answered, over the second ends
LONGEST_REF = 64
MEMBERS = frozenset(("type", "ref", "data"))
NOT_TEXT, NOT_JSON, BAD, BROKEN, RESTART = 1003, 1007, 1008, 1011, 1012  # close codes


class BadMessage(Exception):
    """A message that nobody could be answered about: the connection ends with `code`."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code


class PlainEncoder:
    """Events as plain JSON messages, made once for all connections (O1)."""

    def event(self, telling: Telling) -> bytes:
        """`{"type": "call_assigned", "data": record, "meta": meta}`."""
        return told(telling.event, telling.data, telling.meta)

    def cursor(self, cursor: str) -> bytes:
        """The heartbeat."""
        return told("cursor", encode({"cursor": cursor}))

    def snapshot_required(self, reason: str) -> bytes:
        """What the client holds is no longer a base."""
        return told("snapshot_required", encode({"reason": reason}))

    def signal(self, event: str, data: bytes) -> bytes:
        """`{"type": "typing", "data": …}`."""
        return told(event, data)

    def join(self, frames: Sequence[bytes]) -> bytes:
        """Several of these as one piece."""
        return b"".join(frames)


class WebSocketDoor:
    """All plain WebSockets."""

    def __init__(self, settings: Settings, gate: Gate, reception: Reception, knock: Knock, refusals: Refusals) -> None:
        self._most, self._gate, self._reception = settings.max_connections, gate, reception
        self._within, self._knock, self._refusals = settings.connect_seconds, knock, refusals
        self._encoder = PlainEncoder()
        self._links: set[PlainLink] = set()
        self._open, self.complaints = OpenSockets(settings.incoming_kb_per_second * 1024, refusals), Complaints(log)
        self._draining = False

    def attach(self, application: web.Application) -> None:
        """Serve /ws of the application."""
        application.router.add_get("/ws", self._serve, allow_head=False)

    async def drain(self, within: float = 0.8) -> None:
        """Let nobody in any more and end every connection with 1012, so that clients come back by themselves (O7)."""
        self._draining = True
        for link in list(self._links):
            link.close(RESTART, "server draining", within * 0.75)
        await self._open.emptied(within)
        for link in list(self._links):
            link.abort("server draining")
        await asyncio.sleep(0)  # the turn in which `_gone` is told

    @property
    def count(self) -> int:
        """How many connections there are, let in or not."""
        return len(self._links)

    # -- coming and going ------------------------------------------------------------------------------------------

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        """One client's handshake; what he says after it is told to his `Conversation`."""
        self._object(request)
        heard = self._knock(request)
        try:
            socket = take_over(request, MOST_MESSAGE, self._open)
        except (web.HTTPException, ConnectionError):
            heard()
            raise
        link = PlainLink(request, socket, self._within, lambda: self._silent(link), self._gone)
        link.on_heard = heard
        self._links.add(link)
        socket.begin(self._enter_by_handshake(link))
        socket.start(Conversation(self, link))
        return Taken()

    def _object(self, request: web.Request) -> None:
        """Handshakes that are refused as they stand."""
        if hdrs.ORIGIN in request.headers and not self._gate.is_own(request):
            raise Forbidden(FOREIGN)
        if self._draining:
            raise Unavailable(NOT_NOW)
        if len(self._links) >= self._most:
            self._refusals.add("connection", "server_full")
            raise Unavailable(NOT_NOW)
        if request.headers.get(hdrs.UPGRADE, "").lower() != "websocket":
            raise Invalid("This address speaks WebSocket alone.")

    async def _enter_by_handshake(self, link: PlainLink) -> None:
        """By header, or by cookie from a page of ours; who shows neither says it in his first message."""
        if not self._shows_who(link):
            return
        query = link.request.query
        said: dict[str, Any] = {name: query[name] for name in ("tenant", "since") if name in query}
        if "resources" in query:
            said["resources"] = query["resources"].split(",")
        await self._enter(link, said)

    def _shows_who(self, link: PlainLink) -> bool:
        """A wrong header is refused; a cookie that opens nothing may be an old one, and the token is yet to come."""
        token, by_cookie = self._gate.credential(link.request)
        if not by_cookie:
            return True
        return token is not None and link.origin is not None and self._reception.knows(token)

    async def _enter(self, link: PlainLink, said: Mapping[str, Any]) -> None:
        """Let him in, or say why not and end (T5, T7)."""
        link.listened()
        link.is_entering = True
        try:
            async with asyncio.timeout_at(link.deadline):
                await self._reception.admit(link, self._auth(link, said), self._encoder)
        except TimeoutError:
            self._refuse(link, Unavailable("The server is too busy to let you in."))
        except Exception as error:  # noqa: BLE001  # whatever it was, the client is told
            self._refuse(link, error)
        finally:
            link.is_entering = False
        if link.is_over:
            self._gone(link, "gone while entering")
        else:
            link.is_open = True
            self._reception.opened(link.context)

    def _auth(self, link: PlainLink, said: Mapping[str, Any]) -> dict[str, Any]:
        """What the reception wants to know; without a token it is the header's, else the cookie's."""
        token, (shown, by_cookie) = said.get("token"), self._gate.credential(link.request)
        if token is None and not by_cookie:
            token = shown or ""
        wanted = {"tenant": said.get("tenant"), "resources": said.get("resources")}
        return {"token": token, "cursor": said.get("since"), **wanted}

    def _refuse(self, link: PlainLink, error: Exception) -> None:
        link.fail(failure(error)[1]["error"])
        link.close(SESSION_ENDED if isinstance(error, Unauthenticated) else BAD, "refused")

    def _silent(self, link: PlainLink) -> None:
        self._refusals.add("connection", "silent")
        self._refuse(link, Unauthenticated(NO_SESSION))

    def _gone(self, link: PlainLink, reason: str) -> None:
        """The end of a link; one that is being let in is seen to when that has ended (T6)."""
        if link.is_over:
            self._links.discard(link)
        if link.context is not None and not link.is_entering:
            self._reception.closed(link, reason)

    # -- reading ---------------------------------------------------------------------------------------------------

    def read(self, link: PlainLink, kind: int, content: str | bytes) -> Work | None:
        """One message or pong; what is returned is awaited before the next. Nothing is raised (T15)."""
        try:
            return self._take(link, kind, content)
        except BadMessage as bad:
            self.complaints.add(link.request.remote or "", str(bad))
            link.fail(failure(Invalid(f"This is not a well-formed message: {bad}."))[1]["error"])
            link.close(bad.code, "bad message")
        except Exception:
            log.exception("reading a message failed")
            link.close(BROKEN, "reading failed")
        return None

    def left(self, link: PlainLink) -> None:
        """The client has gone."""
        link.lost()

    def _take(self, link: PlainLink, kind: int, content: str | bytes) -> Work | None:
        if kind == PONG:
            link.ponged()
            return None
        if isinstance(content, bytes):
            raise BadMessage(NOT_TEXT, "it is binary")  # T11
        said = _object_of(content)
        is_first, link.has_spoken = not link.has_spoken, True
        if is_first and said.get("type") == "auth":
            return self._enter_anew(link, said)
        if link.is_open:
            self._command(link, content, said)
            return link.context.ready_to_read() if link.context is not None and link.context.is_busy else None  # O6
        self._refuse(link, Unauthenticated(NO_SESSION))
        return None

    async def _enter_anew(self, link: PlainLink, said: Mapping[str, Any]) -> None:
        """The first message may say who and from where, also after a handshake that did: then the feed begins anew."""
        if link.is_open:
            link.is_open = False
            link.deadline = asyncio.get_running_loop().time() + self._within
            self._gone(link, "another auth")
        await self._enter(link, said)

    def _command(self, link: PlainLink, text: str, said: Mapping[str, Any]) -> None:
        ref = _ref(said)
        wrong = _objection(text, said)
        if wrong is None:
            data = said.get("data")
            self._reception.received(link.context, said["type"], {} if data is None else data, ref)
        elif ref is None:
            raise BadMessage(BAD, "it has no type") if "type" not in said else BadMessage(BAD, wrong.message)
        else:
            self._reception.refuse(link.context, ref, wrong)


class Conversation:
    """The listener of one socket: hands what the client says to the door."""

    __slots__ = ("_door", "_link")

    def __init__(self, door: WebSocketDoor, link: PlainLink) -> None:
        self._door, self._link = door, link

    def said(self, kind: int, content: str | bytes) -> Work | None:
        """One message, or pong."""
        return None if self._link.is_over else self._door.read(self._link, kind, content)

    def lost(self) -> None:
        """There will be no more."""
        self._door.left(self._link)


def _object_of(text: str) -> dict[str, Any]:
    try:
        said = loads(text)
    except (ValueError, RecursionError):
        raise BadMessage(NOT_JSON, "it is not JSON") from None
    if not isinstance(said, dict):
        raise BadMessage(BAD, "it is no object")
    return said


def _ref(said: Mapping[str, Any]) -> str | int | None:
    """What the answer is to be known by, None where nobody waits for it."""
    ref = said.get("ref")
    if isinstance(ref, str) and len(ref) <= LONGEST_REF and ref.isprintable():
        return ref
    if ref is None or (type(ref) is int and abs(ref) < 2**53):
        return ref
    raise BadMessage(BAD, "its ref is neither a short text nor a whole number")


def _objection(text: str, said: Mapping[str, Any]) -> CallboardError | None:
    """Why this is no command at all."""
    if is_larger(text, MOST_PAYLOAD):
        return TooLarge("This is more than 256 KiB.")
    if not isinstance(said.get("type"), str):
        return Invalid("This is not a well-formed command.", {"type": "must be the name of a command"})
    unknown = sorted(name for name in said if name not in MEMBERS)
    if unknown:
        return Invalid("This is not a well-formed command.", dict.fromkeys(unknown, "belongs into data"))
    return None
