"""Who is where: channels, the people in them and their states, who is typing, who holds a lock (F6).

In memory, and nothing of it is journaled. A member is one connection, as a door gives it; all members of one user in a
channel are one person. Time and timers are given, and whoever is to be told is handed to `tell` in the same step, so
that the channel is never ahead of what its members heard; only in a large team changes gather (see `Pace`).
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Generic, Protocol, TypeVar

from events.actor import Actor
from events.errors import Refused
from stores.clock import Clock

TEAM = "team"
EDITING = "editing"  # the state of who holds the lock, whatever state he gave himself
TYPING_S = 6
LEASE_S = 30
MOST_CHANNELS = 50  # of one member
CHANGES_PER_S = 10_000  # presence events of one channel, counted once for each member that is told

M = TypeVar("M", bound=Hashable)
Said = dict[str, Any]
Tell = Callable[[str, Iterable[M], str, Mapping[str, Any]], None]


class Timer(Protocol):
    """Something that will happen."""

    def cancel(self) -> None:
        """It will not."""


class Timers(Protocol):
    """What is needed of an event loop."""

    def time(self) -> float:
        """Seconds, of a clock that never goes back."""

    def call_later(self, delay: float, callback: Callable[..., Any], *args: Any) -> Timer:
        """Have this called in so many seconds."""


class Pace:
    """How fast changes of one channel are told: a second's worth at once, then so many a second.

    When ten thousand come back after a restart, each is a change that ten thousand would hear."""

    def __init__(self, now: float) -> None:
        self._left, self._at = float(CHANGES_PER_S), now

    def wait(self, now: float) -> float:
        """Seconds until the next may be told; 0 is at once."""
        self._left = min(CHANGES_PER_S, self._left + (now - self._at) * CHANGES_PER_S)
        self._at = now
        return 0.0 if self._left > -1 else -self._left / CHANGES_PER_S

    def spend(self, told: int) -> None:
        """So many were told."""
        self._left -= told


@dataclass(slots=True)
class Seat:
    """One member in one channel: the field he is typing in."""

    field: str | None = None
    typing: Timer | None = None


@dataclass(slots=True, eq=False)
class Person(Generic[M]):
    """A user in one channel, through one or more members; `told` is how the others know him. `states` are those
    that were given, the last one last: who looked for it among ten thousand seats once took 1 ms."""

    user_id: str
    name: str
    since: datetime
    seats: dict[M, Seat] = field(default_factory=dict)
    states: dict[M, Any] = field(default_factory=dict)
    told: Said | None = None

    @property
    def user(self) -> Said:
        """As he is told."""
        return {"id": self.user_id, "name": self.name}

    @property
    def state(self) -> Any:
        """What he said last of himself."""
        return next(reversed(self.states.values()), None)

    def say(self, member: M, state: Any) -> None:
        """What he says of himself at one of his seats; None takes it back."""
        self.states.pop(member, None)
        if state is not None:
            self.states[member] = state

    def types_in(self, name: str | None) -> bool:
        """Whether he is typing there, at any seat."""
        return any(seat.typing is not None and seat.field == name for seat in self.seats.values())


@dataclass(slots=True)
class Lease(Generic[M]):
    """A lock: a hint to people, with an end."""

    holder: Person[M]
    until: datetime
    timer: Timer

    @property
    def said(self) -> Said:
        """As it is told."""
        return {"holder": self.holder.user, "until": self.until}


class Channel(Generic[M]):
    """`team`, or who views one record. `people` keeps who has left until that is told."""

    def __init__(self, name: str, pace: Pace) -> None:
        self.name, self.pace = name, pace
        self.members: dict[M, Person[M]] = {}
        self.people: dict[str, Person[M]] = {}
        self.changed: dict[str, Person[M]] = {}
        self.pause: Timer | None = None
        self.lease: Lease[M] | None = None
        self.listed: list[Said] | None = None  # until somebody changes

    @property
    def record(self) -> Said:
        """The record this channel is about."""
        resource, _, record_id = self.name.partition("/")
        return {"resource": resource, "id": record_id}

    def seen(self, person: Person[M]) -> Said | None:
        """How the others see somebody; None where he has left."""
        if not person.seats:
            return None
        state = EDITING if self.lease is not None and self.lease.holder is person else person.state
        return {"user": person.user, "state": state, "since": person.since, "connections": len(person.seats)}

    def who(self) -> list[Said]:
        """Everyone who is here; the same list for all who ask before somebody changes."""
        if self.listed is None:
            self.listed = [seen for person in self.people.values() if (seen := self.seen(person)) is not None]
        return self.listed

    def close(self) -> None:
        """Nobody is here any more."""
        lease = self.lease.timer if self.lease is not None else None
        typing = [person.seats[member].typing for member, person in self.members.items()]
        for timer in (self.pause, lease, *typing):
            if timer is not None:
                timer.cancel()


class Presence(Generic[M]):
    """All channels of one tenant. `tell(channel, members, event, said)` puts a signal out; `Refused` is raised for what
    the channel itself says no to. Who may be where is the caller's to know."""

    def __init__(self, clock: Clock, timers: Timers, tell: Tell[M]) -> None:
        self._clock, self._timers, self._tell = clock, timers, tell
        self._channels: dict[str, Channel[M]] = {}
        self._places: dict[M, dict[str, Channel[M]]] = {}

    # -- who is where ----------------------------------------------------------------------------------------------

    def who(self, name: str) -> list[Said]:
        """Who is in a channel: `{user: {id, name}, state, since, connections}`, the longest there first."""
        channel = self._channels.get(name)
        return channel.who() if channel is not None else []

    def is_in(self, member: M, name: str) -> bool:
        """Whether this member is in a channel."""
        return name in self._places.get(member, {})

    def lease(self, name: str) -> Said | None:
        """`{holder: {id, name}, until}`, or None where nobody holds the lock."""
        lease = self._lease(name)
        return lease.said if lease is not None else None

    def holder(self, name: str) -> str | None:
        """The user who holds the lock."""
        lease = self._lease(name)
        return lease.holder.user_id if lease is not None else None

    def users_in(self, name: str) -> Sequence[str]:
        """The users in a channel."""
        channel = self._channels.get(name)
        return [user_id for user_id, person in channel.people.items() if person.seats] if channel is not None else ()

    def channels_of(self, user_id: str) -> Sequence[str]:
        """The channels a user is in."""
        found = ((name, channel.people.get(user_id)) for name, channel in self._channels.items())
        return [name for name, person in found if person is not None and person.seats]

    # -- coming and going ------------------------------------------------------------------------------------------

    def join(self, member: M, actor: Actor, name: str, state: Any = None) -> Sequence[Said]:
        """He is in the channel from now on; the list of who is there."""
        self.arrive(member, actor, name, state)
        return self.who(name)

    def arrive(self, member: M, actor: Actor, name: str, state: Any = None) -> None:
        """As `join`, for who does not ask who is there: of ten thousand who come back at once nobody does."""
        channel = self._places.get(member, {}).get(name) or self._enter(member, actor, name)
        person = channel.members[member]
        if state is not None:
            person.say(member, state)
        self._change(channel, person)

    def set_state(self, member: M, name: str, state: Any) -> Sequence[Said]:
        """What he says of himself; the list of who is there."""
        channel, person = self._at(member, name)
        person.say(member, state)
        self._change(channel, person)
        return channel.who()

    def leave(self, member: M, name: str) -> Sequence[Said]:
        """He is in the channel no more; the list of who is left, empty where he was not there."""
        channel = self._places.get(member, {}).get(name)
        if channel is None:
            return ()
        self._leave(member, channel)
        return channel.who()

    def gone(self, member: M) -> None:
        """His connection has ended: with his last one his locks and his typing end too."""
        for channel in list(self._places.get(member, {}).values()):
            self._leave(member, channel)
        self._places.pop(member, None)

    def revoke(self, user_id: str, name: str) -> None:
        """He may not be there any more: he is told so, as are the others."""
        channel = self._channels[name]
        person = channel.people[user_id]
        last, members = channel.seen(person), list(person.seats)
        for member in members:
            self._leave(member, channel)
        if last is not None:
            self._tell(name, members, "presence_left", {"channel": name, **last, "connections": 0})

    def rename(self, user_id: str, said: str) -> None:
        """He has another name."""
        for name in self.channels_of(user_id):
            channel = self._channels[name]
            person = channel.people[user_id]
            person.name = said
            self._change(channel, person)

    def close(self) -> None:
        """The end: nothing more is told."""
        for channel in self._channels.values():
            channel.close()
        self._channels.clear()
        self._places.clear()

    def _lease(self, name: str) -> Lease[M] | None:
        channel = self._channels.get(name)
        return channel.lease if channel is not None else None

    def _at(self, member: M, name: str) -> tuple[Channel[M], Person[M]]:
        channel = self._places.get(member, {}).get(name)
        if channel is None:
            raise Refused("You are not in this channel. Join it first.")
        return channel, channel.members[member]

    def _enter(self, member: M, actor: Actor, name: str) -> Channel[M]:
        places = self._places.setdefault(member, {})
        if len(places) >= MOST_CHANNELS:
            raise Refused(f"You are in {MOST_CHANNELS} channels. Leave one of them first.")
        channel = self._channels.get(name)
        if channel is None:
            channel = self._channels[name] = Channel(name, Pace(self._timers.time()))
        places[name] = channel
        person = channel.people.setdefault(actor.id, Person(actor.id, actor.name, self._clock.now()))
        if not person.seats:
            person.name, person.since = actor.name, self._clock.now()
        person.seats[member] = Seat()
        channel.members[member] = person
        return channel

    def _leave(self, member: M, channel: Channel[M]) -> None:
        person = channel.members.pop(member)
        self._places[member].pop(channel.name)
        self._stop_typing(channel, person, person.seats.pop(member))
        person.say(member, None)
        if channel.lease is not None and channel.lease.holder is person and not person.seats:
            self.release(channel.name)
        self._change(channel, person)
        if not channel.members:
            channel.close()
            self._channels.pop(channel.name, None)

    # -- telling changes -------------------------------------------------------------------------------------------

    def _change(self, channel: Channel[M], person: Person[M]) -> None:
        channel.listed = None
        channel.changed[person.user_id] = person
        if channel.pause is None:
            self._tell_changes(channel)

    def _tell_changes(self, channel: Channel[M]) -> None:
        channel.pause = None
        while channel.changed:
            wait = channel.pace.wait(self._timers.time())
            if wait:
                channel.pause = self._timers.call_later(wait, self._tell_changes, channel)
                return
            self._tell_change(channel, channel.changed.pop(next(iter(channel.changed))))

    def _tell_change(self, channel: Channel[M], person: Person[M]) -> None:
        before, now = person.told, channel.seen(person)
        if now is None:
            channel.people.pop(person.user_id, None)
        if now == before:
            return
        person.told = now
        channel.pace.spend(len(channel.members))
        event = "presence_joined" if before is None else "presence_left" if now is None else "presence_updated"
        said = now or {**(before or {}), "connections": 0}
        self._tell(channel.name, channel.members, event, {"channel": channel.name, **said})

    # -- typing and calling out ------------------------------------------------------------------------------------

    def typing(self, member: M, name: str, place: str | None, *, on: bool) -> None:
        """He is typing in this field (`place`), or not any more. It ends by itself; each `on` begins it anew."""
        channel, person = self._at(member, name)
        seat = person.seats[member]
        if not on or seat.field != place:
            self._stop_typing(channel, person, seat)
        if on:
            if seat.typing is not None:
                seat.typing.cancel()
            seat.field = place
            seat.typing = self._timers.call_later(TYPING_S, self._stop_typing, channel, person, seat)
            self._tell_typing(channel, person, place, on=True)

    def broadcast(self, actor: Actor, name: str, event: str, data: Any) -> None:
        """Call something out to all members."""
        channel = self._channels.get(name)
        if channel is not None:
            user = {"id": actor.id, "name": actor.name}
            said = {"channel": name, "event": event, "data": data, "user": user}
            self._tell(name, channel.members, "broadcast", said)

    def _stop_typing(self, channel: Channel[M], person: Person[M], seat: Seat) -> None:
        if seat.typing is None:
            return
        seat.typing.cancel()
        seat.typing = None
        if not person.types_in(seat.field):
            self._tell_typing(channel, person, seat.field, on=False)

    def _tell_typing(self, channel: Channel[M], person: Person[M], place: str | None, *, on: bool) -> None:
        said = {"channel": channel.name, "user": person.user, "field": place, "on": on}
        self._tell(channel.name, channel.members, "typing", said)

    # -- locks -----------------------------------------------------------------------------------------------------

    def lock(self, member: M, actor: Actor, name: str, *, take_over: bool = False) -> Said:
        """Take the lock or renew it: the lease. It is presence, so he is in the channel; it ends by itself, and with the
        holder's last member there."""
        held = self._lease(name)
        if held is not None and held.holder.user_id != actor.id and not take_over:
            raise Refused(f"{held.holder.name} is editing this. You can take it over.")
        self.arrive(member, actor, name)
        channel, person = self._at(member, name)
        if held is not None:
            held.timer.cancel()
        until = self._clock.now() + timedelta(seconds=LEASE_S)
        timer = self._timers.call_later(LEASE_S, self.release, name)
        channel.lease = Lease(person, until, timer)
        self._tell(name, channel.members, "record_locked", {**channel.record, **channel.lease.said})
        if held is not None:
            self._change(channel, held.holder)
        self._change(channel, person)
        return channel.lease.said

    def unlock(self, actor: Actor, name: str) -> None:
        """Give the lock back; without one there is nothing to do."""
        held = self._lease(name)
        if held is not None and held.holder.user_id != actor.id:
            raise Refused(f"{held.holder.name} is editing this.")
        self.release(name)

    def release(self, name: str) -> None:
        """Nobody holds the lock any more."""
        channel, held = self._channels.get(name), self._lease(name)
        if channel is None or held is None:
            return
        held.timer.cancel()
        channel.lease = None
        self._tell(name, channel.members, "record_unlocked", channel.record)
        self._change(channel, held.holder)
