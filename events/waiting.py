"""Those who wait for news of one desk: woken by the first entry that they may hear (PROTOCOL section 5).

One listener for all of them: who waits stands in rooms as live readers do (V2), so an entry costs what it wakes.
"""

import asyncio
from collections.abc import Iterator, Sequence

from events.changes import Recipient
from events.desk import Desk
from events.errors import CallboardError
from stores.change import Entry

Room = tuple[str, ...]  # (resource, audience key), or (user id,) for what concerns him alone
Waiter = asyncio.Future[CallboardError | None]


class Waiting:
    """The waiters of one desk. A waiter is done with None when there is news, or with the error that ends its wait."""

    def __init__(self, desk: Desk) -> None:
        self._rooms: dict[Room, dict[Waiter, None]] = {}
        desk.listeners.append(self._told)

    def enter(self, recipient: Recipient) -> Waiter:
        """Wait from now on for what this recipient may hear, or for a change of his rights."""
        waiter: Waiter = asyncio.get_running_loop().create_future()
        for room in _rooms_of(recipient):
            self._rooms.setdefault(room, {})[waiter] = None
        return waiter

    def leave(self, waiter: Waiter, recipient: Recipient) -> None:
        """It waits no more."""
        for room in _rooms_of(recipient):
            members = self._rooms.get(room, {})
            members.pop(waiter, None)
            if not members:
                self._rooms.pop(room, None)

    def _told(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            for room in _rooms_for(entry):
                for waiter in self._rooms.pop(room, ()):
                    wake(waiter)


def wake(waiter: Waiter, why: CallboardError | None = None) -> None:
    """End the wait, with news or with an error; once."""
    if not waiter.done():
        waiter.set_result(why)


def _rooms_of(recipient: Recipient) -> Iterator[Room]:
    yield (recipient.user_id,)
    for resource in recipient.resources:
        for key in recipient.keys:
            yield (resource, key)


def _rooms_for(entry: Entry) -> Iterator[Room]:
    for user_id in {entry.rights_of, entry.personal and entry.personal[0]} - {None}:
        yield (str(user_id),)
    for key in {*entry.keys_before, *entry.keys_after}:
        yield (entry.resource, key)
