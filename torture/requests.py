"""Asking over plain HTTP: commands, reads, snapshots and sessions, each one request with one answer (PROTOCOL 1, 2, 5).

The address of a command is made from the catalog by the protocol's own rule, not taken from the server's routes.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp
from yarl import URL

from events.catalog import Catalog
from events.resource import Command
from torture.doors.door import BROKEN, PATIENCE_S, Answer, GoneError, RefusedError, SilenceError, Way, session

OF_MINE = {"me": "/api/me", "sessions": "/api/me/sessions"}
METHODS = {"create": "POST", "update": "PATCH", "delete": "DELETE"}


class Requests:
    """One person's HTTP."""

    def __init__(self, way: Way, catalog: Catalog) -> None:
        self.way, self._catalog, self._http = way, catalog, session()

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.close()

    async def perform(self, name: str, message: Mapping[str, Any]) -> Answer:
        """Carry a command out; the answer as an ack has it. GoneError or SilenceError where there was none."""
        method, path, rest = self._place(name, dict(message))
        if method == "DELETE":
            return await self.ask(method, path, _spoken(rest))
        return await self.ask(method, path, body=rest)

    async def read(self, name: str, message: Mapping[str, Any]) -> Answer:
        """A read by its name on connections, or by the last part of its address where it has no name there."""
        rest = dict(message)
        if name in OF_MINE:
            return _acked(await self.ask("GET", OF_MINE[name], base=self.way.url))
        if name in {"search", "activity", "insights"}:
            return _acked(await self.ask("GET", f"/{name}", _spoken(rest)))
        path = "/" + "/".join(str(rest.pop(part)) for part in ("resource", "id") if part in rest)
        suffix = f"/{name}" if name in {"explain", "realtime-status"} else ""
        return _acked(await self.ask("GET", path + suffix, _spoken(rest)))

    async def snapshot(self, resources: Sequence[str] | None = None) -> Answer:
        """Everything, or of these kinds, as one page; RefusedError where it is not given."""
        return await self.given("/snapshot", None if resources is None else {"resources": ",".join(resources)})

    async def given(self, path: str, query: Mapping[str, str] | None = None) -> Answer:
        """What stands there; RefusedError where it is not given."""
        said = await self.ask("GET", path, query)
        if "error" in said:
            raise RefusedError(str(said["error"]["code"]))
        return said

    async def ask(
        self,
        method: str,
        path: str,
        query: Mapping[str, str] | None = None,
        body: Any = None,
        *,
        base: str | None = None,
    ) -> Answer:
        """One request below the team's address, or below `base`; its JSON, or an empty object."""
        url = URL((self.way.base if base is None else base) + path, encoded=False)
        content = None if body is None else json.dumps(body).encode()
        headers = {**self.way.headers, "Content-Type": "application/json"} if body is not None else self.way.headers
        try:
            async with asyncio.timeout(PATIENCE_S):
                async with self._http.request(method, url, params=query, data=content, headers=headers) as answer:
                    said = await answer.read()
                    return json.loads(said) if said else {"ok": answer.status < 300}
        except TimeoutError:
            raise SilenceError("no answer") from None
        except (*BROKEN, aiohttp.InvalidURL, ValueError) as error:
            raise GoneError(repr(error)) from None

    def _place(self, name: str, message: dict[str, Any]) -> tuple[str, str, dict[str, Any]]:
        """(method, path, what is left for the body): the last part of the path is the command without its noun."""
        if name == "undo":
            return "POST", "/undo", message
        command: Command = self._catalog.commands[name]
        is_free = name == f"{command.kind}_{command.noun}"
        path = f"/{command.plural}"
        if command.kind != "create":
            path += f"/{message.pop('id', '-')}"
        action = name.removesuffix(f"_{command.noun}")
        return (METHODS[command.kind], path, message) if is_free else ("POST", f"{path}/{action}", message)


def _spoken(query: Mapping[str, Any]) -> dict[str, str]:
    """Values as a query has them."""
    words = {True: "true", False: "false", None: ""}
    return {name: words[value] if isinstance(value, bool | None) else str(value) for name, value in query.items()}


def _acked(said: Answer) -> Answer:
    """A body that is what was asked for, as the ack that a connection would get."""
    return said if "error" in said else {"ok": True, "data": said}
