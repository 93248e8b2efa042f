"""Following a desk's journal as the program itself, which hears everything: what `callboard watch` shows.

Read from the journal as a client that catches up reads it, and woken by the lane; who is slow costs nobody anything.
"""

import asyncio
from collections.abc import AsyncGenerator, Collection, Sequence
from typing import Any

import orjson

from events.desk import Desk
from events.errors import Invalid, SnapshotRequired
from events.search import numbered
from stores.change import Entry

SILENCE_S = 10.0


async def watched(
    desk: Desk, since: object = None, resources: Collection[str] = ()
) -> AsyncGenerator[dict[str, Any] | None]:
    """Everything told after `since` (None: from now on) of these resources (none named: of all), for ever; None after
    each `SILENCE_S` without news. `Invalid` where it is no place in the journal, `SnapshotRequired` where it has gone."""
    heard = frozenset(desk.catalog.wire_resource(plural).plural for plural in resources or desk.catalog.wire_plurals)
    place = desk.journal.head if since is None else _place(desk, since)
    news = asyncio.Event()

    def listen(_: Sequence[Entry]) -> None:
        news.set()

    desk.listeners.append(listen)
    try:
        while True:
            news.clear()
            for entry in await _page(desk, place):
                place = entry.seq
                if entry.resource in heard:
                    yield told(desk, entry)
            if place == desk.journal.head and not await _heard_in_time(news):
                yield None
    finally:
        desk.listeners.remove(listen)


def told(desk: Desk, entry: Entry) -> dict[str, Any]:
    """An entry in few words: `{cursor, at, actor, action, event, resource, id, number, title, changed}`."""
    resource, meta, record = (
        desk.catalog.resources[entry.resource],
        orjson.loads(entry.meta),
        orjson.loads(entry.record),
    )
    said = {name: meta[name] for name in ("cursor", "at", "actor", "action", "resource", "id", "changed")}
    title = str(record.get(resource.title) or "")
    return {**said, "event": entry.event, "number": numbered(resource, record["number"]), "title": title}


def _place(desk: Desk, cursor: object) -> int:
    seq = desk.journal.seq_of(cursor)
    if seq is None:
        raise Invalid("Some fields need another look.", {"cursor": "is no place in the journal"})
    return seq


async def _page(desk: Desk, place: int) -> Sequence[Entry]:
    page = await desk.entries_after(place)
    is_next = page[0].seq == place + 1 if page else place == desk.journal.head
    if place < desk.journal.floor or not is_next:
        raise SnapshotRequired("The journal does not go back that far.")
    return page


async def _heard_in_time(news: asyncio.Event) -> bool:
    try:
        async with asyncio.timeout(SILENCE_S):
            return await news.wait()
    except TimeoutError:
        return False
