"""An instance is replaced (D8, O7): the new one waits, alive, until the old has ended, and then goes on where it stopped;
who was connected comes back by himself, and misses nothing."""

import asyncio
from contextlib import AsyncExitStack

from aiohttp import ClientSession
from network import PATIENCE, seq_of
from people import Person, told
from writers import Regular, Writer

WRITERS = ("alice", "dora", "bob", "fred")
BEGINS, GOES_ON = "waiting until the other instance has ended", "this one goes on"


async def waits(instance):
    """It has begun to wait: its host sees it alive."""
    await instance.runs()
    async with ClientSession() as http, asyncio.timeout(PATIENCE):
        while True:
            assert instance.is_running, instance.err
            try:
                async with http.get(f"{instance.url}/healthz") as answer:
                    assert answer.status == 200
                    return
            except OSError:
                await asyncio.sleep(0.05)


async def test_d8_told_to_stop_while_it_waits_it_ends_at_once_and_the_other_does_not_notice(places):
    await places.one.starts()
    await waits(places.other)
    assert await places.other.stops() == 0
    assert places.other.out == []
    assert [BEGINS in line for line in places.other.err] == [True]
    assert await places.one.stops() == 0


async def test_d8_the_new_instance_serves_nobody_until_the_old_has_ended(places):
    await places.one.starts()
    await waits(places.other)
    async with ClientSession() as http, http.get(f"{places.other.url}/readyz") as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (503, "1")
    assert await places.one.stops() == 0
    await places.other.says(places.other.serving)
    async with ClientSession() as http, http.get(f"{places.other.url}/readyz") as answer:
        assert answer.status == 200
    assert await places.other.stops() == 0
    said = "\n".join(places.other.err)
    assert (said.count(BEGINS), said.count(GOES_ON), "Traceback" in said) == (1, 1, False)


async def test_d8_replaced_under_writing_clients_nothing_is_lost_or_doubled(places):
    await places.one.starts()
    async with AsyncExitStack() as stack:
        clients = [await regular(stack, places, name) for name in ("carol", *WRITERS)]
        for client in clients:
            await client.comes_in()
            await client.takes_snapshot()
        listener, *others = clients
        begun = seq_of(listener.cursor)
        writers = [Writer(client, name) for client, name in zip(others, WRITERS, strict=True)]
        await waits(places.other)
        writing = [asyncio.create_task(writer.writes()) for writer in writers]
        await listener.until(lambda: len(listener.events()) >= 40)
        assert await places.one.stops() == 0
        await listener.until(lambda: not listener.is_open)
        await listener.comes_in()
        place = len(listener.events())
        await listener.until(lambda: len(listener.events()) >= place + 40)
        for writer in writers:
            writer.stop = True
        await asyncio.gather(*writing)
        await listener.settles()
        check(listener, writers, begun)
        assert listener.replica == await listener.fresh()
    assert await places.other.stops() == 0
    for instance in (places.one, places.other):
        assert [line for line in instance.err if "Traceback" in line] == []


async def regular(stack, places, name):
    person = await stack.enter_async_context(Person(places.front, "127.0.0.1"))
    await person.signs_in(name)
    client = Regular(places.front, person.token)
    stack.push_async_callback(client.close)
    return client


def check(listener, writers, begun):
    """Everybody came back by cursor; the listener heard every entry once, in order, and every op_id once."""
    assert all(writer.client.resumed for writer in writers)
    assert listener.resumed
    heard = [said.meta.version for said in listener.events()]
    assert heard == list(range(begun + 1, begun + 1 + len(heard)))
    acknowledged = [op_id for writer in writers for op_id in writer.acks]
    assert sorted(said.meta.op_id for said in listener.events()) == sorted(acknowledged)
    for writer in writers:
        for op_id, ack in writer.acks.items():
            assert listener.replica["calls", ack.data.id].title == op_id


async def test_o7_a_socket_is_told_when_to_come_back(places):
    await places.one.starts()
    async with Person(places.front, "127.0.0.1") as bob:
        await bob.signs_in("bob")
        socket = await bob.opens_socket()
        await told(socket, "ready")
        assert await places.one.stops() == 0
        assert (await told(socket, "server_draining"))["data"]["reconnect_in_ms"] >= 0
        assert (await socket.receive()).data == 1012


async def test_o7_a_stream_is_told_when_to_come_back(places):
    await places.one.starts()
    async with Person(places.front, "127.0.0.1") as bob:
        await bob.signs_in("bob")
        async with bob.http.get(f"{bob.url}/api/tenants/main/realtime", headers=bob.headers) as stream:
            await stream.content.readuntil(b"event: ready\n")
            assert await places.one.stops() == 0
            assert b"event: server_draining" in await stream.content.read()
