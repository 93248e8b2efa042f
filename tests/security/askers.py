"""The doors through which somebody can ask, each by hand and with as little around it as can be.

`await door.asks("update_call", {...})` is the code of the answer (`ok`, or that of a refusal) and its body. Whoever has
no session that stands says so by a token of None or one that has ended: what he asks is sent right behind what should
have let him in, as an attacker would.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

from aiohttp import ClientSession, WSMsgType
from network import PATIENCE

from events.catalog import Catalog
from server.http import routes_of

Reply = tuple[str, Any]
ENDS = (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR)


class Asker:
    """One person at one door. `heard` are the names of events of records that were told meanwhile."""

    def __init__(self, http: ClientSession, url: str, token: str | None, slug: str, catalog: Catalog) -> None:
        self.http, self.url, self.token, self.slug, self.catalog = http, url, token, slug, catalog
        self.heard: list[str] = []
        self._ids = 0

    async def enters(self) -> None:
        """Connect, with a session that stands."""

    async def leaves(self) -> None:
        """End it."""

    async def asks(self, name: str, message: dict[str, Any]) -> Reply:
        """One question, answered."""
        raise NotImplementedError

    async def breaks_in(self, name: str, message: dict[str, Any]) -> Reply:
        """The same without a session: what he is told."""
        raise NotImplementedError


class HttpAsker(Asker):
    """HTTP requests."""

    async def asks(self, name: str, message: dict[str, Any]) -> Reply:
        method, path, rest = self._place(name, dict(message))
        body = None if method in {"GET", "DELETE"} else json.dumps(rest).encode()
        headers = {"Content-Type": "application/json", **self.credential()}
        address = f"{self.url}/api/tenants/{self.slug}/{path}"
        params = {key: _in_query(value) for key, value in rest.items()} if body is None else None
        async with self.http.request(method, address, data=body, params=params, headers=headers) as answer:
            raw = await answer.read()
            said = json.loads(raw) if raw else {}
            assert (answer.status >= 400) == ("error" in said), (answer.status, said)
            return (said["error"]["code"] if answer.status >= 400 else "ok"), said

    breaks_in = asks

    def credential(self) -> dict[str, str]:
        """How he shows his session."""
        return {} if self.token is None else {"Authorization": f"Bearer {self.token}"}

    def _place(self, name: str, message: dict[str, Any]) -> tuple[str, str, dict[str, Any]]:
        """(method, address, what is sent) of a command or a read."""
        for (method, plural, action), command in routes_of(self.catalog).items():
            if command.name == name:
                kept = f"/{message.pop('id')}" if command.kind != "create" else ""
                return method, f"{plural}{kept}" + (f"/{action}" if action else ""), message
        if name in self.catalog.commands:  # one that no client has: at the address where it would be
            return "POST", f"{self.catalog.commands[name].plural}/x/{name}", message
        if name == "undo":
            return "POST", "undo", message
        return "GET", _address_of(name, message), message


class CookieAsker(HttpAsker):
    """HTTP requests of a page of ours: the session is in the cookie."""

    def credential(self) -> dict[str, str]:
        cookie = {} if self.token is None else {"Cookie": f"callboard_session={self.token}"}
        return {"Origin": self.url, **cookie}


def _in_query(value: Any) -> str:
    return ",".join(value) if isinstance(value, list) else str(value)


def _address_of(name: str, message: dict[str, Any]) -> str:
    """Where a read stands; what of the message is in the address is taken out of it."""
    if name in {"search", "snapshot", "insights", "changes", "export"} or "resource" not in message:
        return name
    if name == "activity" and "id" not in message:
        return name
    plural = message.pop("resource")
    record = f"/{message.pop('id')}" if "id" in message else ""
    return f"{plural}{record}" + ("" if name in {"list", "get"} else f"/{name}")


class SocketAsker(Asker):
    """What the doors with a connection share: answers are found by their number, events are noted."""

    async def asks(self, name: str, message: dict[str, Any]) -> Reply:
        self._ids += 1
        await self.says(self.command(self._ids, name, message))
        async for number, said in self.told():
            if number == self._ids:
                return ("ok" if said["ok"] else said["error"]["code"]), said
        raise AssertionError(f"{name} was not answered")

    async def breaks_in(self, name: str, message: dict[str, Any]) -> Reply:
        await self.opens()
        refusals: list[Reply] = []
        with suppress(ConnectionError):  # the server may have hung up before all was sent
            await self.says(*self.greeting(), self.command(1, name, message))
        async for number, said in self.told():
            assert number is None, f"{name} was answered: {said}"
            refusals.append((said["code"], said))
        await self.leaves()
        (refusal,) = refusals
        return refusal

    async def opens(self) -> None:
        raise NotImplementedError

    async def says(self, *packets: str) -> None:
        raise NotImplementedError

    def greeting(self) -> list[str]:
        raise NotImplementedError

    def command(self, number: int, name: str, message: dict[str, Any]) -> str:
        raise NotImplementedError

    def told(self) -> AsyncIterator[tuple[int | None, Any]]:
        """(number, answer), or (None, why one is refused), until the connection ends."""
        raise NotImplementedError


class PlainAsker(SocketAsker):
    """The plain WebSocket."""

    async def opens(self) -> None:
        self.socket = await self.http.ws_connect(f"{self.url}/ws", max_msg_size=0)

    async def enters(self) -> None:
        await self.opens()
        await self.says(*self.greeting())
        while json.loads(await self._text() or "")["type"] != "ready":
            pass

    def greeting(self) -> list[str]:
        return [] if self.token is None else [json.dumps({"type": "auth", "token": self.token, "tenant": self.slug})]

    def command(self, number: int, name: str, message: dict[str, Any]) -> str:
        return json.dumps({"type": name, "ref": number, "data": message})

    async def says(self, *packets: str) -> None:
        for packet in packets:
            await self.socket.send_str(packet)

    async def told(self) -> AsyncIterator[tuple[int | None, Any]]:
        while (text := await self._text()) is not None:
            said = json.loads(text)
            if said["type"] == "ack":
                yield said["ref"], said
            elif said["type"] == "error":
                yield None, said["error"]
            elif "meta" in said:
                self.heard.append(said["type"])

    async def _text(self) -> str | None:
        message = await self.socket.receive(PATIENCE)
        return None if message.type in ENDS else message.data

    async def leaves(self) -> None:
        await self.socket.close()


class SocketIoAsker(SocketAsker):
    """Socket.IO, whose packets are the same over WebSocket and polling."""

    def greeting(self) -> list[str]:
        auth = {"tenant": self.slug} if self.token is None else {"token": self.token, "tenant": self.slug}
        return ["40" + json.dumps(auth)]

    def command(self, number: int, name: str, message: dict[str, Any]) -> str:
        return f"42{number}" + json.dumps([name, message])

    async def enters(self) -> None:
        await self.opens()
        await self.says(*self.greeting())
        async for packet in self.packets():
            assert not packet.startswith("44"), packet
            if packet.startswith('42["ready"'):
                return

    async def told(self) -> AsyncIterator[tuple[int | None, Any]]:
        async for packet in self.packets():
            if packet.startswith("43"):
                number, _, answer = packet[2:].partition("[")
                yield int(number), json.loads("[" + answer)[0]
            elif packet.startswith("44"):
                yield None, json.loads(packet[2:])["data"]
            elif packet.startswith("42") and len(said := json.loads(packet[2:])) == 3:
                self.heard.append(said[0])

    def packets(self) -> AsyncIterator[str]:
        """What the server says, pings answered."""
        raise NotImplementedError


class WebSocketAsker(SocketIoAsker):
    """Socket.IO over WebSocket."""

    async def opens(self) -> None:
        self.socket = await self.http.ws_connect(f"{self.url}/socket.io/?EIO=4&transport=websocket", max_msg_size=0)

    async def says(self, *packets: str) -> None:
        for packet in packets:
            await self.socket.send_str(packet)

    async def packets(self) -> AsyncIterator[str]:
        while (message := await self.socket.receive(PATIENCE)).type not in ENDS:
            if message.data == "2":
                await self.says("3")
            else:
                yield message.data

    async def leaves(self) -> None:
        await self.socket.close()


class PollingAsker(SocketIoAsker):
    """Socket.IO by long polling."""

    async def opens(self) -> None:
        self._waiting: list[str] = []
        self.sid = ""
        self.sid = json.loads((await self._polled())[0][1:])["sid"]

    @property
    def address(self) -> str:
        sid = f"&sid={self.sid}" if self.sid else ""
        return f"{self.url}/socket.io/?EIO=4&transport=polling{sid}"

    async def says(self, *packets: str) -> None:
        async with self.http.post(self.address, data="\x1e".join(packets).encode()) as answer:
            await answer.read()

    async def packets(self) -> AsyncIterator[str]:
        while True:
            while self._waiting:
                packet = self._waiting.pop(0)
                if packet == "2":
                    await self.says("3")
                elif packet not in {"1", "6"}:
                    yield packet
            self._waiting = await self._polled()
            if not self._waiting:
                return

    async def _polled(self) -> list[str]:
        async with asyncio.timeout(PATIENCE), self.http.get(self.address) as answer:
            text = (await answer.read()).decode()
            return text.split("\x1e") if answer.status == 200 and text else []

    async def leaves(self) -> None:
        await self.says("1")


DOORS: dict[str, type[Asker]] = {
    "http": HttpAsker,
    "http by cookie": CookieAsker,
    "websocket": PlainAsker,
    "socket.io": WebSocketAsker,
    "socket.io by polling": PollingAsker,
}
