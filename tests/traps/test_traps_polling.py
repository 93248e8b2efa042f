"""Traps of long-polling: T17 and T18, and the upgrade to a WebSocket."""

import asyncio
import json
from itertools import chain

import socketio
from probe import eventually, guarded, javascript, stock


async def test_t17_a_poll_response_never_holds_more_than_sixteen_packets():
    async with guarded() as served:
        client = await served.poller()
        for number in range(40):
            served.door.links[0].emit("n", b"%d" % number)
        heard = [await client.hear() for _ in range(3)]
        assert [len(packets) for packets in heard] == [16, 16, 8]
        assert list(chain(*heard)) == [f'42["n",{number}]' for number in range(40)]


async def test_t17_forty_emits_of_a_javascript_client_get_forty_acks():
    async with guarded() as served, javascript() as client:
        await client.connects(served.url, transports=["polling"])
        client.do("burst", event="echo", count=40)
        answers = [(await client.hears("ack"))["answer"][0]["args"] for _ in range(40)]
        assert answers == [[number] for number in range(40)]


async def test_t17_a_python_client_hears_all_of_a_burst():
    async with guarded() as served:
        heard: asyncio.Queue[int] = asyncio.Queue()
        async with socketio.AsyncSimpleClient() as client:
            await client.connect(served.url, transports=["polling"])
            client.client.on("n", heard.put)
            for number in range(100):
                served.door.links[0].emit("n", b"%d" % number)
            assert [await asyncio.wait_for(heard.get(), 5) for _ in range(100)] == list(range(100))


async def test_f2_a_poll_that_was_repeated_by_itself_is_answered_the_same():
    """Found by `callboard torture --seed e1`: the connection ended under a poll, aiohttp asked again, and what the first
    answer had held was never heard."""
    async with guarded() as served:
        client = await served.poller()
        served.door.links[0].emit("n", b"1")
        client.query["t"] = "first"
        assert await client.hear() == ['42["n",1]']
        served.door.links[0].emit("n", b"2")
        assert await client.hear() == ['42["n",1]']
        client.query["t"] = "second"
        assert await client.hear() == ['42["n",2]']


async def test_t17_the_stock_server_drops_a_payload_of_forty_packets_and_says_ok():
    async with stock() as served:
        client = await served.poller()
        assert await client.post("\x1e".join(f'42{number}["echo"]' for number in range(40))) == (200, "OK")
        await client.say('4299["echo"]')
        assert await client.hear() == ['4399[{"args":[]}]']


async def test_t17_a_payload_of_more_packets_than_anyone_needs_ends_the_session():
    async with guarded() as served:
        client = await served.poller()
        assert (await client.post("\x1e".join(['42["echo"]'] * 2000)))[0] == 413
        await served.door.until(lambda: served.door.ends)
        assert served.door.heard == []


async def test_t18_a_body_without_a_length_is_read():
    async def chunks():
        yield b'421["echo",'
        yield b"1]"

    async with guarded() as served:
        client = await served.poller()
        assert await client.post(chunks()) == (200, "ok")
        assert json.loads((await client.hear())[0][3:]) == [{"ok": True, "event": "echo", "args": [1]}]


async def test_t18_the_stock_server_ignores_a_body_without_a_length():
    async def chunks():
        yield b'421["echo"]'

    async with stock() as served:
        client = await served.poller()
        assert await client.post(chunks()) == (200, "OK")
        await client.say('429["echo"]')
        assert await client.hear() == ['439[{"args":[]}]']


async def test_t18_a_body_that_is_too_large_is_refused_and_does_not_hang():
    """Stock waits for ever for its queue to be polled empty."""
    async with guarded(max_packet=1000) as served:
        client = await served.poller()
        assert (await client.post("4" + "x" * 5000))[0] == 413
        await served.door.until(lambda: served.door.ends)


async def test_t18_a_body_that_is_not_text_is_refused():
    async with guarded() as served:
        client = await served.poller()
        assert (await client.post(b"\xff\xfe"))[0] == 400
        await served.door.until(lambda: served.door.ends)


async def test_an_unknown_session_is_refused_without_a_traceback(caplog):
    async with guarded() as served:
        client = await served.poller()
        await client.say("41")
        await served.door.until(lambda: served.door.ends)
        assert await client.hear() == ["1"]
        assert (await client.get())[0] == 400
        assert (await client.post("3"))[0] == 400
        assert not any(record.exc_info for record in caplog.records)


async def test_two_polls_at_a_time_end_the_session():
    async with guarded() as served:
        client = await served.poller()
        first = asyncio.create_task(client.get())
        second = asyncio.create_task(client.get())
        assert {(await first)[0], (await second)[0]} == {200, 400}
        await served.door.until(lambda: served.door.ends)


async def test_a_poll_whose_client_has_gone_takes_nothing():
    async with guarded() as served:
        client = await served.poller()
        poll = asyncio.create_task(client.get())
        session = next(iter(served.sio.eio.sockets.values()))
        await eventually(lambda: session._polling)
        before = served.transports
        poll.cancel()
        await eventually(lambda: served.transports < before)
        served.door.links[0].emit("n", b"1")
        await served.door.until(lambda: served.door.ends)
        assert served.door.ends[0][1] == "transport close"


async def test_an_upgrade_keeps_the_order_and_loses_nothing():
    async with guarded() as served:
        client = await served.poller()
        link = served.door.links[0]
        poll = asyncio.create_task(client.hear())
        link.emit("n", b"0")
        assert await poll == ['42["n",0]']
        poll = asyncio.create_task(client.hear())
        await eventually(lambda: link.session._polling)
        ws = await served.upgrade({**client.query, "transport": "websocket"})
        await ws.say("2probe")
        assert await ws.hear() == "3probe"
        assert await poll == ["6"]
        link.emit("n", b"1")
        link.emit("n", b"2")
        await ws.say("5")
        assert [await ws.hear() for _ in range(2)] == ['42["n",1]', '42["n",2]']
        link.emit("n", b"3")
        assert await ws.hear() == '42["n",3]'
        assert link.transport == "websocket"
        assert (await client.get())[0] == 400


async def test_an_upgrade_that_is_not_finished_leaves_polling_as_it_was():
    async with guarded() as served:
        client = await served.poller()
        ws = await served.upgrade({**client.query, "transport": "websocket"})
        await ws.say("2probe")
        await ws.hear()
        await ws.ws.close()
        await client.say('421["echo"]')
        assert (await client.hear())[0].startswith("431[")


async def test_a_javascript_client_upgrades_by_itself_and_hears_everything_once():
    async with guarded() as served, javascript() as client:
        served.door.on_opened = lambda link: [link.emit("n", b"%d" % number) for number in range(100)]
        client.do("connect", url=served.url, options={})
        assert [(await client.hears("event"))["args"] for _ in range(100)] == [[number] for number in range(100)]
        await served.door.until(lambda: served.door.links[0].transport == "websocket")
