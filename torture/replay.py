"""The short of a history, and doing it once more: the same commands one after the other, in the order in which they were
answered, with the same gusts in between.

What the system's scheduling brought about does not come back by this; what the commands themselves brought about does.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from torture.actor import Actor
from torture.errand import Errand
from torture.history import Line, as_json, lines_of
from torture.weather import ACTS, Gust

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
            await known[line["who"]].does([Errand(line["of"], line["name"], line["message"])])
    await asyncio.gather(*blowing)


def _short(histories: Iterable[Path], until: float) -> Iterator[Line]:
    sent: dict[tuple[str, int], Line] = {}
    for line in (line for path in histories for line in lines_of(path)):
        if line["t"] > until:
            return
        if line["kind"] == "sent":
            sent[line["who"], line["n"]] = line
        elif line["kind"] == "answered":
            asked = sent.pop((line["who"], line["n"]))
            said = {"of": asked["of"], "name": asked["name"], "message": asked["message"]}
            yield {"t": line["t"], "kind": "did", "who": line["who"], **said}
        elif line["kind"] == "gust" and line["name"] in ACTS:
            yield line
