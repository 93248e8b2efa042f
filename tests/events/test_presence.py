"""Presence without any network: who is where, who types, who holds a lock, and what the others are told of it (F6)."""

import heapq
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from events.actor import member_actor
from events.errors import Refused
from events.presence import CHANGES_PER_S, EDITING, LEASE_S, MOST_CHANNELS, TEAM, TYPING_S, Presence

ALICE, BOB, CAROL = (member_actor(name.lower(), name, "engineer") for name in ("Alice", "Bob", "Carol"))
CALL = "calls/1"


class Time:
    """A clock and its timers, moved by hand."""

    def __init__(self):
        self.seconds, self._timers, self._order = 0.0, [], count()

    def now(self):
        return datetime(2026, 11, 20, tzinfo=UTC) + timedelta(seconds=self.seconds)

    def time(self):
        return self.seconds

    def call_later(self, delay, callback, *args):
        timer = Timer(callback, args)
        heapq.heappush(self._timers, (self.seconds + delay, next(self._order), timer))
        return timer

    def passes(self, seconds):
        end = self.seconds + seconds
        while self._timers and self._timers[0][0] <= end:
            self.seconds, _, timer = heapq.heappop(self._timers)
            timer.ring()
        self.seconds = end

    @property
    def waiting(self):
        return [timer for *_, timer in self._timers if not timer.cancelled]


class Timer:
    def __init__(self, callback, args):
        self.callback, self.args, self.cancelled = callback, args, False

    def cancel(self):
        self.cancelled = True

    def ring(self):
        if not self.cancelled:
            self.callback(*self.args)


class Place:
    """Presence, and what each member was told, in order: `heard[member]` is a list of (event, said)."""

    def __init__(self):
        self.time = Time()
        self.presence = Presence(self.time, self.time, self._told)
        self.heard = {}

    def _told(self, channel, members, event, said):
        for member in members:
            self.heard.setdefault(member, []).append((event, said))

    def hears(self, member):
        """What this member was told since the last time, and nobody else's ears."""
        return self.heard.pop(member, [])

    def names(self, member):
        return [event for event, _ in self.hears(member)]


@pytest.fixture
def place():
    return Place()


@pytest.fixture
def presence(place):
    return place.presence


def states(listed):
    return {said["user"]["name"]: (said["state"], said["connections"]) for said in listed}


# -- one person ------------------------------------------------------------------------------------------------------


def test_f6_several_connections_of_one_user_are_one_person(place, presence):
    presence.join("a1", ALICE, TEAM)
    place.hears("a1")
    listed = [presence.join(tab, BOB, TEAM) for tab in ("b1", "b2", "b3")][-1]
    assert states(listed) == {"Alice": (None, 1), "Bob": (None, 3)}
    presence.leave("b1", TEAM)
    presence.gone("b2")
    presence.gone("b3")
    heard = place.hears("a1")
    assert [(event, said["connections"]) for event, said in heard] == [
        ("presence_joined", 1), ("presence_updated", 2), ("presence_updated", 3),
        ("presence_updated", 2), ("presence_updated", 1), ("presence_left", 0),
    ]  # fmt: skip
    assert {said["user"]["id"] for _, said in heard} == {"bob"}
    assert states(presence.who(TEAM)) == {"Alice": (None, 1)}


def test_f6_whoever_is_in_hears_of_himself_too_and_who_left_hears_nothing(place, presence):
    presence.join("b1", BOB, CALL)
    assert place.hears("b1") == [
        ("presence_joined",
         {"channel": CALL, "user": {"id": "bob", "name": "Bob"}, "state": None, "since": place.time.now(),
          "connections": 1}),
    ]  # fmt: skip
    presence.leave("b1", CALL)
    assert place.hears("b1") == []


def test_f6_what_changes_nothing_is_not_told(place, presence):
    presence.join("b1", BOB, TEAM, "busy")
    place.hears("b1")
    presence.join("b1", BOB, TEAM)
    presence.set_state("b1", TEAM, "busy")
    assert place.hears("b1") == []


def test_f6_a_state_that_is_taken_back_or_left_gives_way_to_the_one_before(presence):
    for member, state in (("b1", "one"), ("b2", "two"), ("b3", "three")):
        presence.join(member, BOB, TEAM, state)
    presence.set_state("b3", TEAM, None)
    assert states(presence.who(TEAM)) == {"Bob": ("two", 3)}
    presence.leave("b2", TEAM)
    assert states(presence.who(TEAM)) == {"Bob": ("one", 2)}
    assert states(presence.leave("b1", TEAM)) == {"Bob": (None, 1)}


def test_f6_who_is_there_is_listed_once_until_somebody_changes(presence):
    presence.arrive("a1", ALICE, TEAM)
    first = presence.who(TEAM)
    assert presence.who(TEAM) is first
    changes = (
        lambda: presence.join("b1", BOB, TEAM), lambda: presence.set_state("b1", TEAM, "busy"),
        lambda: presence.rename("bob", "Robert"), lambda: presence.lock("b1", BOB, TEAM), lambda: presence.release(TEAM),
        lambda: presence.revoke("bob", TEAM), lambda: presence.gone("a1"),
    )  # fmt: skip
    for change in changes:
        before = presence.who(TEAM)
        change()
        assert presence.who(TEAM) != before
    assert states(first) == {"Alice": (None, 1)}


def test_f6_the_state_set_last_is_the_persons_and_another_tabs_follows_it(presence):
    presence.join("b1", BOB, TEAM, "viewing")
    assert states(presence.join("b2", BOB, TEAM)) == {"Bob": ("viewing", 2)}, "a tab that says nothing changes nothing"
    presence.set_state("b2", TEAM, {"at": "lunch"})
    presence.set_state("b1", TEAM, "back")
    assert states(presence.who(TEAM)) == {"Bob": ("back", 2)}
    presence.gone("b1")
    assert states(presence.who(TEAM)) == {"Bob": ({"at": "lunch"}, 1)}


def test_f6_who_comes_back_is_there_since_then(place, presence):
    presence.join("a1", ALICE, TEAM)
    presence.join("b1", BOB, TEAM, "busy")
    presence.gone("b1")
    place.time.passes(60)
    presence.join("b2", BOB, TEAM)
    assert [(said["user"]["name"], said["state"], said["since"]) for said in presence.who(TEAM)] == [
        ("Alice", None, place.time.now() - timedelta(seconds=60)), ("Bob", None, place.time.now()),
    ]  # fmt: skip


def test_f6_a_new_name_is_told(place, presence):
    presence.join("b1", BOB, TEAM)
    presence.join("b1", BOB, CALL)
    place.hears("b1")
    presence.rename("bob", "Robert")
    assert [(event, said["channel"], said["user"]["name"]) for event, said in place.hears("b1")] == [
        ("presence_updated", TEAM, "Robert"), ("presence_updated", CALL, "Robert"),
    ]  # fmt: skip


def test_f6_what_asks_to_be_in_is_refused_to_who_is_not(presence):
    for refused in (
        lambda: presence.set_state("b1", CALL, "x"),
        lambda: presence.typing("b1", CALL, None, on=True),
    ):
        with pytest.raises(Refused, match="Join it first"):
            refused()
    assert presence.leave("b1", CALL) == ()
    assert presence.who(CALL) == []


def test_f6_at_most_fifty_channels(presence):
    for number in range(MOST_CHANNELS):
        presence.join("b1", BOB, f"calls/{number}")
    with pytest.raises(Refused, match="Leave one of them first"):
        presence.join("b1", BOB, "calls/x")
    presence.join("b1", BOB, "calls/0", "again")
    presence.join("b2", BOB, "calls/x")
    presence.leave("b1", "calls/0")
    presence.join("b1", BOB, "calls/x")
    assert len(presence.channels_of("bob")) == MOST_CHANNELS


def test_v4_who_loses_the_right_is_told_as_the_others_are(place, presence):
    for member, actor in (("a1", ALICE), ("b1", BOB), ("b2", BOB)):
        presence.join(member, actor, CALL, "viewing")
    presence.lock("b1", BOB, CALL)
    for member in ("a1", "b1", "b2"):
        place.hears(member)
    presence.revoke("bob", CALL)
    assert place.names("a1") == ["presence_updated", "record_unlocked", "presence_left"]
    last = place.hears("b2")[-1]
    assert last[0] == "presence_left"
    assert last[1]["connections"] == 0
    assert place.names("b1")[-1] == "presence_left"
    assert presence.users_in(CALL) == ["alice"]
    presence.revoke("alice", CALL)
    assert place.names("a1") == ["presence_left"]


# -- typing ----------------------------------------------------------------------------------------------------------


def typed(heard):
    return [(said["user"]["name"], said["field"], said["on"]) for event, said in heard if event == "typing"]


@pytest.fixture
def two(place, presence):
    presence.join("a1", ALICE, CALL)
    presence.join("b1", BOB, CALL)
    place.hears("a1")
    return place


def test_f6_typing_ends_by_itself(two, presence):
    presence.typing("b1", CALL, "title", on=True)
    two.time.passes(TYPING_S - 1)
    presence.typing("b1", CALL, "title", on=True)
    two.time.passes(TYPING_S - 1)
    assert typed(two.hears("a1")) == [("Bob", "title", True), ("Bob", "title", True)]
    two.time.passes(1)
    assert typed(two.hears("a1")) == [("Bob", "title", False)]
    presence.typing("b1", CALL, "title", on=False)
    assert two.hears("a1") == []


def test_f6_typing_ends_with_the_field_and_with_the_connection(two, presence):
    presence.typing("b1", CALL, "title", on=True)
    presence.typing("b1", CALL, None, on=True)
    presence.gone("b1")
    assert typed(two.hears("a1")) == [
        ("Bob", "title", True), ("Bob", "title", False), ("Bob", None, True), ("Bob", None, False),
    ]  # fmt: skip
    two.time.passes(60)
    assert typed(two.hears("a1")) == []


def test_f6_a_person_types_as_long_as_one_of_his_connections_does(two, presence):
    presence.join("b2", BOB, CALL)
    presence.typing("b1", CALL, "title", on=True)
    presence.typing("b2", CALL, "title", on=True)
    two.hears("a1")
    presence.typing("b1", CALL, "title", on=False)
    assert typed(two.hears("a1")) == []
    presence.typing("b2", CALL, "title", on=False)
    assert typed(two.hears("a1")) == [("Bob", "title", False)]


# -- calling out -----------------------------------------------------------------------------------------------------


def test_f6_a_broadcast_is_told_to_the_channel_alone(two, presence):
    presence.join("c1", CAROL, TEAM)
    two.heard.clear()
    presence.broadcast(CAROL, CALL, "lunch", {"at": 12})
    said = {"channel": CALL, "event": "lunch", "data": {"at": 12}, "user": {"id": "carol", "name": "Carol"}}
    assert two.heard == {"a1": [("broadcast", said)], "b1": [("broadcast", said)]}
    presence.broadcast(CAROL, "calls/empty", "lunch", None)


# -- locks -----------------------------------------------------------------------------------------------------------


def test_f6_a_lock_is_presence_in_state_editing(place, presence):
    presence.join("a1", ALICE, CALL)
    presence.join("b1", BOB, CALL, "viewing")
    place.hears("a1")
    lease = presence.lock("b1", BOB, CALL)
    assert lease == {"holder": {"id": "bob", "name": "Bob"}, "until": place.time.now() + timedelta(seconds=LEASE_S)}
    assert presence.lease(CALL) == lease
    assert states(presence.who(CALL))["Bob"] == (EDITING, 1)
    assert place.hears("a1")[0] == ("record_locked", {"resource": "calls", "id": "1", **lease})
    presence.unlock(BOB, CALL)
    assert states(presence.who(CALL))["Bob"] == ("viewing", 1)
    assert place.hears("a1")[0] == ("record_unlocked", {"resource": "calls", "id": "1"})
    presence.unlock(BOB, CALL)
    assert place.hears("a1") == []


def test_f6_who_locks_is_in_the_channel(presence):
    presence.lock("b1", BOB, CALL)
    assert states(presence.who(CALL)) == {"Bob": (EDITING, 1)}


def test_f6_a_lock_is_refused_to_others_who_then_are_not_in_either(presence):
    presence.lock("b1", BOB, CALL)
    with pytest.raises(Refused, match="Bob is editing this"):
        presence.lock("a1", ALICE, CALL)
    assert presence.users_in(CALL) == ["bob"]
    with pytest.raises(Refused, match="Bob is editing this"):
        presence.unlock(ALICE, CALL)
    assert presence.holder(CALL) == "bob"
    presence.lock("b2", BOB, CALL)


def test_f6_a_lock_ends_by_itself_and_is_renewed_by_asking_again(two, presence):
    presence.lock("b1", BOB, CALL)
    two.time.passes(LEASE_S - 1)
    assert presence.lock("b1", BOB, CALL)["until"] == two.time.now() + timedelta(seconds=LEASE_S)
    two.time.passes(LEASE_S - 1)
    assert presence.holder(CALL) == "bob"
    two.hears("a1")
    two.time.passes(1)
    assert presence.holder(CALL) is None
    assert two.names("a1") == ["record_unlocked", "presence_updated"]


def test_f6_a_lock_can_be_taken_over(two, presence):
    presence.lock("b1", BOB, CALL)
    two.hears("a1")
    two.time.passes(LEASE_S - 1)
    presence.lock("a1", ALICE, CALL, take_over=True)
    assert states(presence.who(CALL)) == {"Alice": (EDITING, 1), "Bob": (None, 1)}
    assert two.names("a1") == ["record_locked", "presence_updated", "presence_updated"]
    two.time.passes(LEASE_S - 1)
    assert presence.holder(CALL) == "alice", "the end of the old lease is not the end of the new"


def test_f6_a_lock_goes_with_the_last_connection_of_its_holder(two, presence):
    presence.join("b2", BOB, CALL)
    presence.lock("b1", BOB, CALL)
    presence.gone("b1")
    assert presence.holder(CALL) == "bob"
    two.hears("a1")
    presence.leave("b2", CALL)
    assert presence.holder(CALL) is None
    assert sorted(two.names("a1")) == ["presence_left", "record_unlocked"]


# -- a large team ----------------------------------------------------------------------------------------------------


def test_f6_when_everybody_comes_back_at_once_changes_gather(place, presence):
    """Told one by one, ten tabs each of two hundred people were four million frames."""
    people = [member_actor(str(n), f"Person {n}", "engineer") for n in range(200)]
    for tab in range(10):
        for person in people:
            presence.join((person.id, tab), person, TEAM)
    told = sum(map(len, place.heard.values()))
    assert told < CHANGES_PER_S + 2_000
    for _ in range(100):
        place.time.passes(1)
    assert states(presence.who(TEAM)) == {person.name: (None, 10) for person in people}
    known = {said["user"]["name"]: said["connections"] for _, said in place.hears(("199", 9))}
    assert all(known[person.name] == 10 for person in people), "in the end everybody knows"
    assert not place.time.waiting


def test_f6_who_left_and_came_back_before_it_was_told_is_one_change(place, presence):
    crowd = [member_actor(str(n), f"Person {n}", "engineer") for n in range(300)]
    for person in crowd:
        presence.join(person.id, person, TEAM)
    presence.join("b1", BOB, TEAM)
    place.time.passes(60)
    place.hears("0")
    for number in range(100):
        presence.set_state(str(number), TEAM, "busy")
    presence.gone("b1")
    presence.gone("299")
    place.time.passes(0.001)
    presence.join("b2", BOB, TEAM)
    place.time.passes(60)
    heard = [(event, said["user"]["name"]) for event, said in place.hears("0")][-2:]
    assert heard == [("presence_updated", "Bob"), ("presence_left", "Person 299")]


# -- nothing is left behind ------------------------------------------------------------------------------------------


def test_nothing_is_left_of_who_has_gone(two, presence):
    presence.typing("a1", CALL, "title", on=True)
    presence.lock("b1", BOB, CALL)
    for member in ("a1", "b1"):
        presence.gone(member)
    assert not presence._channels
    assert not presence._places
    assert not two.time.waiting


def test_at_the_end_nothing_more_is_told(two, presence):
    presence.typing("a1", CALL, "title", on=True)
    presence.lock("b1", BOB, CALL)
    presence.close()
    two.heard.clear()
    two.time.passes(60)
    presence.gone("a1")
    assert two.heard == {}
