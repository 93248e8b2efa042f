"""The waiting room (D8): alive, serving nobody, gone at a word, and nobody who comes meanwhile is turned away; the first
visitor is its sign to knock."""

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession
from caller import Caller
from network import free_port

from server import waiting as waiting_room
from server.listening import close, listening_at
from server.waiting import WaitingRoom
from stores.errors import Locked, Unreachable


class Waiting:
    """An instance that waits: the other one has the lock until the test says so."""

    def __init__(self, http: ClientSession, *, proxied: bool = False, may_knock: bool = True) -> None:
        self.port, self.may_knock = free_port(), may_knock
        self.room = WaitingRoom("127.0.0.1", self.port, proxied=proxied)
        self.tried: asyncio.Queue[bool] = asyncio.Queue()
        self.lock: Exception | None = Locked("another process holds it")
        self.asked_to_stop = asyncio.Event()
        self.caller = Caller(http, f"http://127.0.0.1:{self.port}")
        self._loop = asyncio.get_running_loop()

    def take(self, *, knock: bool) -> None:
        self._loop.call_soon_threadsafe(self.tried.put_nowait, knock)
        if self.lock is not None:
            raise self.lock

    async def begins(self) -> "asyncio.Task[bool]":
        """The lock has been tried in vain, so it listens."""
        waiting = asyncio.create_task(self.room.wait(self.take, self.asked_to_stop, may_knock=self.may_knock))
        await self.tries()
        return waiting

    async def tries(self) -> bool:
        """The next time that begins after this: whether it knocks."""
        while not self.tried.empty():
            self.tried.get_nowait()
        await asyncio.wait_for(self.tried.get(), 10)
        return await asyncio.wait_for(self.tried.get(), 10)

    async def stops(self, waiting: "asyncio.Task[bool]") -> None:
        self.asked_to_stop.set()
        assert not await ended(waiting)


@pytest.fixture
async def waiting(http: ClientSession) -> AsyncIterator[Waiting]:
    waiting = Waiting(http)
    async with waiting.room:
        yield waiting
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", waiting.port)


def come(port: int) -> socket.socket:
    """Somebody at the door."""
    return socket.create_connection(("127.0.0.1", port))


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


async def test_who_comes_between_the_room_and_the_board_is_served_by_the_board(waiting: Waiting):
    task = await waiting.begins()
    waiting.lock = None
    await ended(task)
    (listening,) = await waiting.room.leave()
    with come(waiting.port):
        listening.settimeout(10)
        accepted, _ = listening.accept()
        accepted.close()
    close([listening])


async def test_who_comes_while_the_board_that_lets_go_stops_is_answered_again(waiting: Waiting):
    close(await waiting.room.leave())
    with come(waiting.port):  # while nobody answers
        await waiting.room.open()
        assert (await waiting.caller.gets("/api/me")).code == "unavailable"


async def test_d8_a_visitor_is_its_sign_to_knock(waiting: Waiting):
    task = await waiting.begins()
    assert not await waiting.tries()
    assert (await waiting.caller.gets("/api/me")).status == 503
    assert await waiting.tries()
    await waiting.stops(task)


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/healthz"), ("GET", "/readyz"), ("GET", "/metrics"), ("HEAD", "/"), ("OPTIONS", "/")]
)
async def test_d8_a_look_at_whether_it_lives_is_none(waiting: Waiting, http: ClientSession, method: str, path: str):
    task = await waiting.begins()
    async with http.request(method, f"http://127.0.0.1:{waiting.port}{path}"):
        assert not await waiting.tries()
    await waiting.stops(task)


async def test_d8_behind_proxies_who_does_not_come_through_them_is_no_visitor(http: ClientSession):
    waiting = Waiting(http, proxied=True)
    async with waiting.room:
        task = await waiting.begins()
        await waiting.caller.gets("/api/me")
        assert not await waiting.tries()
        await waiting.caller.with_(**{"X-Forwarded-For": "192.0.2.1"}).gets("/api/me")
        assert await waiting.tries()
        await waiting.stops(task)


async def test_d8_who_has_let_go_himself_never_knocks(http: ClientSession):
    waiting = Waiting(http, may_knock=False)
    async with waiting.room:
        task = await waiting.begins()
        assert (await waiting.caller.gets("/api/me")).status == 503
        assert not await waiting.tries()
        assert (await waiting.caller.gets("/api/me")).status == 503
        await waiting.stops(task)


async def test_who_comes_after_the_knock_waits_at_the_door_for_the_board(waiting: Waiting):
    task = await waiting.begins()
    await waiting.caller.gets("/api/me")
    assert await waiting.tries()  # so it has closed its door
    with come(waiting.port) as visitor:
        visitor.sendall(b"GET /api/me HTTP/1.1\r\nHost: localhost\r\n\r\n")
        waiting.lock = None
        assert await ended(task)
        (listening,) = await waiting.room.leave()
        listening.settimeout(10)
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.recv(100).startswith(b"GET /api/me")
        close([listening])


async def test_where_the_other_one_takes_long_visitors_are_answered_again(
    waiting: Waiting, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(waiting_room, "HOLD_S", 0.5)
    task = await waiting.begins()
    for _ in range(2):
        assert (await asyncio.wait_for(waiting.caller.gets("/api/me"), 10)).code == "unavailable"
        assert await waiting.tries()
    await waiting.stops(task)


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
    assert waiting.tried.empty()
    close(taken)
