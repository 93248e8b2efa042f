"""Records what the server tells of one working day, for the tests of the board's replica (WEB L2).

Everybody's snapshot at the start, every event after it, and the snapshot at the end: `web/src/realtime/fixtures/` holds
them as files. What differs from one run to the next (times, epochs, ids and codes that the server makes) is put in the
same words each time, so that a stale file can be told from a fresh one.
"""

import re
from typing import Any
from urllib.parse import quote

import orjson
from caller import Caller
from premises import TEAM, id_of

KNOWN = {id_of(name) for name in TEAM}
UUID = re.compile(rb"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
MOMENT = re.compile(rb"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
EPOCH = re.compile(rb'"[A-Za-z0-9_-]+\.(\d+)"')
TRACKING = re.compile(rb'"tracking_code":"[0-9A-Z]{12}"')


class Watcher:
    """Somebody who took a snapshot and looks what has happened since: one stretch from each snapshot to the next."""

    def __init__(self, name: str, who: Caller) -> None:
        self.name, self.who = name, who
        self.stretches: list[dict[str, Any]] = []

    async def begins(self) -> None:
        """Take a snapshot."""
        snapshot = (await self.who.gets("snapshot")).body
        self.stretches.append({"before": snapshot, "events": [], "after": None})

    async def looks(self) -> None:
        """Take in what has happened; where rights changed, a new snapshot."""
        while True:
            stretch = self.stretches[-1]
            place = stretch["events"][-1]["meta"]["cursor"] if stretch["events"] else stretch["before"]["cursor"]
            answer = await self.who.gets(f"changes?since={quote(place)}")
            if answer.status in {204, 401}:
                return
            if answer.status == 410:
                await self.begins()
                return
            stretch["events"] += answer.body["events"]
            if not answer.body["more"]:
                return

    async def ends(self) -> None:
        """The snapshot at the end; None for whoever may take none any more."""
        answer = await self.who.gets("snapshot")
        self.stretches[-1]["after"] = answer.body if answer.status == 200 else None


def told_alike(recorded: list[dict[str, Any]]) -> bytes:
    """The recording as a file, one stretch a line: the same bytes whenever the server tells the same."""
    text = b"\n".join(orjson.dumps(stretch, option=orjson.OPT_SORT_KEYS) for stretch in recorded)
    text = MOMENT.sub(b"2026-11-20T09:00:00.000Z", text)
    text = EPOCH.sub(rb'"epoch.\1"', text)
    text = TRACKING.sub(b'"tracking_code":"TRACK2345678"', text)
    named: dict[bytes, bytes] = {}

    def name(found: re.Match[bytes]) -> bytes:
        known = found[0].decode() in KNOWN or found[0][14:15] == b"5"
        return found[0] if known else named.setdefault(found[0], b"00000000-0000-7000-8000-%012d" % len(named))

    return UUID.sub(name, text) + b"\n"


def held_of(snapshot: dict[str, Any]) -> dict[tuple[str, str], Any]:
    """All records of a snapshot by place."""
    return {(plural, record["id"]): record for plural, found in snapshot["records"].items() for record in found}
