"""What must be seen: acks, events and pings share one order, whatever carries them: polling, an upgrade in progress, a
WebSocket. One hears his own event before its ack, always (D3, O2, O6).
"""

import asyncio
import json

import pytest
from asking import ALICE, ask
from doorways import DOORS
from ears import PlainClient
from javascript import JavaScriptClient
from network import seq_of, token_of, url_of

ROUNDS, IN_BETWEEN, AT_ONCE = 20, 10, 150
PATIENCE = 30
PING, PONG = "2", "3"


class ByHand:
    """An Engine.IO client that polls, and upgrades when it is told to; `heard` are all packets, in the order they came."""

    def __init__(self, http, board):
        self.http, self.address = http, f"{url_of(board)}/socket.io/?EIO=4&transport="
        self.heard, self.ws, self.is_probing = [], None, False

    async def connects(self, token):
        """By polling, until `ready`."""
        (opened,) = await self._poll()
        self.address += "polling&sid=" + json.loads(opened[1:])["sid"]
        await self.sends("40" + json.dumps({"token": token}))
        await self.hears(lambda packet: packet.startswith('42["ready"'))

    async def sends(self, *packets):
        """These, in one request or one after the other."""
        if self.ws is None or self.is_probing:
            async with self.http.post(self.address, data="\x1e".join(packets)) as answer:
                assert answer.status == 200
        else:
            for packet in packets:
                await self.ws.send_str(packet)

    async def hears(self, is_it):
        """Take what comes, until this has come."""
        async with asyncio.timeout(PATIENCE):
            while not any(is_it(packet) for packet in self.heard):
                self.heard += await (self._poll() if self.ws is None else self._message())

    async def probes(self):
        """A WebSocket is there, polling ends; neither is the way now."""
        self.ws = await self.http.ws_connect(self.address.replace("polling", "websocket"))
        await self.ws.send_str("2probe")
        assert await self.ws.receive_str() == "3probe"
        self.is_probing = True
        while "6" not in (packets := await self._poll()):
            self.heard += packets

    async def upgrades(self):
        """The WebSocket is the only way."""
        await self.ws.send_str("5")
        self.is_probing = False

    async def _poll(self):
        address = self.address if "sid" in self.address else self.address + "polling"
        async with self.http.get(address) as answer:
            assert answer.status == 200
            return (await answer.text()).split("\x1e")

    async def _message(self):
        return [await self.ws.receive_str()]


def told(packets, own):
    """What of this is "ping", ("event", n) and ("ack", n): n is the number in the title of a command of his `own`."""
    found = []
    for packet in packets:
        if packet == PING:
            found.append("ping")
        elif packet.startswith("43"):
            number, _, answer = packet[2:].partition("[")
            assert json.loads("[" + answer)[0]["ok"]
            found.append(("ack", int(number)))
        elif packet.startswith('42["call_created"') and (title := json.loads(packet[2:])[1]["title"]).startswith(own):
            found.append(("event", int(title.removeprefix(own))))
    return found


def seqs_of(packets):
    return [json.loads(packet[2:])[2]["version"] for packet in packets if packet.startswith('42["call_created"')]


def asks(number):
    """The packet of the command of this number."""
    return f'42{number}["create_call",{{"title":"Mine {number}","customer_name":"Ms. Gray"}}]'


@pytest.fixture
async def others(board):
    """Others work all the while."""
    (desk,) = board.desks.values()

    async def work():
        while True:
            await ask(desk, ALICE, "create_call", title="Not mine", customer_name="Ms. Gray")

    working = asyncio.create_task(work())
    yield
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)


async def test_o2_acks_events_and_pings_come_in_one_order_by_polling_through_an_upgrade_and_by_websocket(
    board, http, monkeypatch, others
):
    """Each pong is sent with a command behind it: the ping that it leads to is due before the command is durable."""
    monkeypatch.setattr(board.sockets.guard.eio, "ping_interval", 0)
    bob = ByHand(http, board)
    await bob.connects(await token_of(board, "bob"))
    expected = ["ping"]

    async def rounds(first, last):
        for number in range(first, last):
            await bob.sends(PONG, asks(number))
            await bob.hears(lambda packet: packet.startswith(f"43{number}["))  # noqa: B023
            expected.extend(["ping", ("event", number), ("ack", number)])

    await rounds(0, ROUNDS)
    await bob.probes()
    in_between = range(ROUNDS, ROUNDS + IN_BETWEEN)
    await bob.sends(PONG, *map(asks, in_between))
    await bob.upgrades()
    await bob.hears(lambda packet: packet.startswith(f"43{in_between[-1]}["))
    heard = told(bob.heard, "Mine ")
    assert heard[: len(expected)] == expected
    rest = heard[len(expected) :]
    assert rest[0] == "ping"
    for kind in ("event", "ack"):
        assert [each for each in rest if each[0] == kind] == [(kind, number) for number in in_between]
    assert all(rest.index(("event", number)) < rest.index(("ack", number)) for number in in_between)

    expected = heard
    await rounds(in_between.stop, in_between.stop + ROUNDS)
    assert told(bob.heard, "Mine ") == expected
    seqs = seqs_of(bob.heard)
    assert seqs == list(range(seqs[0], seqs[0] + len(seqs)))
    assert len(seqs) > 2 * ROUNDS + IN_BETWEEN, "others worked too"
    await bob.ws.close()


@pytest.mark.parametrize("how", [*DOORS, "plain WebSocket"])
async def test_d3_whoever_asks_much_at_once_hears_each_event_before_its_ack(board, crowd, leaving, others, how):
    """From the moment he is connected: the JavaScript client is in the middle of its upgrade then."""
    kind, options = {**DOORS, "plain WebSocket": (PlainClient, {})}[how]
    first = (crowd,) if kind is JavaScriptClient else ()
    bob = kind(*first, url_of(board), await token_of(board, "bob"), **options)
    leaving.push_async_callback(bob.close)
    opening = asyncio.create_task(bob.open())
    await bob.until(lambda: bob.is_open)
    # Every tenth is the first of its ten once more (D5): its answer takes another way, and keeps its place.
    numbers = [n - n % 10 if n % 10 == 9 else n for n in range(AT_ONCE)]
    payloads = [{"title": f"Mine {n}", "customer_name": "Ms. Gray", "op_id": f"op {n}"} for n in numbers]
    asked = [bob.sends("create_call", payload) for payload in payloads]
    acks = await asyncio.wait_for(asyncio.gather(*asked), PATIENCE)
    await opening
    assert [ack.data.title for ack in acks] == [payload["title"] for payload in payloads]
    place = -1
    for said in bob.log:
        if said.kind == "event" and said.meta is not None:
            assert place == -1 or said.meta.version == place + 1
            place = said.meta.version
        elif said.kind == "ack":
            assert seq_of(said.data.cursor) <= place, "an ack before its own event"
    answered = [said.number for said in bob.log if said.kind == "ack"]
    assert answered == sorted(answered)
