"""Somebody who reaches a server through its proxies, from an address of his own, with a browser's cookies and origin."""

import asyncio
import json
from typing import Any, Self

from aiohttp import ClientResponse, ClientSession, ClientWebSocketResponse, CookieJar, TCPConnector
from network import PATIENCE
from premises import PASSWORD
from proxies import Front


class Person:
    """One browser's worth of state: cookies, an origin, an address. `spoofs` is what it claims in X-Forwarded-For."""

    def __init__(self, front: Front, address: str, spoofs: str | None = None) -> None:
        connector = TCPConnector(ssl=front.certificate.trust, local_addr=(address, 0))
        self.url, self.headers = front.url, {"Origin": front.url}
        if spoofs is not None:
            self.headers["X-Forwarded-For"] = spoofs
        self.http = ClientSession(connector=connector, cookie_jar=CookieJar(unsafe=True))
        self.token: str | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.leaves()

    async def leaves(self) -> None:
        await self.http.close()

    async def gets(self, path: str, **headers: str) -> tuple[ClientResponse, bytes]:
        async with self.http.get(self.url + path, headers={**self.headers, **headers}) as answer:
            return answer, await answer.read()

    async def posts(self, path: str, body: Any, **headers: str) -> tuple[ClientResponse, Any]:
        async with self.http.post(self.url + path, json=body, headers={**self.headers, **headers}) as answer:
            return answer, await answer.json()

    async def signs_in(self, name: str, password: str = PASSWORD) -> ClientResponse:
        """As the board does it: the cookie is what stays."""
        body = {"email": f"{name}@example.com", "password": password}
        answer, said = await self.posts("/api/login", body)
        self.token = said.get("token")
        return answer

    async def opens_socket(self, path: str = "/ws", **headers: str) -> ClientWebSocketResponse:
        """A plain WebSocket by the cookie; WSServerHandshakeError where it is refused."""
        return await self.http.ws_connect(self.url + path, headers={**self.headers, **headers})


async def told(socket: ClientWebSocketResponse, kind: str) -> Any:
    """The next message of this type."""
    async with asyncio.timeout(PATIENCE):
        while True:
            message = json.loads(await socket.receive_str())
            if message["type"] == kind:
                return message
