"""The waiting room (D8): alive, serving nobody, gone at a word, and nobody who knocks meanwhile is turned away."""

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession
from caller import Caller
from network import free_port

from server.listening import close, listening_at
from server.waiting import WaitingRoom
from stores.errors import Locked, Unreachable


class Waiting:
    """An instance that waits: the other one has the lock until the test says so."""

    def __init__(self, http: ClientSession) -> None:
        self.port = free_port()
        self.room = WaitingRoom("127.0.0.1", self.port)
        self.tried = asyncio.Event()
        self.lock: Exception | None = Locked("another process holds it")
        self.asked_to_stop = asyncio.Event()
        self.caller = Caller(http, f"http://127.0.0.1:{self.port}")
        self._loop = asyncio.get_running_loop()

    def take(self) -> None:
        self._loop.call_soon_threadsafe(self.tried.set)
        if self.lock is not None:
            raise self.lock

    async def begins(self) -> "asyncio.Task[bool]":
        """The lock has been tried in vain, so it listens."""
        waiting = asyncio.create_task(self.room.wait(self.take, self.asked_to_stop))
        await asyncio.wait_for(self.tried.wait(), 10)
        return waiting


@pytest.fixture
async def waiting(http: ClientSession) -> AsyncIterator[Waiting]:
    waiting = Waiting(http)
    async with waiting.room:
        yield waiting
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", waiting.port)


async def ended(task: "asyncio.Task[bool]") -> bool:
    return await asyncio.wait_for(task, 10)


async def test_d8_it_lives_and_answers_everything_else_unavailable(waiting: Waiting):
    task = await waiting.begins()
    alive = await waiting.caller.gets("/healthz")
    assert (alive.status, alive.body) == (200, {"ok": True})
    for answer in (
        await waiting.caller.gets("/readyz"),
        await waiting.caller.gets("/api/me"),
        await waiting.caller.gets("/socket.io/?EIO=4&transport=polling"),
        await waiting.caller.posts("/api/login", {"email": "bob@example.com", "password": "x"}),
    ):
        assert (answer.status, answer.code, answer.body["error"]["retry"]) == (503, "unavailable", True)
        assert (answer.headers["Retry-After"], answer.headers["Connection"]) == ("1", "close")
    waiting.asked_to_stop.set()
    assert not await ended(task)


async def test_a_persons_browser_gets_a_page_that_looks_again(waiting: Waiting, http: ClientSession):
    task = await waiting.begins()
    async with http.get(f"http://127.0.0.1:{waiting.port}/", headers={"Accept": "text/html,*/*"}) as answer:
        assert (answer.status, answer.content_type, answer.headers["Retry-After"]) == (503, "text/html", "1")
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert 'http-equiv="refresh"' in await answer.text()
    waiting.asked_to_stop.set()
    await ended(task)


async def test_d8_it_goes_on_when_the_other_has_gone(waiting: Waiting):
    task = await waiting.begins()
    waiting.lock = None
    assert await ended(task)


async def test_who_knocks_between_the_room_and_the_board_is_served_by_the_board(waiting: Waiting):
    task = await waiting.begins()
    waiting.lock = None
    await ended(task)
    (listening,) = await waiting.room.leave()
    with socket.create_connection(("127.0.0.1", waiting.port)):
        listening.setblocking(True)
        accepted, _ = listening.accept()
        accepted.close()
    close([listening])


async def test_who_never_waited_leaves_with_sockets_too(waiting: Waiting):
    sockets = await waiting.room.leave()
    assert [each.getsockname() for each in sockets] == [("127.0.0.1", waiting.port)]
    close(sockets)


async def test_what_else_is_wrong_with_the_lock_is_said(waiting: Waiting):
    waiting.lock = Unreachable("the database is gone")
    with pytest.raises(Unreachable):
        await waiting.room.wait(waiting.take, waiting.asked_to_stop)


async def test_an_address_that_another_has_is_said_before_anybody_waits(waiting: Waiting):
    taken = listening_at("127.0.0.1", waiting.port)
    with pytest.raises(OSError, match="in use"):
        await waiting.room.wait(waiting.take, waiting.asked_to_stop)
    assert not waiting.tried.is_set()
    close(taken)
