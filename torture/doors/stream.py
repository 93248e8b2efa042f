"""Server-sent events: a stream to listen to; commands go beside it over HTTP."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import orjson

from torture.doors.door import Door, RefusedError


class StreamDoor(Door):
    """One stream, begun at the replica's cursor."""

    name = "SSE"

    async def _attend(self) -> None:
        held = {} if self.replica.cursor is None else {"Last-Event-ID": self.replica.cursor}
        async with self.http.get(self._address, headers={**self.way.headers, **held}) as answer:
            if answer.status != 200:
                raise RefusedError(str((await answer.json(content_type=None))["error"]["code"]))
            fields: dict[str, str] = {}
            async for line in self._lines(answer.content):
                if line:
                    name, _, value = line.partition(": ")
                    fields[name] = value
                    continue
                if "event" in fields:
                    self._dispatch(fields.pop("event"), fields.pop("data"), fields.get("id", ""))
                if self.replica.cursor is None:
                    return  # with a snapshot it begins anew

    @property
    def _address(self) -> str:
        """One kind of record has a stream of its own."""
        kinds = self.replica.selection or []
        suffix = f"/{kinds[0]}" if len(kinds) == 1 else f"?resources={','.join(kinds)}" if kinds else ""
        return f"{self.way.base}/realtime{suffix}"

    async def _lines(self, content: aiohttp.StreamReader) -> AsyncIterator[str]:
        rest = b""
        async for chunk in content.iter_any():
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                yield line.decode()
            await self.nap()

    def _dispatch(self, event: str, text: str, last_id: str) -> None:
        said: Any = orjson.loads(text)
        if event == "cursor":
            self.told("cursor", {"cursor": last_id}, None)
        elif set(said) == {"data", "meta"}:
            self.told(event, said["data"], said["meta"])
        else:
            self.told(event, said, None)
