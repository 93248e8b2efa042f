"""The journal as people read it: who did what when, newest first, entry by entry under the reader's rights (V1)."""

from collections.abc import Mapping
from typing import Any

import orjson

from events.actor import Caller
from events.desk import Desk
from events.errors import Invalid
from events.query import parse_limit
from events.telling import can_hear
from stores.change import Entry

MOST_LOOKS = 20  # pages of the table read for one answer, where most entries are not for this reader
FILTERS = ("resource", "id", "actor", "after", "limit")


async def activity_page(desk: Desk, caller: Caller, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """`{"items": [{"cursor", "at", "actor", "action", "resource", "id", "changed": [{"field", "was", "now"}]}], "next"}`.

    `wanted`: `resource`, `id`, `actor` (`me` is the reader), `after` (the `next` of the page before), `limit`.
    """
    place, limit = _checked(desk, wanted)
    keys = await desk.read(caller, lambda view: view.actor.keys)
    actor = caller.user_id if wanted.get("actor") == "me" else wanted.get("actor")
    items: list[dict[str, Any]] = []
    for _ in range(MOST_LOOKS):
        entries = await desk.activity(
            resource=wanted.get("resource"), record_id=wanted.get("id"), actor_id=actor, before_seq=place, limit=limit
        )
        place = entries[-1].seq if len(entries) == limit else None
        items += [activity_item(entry) for entry in entries if can_hear(entry, keys)]
        if place is None or len(items) >= limit:
            break
    return {"items": items, "next": None if place is None else desk.journal.cursor(place)}


def activity_item(entry: Entry) -> dict[str, Any]:
    """One line of activity."""
    meta, record, was = orjson.loads(entry.meta), orjson.loads(entry.record), orjson.loads(entry.was)
    return {
        "cursor": meta["cursor"], "at": meta["at"], "actor": meta["actor"], "action": meta["action"],
        "resource": entry.resource, "id": entry.record_id,
        "changed": [{"field": name, "was": was.get(name), "now": record.get(name)} for name in meta["changed"]],
    }  # fmt: skip


def _checked(desk: Desk, wanted: Mapping[str, Any]) -> tuple[int | None, int]:
    """(before which seq, how many); `Invalid` names what does not fit."""
    wrong = {name: "is not a filter of activity" for name in wanted if name not in FILTERS}
    wrong.update({name: "must be text" for name in ("resource", "id", "actor") if not _may_be(wanted.get(name))})
    place = None if wanted.get("after") is None else desk.journal.seq_of(wanted["after"])
    if wanted.get("after") is not None and place is None:
        wrong["after"] = "is not a place in this list"
    if wrong:
        raise Invalid("The activity cannot be listed this way.", wrong)
    return place, parse_limit(wanted.get("limit"))


def _may_be(value: Any) -> bool:
    """A name or none. One with a NUL in it is an error to PostgreSQL."""
    return value is None or (isinstance(value, str) and value.isprintable())
