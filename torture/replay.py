"""The short of a history, and doing it once more: the same commands one after the other, in the order in which they were
answered, over a connection where they went over one, with the same gusts in between.

What the system's scheduling brought about does not come back by this; what the commands themselves brought about does.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from torture.actor import Actor
from torture.doors.door import SpeakingDoor
from torture.errand import Errand
from torture.history import Line, as_json, lines_of
from torture.replica import seq_of
from torture.weather import ACTS, Gust

CURSORS = frozenset(("cursor", "since"))
Repeat = Callable[[Gust], Awaitable[None]]


def shorten(histories: Iterable[Path], wish: Mapping[str, Any], until: float, path: Path) -> None:
    """Write what is needed to do it again: who did what, and the gusts, until that moment."""
    with path.open("wb") as file:
        file.write(as_json({"kind": "wish", **wish}) + b"\n")
        file.writelines(as_json(line) + b"\n" for line in _short(histories, until))


def wish_of(path: Path) -> Mapping[str, Any]:
    """What was wished when the history was made. ValueError where this is no such file."""
    with path.open("rb") as file:
        wish: Mapping[str, Any] = json.loads(file.readline())
    if wish.get("kind") != "wish":
        raise ValueError(f"{path} is no short history of a torment")
    return wish


async def replay(path: Path, actors: Iterable[Actor], repeat: Repeat) -> None:
    """Do all of it again; gusts last as long as they did, beside the commands."""
    known, blowing = {actor.who: actor for actor in actors}, set[asyncio.Task[None]]()
    for line in lines_of(path):
        if line["kind"] == "gust":
            blowing.add(asyncio.ensure_future(repeat(Gust(line["t"], line["name"], line["args"]))))
        elif line["kind"] == "did":
            await _once_more(known[line["who"]], line)
    await asyncio.gather(*blowing)


async def _once_more(actor: Actor, line: Line) -> None:
    """A signal has no other way than a connection: without one it is left out."""
    door = actor.door if isinstance(actor.door, SpeakingDoor) and line["spoke"] else None
    if door is not None or line["of"] != "signal":
        message = _of_today(line["message"], actor.replica.cursor)
        await actor.does([Errand(line["of"], line["name"], message, foreign=line["foreign"])], door)


def _of_today(message: Mapping[str, Any], cursor: str | None) -> Mapping[str, Any]:
    """Its cursors name the same places in the journal of today, whose epoch is another."""
    if cursor is None:
        return message
    epoch = cursor.rpartition(".")[0]
    return {
        name: f"{epoch}.{seq_of(value)}" if name in CURSORS and _is_cursor(value) else value
        for name, value in message.items()
    }


def _is_cursor(value: object) -> bool:
    return isinstance(value, str) and value.rpartition(".")[2].isdecimal()


def _short(histories: Iterable[Path], until: float) -> Iterator[Line]:
    sent: dict[tuple[str, int], Line] = {}
    for line in (line for path in histories for line in lines_of(path)):
        if line["t"] > until:
            return
        if line["kind"] == "sent":
            sent[line["who"], line["n"]] = line
        elif line["kind"] == "answered":
            asked = sent.pop((line["who"], line["n"]))
            said = {name: asked[name] for name in ("of", "name", "message", "foreign")}
            yield {"t": line["t"], "kind": "did", "who": line["who"], "spoke": bool(asked["conn"]), **said}
        elif line["kind"] == "gust" and line["name"] in ACTS:
            yield line
