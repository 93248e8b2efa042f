"""The commands of a connection itself: reading, snapshots and subscriptions (PROTOCOL section 4).

Each is `(connection, message, slot, settle)`: it queues its look at the desk at once, so that what was sent later comes
later, and settles with the ack's bytes or an error. A snapshot stands in the feed at its cursor (F4): the reader is
held from the moment of the look until the last page is in the outbox.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from events.activity import activity_page
from events.catalog import Catalog
from events.errors import Invalid, SnapshotRequired, Unauthenticated
from events.reader import State
from events.view import View
from server.ackline import Slot
from server.connection import Connection
from server.pages import Pages
from stores.record import encode

Settle = Callable[[Any], None]
Answer = Callable[[Connection, Mapping[str, Any], Slot, Settle], None]
Look = Callable[[View], tuple[Pages, dict[str, Any]]]
Spawn = Callable[[Awaitable[None]], None]


class Asking:
    """`answers` by the name of the command; `more` are those of others."""

    def __init__(self, catalog: Catalog, more: Mapping[str, Answer]) -> None:
        self._catalog = catalog
        self._tasks: set[asyncio.Task[None]] = set()
        self.answers: dict[str, Answer] = {
            "snapshot": self._snapshot, "subscribe": self._subscribe, "activity": self._activity,
            "list": _look(_list), "get": _look(_get), "count": _look(_count), "search": _look(_search),
            "explain": _look(_explain), "undo": _undo, **more,
        }  # fmt: skip

    def _snapshot(self, connection: Connection, message: Mapping[str, Any], slot: Slot, settle: Settle) -> None:
        only(message, "resources", "after")
        if message.get("after") is not None:
            self._next_page(connection, message["after"], slot, settle)
            return
        named = self._plurals(message.get("resources"), ())

        def look(view: View) -> tuple[Pages, dict[str, Any]]:
            # What is listened to when the snapshot is taken: a subscription sent before it takes effect before it.
            heard = connection.reader.resources if connection.reader is not None else ()
            wanted = named or [plural for plural in self._catalog.wire_plurals if plural in heard]
            return Pages(view.cursor, view.snapshot(wanted), view.former_users()), {}

        self._when_live(connection, slot, settle, look)

    def _next_page(self, connection: Connection, token: object, slot: Slot, settle: Settle) -> None:
        """Past the other acks: those of commands sent meanwhile wait for events that come after the last page."""
        page = connection.next_page(token)
        if page is None:
            raise SnapshotRequired("This snapshot has ended. Please ask for a new one.")
        packet_id, slot.packet_id = slot.packet_id, None
        if packet_id is not None:
            connection.link.ack(packet_id, ok(page))
        settle(b"")
        connection.page_sent()

    def _subscribe(self, connection: Connection, message: Mapping[str, Any], slot: Slot, settle: Settle) -> None:
        only(message, "resources")
        if message.get("resources") is None:
            raise Invalid("Some fields need another look.", {"resources": "is needed"})
        wanted = self._plurals(message["resources"], ())

        def look(view: View) -> tuple[Pages, dict[str, Any]]:
            reader = connection.reader
            assert reader is not None  # noqa: S101  # it has been let in
            new = [plural for plural in wanted if plural not in reader.resources]
            reader.listen_to(wanted)
            return Pages(view.cursor, view.snapshot(new), view.former_users()), {"resources": list(wanted)}

        self._when_live(connection, slot, settle, look)

    def _when_live(self, connection: Connection, slot: Slot, settle: Settle, look: Look) -> None:
        """Look when the connection has been told all there is, in the lane, and hold the feed there. One after the other:
        a later one once held the feed that an earlier one was waiting for."""
        connection.take_turn(_Snapshot(connection, slot, settle, look, self._spawn).start)

    def _activity(self, connection: Connection, message: Mapping[str, Any], _: Slot, settle: Settle) -> None:
        async def read() -> None:
            try:
                settle(ok(encode(await activity_page(connection.desk, connection.caller, message))))
            except Exception as error:  # noqa: BLE001  # told to whoever asked
                settle(error)

        self._spawn(read())

    def _plurals(self, wanted: Any, all_of_them: tuple[str, ...]) -> tuple[str, ...]:
        if wanted is None:
            return all_of_them
        if not isinstance(wanted, list) or not all(plural in self._catalog.wire_plurals for plural in wanted):
            raise Invalid("Some fields need another look.", {"resources": "must be a list of kinds of record"})
        return tuple(dict.fromkeys(wanted))

    def _spawn(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


class _Snapshot:
    """A snapshot that was asked for, on its way to its first page. Not closures that know each other: these kept that page,
    half a megabyte, until the garbage collector came by."""

    __slots__ = ("_connection", "_look", "_reader", "_settle", "_slot", "_spawn")

    def __init__(self, connection: Connection, slot: Slot, settle: Settle, look: Look, spawn: Spawn) -> None:
        assert connection.reader is not None  # noqa: S101  # it has been let in
        self._connection, self._reader = connection, connection.reader
        self._slot, self._settle, self._look, self._spawn = slot, settle, look, spawn

    def start(self) -> None:
        """It is its turn."""
        self._connection.abandon_pages()
        if self._reader.state is State.LIVE:
            self._connection.desk.look(self._connection.caller, self._placed, self._told)
        else:
            self._spawn(self._when_live())

    async def _when_live(self) -> None:
        await self._reader.live()
        if self._reader.state is State.CLOSED:
            self._told(Unauthenticated("Please sign in."))
        else:
            self._connection.desk.look(self._connection.caller, self._placed, self._told)

    def _placed(self, view: View) -> None:
        if self._reader.state is not State.LIVE:
            self._spawn(self._when_live())
            return
        pages, extra = self._look(view)
        self._connection.desk.measures.snapshots += 1
        page = ok(pages.next(extra))
        self._reader.hold()
        self._slot.on_sent = partial(self._connection.begin_pages, pages)
        self._settle(page)

    def _told(self, result: Exception | None) -> None:
        if isinstance(result, Exception):
            self._settle(result)
            self._connection.turn_over()


def _look(answer: Callable[[View, dict[str, Any]], Any]) -> Answer:
    """A read that the lane serves at once."""

    def ask(connection: Connection, message: Mapping[str, Any], _: Slot, settle: Settle) -> None:
        connection.desk.look(connection.caller, lambda view: ok(encode(answer(view, dict(message)))), settle)

    return ask


def _undo(connection: Connection, message: Mapping[str, Any], _: Slot, settle: Settle) -> None:
    connection.desk.ask_undo(connection.caller, message, settle)


def _list(view: View, message: dict[str, Any]) -> dict[str, Any]:
    page = view.page(message.pop("resource", None), message)
    return {"items": page.items, "next": page.next, "total": page.total, "cursor": view.cursor}


def _get(view: View, message: dict[str, Any]) -> dict[str, Any]:
    only(message, "resource", "id")
    return {"data": view.get(message.get("resource"), message.get("id")), "cursor": view.cursor}


def _count(view: View, message: dict[str, Any]) -> dict[str, Any]:
    return {"total": view.count(message.pop("resource", None), message), "cursor": view.cursor}


def _search(view: View, message: dict[str, Any]) -> dict[str, Any]:
    only(message, "q", "limit")
    return {"items": view.search(message.get("q"), message.get("limit")), "cursor": view.cursor}


def _explain(view: View, message: dict[str, Any]) -> list[dict[str, Any]]:
    only(message, "resource", "id")
    return view.explain(message.get("resource"), message.get("id"))


def only(message: Mapping[str, Any], *fields: str) -> None:
    """Unknown fields are refused, not ignored."""
    unknown = [name for name in message if name not in fields]
    if unknown:
        raise Invalid("Some fields need another look.", dict.fromkeys(unknown, "is not a field of this command"))


def ok(content: bytes) -> bytes:
    """The ack of what went well; `content` is JSON."""
    return b'{"ok":true,"data":%b}' % content
