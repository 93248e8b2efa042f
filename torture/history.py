"""The history of a torment: every line that was sent, answered or heard, in the order in which it happened.

Actors, weather and the run append to it; the checks read it, a round at a time, and a replay reads it once more. Lines go
to disk as JSON, so an hour of it needs no memory.
"""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

Line = dict[str, Any]
RETOLD = frozenset(("sent", "answered", "gust"))
GATHERED = 400  # lines written at once


class History:
    """Append-only. `t` of each line is seconds since the beginning."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.began, self.round = folder, time.monotonic(), 0
        self._gathered: list[bytes] = []

    @property
    def path(self) -> Path:
        """The file of this round."""
        return self.folder / f"history-{self.round:04}.jsonl"

    @property
    def now(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self.began

    def note(self, kind: str, who: str = "", /, **fields: Any) -> None:
        """Append a line."""
        self._gathered.append(as_json({"t": round(self.now, 4), "kind": kind, "who": who, **fields}))
        if len(self._gathered) >= GATHERED:
            self.write()

    def write(self) -> None:
        """Put on disk what has been gathered."""
        with self.path.open("ab") as file:
            file.writelines(line + b"\n" for line in self._gathered)
        self._gathered.clear()

    def turn(self) -> Path:
        """End this round and begin the next; the file of the one that ended."""
        self.write()
        ended = self.path
        self.round += 1
        return ended


def thin(path: Path) -> None:
    """Keep of a round in which all went well only what doing it again takes."""
    kept = [as_json(line) + b"\n" for line in lines_of(path) if line["kind"] in RETOLD]
    with path.open("wb") as file:
        file.writelines(kept)


def as_json(line: Any) -> bytes:
    """JSON; lone surrogates, which actors send on purpose, are written as escapes."""
    try:
        return orjson.dumps(line)
    except TypeError:
        return json.dumps(line).encode()


def lines_of(path: Path) -> Iterator[Line]:
    """The lines of a file of history."""
    with path.open("rb") as file:
        for line in file:
            yield json.loads(line)
