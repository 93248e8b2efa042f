"""Presence, typing, calling out and locks on the wire (PROTOCOL section 4, F6), for every door through which clients send.

Who may be in a channel is asked in the lane, of the same read rule as everything else, and asked again by every change
of the record or of his rights. A signal is encoded once per door; a connection that does not keep up is not told, and
hears how its channels stand when it has room again.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from events.actor import Actor, Caller
from events.catalog import Catalog
from events.desk import Desk
from events.errors import Forbidden, Invalid, NotFound, Unauthenticated
from events.permission import viewer
from events.presence import TEAM, Presence
from events.telling import Encoder
from events.view import View
from server.ackline import Slot
from server.asking import Answer, Settle, ok, only
from server.connection import Connection
from stores.change import Entry
from stores.record import Record, encode

MOST_STATE = 256  # bytes of JSON
MOST_BROADCAST = 8 * 1024
MOST_NAME = 64  # characters of an event's or a field's name
WRONG = "Some fields need another look."


@dataclass(frozen=True, slots=True)
class Asked:
    """One command as it is served in the lane."""

    view: View
    presence: Presence[Connection]
    connection: Connection
    message: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """A channel that the actor may be in; `record` is None for the team."""

    name: str
    plural: str = ""
    record: Record | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """Who is in a channel, as it was last told."""

    who: Sequence[Mapping[str, Any]]
    frames: dict[Encoder, bytes] = field(default_factory=dict)


class Channels:
    """The channels of all tenants; `answers` are the commands."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._presences: dict[str, Presence[Connection]] = {}
        self._missed: dict[Connection, dict[str, None]] = {}  # channels of which a signal was dropped
        self._is_closed = False
        self._on_flow, self._on_gone = self._catch_up, self._gone  # bound once, not once for each connection
        self._state = _State(())
        self.answers: dict[str, Answer] = {
            "join_channel": self._served(self._join, "channel", "state"),
            "set_presence": self._served(self._set_presence, "channel", "state"),
            "leave_channel": self._served(self._leave, "channel"),
            "typing": self._served(self._typing, "channel", "field", "on"),
            "broadcast": self._served(self._broadcast, "channel", "event", "data"),
            "lock_record": self._served(self._lock, "resource", "id", "take_over"),
            "unlock_record": self._served(self._unlock, "resource", "id"),
        }

    def enter(self, connection: Connection, actor: Actor) -> None:
        """A connection has been let in: he is present in the team from now on. Called in the lane."""
        if self._is_closed:
            return
        self._missed[connection] = {TEAM: None}
        connection.on_flow, connection.on_gone = self._on_flow, self._on_gone
        self._presence(connection.desk).arrive(connection, actor, TEAM)

    def close(self) -> None:
        """The server ends: who leaves now has not left."""
        self._is_closed = True
        for presence in self._presences.values():
            presence.close()

    def _presence(self, desk: Desk) -> Presence[Connection]:
        presence = self._presences.get(desk.tenant.tenant_id)
        if presence is None:
            presence = Presence(desk.clock, asyncio.get_running_loop(), self._tell)
            self._presences[desk.tenant.tenant_id] = presence
            desk.listeners.append(partial(self._follow, desk, presence))
        return presence

    # -- telling ---------------------------------------------------------------------------------------------------

    def _tell(self, name: str, members: Iterable[Connection], event: str, said: Mapping[str, Any]) -> None:
        data, frames = encode(said), dict[Encoder, bytes]()
        for connection in members:
            if not connection.takes_signals:
                self._missed[connection][name] = None
                continue
            encoder = connection.encoder
            if encoder not in frames:
                frames[encoder] = encoder.signal(event, data)
            connection.send(frames[encoder])

    def _catch_up(self, connection: Connection) -> None:
        """It has room: how the channels stand of which it missed something."""
        missed, presence = self._missed.get(connection, {}), self._presence(connection.desk)
        for name in list(missed):
            if not connection.takes_signals:
                return
            del missed[name]
            if presence.is_in(connection, name):
                connection.send(self._state_frame(connection.encoder, name, presence.who(name)))
                self._say_lock(connection, presence, name)
            else:  # he has lost the right to it, and missed that too
                self._say(connection, "presence_state", {"channel": name, "list": []})
        if connection in self._missed:
            self._missed[connection] = {}  # an emptied one would keep its table

    def _state_frame(self, encoder: Encoder, name: str, who: Sequence[Mapping[str, Any]]) -> bytes:
        """How a channel stands; made once for all who come back one after the other."""
        if self._state.who is not who:
            self._state = _State(who)
        frames = self._state.frames
        if encoder not in frames:
            frames[encoder] = encoder.signal("presence_state", encode({"channel": name, "list": who}))
        return frames[encoder]

    def _say_lock(self, connection: Connection, presence: Presence[Connection], name: str) -> None:
        if name == TEAM:
            return
        resource, _, record_id = name.partition("/")
        lease = presence.lease(name)
        event = "record_unlocked" if lease is None else "record_locked"
        self._say(connection, event, {"resource": resource, "id": record_id, **(lease or {})})

    def _say(self, connection: Connection, event: str, said: Mapping[str, Any]) -> None:
        connection.send(connection.encoder.signal(event, encode(said)))

    def _gone(self, connection: Connection) -> None:
        if self._missed.pop(connection, None) is not None:
            self._presence(connection.desk).gone(connection)

    # -- the commands ----------------------------------------------------------------------------------------------

    def _served(self, act: Callable[[Asked], Any], *fields: str) -> Answer:
        """A command that is served in the lane, so in its order with all others of its connection."""

        def ask(connection: Connection, message: Mapping[str, Any], _: Slot, settle: Settle) -> None:
            only(message, *fields)

            def serve(view: View) -> bytes:
                if connection not in self._missed:
                    raise Unauthenticated("This connection has ended.")
                return ok(encode(act(Asked(view, self._presence(connection.desk), connection, message))))

            connection.desk.look(connection.caller, serve, settle)

        return ask

    def _join(self, asked: Asked) -> Sequence[Mapping[str, Any]]:
        name, state = self._place(asked).name, _state(asked.message)
        presence, connection = asked.presence, asked.connection
        is_new = not presence.is_in(connection, name)
        found = presence.join(connection, asked.view.actor, name, state)
        if is_new and presence.lease(name) is not None and connection.takes_signals:
            self._say_lock(connection, presence, name)
        return found

    def _set_presence(self, asked: Asked) -> Sequence[Mapping[str, Any]]:
        return asked.presence.set_state(asked.connection, self._place(asked).name, _state(asked.message))

    def _leave(self, asked: Asked) -> Sequence[Mapping[str, Any]]:
        """Also from where he may not be any more, so a form that closes late is not told off."""
        name = _text(asked.message, "channel", 1000)
        self._missed[asked.connection].pop(name, None)
        return asked.presence.leave(asked.connection, name)

    def _typing(self, asked: Asked) -> None:
        name, on = self._place(asked).name, asked.message.get("on")
        place = None if asked.message.get("field") is None else _text(asked.message, "field")
        if not isinstance(on, bool):
            raise Invalid(WRONG, {"on": "must be true or false"})
        asked.presence.typing(asked.connection, name, place, on=on)

    def _broadcast(self, asked: Asked) -> None:
        place = self._place(asked)
        self._check_update(asked.view.actor, place)
        event, data = _text(asked.message, "event"), _small(asked.message, "data", MOST_BROADCAST)
        asked.presence.broadcast(asked.view.actor, place.name, event, data)

    def _lock(self, asked: Asked) -> Mapping[str, Any]:
        place, take_over = self._record(asked), asked.message.get("take_over", False)
        self._check_update(asked.view.actor, place)
        if not isinstance(take_over, bool):
            raise Invalid(WRONG, {"take_over": "must be true or false"})
        return asked.presence.lock(asked.connection, asked.view.actor, place.name, take_over=take_over)

    def _unlock(self, asked: Asked) -> None:
        asked.presence.unlock(asked.view.actor, self._record(asked).name)

    # -- rights ----------------------------------------------------------------------------------------------------

    def _place(self, asked: Asked) -> Place:
        """The channel that is asked for. Its name is made anew from what was found, never of a client's text."""
        wanted = asked.message.get("channel")
        if wanted == TEAM:
            return Place(TEAM)
        if not isinstance(wanted, str) or "/" not in wanted:
            raise Invalid(WRONG, {"channel": "must be team, or a kind of record and an id: calls/…"})
        plural, _, record_id = wanted.partition("/")
        return self._found(asked.view, plural, record_id)

    def _record(self, asked: Asked) -> Place:
        return self._found(asked.view, asked.message.get("resource"), asked.message.get("id"))

    def _found(self, view: View, plural: Any, record_id: Any) -> Place:
        record = view.get(plural, record_id)
        resource = self._catalog.of(record)
        return Place(f"{resource.plural}/{record.id}", resource.plural, record)

    def _check_update(self, actor: Actor, place: Place) -> None:
        """To call out or to lock takes the right to update the record; in the team viewers only listen."""
        why = self._why_not(actor, place)
        if why is not None:
            raise Forbidden(why)

    def _why_not(self, actor: Actor, place: Place) -> str | None:
        if place.record is None:
            return "A viewer may not call out to the team." if viewer.allows(actor, None) else None
        commands = self._catalog.resources[place.plural].commands.values()
        update = next((command for command in commands if command.kind == "update" and command.on_wire), None)
        if update is None:
            return "Nobody may change this."
        return None if update.may.allows(actor, place.record) else update.sentence

    # -- rights that change (V4) -----------------------------------------------------------------------------------

    def _follow(self, desk: Desk, presence: Presence[Connection], entries: Sequence[Entry]) -> None:
        """Told after the feed: who hears that a record is hidden from him hears that first."""
        for entry in entries:
            name = f"{entry.resource}/{entry.record_id}"
            for user_id in presence.users_in(name):
                self._review(desk, presence, user_id, name)
            if entry.resource == "users":
                self._review_user(desk, presence, entry.record_id)

    def _review_user(self, desk: Desk, presence: Presence[Connection], user_id: str) -> None:
        names = presence.channels_of(user_id)
        user: Any = desk.stores["users"].get(user_id) if names else None
        if user is not None:
            presence.rename(user_id, user.display_name)
        for name in names:
            self._review(desk, presence, user_id, name)

    def _review(self, desk: Desk, presence: Presence[Connection], user_id: str, name: str) -> None:
        """May he still be there, and still hold what he holds?"""
        if name == TEAM:
            return
        try:
            actor = desk.actor(Caller(user_id))
            place = self._found(View(desk.road, actor), *name.split("/", 1))
        except (NotFound, Unauthenticated):
            presence.revoke(user_id, name)
            return
        if presence.holder(name) == user_id and self._why_not(actor, place) is not None:
            presence.release(name)


def _state(message: Mapping[str, Any]) -> Any:
    return _small(message, "state", MOST_STATE)


def _small(message: Mapping[str, Any], name: str, most: int) -> Any:
    """What clients tell each other through us must be something that all of them can read."""
    try:
        size = len(encode(message.get(name)))
    except TypeError:  # lone surrogates, whole numbers of more than 64 bits, lists in lists in lists
        raise Invalid(WRONG, {name: "holds what cannot be passed on"}) from None
    if size > most:
        raise Invalid(WRONG, {name: f"must be at most {most} bytes of JSON"})
    return message.get(name)


def _text(message: Mapping[str, Any], name: str, most: int = MOST_NAME) -> str:
    text = message.get(name)
    if not (isinstance(text, str) and 1 <= len(text) <= most and text.isprintable()):
        raise Invalid(WRONG, {name: f"must be 1 to {most} printable characters"})
    return text
