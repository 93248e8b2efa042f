"""Clients that write through the proxies, and come back by themselves with what they hold when they are cut off."""

import asyncio
from typing import Any, Self

from network import GoneError, PythonClient
from proxies import Front

FAILED = ("connect_error", "disconnect")
BACK_OFF_S = 0.05


class Regular(PythonClient):
    """A client of one instance after the other: the proxy decides which."""

    def __init__(self, front: Front, token: str) -> None:
        super().__init__(front.url, token, transports=["websocket"])
        self.sio.eio.ssl_verify = (
            False  # its certificate is believed elsewhere; here it would need a session of its own
        )
        self.resumed = 0

    async def comes_in(self) -> Self:
        """Connect with what I hold; again, a moment later, where that fails."""
        while True:
            since = len(self.log)
            await self.open()
            ready = await self.until(lambda since=since: self._outcome(since))
            if ready.kind == "event":
                self.resumed += ready.data.resumed
                return self
            await asyncio.sleep(BACK_OFF_S)

    def _outcome(self, since: int) -> Any:
        failed = next((said for said in self.log[since:] if said.kind in FAILED), None)
        return failed or self.first("ready", since)


class Writer:
    """Makes calls, one after the other, each until it is acknowledged: sent again with its op_id after every cut."""

    def __init__(self, client: Regular, name: str) -> None:
        self.client, self.name = client, name
        self.acks: dict[str, Any] = {}  # op_id → ack, in the order made
        self.stop = False

    async def writes(self) -> None:
        while not self.stop:
            op_id = f"{self.name}-{len(self.acks)}"
            self.acks[op_id] = await self._done(op_id)

    async def _done(self, op_id: str) -> Any:
        payload = {"title": op_id, "customer_name": "Ms. Gray", "op_id": op_id}
        while True:
            try:
                ack = await self.client.asks("create_call", **payload)
            except GoneError:
                await self.client.comes_in()
                continue
            if ack.ok:
                return ack
            assert ack.error.retry, ack
