"""Traps of the end: T19 to T21."""

import asyncio

import pytest
from probe import guarded, javascript, stock


async def test_t19_draining_ends_every_connection_quickly_with_code_1012():
    async with guarded() as served:
        clients = [await served.websocket() for _ in range(20)]
        poller = await served.poller()
        poll = asyncio.create_task(poller.hear())
        ends = [asyncio.create_task(client.end()) for client in clients]
        async with asyncio.timeout(1):
            await served.sio.drain()
        assert [await end for end in ends] == [1012] * 20
        assert await poll == ["1"]
        assert len(served.door.ends) == 21
        assert served.sio.eio.sockets == {}


async def test_t19_a_client_that_does_not_answer_is_not_waited_for():
    async with guarded() as served:
        await served.websocket()  # reads nothing, so that the close frame is never answered
        async with asyncio.timeout(1):
            await served.sio.drain(0.3)
        assert served.sio.eio._serving == set()


async def test_t19_a_polling_client_between_two_polls_is_not_waited_for():
    async with guarded() as served:
        await served.poller()
        await served.sio.drain()
        assert served.sio.eio.sockets == {}
        assert len(served.door.ends) == 1


async def test_t19_nobody_is_let_in_while_draining():
    async with guarded() as served:
        await served.sio.drain()
        async with served.http.get(f"{served.url}socket.io/?EIO=4&transport=polling") as answer:
            assert answer.status == 503


async def test_t19_a_stock_shutdown_leaves_its_clients_connected():
    async with stock() as served:
        client = await served.websocket()
        await served.sio.shutdown()
        assert await client.hears_nothing()


async def test_t19_what_waits_is_sent_before_the_end():
    async with guarded() as served:
        client = await served.websocket()
        served.door.links[0].emit("server_draining", b'{"reconnect_in_ms":100}')
        drained = asyncio.create_task(served.sio.drain())
        assert await client.hear() == '42["server_draining",{"reconnect_in_ms":100}]'
        assert await client.end() == 1012
        await drained


@pytest.mark.parametrize("transports", [["websocket"], ["polling"], ["polling", "websocket"]])
async def test_t20_a_javascript_client_comes_back_by_itself_after_our_close(transports):
    async with guarded() as served, javascript() as client:
        await client.connects(served.url, transports=transports, reconnectionDelay=50)
        served.door.links[0].close(1012)
        assert (await client.hears("disconnect"))["reason"] == "transport close"
        await client.hears("connect")
        assert len(list(served.sio.links())) == 1


async def test_t20_after_a_stock_disconnect_it_stays_away():
    async with stock() as served, javascript() as client:
        sids = []

        @served.sio.event
        async def connect(sid, environ, auth=None):
            sids.append(sid)

        await client.connects(served.url, transports=["websocket"], reconnectionDelay=50)
        await served.sio.disconnect(sids[0])
        assert (await client.hears("disconnect"))["reason"] == "io server disconnect"


@pytest.mark.parametrize("transport", ["websocket", "poller"])
async def test_t21_a_closed_link_leaves_no_ghost(transport):
    async with guarded() as served:
        client = await getattr(served, transport)()
        link = served.door.links[0]
        await served.sio.enter_room(link.sid, "room")
        link.emit("last", b"1")
        link.close()
        link.emit("too late", b"1")
        await served.door.until(lambda: served.door.ends == [(link, "server disconnect")])
        assert list(served.sio.links()) == []
        assert served.sio.manager.rooms == {}
        if transport == "websocket":
            assert await client.hear() == '42["last",1]'
            assert await client.end() == 1000
        else:
            assert await client.hear() == ['42["last",1]', "1"]
            assert (await client.get())[0] == 400


async def test_t21_closed_is_told_outside_of_the_call_that_closes():
    async with guarded() as served:
        for _ in range(3):
            await served.websocket()
        for link in served.sio.links():
            link.close()
            assert served.door.ends == []
        await served.door.until(lambda: len(served.door.ends) == 3)


async def test_t21_socketio_disconnect_and_engineio_disconnect_end_the_transport_too():
    async with guarded() as served:
        first, second = await served.websocket(), await served.websocket()
        await served.sio.disconnect(served.door.links[0].sid)
        assert await first.end() == 1000
        await served.sio.eio.disconnect()
        assert await second.end() == 1000
        await served.sio.eio.disconnect()
        await served.door.until(lambda: len(served.door.ends) == 2)


async def test_a_client_that_disconnects_is_closed():
    async with guarded() as served, javascript() as client:
        await client.connects(served.url, transports=["websocket"])
        client.do("close")
        await served.door.until(lambda: [reason for _, reason in served.door.ends] == ["client disconnect"])


async def test_a_client_whose_connection_breaks_is_closed():
    async with guarded() as served:
        client = await served.websocket()
        client.ws._response.connection.transport.abort()
        await served.door.until(lambda: [reason for _, reason in served.door.ends] == ["transport close"])
