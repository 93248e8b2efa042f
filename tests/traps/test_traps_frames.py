"""Traps in raw frames: T11, T12 and T15."""

import asyncio

import pytest
from probe import guarded, stock


async def test_t11_an_attachment_is_refused_at_once():
    async with guarded() as served:
        client = await served.websocket()
        await client.say('459999999999-["x"]')
        assert await client.end() == 1002
        await served.door.until(lambda: served.door.ends)
        assert served.door.heard == []


async def test_t11_a_binary_frame_is_refused_at_once():
    async with guarded() as served:
        client = await served.websocket()
        await client.ws.send_bytes(b"x" * 1000)
        assert await client.end() == 1002


async def test_t11_the_stock_server_gathers_attachments_without_end():
    async with stock() as served:
        client = await served.websocket()
        await client.say('459999999999-["x"]')
        for _ in range(50):
            await client.ws.send_bytes(b"x" * 1000)
        assert await client.hears_nothing()
        (held,) = served.sio._binary_packet.values()
        assert len(held.attachments) == 50


async def test_t12_a_bad_placeholder_ends_the_connection():
    async with guarded() as served:
        client = await served.websocket()
        await client.say('451-["x",{"_placeholder":true,"num":7}]')
        assert await client.end() == 1002


async def test_t12_the_stock_server_is_stuck_after_it():
    async with stock() as served:
        client = await served.websocket()
        await client.say('451-["x",{"_placeholder":true,"num":7}]')
        await client.ws.send_bytes(b"x")
        await client.say('421["echo"]')
        assert await client.hears_nothing()


MALFORMED = ["zzz", "", "2", "0{}", "5", "6", "bAAAA", "4", "47", "3x", "49999999[1]"]


@pytest.mark.parametrize("text", MALFORMED)
async def test_t15_a_malformed_frame_ends_the_connection_at_once(text):
    async with guarded() as served:
        client = await served.websocket()
        await client.say(text)
        assert await client.end() == 1002
        await served.door.until(lambda: [reason for _, reason in served.door.ends] == ["bad packet"])
        assert served.sio.eio.sockets == {}


async def test_t15_the_stock_server_keeps_the_participant_of_a_dead_connection(caplog):
    async with stock() as served:
        gone = asyncio.Event()

        @served.sio.event
        async def disconnect(sid, reason):
            gone.set()

        client = await served.websocket()
        await client.say("zzz")
        await client.end()
        assert not gone.is_set()
        assert served.sio.manager.rooms["/"][None]


async def test_t15_a_message_over_the_limit_ends_the_connection():
    async with guarded(max_packet=10_000) as served:
        client = await served.websocket()
        fits = '421["echo","' + "x" * (10_000 - 14) + '"]'
        assert len(fits) == 10_000
        await client.say(fits)
        assert (await client.ack())["ok"]
        await client.say(fits + " ")
        assert await client.end() == 1009
        await served.door.until(lambda: served.door.ends)
