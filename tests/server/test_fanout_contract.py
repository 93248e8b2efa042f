"""The same calls to a server with the stock manager and to one with ours: the same packets to the same clients, in order.

Plain python-socketio on aiohttp, real transports, and scripts of random calls. What differs on purpose is not played
here: who is not let in yet hears nothing before he is (T23), which `test_fanout.py` shows.
"""

import asyncio
import json
import random
import re
from contextlib import asynccontextmanager

import aiohttp
import pytest
import socketio
from aiohttp import web

from server.fanout import FanoutManager

PATIENCE = 10
NAMESPACES = ("/", "/chat")
ROOMS = ("a", "b")
MODES = ("websocket", "websocket", "websocket", "polling", "polling", "upgrading", "upgrading")


class Client:
    """Writes down every packet he hears, and answers those that ask for it."""

    def __init__(self, name: int, mode: str, http: aiohttp.ClientSession, url: str) -> None:
        self.name, self.mode, self._http, self._url = name, mode, http, url
        self.heard: list[str | bytes] = []
        self.sids: dict[str, str] = {}
        self._query = {"EIO": "4", "transport": "polling"}
        self._ws: aiohttp.ClientWebSocketResponse | None = None
        self._probing = False
        self._changed = asyncio.Event()
        self._tasks: list[asyncio.Task] = []

    async def comes(self) -> None:
        if self.mode == "websocket":
            self._ws = await self._http.ws_connect(self._url, params={"EIO": "4", "transport": "websocket"})
            await self._ws.receive()
            self._begin(self._listen())
        else:
            self._query["sid"] = json.loads((await self._polled())[0][1:])["sid"]
            self._begin(self._poll_on())

    def _begin(self, work) -> None:
        self._tasks.append(asyncio.create_task(work))

    async def _polled(self) -> list[str]:
        async with self._http.get(self._url, params=self._query) as answer:
            return (await answer.text()).split("\x1e")

    async def _poll_on(self) -> None:
        while not self._probing:
            for packet in await self._polled():
                await self._hears(packet)

    async def _listen(self) -> None:
        async for message in self._ws:
            await self._hears(message.data)

    async def _hears(self, packet: str | bytes) -> None:
        if packet in {"6", ""}:  # of Engine.IO: it only ends a poll
            return
        if isinstance(packet, str) and (asked := re.match(r"42(/chat,)?(\d+)\[", packet)):
            await self.says(f"43{asked[1] or ''}{asked[2]}[{self.name}]")
        self.heard.append(re.sub(r'"sid":"[^"]*"', '"sid"', packet) if isinstance(packet, str) else packet)
        if isinstance(packet, str) and (let_in := re.match(r'40(/chat)?,?\{"sid":"([^"]*)"', packet)):
            self.sids[let_in[1] or "/"] = let_in[2]
        self._changed.set()

    async def says(self, text: str) -> None:
        if self._ws is not None and not self._probing:
            await self._ws.send_str(text)
        else:
            async with self._http.post(self._url, params=self._query, data=text) as answer:
                assert answer.status == 200

    async def until(self, condition) -> None:
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    async def enters(self, namespace: str) -> None:
        self.sids.pop(namespace, None)
        await self.says("40" if namespace == "/" else f"40{namespace},")
        await self.until(lambda: namespace in self.sids)

    async def probes(self) -> None:
        """The first half of an upgrade: what is emitted from now on waits for the other half."""
        self._probing = True
        self._ws = await self._http.ws_connect(self._url, params=self._query | {"transport": "websocket"})
        await self._ws.send_str("2probe")
        assert (await self._ws.receive()).data == "3probe"
        await asyncio.wait_for(self._tasks[0], PATIENCE)

    async def upgrades(self) -> None:
        await self._ws.send_str("5")
        self._probing = False
        self._begin(self._listen())

    async def leaves(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._ws is not None:
            await self._ws.close()


class Stage:
    """A server with one of the managers, and what the scripts do to it and its clients."""

    def __init__(self, sio: socketio.AsyncServer, http: aiohttp.ClientSession, url: str) -> None:
        self.sio, self._http, self._url = sio, http, url
        self.clients: list[Client] = []
        self.answers: list[tuple] = []
        self._answered = asyncio.Event()
        for namespace in NAMESPACES:
            sio.on("tell", self._tell(namespace), namespace=namespace)
            sio.on("connect", self._nothing, namespace=namespace)

    async def _nothing(self, *_: object) -> None:
        pass

    def _tell(self, namespace: str):
        async def tell(sid: str, room: str) -> str:
            await self.sio.emit("before", 1, room=room, namespace=namespace)
            await self.sio.emit("before", 2, room=room, namespace=namespace, skip_sid=sid)
            return "told"

        return tell

    async def opens(self, modes: tuple[str, ...]) -> None:
        self.clients = [Client(name, mode, self._http, self._url) for name, mode in enumerate(modes)]
        for client in self.clients:
            await client.comes()
            for namespace in NAMESPACES:
                await client.enters(namespace)

    def sid(self, client: int, namespace: str) -> str:
        return self.clients[client].sids[namespace]

    def _whom(self, whom, namespace: str):
        """A room, several, all, or one client's sid."""
        return self.sid(whom, namespace) if isinstance(whom, int) else whom

    async def enter(self, client: int, room: str, namespace: str) -> None:
        await self.sio.enter_room(self.sid(client, namespace), room, namespace=namespace)

    async def leave(self, client: int, room: str, namespace: str) -> None:
        await self.sio.leave_room(self.sid(client, namespace), room, namespace=namespace)

    async def close(self, room: str, namespace: str) -> None:
        await self.sio.close_room(room, namespace=namespace)

    async def emit(self, data, whom, skipped: list[int], namespace: str) -> None:
        skip = [self.sid(client, namespace) for client in skipped]
        to = self._whom(whom, namespace)
        await self.sio.emit("told", data, to=to, skip_sid=skip[0] if len(skip) == 1 else skip, namespace=namespace)

    async def ask(self, client: int, namespace: str) -> None:
        """An emit with a callback; the script goes on when the client has answered."""
        before = len(self.answers)
        sid = self.sid(client, namespace)
        await self.sio.emit("asked", [before], to=sid, namespace=namespace, callback=self._heard_back)
        async with asyncio.timeout(PATIENCE):
            while len(self.answers) == before:
                self._answered.clear()
                await self._answered.wait()

    def _heard_back(self, *answer: object) -> None:
        self.answers.append(answer)
        self._answered.set()

    async def tell(self, client: int, room: str, namespace: str) -> None:
        """The client's own event: emits of its handler, then the ack."""
        speaker, prefix = self.clients[client], "" if namespace == "/" else f"{namespace},"
        already = speaker.heard.count(f'43{prefix}7["told"]')
        await speaker.says(f'42{prefix}7["tell","{room}"]')
        await speaker.until(lambda: speaker.heard.count(f'43{prefix}7["told"]') > already)

    async def expel(self, client: int, namespace: str) -> None:
        """The server ends it; the client comes back on the same transport, with a new sid."""
        told = "41" if namespace == "/" else f"41{namespace},"
        already = self.clients[client].heard.count(told)
        await self.sio.disconnect(self.sid(client, namespace), namespace=namespace)
        await self.clients[client].until(lambda: self.clients[client].heard.count(told) > already)
        await self.clients[client].enters(namespace)

    async def probe(self, client: int) -> None:
        await self.clients[client].probes()

    async def upgrade(self, client: int) -> None:
        await self.clients[client].upgrades()

    async def ends(self) -> list[list[str | bytes]]:
        for namespace in NAMESPACES:
            await self.sio.emit("end", namespace, namespace=namespace)
        for client in self.clients:
            await client.until(lambda: '42/chat,["end","/chat"]' in client.heard)  # noqa: B023  # awaited here
        return [client.heard for client in self.clients]


@asynccontextmanager
async def staged(manager: socketio.AsyncManager):
    sio = socketio.AsyncServer(async_mode="aiohttp", client_manager=manager, namespaces="*", ping_interval=300)
    app = web.Application()
    sio.attach(app)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with aiohttp.ClientSession() as http:
        stage = Stage(sio, http, f"http://127.0.0.1:{runner.addresses[0][1]}/socket.io/")
        try:
            yield stage
        finally:
            for client in stage.clients:
                await client.leaves()
            await asyncio.gather(*(each.close(wait=False, abort=True) for each in list(sio.eio.sockets.values())))
            if sio.eio.service_task_handle is not None:
                await sio.shutdown()
    await runner.cleanup()


def script(seed: int, steps: int) -> list[tuple]:
    """Random calls, each with its arguments: `upgrading` clients upgrade somewhere in between."""
    chance = random.Random(seed)
    upgrading = [name for name, mode in enumerate(MODES) if mode == "upgrading"]
    calls = []
    for number in range(steps):
        client, room, namespace = chance.randrange(len(MODES)), chance.choice(ROOMS), chance.choice(NAMESPACES)
        whom = chance.choice([room] * 6 + [None, list(ROOMS[: chance.randint(1, 2)]), client])
        data = chance.choice([number, None, ("two", {"arguments": number}), {"text": "é" * chance.choice((1, 300))}])
        skipped = chance.choice([[]] * 6 + [[client], [client, (client + 1) % len(MODES)]])
        emit = ("emit", data, whom, skipped, namespace)
        others = [("leave", client, room, namespace), ("close", room, namespace), ("expel", client, namespace),
                  ("ask", client, namespace), ("tell", client, room, namespace)]  # fmt: skip
        calls.append(chance.choice([emit] * 8 + [("enter", client, room, namespace)] * 4 + others))
    for client in upgrading:
        start, end = sorted(chance.sample(range(steps), 2))
        # Who is between the two halves of his upgrade is asked nothing: no transport would bring his answer.
        quiet = [call for call in calls[start:end] if call[0] == "emit" or client not in call[1:2]]
        calls[start:end] = [("probe", client), *quiet, ("upgrade", client)]
    return calls


async def played(manager: socketio.AsyncManager, calls: list[tuple], modes: tuple[str, ...] = MODES):
    """What each client heard, and each answer."""
    async with staged(manager) as stage:
        await stage.opens(modes)
        for name, *arguments in calls:
            await getattr(stage, name)(*arguments)
        return await stage.ends(), stage.answers


@pytest.mark.parametrize("seed", range(12))
async def test_o2_the_same_calls_give_the_same_packets_to_the_same_clients(seed):
    calls = script(seed, 120)
    ours, theirs = await played(FanoutManager(), calls), await played(socketio.AsyncManager(), calls)
    assert ours == theirs
    assert sum(map(len, ours[0])) > 100, "the script did nothing"


async def test_t11_binary_content_is_told_alike():
    calls = [
        ("enter", 0, "a", "/"),
        ("enter", 1, "a", "/"),
        ("emit", b"\x00\x01", "a", [], "/"),
        ("emit", {"text": "x", "two": [b"1", b"2"]}, None, [1], "/chat"),
        ("emit", "text", "a", [], "/"),
        ("emit", b"y" * 70_000, 1, [], "/"),
    ]
    modes = ("websocket", "websocket")
    assert await played(FanoutManager(), calls, modes) == await played(socketio.AsyncManager(), calls, modes)


async def test_o2_a_page_of_thousand_emits_is_told_alike():
    calls = [("enter", client, "a", "/") for client in range(len(MODES))]
    calls += [("emit", {"number": number, "text": "x" * 300}, "a", [], "/") for number in range(1_000)]
    assert await played(FanoutManager(), calls) == await played(socketio.AsyncManager(), calls)
