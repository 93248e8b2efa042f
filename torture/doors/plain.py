"""The plain WebSocket, in JSON (PROTOCOL section 5)."""

import json
from typing import Any

import aiohttp

from torture.doors.door import RefusedError, SpeakingDoor


class PlainDoor(SpeakingDoor):
    """One plain WebSocket: the first message says who and from where."""

    name = "plain WebSocket"

    _socket: aiohttp.ClientWebSocketResponse | None = None

    async def _attend(self) -> None:
        address = f"{self.way.url}/ws"
        headers = {"X-Forwarded-For": self.way.address}
        async with self.http.ws_connect(address, headers=headers, max_msg_size=0, timeout=_CLOSING) as socket:
            self._socket = socket
            held = {
                "token": self.way.token, "since": self.replica.cursor, "tenant": self.way.tenant,
                "resources": self.replica.selection,
            }  # fmt: skip
            await socket.send_json({"type": "auth", **{k: v for k, v in held.items() if v is not None}})
            await self.nap()
            async for message in socket:
                self._take(json.loads(message.data))
                if self.over.is_set():
                    return
                await self.nap()

    async def put(self, ref: int, command: str, message: Any) -> None:
        """One text message."""
        if self._socket is None or self._socket.closed:
            raise ConnectionError("not open")
        await self._socket.send_str(json.dumps({"type": command, "ref": ref, "data": message}))

    def _take(self, said: dict[str, Any]) -> None:
        kind = said.pop("type")
        if kind == "ack":
            self.answered(said.pop("ref"), said)
        elif kind == "error":
            raise RefusedError(str(said["error"]["code"]))
        else:
            self.told(kind, said.get("data"), said.get("meta"))


_CLOSING = aiohttp.ClientWSTimeout(ws_close=1)
