"""An instance is replaced (D8, O7): the new one waits, alive, until the old has ended, or, once visitors are sent to the new
one, has let go; then it goes on where that one stopped. Who was connected comes back by himself, and misses nothing."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from aiohttp import ClientSession
from crowd import crowd
from network import PATIENCE, seq_of
from people import Person, told
from writers import Regular, Writer

WRITERS = ("alice", "dora", "bob", "fred")
BEGINS, GOES_ON = "waiting until the other instance has ended", "this one goes on"
KNOCKS, LETS_GO = "the other instance is asked to let go", "this one lets go of it"


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


async def asked(instance, path="/api/me"):
    """The status, for a visitor whom the host's proxy brings."""
    headers = {"X-Forwarded-For": "192.0.2.1"}
    async with ClientSession() as http, http.get(instance.url + path, headers=headers) as answer:
        return answer.status


def said(instance, line):
    return sum(line in each for each in instance.err)


async def knocks(instance):
    """A visitor has come, and it has noticed."""
    assert await asked(instance) == 503
    async with asyncio.timeout(PATIENCE):
        while not said(instance, KNOCKS):  # noqa: ASYNC110  # there is no event for it
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


async def test_d8_with_the_first_visitor_the_old_one_lets_go_and_asks_for_nothing_back(places):
    await places.one.starts()
    async with Person(places.front, "127.0.0.1") as bob:
        await bob.signs_in("bob")
        socket = await bob.opens_socket()
        await told(socket, "ready")
        await waits(places.other)
        assert await asked(places.other) == 503
        await places.other.says(places.other.serving)
        await told(socket, "server_draining")
        assert (await socket.receive()).data == 1012
        await told(await bob.opens_socket(), "ready")
    assert [await asked(places.one, path) for path in ("/healthz", "/readyz", "/api/me")] == [200, 503, 503]
    assert await asked(places.other, "/readyz") == 200
    since = len(places.one.out)
    assert await places.other.stops() == 0
    await places.one.says(places.one.serving, since)
    assert await places.one.stops() == 0
    assert (said(places.other, KNOCKS), said(places.one, LETS_GO)) == (1, 1)
    assert (said(places.one, KNOCKS), said(places.other, LETS_GO)) == (0, 0)
    assert [line for line in (*places.one.err, *places.other.err) if "Traceback" in line] == []


async def test_d8_where_the_new_one_dies_the_old_one_serves_again(places):
    await places.one.starts()
    await waits(places.other)
    assert await asked(places.other) == 503
    await places.other.says(places.other.serving)
    since = len(places.one.out)
    await places.other.is_killed()
    await places.one.says(places.one.serving, since)
    async with Person(places.front, "127.0.0.1") as bob:
        await bob.signs_in("bob")
        await told(await bob.opens_socket(), "ready")
    await waits(places.other)
    assert await asked(places.other) == 503
    await places.other.says(places.other.serving, 1)
    assert [await places.one.stops(), await places.other.stops()] == [0, 0]


async def test_d8_an_instance_that_would_not_wait_itself_does_not_let_go(places):
    del places.one.environment["WAIT_FOR_LOCK"]
    await places.one.starts()
    await waits(places.other)
    await knocks(places.other)
    assert await asked(places.other, "/healthz") == 200  # answered late: by then the other one would have let go
    assert await asked(places.one, "/readyz") == 200
    assert await places.one.stops() == 0
    await places.other.says(places.other.serving)
    assert await places.other.stops() == 0


@pytest.mark.parametrize("way", ["told to stop", "asked to let go"])
async def test_d8_a_hundred_who_write_are_back_in_a_moment_and_nothing_is_lost_or_doubled(places, way):
    await places.one.starts()
    async with crowd(places.front) as people:
        await people.has_written(50)
        await waits(places.other)
        if way == "told to stop":
            assert await places.one.stops() == 0
        else:
            assert await asked(places.other) == 503
        await people.was_away()
        await people.has_written(50)
        account = await people.account()
        assert places.one.is_running == (way == "asked to let go")
    print(way, account)  # noqa: T201  # the figures, with `pytest -s`
    assert account.acknowledged > 100
    assert (account.with_a_gap_or_a_double, account.lost_or_doubled, account.not_resumed) == (0, 0, 0)
    for instance in [places.one, places.other]:
        assert not instance.is_running or await instance.stops() == 0
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
