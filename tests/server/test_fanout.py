import asyncio
from contextlib import asynccontextmanager

import aiohttp
import pytest
import socketio
from aiohttp import web

from server.fanout import Burst, FanoutManager, StockOutbox
from server.outbox import Outbox, Turn
from server.packets import wire


@asynccontextmanager
async def plain_server():
    """A plain python-socketio server that has only our manager; clients enter the room "r"."""
    sio = socketio.AsyncServer(async_mode="aiohttp", client_manager=FanoutManager())

    @sio.event
    async def connect(sid, environ, auth=None):
        await sio.enter_room(sid, "r")
        await sio.emit("early", -1, room="r")

    @sio.event
    async def echo(sid, number):
        await sio.emit("told", number, room="r")
        return number

    app = web.Application()
    sio.attach(app)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield sio, f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await asyncio.gather(*(session.close(wait=False, abort=True) for session in list(sio.eio.sockets.values())))
        if sio.eio.service_task_handle is not None:
            await sio.shutdown()
        await runner.cleanup()


@pytest.mark.parametrize("transports", [["polling"], ["websocket"], ["polling", "websocket"]])
async def test_o2_a_plain_server_fans_out_through_our_outboxes_in_order(transports):
    async with plain_server() as (sio, url):
        heard: asyncio.Queue[int] = asyncio.Queue()
        client_sio = socketio.AsyncClient(reconnection=False)
        client_sio.on("told", heard.put)
        client_sio.on("early", heard.put)
        await client_sio.connect(url, transports=transports)
        assert [await client_sio.call("echo", number, timeout=5) for number in range(50)] == list(range(50))
        assert [await asyncio.wait_for(heard.get(), 5) for _ in range(51)] == [-1, *range(50)]
        assert all(isinstance(session.queue, Outbox) for session in sio.eio.sockets.values())
        await sio.eio.disconnect()
        await client_sio.eio.queue.put(None)  # by polling the client itself would think it over for half a minute
        await client_sio.wait()


@asynccontextmanager
async def heard_by(url: str, transport: str = "websocket"):
    """A raw client by WebSocket; what he hears after the opening packet."""
    async with aiohttp.ClientSession() as http:
        ws = await http.ws_connect(f"{url}/socket.io/?EIO=4&transport={transport}")
        await ws.receive_str()
        yield ws
        await ws.close()


async def test_t23_who_is_not_let_in_yet_is_told_after_he_is_and_who_is_refused_never():
    async with plain_server() as (sio, url):

        @sio.event
        async def connect(sid, environ, auth=None):
            await sio.enter_room(sid, "r")
            await sio.emit("to him", 1, to=sid)
            await sio.emit("to all", 2)
            await sio.emit("to the room", 3, room="r")
            await sio.emit("not to him", 4, room="r", skip_sid=sid)
            return auth != {"refused": True}

        async with heard_by(url) as ws:
            await ws.send_str('40{"refused":true}')
            assert (await ws.receive_str()).startswith("44")
            await ws.send_str("40")
            assert (await ws.receive_str()).startswith('40{"sid"')
            assert [await ws.receive_str() for _ in range(3)] == [
                '42["to him",1]',
                '42["to all",2]',
                '42["to the room",3]',
            ]
        assert sio.manager._untold == {}


async def test_t23_a_callback_asked_for_too_early_is_asked_for_when_he_is_let_in():
    async with plain_server() as (sio, url):
        answered = asyncio.get_running_loop().create_future()

        @sio.event
        async def connect(sid, environ, auth=None):
            await sio.emit("asked", 1, to=sid, callback=answered.set_result)

        async with heard_by(url) as ws:
            await ws.send_str("40")
            assert (await ws.receive_str()).startswith('40{"sid"')
            assert await ws.receive_str() == '421["asked",1]'
            await ws.send_str("431[7]")
            assert await asyncio.wait_for(answered, 5) == 7


async def test_t9_a_plain_servers_client_that_takes_nothing_is_cut_at_the_hard_cap():
    async with plain_server() as (sio, url), heard_by(url) as ws:
        await ws.send_str("40")
        await ws.receive_str()
        (session,) = sio.eio.sockets.values()
        page = "x" * 1_000_000
        for _ in range(40):
            await sio.emit("page", page, room="r")
        async with asyncio.timeout(5):
            while not session.closed:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
        assert session.queue.unsent == 0


class Sink:
    """Takes everything; remembers the pieces of each write."""

    full, buffered = False, 0

    def __init__(self) -> None:
        self.writes: list[list[bytes]] = []

    def write(self, pieces: list[bytes]) -> None:
        self.writes.append(pieces)

    def when_drained(self, callback) -> None:
        raise AssertionError("it is never full")


@pytest.fixture
async def crowd():
    """Ten outboxes that write to sinks."""
    turn = Turn()
    made = [(StockOutbox(turn), Sink()) for _ in range(10)]
    for outbox, sink in made:
        outbox.open(sink)
    return [outbox for outbox, _ in made], [sink for _, sink in made]


async def turns() -> None:
    for _ in range(4):
        await asyncio.sleep(0)


async def test_o1_a_burst_is_one_write_of_the_same_bytes_for_everybody(crowd):
    outboxes, sinks = crowd
    burst, asked = Burst(), []
    for number in range(20):
        burst.emit("room", lambda: asked.append(1) or outboxes, b"frame %d." % number)
    assert all(sink.writes == [] for sink in sinks)
    await turns()
    ((piece,),) = sinks[0].writes
    assert piece == b"".join(b"frame %d." % number for number in range(20))
    assert all(len(sink.writes) == 1 and sink.writes[0][0] is piece for sink in sinks)
    assert len(asked) == 1


async def test_o1_who_hears_the_same_gets_the_same_piece_in_the_order_emitted(crowd):
    outboxes, sinks = crowd
    burst = Burst()
    for number in range(6):
        all_or_some, members = [("all", outboxes), ("some", outboxes[:5])][number % 2]
        burst.emit(all_or_some, lambda members=members: members, b"%d" % number)
    await turns()
    assert [sink.writes for sink in sinks] == [[[b"012345"]]] * 5 + [[[b"024"]]] * 5
    assert len({id(sink.writes[0][0]) for sink in sinks}) == 2


async def test_o2_what_goes_into_an_outbox_directly_comes_after_what_was_emitted_before(crowd):
    outboxes, sinks = crowd
    burst = Burst()
    burst.emit("room", lambda: outboxes, b"first ")
    outboxes[3].add(b"ack ")
    burst.emit("room", lambda: outboxes, b"second ")
    outboxes[4].finish()
    await turns()
    written = [b"".join(piece for pieces in sink.writes for piece in pieces) for sink in sinks]
    assert written == [b"first second "] * 3 + [b"first ack second "] + [b"first second "] * 6


async def test_o2_a_poll_takes_what_has_just_been_emitted():
    burst, outbox = Burst(), StockOutbox(Turn())
    burst.emit("room", lambda: [outbox], wire(b"4x"))
    assert outbox.take() == [b"4x"]
    await turns()
    assert outbox.take() == []


async def test_a_burst_that_grows_goes_out_and_its_caller_gives_way(crowd):
    outboxes, sinks = crowd
    burst = Burst()
    assert not burst.emit("room", lambda: outboxes, b"x" * 60_000)
    assert burst.emit("room", lambda: outboxes, b"x" * 60_000)
    assert outboxes[0].unsent == 120_000
    await turns()
    assert all(sum(map(len, sink.writes[0])) == 120_000 for sink in sinks)


async def test_who_emits_much_gives_way_to_the_network_and_who_emits_little_does_not():
    async with plain_server() as (sio, url), heard_by(url) as ws:
        await ws.send_str("40")
        await ws.receive_str()
        others: list[str] = []
        asyncio.get_running_loop().call_soon(others.append, "another's turn")
        await sio.emit("little", "x" * 1_000, room="r")
        assert others == []
        await sio.emit("much", "x" * 70_000, room="r")
        assert others


async def test_t25_a_plain_server_with_our_manager_does_not_compress():
    async with plain_server() as (_, url), aiohttp.ClientSession() as http:
        ws = await http.ws_connect(f"{url}/socket.io/?EIO=4&transport=websocket", compress=15)
        assert ws.compress == 0
        await ws.close()


async def test_o2_the_driver_table_of_the_library_stays_as_it_is():
    theirs = socketio.AsyncServer(async_mode="aiohttp").eio._async["websocket"]
    ours = socketio.AsyncServer(async_mode="aiohttp", client_manager=FanoutManager())
    assert ours.eio._async["websocket"] is not theirs
    assert socketio.AsyncServer(async_mode="aiohttp").eio._async["websocket"] is theirs


class Room(dict):
    """A room that counts how often it is looked at."""

    looks = 0

    def __contains__(self, sid: object) -> bool:
        type(self).looks += 1
        return super().__contains__(sid)


async def test_o4_a_disconnect_looks_only_at_the_clients_own_rooms():
    manager = FanoutManager()
    sio = socketio.AsyncServer(async_mode="aiohttp", client_manager=manager)
    assert sio.manager is manager
    sids = [await manager.connect(f"eio{number}", "/") for number in range(100)]
    await manager.enter_room(sids[7], "/", "r")
    others = {room: Room() for room in range(1000)}
    manager.rooms["/"].update(others)
    await manager.disconnect(sids[7], "/")
    assert Room.looks == 0
    assert manager.get_rooms(sids[7], "/") == []
    assert "r" not in manager.rooms["/"]
    assert manager.sid_from_eio_sid("eio7", "/") is None
    assert manager.sid_from_eio_sid("eio8", "/") == sids[8]


async def test_o4_rooms_are_known_by_client():
    manager = FanoutManager()
    socketio.AsyncServer(async_mode="aiohttp", client_manager=manager)
    sid = await manager.connect("eio", "/")
    await manager.enter_room(sid, "/", "a")
    await manager.enter_room(sid, "/", "b")
    await manager.leave_room(sid, "/", "a")
    assert set(manager.get_rooms(sid, "/")) == {sid, "b"}
