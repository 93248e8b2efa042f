"""Clients of the doors that are not Socket.IO: plain WebSocket, SSE and polling, each following the contract (PROTOCOL 5).

SSE and polling only listen: their snapshot comes over HTTP, and then the feed is opened at its cursor (F4). Polling has
no word of its own for what the streams say in one, so its client says it in theirs: `ready` with the first answer that
leaves nothing, `snapshot_required` for 410, `session_ended` for 401.
"""

import asyncio
from contextlib import suppress
from typing import Any

import aiohttp
import orjson
from network import Client, held_in
from speech import Replica, Said

ENDLESS = aiohttp.ClientTimeout(total=None)


class TaskClient(Client):
    """A client whose connection is a task of its own; `listen` is its life."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._life: asyncio.Task[None] | None = None
        self._http: aiohttp.ClientSession | None = None

    @property
    def http(self) -> aiohttp.ClientSession:
        if self._http is None:
            self._http = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), timeout=ENDLESS)
        return self._http

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token is not None else {}

    async def open(self) -> None:
        if self._life is not None and not self._life.done():
            await self.close()
        self._life = asyncio.create_task(self._live())

    async def listen(self) -> None:
        raise NotImplementedError

    @property
    def is_listening(self) -> bool:
        """Whether its connection lives, or is being made."""
        return self._life is not None and not self._life.done()

    async def close(self) -> None:
        if self._life is not None:
            self._life.cancel()
            await asyncio.gather(self._life, return_exceptions=True)
        if self._http is not None:
            await self._http.close()
            self._http = None

    async def _live(self) -> None:
        try:
            with suppress(aiohttp.ClientError):
                await self.listen()
        finally:
            if self.is_open:
                self.disconnected("closed")


class PlainClient(TaskClient):
    """A plain WebSocket that speaks JSON."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.close_code: int | None = None
        self._outgoing: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def listen(self) -> None:
        async with self.http.ws_connect(f"{self.url}/ws", max_msg_size=0) as socket:
            held = {"token": self.token, "since": self.cursor, "resources": self.resources, "tenant": "main"}
            await socket.send_json(
                {"type": "auth", **{name: value for name, value in held.items() if value is not None}}
            )
            self.connected()
            sending = asyncio.create_task(self._send(socket))
            try:
                async for message in socket:
                    self._take(orjson.loads(message.data))
            finally:
                self.close_code = socket.close_code
                sending.cancel()
                await asyncio.gather(sending, return_exceptions=True)

    def put(self, number: int, event: str, args: tuple[Any, ...]) -> None:
        self._outgoing.put_nowait({"type": event, "ref": number, "data": args[0] if args else {}})

    async def _send(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        while True:
            await socket.send_json(await self._outgoing.get())

    def _take(self, said: dict[str, Any]) -> None:
        kind = said.pop("type")
        if kind == "ack":
            self.answered(said.pop("ref"), said)
        elif kind == "error":
            self.refused(said["error"].pop("message"), said["error"])
        else:
            self.told(kind, *(said[name] for name in ("data", "meta") if name in said))


class HttpEars(TaskClient):
    """What SSE and polling share: nothing is sent on them, and a snapshot is taken beside them."""

    @property
    def base(self) -> str:
        return f"{self.url}/api/tenants/main"

    @property
    def wanted(self) -> dict[str, str]:
        return {} if self.resources is None else {"resources": ",".join(self.resources)}

    async def takes_snapshot(self, **_: Any) -> list[Said]:
        """Snapshot first, then the feed at its cursor."""
        was_listening = self.is_listening
        await self.close()
        page = await self.snapshot()
        self._page(page)
        if was_listening:
            await self.connects()
        return [page]

    async def fresh(self) -> Replica:
        """What a snapshot holds now; what is held stays."""
        return held_in([await self.snapshot()])

    async def snapshot(self) -> Said:
        async with self.http.get(f"{self.base}/snapshot", params=self.wanted, headers=self.headers) as answer:
            assert answer.status == 200, await answer.text()
            return as_page(await answer.read())


def as_page(body: bytes) -> Said:
    page = orjson.loads(body)
    records = {plural: [Said(record) for record in found] for plural, found in page["records"].items()}
    return Said(page, records=Said(records))


class SseClient(HttpEars):
    """An EventSource that shows its session in a header."""

    async def listen(self) -> None:
        held = {} if self.cursor is None else {"Last-Event-ID": str(self.cursor)}
        address = f"{self.base}/realtime"
        async with self.http.get(address, params=self.wanted, headers={**self.headers, **held}) as answer:
            if answer.status != 200:
                error = (await answer.json(content_type=None))["error"]
                self.refused(error.pop("message"), error)
                return
            self.connected()
            fields: dict[str, str] = {}
            async for line in lines_of(answer.content):
                if line:
                    name, _, value = line.partition(": ")
                    fields[name] = value
                elif "event" in fields:
                    self._dispatch(fields.pop("event"), fields.pop("data"), fields.get("id"))

    def _dispatch(self, event: str, text: str, last_id: str | None) -> None:
        data = orjson.loads(text)
        if event == "cursor":
            self.told("cursor", {"cursor": last_id})
        elif set(data) == {"data", "meta"}:
            assert data["meta"]["cursor"] == last_id
            self.told(event, data["data"], data["meta"])
        else:
            self.told(event, data)


async def lines_of(content: aiohttp.StreamReader) -> Any:
    """The lines, however long: readline of aiohttp gives up at 64 KiB or so."""
    rest = b""
    async for chunk in content.iter_any():
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield line.decode()


class PollingClient(HttpEars):
    """Asks for what is new, again and again."""

    async def listen(self) -> None:
        self.connected()
        is_ready = False
        while self.is_open:
            query = {**self.wanted, "wait": "25" if is_ready else "0"}
            if self.cursor is not None:
                query["since"] = str(self.cursor)
            async with self.http.get(f"{self.base}/changes", params=query, headers=self.headers) as answer:
                more = await self._take(answer, is_ready=is_ready)
            if self.cursor is None:
                await asyncio.Event().wait()  # for a snapshot, with which it begins anew
            if not more and not is_ready:
                is_ready = True
                self.told("ready", {"cursor": self.cursor, "resumed": True, "snapshot_required": False})

    async def _take(self, answer: aiohttp.ClientResponse, *, is_ready: bool) -> bool:
        if answer.status == 200:
            return self._take_events(orjson.loads(await answer.read()))
        if answer.status == 204:
            self.told("cursor", {"cursor": answer.headers["Callboard-Cursor"]})
            return False
        error = (await answer.json(content_type=None))["error"]
        if answer.status == 410:
            self._lose_place(is_ready=is_ready)
        elif answer.status == 401 and is_ready:
            self.told("session_ended", {"reason": error["message"]})
            self.disconnected("session ended")
        else:
            self.refused(error.pop("message"), error)
            self.disconnected("refused")
        return True

    def _take_events(self, page: dict[str, Any]) -> bool:
        for said in page["events"]:
            self.told(said["event"], said["data"], said["meta"])
        self.stands_at(page["cursor"])
        return bool(page["more"])

    def stands_at(self, cursor: str) -> None:
        """How far an answer went, which may be beyond its last event."""
        if self.cursor is not None:
            self.cursor = cursor

    def _lose_place(self, *, is_ready: bool) -> None:
        said = {"cursor": None, "resumed": False, "snapshot_required": True}
        self.told(*(("snapshot_required", {"reason": "rights"}) if is_ready else ("ready", said)))


async def arrives(client: Client) -> None:
    """Connected, in possession of a snapshot, and listening from there."""
    if isinstance(client, HttpEars):
        await client.takes_snapshot()
        await client.connects()
    else:
        await client.connects()
        await client.takes_snapshot()
    client.hush()
