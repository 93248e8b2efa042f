"""SIGTERM to a real server: what is in flight finishes, and clients come back by themselves (O7, T19, T20)."""

import asyncio
import json
import signal
import threading

import pytest
from aiohttp import ClientConnectionError, WSMsgType
from doorways import DOORS
from javascript import JavaScriptClient
from network import GoneError, PythonClient, sign_in, url_of
from premises import copy_of
from program import a_program

LONGEST = 25  # seconds that a stop may ever take


@pytest.fixture
async def program(tmp_path, furnished):
    async with a_program(copy_of(furnished, tmp_path)) as program:
        yield await program.starts()


@pytest.fixture
async def arrives(program, crowd, http, leaving):
    """`await arrives("bob", "javascript")`: signed in, connected, listening, and coming back by himself."""

    async def arrive(name, how):
        kind, _ = DOORS[how]
        options = {"reconnection": True, **DOORS[how][1]}
        first = (crowd,) if kind is JavaScriptClient else ()
        client = kind(*first, program.url, await sign_in(http, program.url, name), **options)
        leaving.push_async_callback(client.close)
        await client.connects()
        await client.takes_snapshot()
        return client

    return arrive


async def test_o7_sigterm_finishes_what_is_in_flight_and_clients_come_back_and_resume(program, arrives):
    listeners = [await arrives("bob", "javascript"), await arrives("carol", "javascript websocket")]
    listeners.append(await arrives("dora", "python websocket"))
    alice = await arrives("alice", "javascript")
    asked = {f"op {n}": {"title": f"Call {n}", "customer_name": "Ms. Gray", "op_id": f"op {n}"} for n in range(200)}
    answers = {op_id: alice.sends("create_call", payload) for op_id, payload in asked.items()}
    await alice.until(alice.events)
    program.is_told(signal.SIGTERM)
    assert await asyncio.wait_for(program.ends(), LONGEST) == 0
    assert [line for line in program.err if "Traceback" in line] == []
    done = await outcomes(answers)
    assert all(ack.ok or (ack.error.code, ack.error.retry) == ("unavailable", True) for ack in done.values())
    for client in (*listeners, alice):
        await client.until(lambda: not client.is_open)  # noqa: B023
        draining = client.first("server_draining")
        assert 0 <= draining.data.reconnect_in_ms <= 3_000
    places = [len(client.log) for client in (*listeners, alice)]
    await program.starts()
    for client, place in zip((*listeners, alice), places, strict=True):
        ready = await client.until(lambda: client.first("ready", place))  # noqa: B023
        assert ready.data.resumed
    for op_id in asked.keys() - {op_id for op_id, ack in done.items() if ack.ok}:
        await alice.does("create_call", **asked[op_id])
    for client in (*listeners, alice):
        await client.settles()
        titles = [said.data.title for said in client.events()]
        assert sorted(titles) == sorted(payload["title"] for payload in asked.values())
        assert client.replica == await client.fresh()


async def outcomes(answers):
    """The acks that came; what was not read any more has none."""
    found = await asyncio.gather(*answers.values(), return_exceptions=True)
    assert all(not isinstance(ack, BaseException) or isinstance(ack, GoneError) for ack in found)
    return {op_id: ack for op_id, ack in zip(answers, found, strict=True) if not isinstance(ack, GoneError)}


async def test_t20_a_websocket_is_closed_with_1012(program, http):
    token = await sign_in(http, program.url, "bob")
    async with http.ws_connect(f"{program.url}/socket.io/?EIO=4&transport=websocket") as ws:
        await ws.send_str("40" + json.dumps({"token": token}))
        while not (await ws.receive_str()).startswith('42["ready"'):
            pass
        program.is_told(signal.SIGTERM)
        while (message := await ws.receive(LONGEST)).type is WSMsgType.TEXT:
            last = message.data
        assert last.startswith('42["server_draining"')
        assert (message.type, ws.close_code) == (WSMsgType.CLOSE, 1012)
    assert await asyncio.wait_for(program.ends(), LONGEST) == 0


async def test_o7_with_clients_that_take_nothing_it_still_ends(program, http, arrives):
    """A poller that has gone away and a WebSocket that never says a word are no reason to stay."""
    alice = await arrives("alice", "python polling")
    async with http.get(f"{program.url}/socket.io/?EIO=4&transport=polling") as answer:
        assert answer.status == 200
    async with http.ws_connect(f"{program.url}/socket.io/?EIO=4&transport=websocket") as ws:
        await ws.receive()
        program.is_told(signal.SIGTERM)
        assert await asyncio.wait_for(program.ends(), LONGEST) == 0
    await alice.until(lambda: not alice.is_open)


async def test_o7_a_second_sigterm_changes_nothing(program, arrives):
    bob = await arrives("bob", "javascript")
    program.is_told(signal.SIGTERM)
    await bob.until(lambda: bob.first("server_draining"))
    if program.is_running:
        program.is_told(signal.SIGTERM)
    assert await asyncio.wait_for(program.ends(), LONGEST) == 0


async def test_d7_a_cursor_lives_on_over_a_restart_and_a_kill(program, arrives, http):
    """Once each start had another fingerprint of the schema, so that every client needed a snapshot (F8)."""
    token = await sign_in(http, program.url, "bob")
    async with PythonClient(program.url, token, transports=["websocket"]) as bob:
        alice = await arrives("alice", "javascript")
        await bob.connects()
        await bob.takes_snapshot()
        for end in (program.stops, program.is_killed):
            await bob.close()
            await alice.does("create_call", title=f"Before {end.__name__}", customer_name="Ms. Gray")
            since = len(alice.log)
            await end()
            await program.starts()
            assert (await bob.connects()).data.resumed
            assert bob.events()[-1].data.title == f"Before {end.__name__}"
            await alice.until(lambda: alice.first("ready", since))  # noqa: B023
        assert bob.replica == await bob.fresh()


@pytest.fixture
def slow_disk(board, monkeypatch):
    """Commits wait: (set once one does, to be set to let them go on)."""
    is_writing, may_go_on = threading.Event(), threading.Event()
    commit = board.database.commit

    def slow(batch):
        is_writing.set()
        assert may_go_on.wait(30)
        commit(batch)

    monkeypatch.setattr(board.database, "commit", slow)
    yield is_writing, may_go_on
    may_go_on.set()


async def test_o7_what_is_being_written_when_the_stop_comes_is_told_and_answered(board, comes, slow_disk):
    """Once clients were closed while their commands were on their way to the disk."""
    bob, (is_writing, may_go_on) = await comes("bob"), slow_disk
    (feed,) = board.feeds.values()
    (connection,) = (reader.sink for reader in feed.readers)
    asked = bob.sends("create_call", {"title": "In the last moment", "customer_name": "Ms. Gray"})
    assert await asyncio.to_thread(is_writing.wait, 30)
    stopping = asyncio.create_task(board.stop())
    await bob.until(lambda: bob.first("server_draining"))
    late = bob.sends("create_call", {"title": "Too late", "customer_name": "Ms. Gray"})
    behind = bob.sends("count", {"resource": "calls"})
    async with asyncio.timeout(LONGEST):
        while len(connection.line) < 3:  # noqa: ASYNC110  # until the server has read both
            await asyncio.sleep(0.01)
    may_go_on.set()
    assert (await asked).ok
    assert (await late).error.code == "unavailable"
    assert (await behind).error.code == "unavailable"
    assert [said.data.title for said in bob.events()] == ["In the last moment"]
    await asyncio.wait_for(stopping, LONGEST)


async def test_o7_an_http_request_under_way_is_answered(board, comes, http, slow_disk):
    bob, (is_writing, may_go_on) = await comes("bob"), slow_disk
    address, headers = f"{url_of(board)}/api/tenants/main/calls", {"Authorization": f"Bearer {bob.token}"}
    body = {"title": "In the last moment", "customer_name": "Ms. Gray"}
    asking = asyncio.create_task(http.post(address, json=body, headers=headers))
    assert await asyncio.to_thread(is_writing.wait, 30)
    stopping = asyncio.create_task(board.stop())
    await bob.until(lambda: bob.first("server_draining"))
    may_go_on.set()
    async with await asyncio.wait_for(asking, LONGEST) as answer:
        assert answer.status == 201
        assert (await answer.json())["data"]["title"] == body["title"]
    await asyncio.wait_for(stopping, LONGEST)
    with pytest.raises(ClientConnectionError):
        await http.get(address)
