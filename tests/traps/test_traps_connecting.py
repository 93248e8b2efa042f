"""Traps on the way in: T5 to T8, T23, T25, T28 and T29."""

import asyncio
import json

import pytest
from probe import Link, Refusal, guarded, stock


async def fails(link: Link, auth: object) -> None:
    raise RuntimeError("database down")


async def refuses(link: Link, auth: object) -> None:
    raise Refusal("Sign in first", {"code": "unauthenticated", "retry": False})


async def test_t5_a_connect_handler_that_fails_refuses_and_leaves_nothing_behind(caplog):
    async with guarded() as served:
        served.door.on_connect = fails
        client = await served.websocket(connect=None)
        await client.say('40{"token":"x"}')
        assert json.loads((await client.hear())[2:])["data"] == {"code": "internal", "retry": True}
        await client.end()
        await served.door.until(lambda: served.door.ends)
        assert list(served.sio.links()) == []
        assert served.sio.manager.rooms == {}
        assert served.sio.eio.sockets == {}


async def test_t5_the_stock_server_says_nothing_and_keeps_the_client_in_its_rooms():
    async with stock() as served:

        @served.sio.event
        async def connect(sid, environ, auth=None):
            raise RuntimeError("database down")

        client = await served.websocket(connect=None)
        await client.say("40{}")
        assert await client.hears_nothing()
        await client.ws.close()
        assert served.sio.manager.rooms["/"][None]


async def test_t6_a_polling_client_that_leaves_while_connecting_leaves_no_ghost():
    async with guarded() as served:
        gate = asyncio.Event()

        async def waits(link: Link, auth: object) -> None:
            await gate.wait()

        served.door.on_connect = waits
        client = await served.poller(connect=None)
        connecting = asyncio.create_task(client.post("40"))
        await served.door.until(lambda: served.door.asked)
        await client.post("1")
        assert served.door.ends == [], "not before the door has said its word"
        gate.set()
        await connecting
        await served.door.until(lambda: served.door.ends)
        assert served.door.links == []
        assert list(served.sio.links()) == []
        assert served.sio.manager.rooms == {}


async def test_t6_the_stock_server_keeps_a_ghost():
    async with stock() as served:
        gate, asked = asyncio.Event(), asyncio.Event()

        @served.sio.event
        async def connect(sid, environ, auth=None):
            asked.set()
            await gate.wait()

        client = await served.poller(connect=None)
        connecting = asyncio.create_task(client.post("40"))
        await asked.wait()
        await client.post("1")
        gate.set()
        await connecting
        assert served.sio.manager.rooms["/"][None]


async def test_t6_every_link_that_connected_is_closed_once():
    async with guarded() as served:
        client = await served.websocket()
        served.door.links[0].close()
        served.door.links[0].close()
        served.door.links[0].abort()
        await client.end()
        await served.door.until(lambda: served.door.ends)
        await served.sio.drain()
        assert [link for link, _ in served.door.ends] == served.door.links


@pytest.mark.parametrize("transport", ["websocket", "poller"])
async def test_t7_a_refused_client_hears_why_and_loses_its_transport(transport):
    async with guarded() as served:
        served.door.on_connect = refuses
        client = await getattr(served, transport)(connect=None)
        await client.say("40{}")
        heard = (await client.hear()) if transport == "websocket" else (await client.hear())[0]
        assert json.loads(heard[2:]) == {
            "message": "Sign in first",
            "data": {"code": "unauthenticated", "retry": False},
        }
        if transport == "websocket":
            assert await client.end() == 1008
        else:
            assert (await client.get())[0] == 400
        await served.door.until(lambda: [reason for _, reason in served.door.ends] == ["refused"])


async def test_t7_the_stock_server_lets_a_refused_client_try_again_and_again():
    async with stock() as served:

        @served.sio.event
        async def connect(sid, environ, auth=None):
            return False

        client = await served.websocket(connect=None)
        for _ in range(20):
            await client.say("40{}")
            assert (await client.hear()).startswith("44")


async def test_t7_another_namespace_is_refused_and_the_transport_closed():
    async with guarded() as served:
        client = await served.websocket(connect=None)
        await client.say("40/admin,{}")
        assert (await client.hear()).startswith("44/admin,")
        assert await client.end() == 1008
        assert served.door.asked == []


@pytest.mark.parametrize("packet", ['42["echo"]', "41", "43[]", '40{"token":', "44{}"])
async def test_t7_a_packet_before_the_connection_ends_it(packet):
    async with guarded() as served:
        client = await served.websocket(connect=None)
        await client.say(packet)
        assert await client.end() == 1002
        assert served.door.asked == []


async def test_t7_a_second_connect_ends_the_connection():
    async with guarded() as served:
        client = await served.websocket()
        await client.say("40")
        assert await client.end() == 1002


@pytest.mark.parametrize("transport", ["websocket", "poller"])
async def test_t8_a_client_that_never_connects_is_closed(transport):
    async with guarded(connect_timeout=0.2) as served:
        client = await getattr(served, transport)(connect=None)
        if transport == "websocket":
            assert await client.end() == 1008
        else:
            assert await client.hear() == ["1"]
        assert served.sio.eio.sockets == {}


async def test_t8_the_stock_server_keeps_a_silent_client():
    async with stock() as served:
        client = await served.websocket(connect=None)
        assert await client.hears_nothing()
        assert len(served.sio.eio.sockets) == 1


async def test_t8_a_door_that_takes_too_long_is_not_waited_for():
    async with guarded(connect_timeout=0.2) as served:

        async def hangs(link: Link, auth: object) -> None:
            await asyncio.Event().wait()

        served.door.on_connect = hangs
        client = await served.websocket(connect=None)
        await client.say("40")
        assert json.loads((await client.hear())[2:])["data"] == {"code": "unavailable", "retry": True}
        assert await client.end() == 1008
        await served.door.until(lambda: served.door.ends)


async def test_t23_nothing_is_heard_before_the_connect_ack():
    async with guarded() as served:

        async def eager(link: Link, auth: object) -> None:
            await served.sio.manager.emit("early", 1, "/", room=link.sid)

        served.door.on_connect = eager
        served.door.on_opened = lambda link: link.emit("ready", b"1")
        client = await served.websocket(connect=None)
        await client.say("40")
        assert (await client.hear()).startswith('40{"sid":')
        assert await client.hear() == '42["ready",1]'


async def test_t23_the_stock_server_tells_before_the_connect_ack():
    async with stock() as served:

        @served.sio.event
        async def connect(sid, environ, auth=None):
            await served.sio.emit("early", 1, room=sid)

        client = await served.websocket(connect=None)
        await client.say("40")
        assert await client.hear() == '42["early",1]'


async def test_t23_an_emit_to_everybody_reaches_those_alone_who_have_been_let_in():
    async with guarded() as served:
        let_in = await served.websocket()

        async def eager(link: Link, auth: object) -> None:
            await served.sio.emit("all", 1)

        served.door.on_connect = eager
        client = await served.websocket(connect=None)
        await client.say("40")
        assert await let_in.hear() == '42["all",1]'
        assert (await client.hear()).startswith('40{"sid":')
        await served.sio.emit("all", 2)
        assert await client.hear() == '42["all",2]'
        assert await let_in.hear() == '42["all",2]'


async def test_t25_compression_is_not_taken_up():
    async with guarded() as ours, stock() as theirs:
        assert (await ours.websocket(compress=15)).ws.compress == 0
        assert (await theirs.websocket(compress=15)).ws.compress == 15


async def test_t28_the_peer_is_the_one_at_the_other_end_of_the_connection():
    """Stock's REMOTE_ADDR is 127.0.0.1 whoever calls; here the caller comes from another loopback address."""
    async with guarded() as served:
        reader, writer = await asyncio.open_connection("127.0.0.1", served.port, local_addr=("127.0.0.9", 0))
        writer.write(
            b"GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 6.6.6.6\r\n\r\n"
        )
        served.writers.append(writer)
        await reader.readuntil(b"\r\n\r\n")
        assert [session.peer for session in served.sio.eio.sockets.values()] == ["127.0.0.9"]


async def test_t28_the_link_knows_its_handshake_until_the_client_is_let_in():
    async with guarded() as served:
        seen: list[object] = []

        async def looks(link: Link, auth: object) -> None:
            seen.extend((link.peer, link.cookies["a"], link.origin, link.query["EIO"], link.transport))

        served.door.on_connect = looks
        await served.websocket(headers={"Cookie": "a=b", "Origin": "http://board"})
        assert seen == ["127.0.0.1", "b", "http://board", "4", "websocket"]
        assert served.door.links[0].request is None


@pytest.mark.parametrize(
    ("origin", "status"), [("http://board", 200), ("http://evil", 403), ("null", 403), (None, 200)]
)
async def test_t29_the_origin_is_judged_by_our_own_rule(origin, status):
    async with guarded(allowed_origins=lambda origin, request: origin in {"http://board", "null", None}) as served:
        headers = {"Origin": origin} if origin else {}
        url = f"{served.url}socket.io/?EIO=4&transport=polling"
        async with served.http.get(url, headers=headers) as answer:
            assert answer.status == status
            assert answer.headers.get("Access-Control-Allow-Origin") == (origin if status == 200 else None)
        async with served.http.options(url, headers=headers) as answer:
            assert answer.status == (204 if status == 200 else 403)


async def test_t29_the_stock_server_lets_no_origin_at_all_decide_nothing():
    """Its rule is never asked where no Origin is sent."""
    async with stock(cors_allowed_origins=lambda origin: False) as served:
        assert (await served.websocket()) is not None


async def test_t31_a_handshake_that_is_not_engine_io_four_is_refused():
    async with guarded() as served:
        for query in (
            "transport=polling",
            "EIO=3&transport=polling",
            "EIO=4",
            "EIO=4&transport=carrier",
            "EIO=4&transport=polling&j=0",
            "EIO=4&transport=websocket",
        ):
            async with served.http.get(f"{served.url}socket.io/?{query}") as answer:
                assert answer.status == 400, query
        async with served.http.put(f"{served.url}socket.io/?EIO=4&transport=polling") as answer:
            assert answer.status == 405


async def test_more_connections_than_allowed_are_refused():
    async with guarded(max_connections=1) as served:
        await served.websocket()
        async with served.http.get(f"{served.url}socket.io/?EIO=4&transport=polling") as answer:
            assert answer.status == 503
