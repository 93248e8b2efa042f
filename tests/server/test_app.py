"""The composition root: from start to stop (A6, D8, O7)."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientConnectionError, ClientSession
from caller import Caller
from opening import OpenBoard
from premises import PASSWORD

from events.actor import SYSTEM
from server.app import Callboard
from server.settings import Settings, SettingsError
from stores.errors import Locked, LostDesk

CALL = {"title": "No power", "customer_name": "Ms. Gray"}
FIRST = {
    "callboard_tenant": "Ours", "callboard_admin_email": "ada@example.com", "callboard_admin_password": "a good password",
}  # fmt: skip


async def test_the_environment_can_make_the_first_tenant_and_admin(open_board: OpenBoard, at: Any):
    board = await open_board(empty=True, **FIRST)
    assert not board.setup.needed
    answer = await at(board).posts("/api/login", {"email": "ada@example.com", "password": "a good password"})
    assert answer.status == 200
    assert (answer.body["user"]["role"], answer.body["user"]["must_change_password"]) == ("admin", False)
    assert (answer.body["tenant"]["slug"], answer.body["tenant"]["name"]) == ("main", "Ours")


async def test_it_makes_them_once(open_board: OpenBoard):
    board = await open_board(empty=True, **FIRST)
    await board.stop()
    again = await open_board(**{**FIRST, "callboard_tenant": "Theirs"}, database_url=board.settings.database_url)
    assert [desk.tenant.name for desk in again.desks.values()] == ["Ours"]
    assert len(again.desk_of_slug("main").stores["users"]) == 1


async def test_a_weak_first_password_stops_the_start_with_a_line(open_board: OpenBoard):
    with pytest.raises(SettingsError, match=r"^CALLBOARD_ADMIN_PASSWORD: must have 10 to 128 characters$"):
        await open_board(empty=True, **{**FIRST, "callboard_admin_password": "weak"})


async def test_d8_a_second_one_does_not_get_the_database(open_board: OpenBoard, board: Callboard):
    with pytest.raises(Locked):
        await open_board(database_url=board.settings.database_url)


async def test_a6_two_boards_live_in_one_process(open_board: OpenBoard, at: Any, bob: Caller):
    other = await open_board(empty=True, **FIRST)
    await bob.does("calls", **CALL)
    assert len(other.desk_of_slug("main").stores["calls"]) == 0
    assert (await at(other).with_(**bob.headers).gets("/api/me")).code == "unauthenticated"


async def test_a_tenant_made_at_run_time_is_served_at_once(board: Callboard, somebody: Caller):
    desk = await board.create_tenant("second", "Second Team")
    names = {"email": "eve@example.com", "display_name": "Eve", "role": "dispatcher"}
    await desk.do(SYSTEM, "create_user", None, **names, password=PASSWORD)
    eve = await somebody.signs_in("eve")
    assert (await eve.posts("/api/tenants/second/calls", CALL)).status == 201
    assert (await eve.gets("calls")).code == "not_found"


async def test_d8_a_lost_desk_answers_unavailable_and_ends_the_process(
    board: Callboard, bob: Caller, monkeypatch: pytest.MonkeyPatch
):
    def loses(_: Any) -> None:
        raise LostDesk("another process has it")

    monkeypatch.setattr(board.database, "commit", loses)
    assert (await bob.posts("calls", CALL)).code == "unavailable"
    assert "another process has it" in str(await asyncio.wait_for(board.lost, 5))
    assert (await bob.gets("/readyz")).status == 503


async def test_o7_what_is_in_flight_is_finished_before_the_end(
    board: Callboard, bob: Caller, monkeypatch: pytest.MonkeyPatch
):
    commit: Callable[..., None] = board.database.commit
    writing, go_on = threading.Event(), threading.Event()

    def waits(batch: Any) -> None:
        writing.set()
        go_on.wait(10)
        commit(batch)

    monkeypatch.setattr(board.database, "commit", waits)
    asked = asyncio.create_task(bob.posts("calls", CALL))
    assert await asyncio.to_thread(writing.wait, 5)
    stopping = asyncio.create_task(board.stop())
    await asyncio.sleep(0)  # it has begun
    assert board.is_draining
    async with ClientSession() as anew:
        with pytest.raises(ClientConnectionError):
            await anew.get(f"{bob.base}/healthz")
    go_on.set()
    assert (await asked).status == 201
    await asyncio.wait_for(stopping, 10)


async def test_o7_the_database_is_given_back_as_the_last_thing(board: Callboard, monkeypatch: pytest.MonkeyPatch):
    """Whoever waits for it begins at once, and nothing of this server may come after that."""
    ended: list[str] = []

    def watched(name: str, of: Any, method: str) -> None:
        end = getattr(of, method)

        def ends() -> Any:
            ended.append(name)
            return end()

        monkeypatch.setattr(of, method, ends)

    (desk,), (feed,) = board.desks.values(), board.feeds.values()
    watched("clients", board.reception, "drain")
    watched("sockets", board.sockets, "drain")
    watched("errands", board.control, "stop")
    watched("feed", feed, "stop")
    watched("batches", desk, "stop")
    watched("sessions", board.identity, "stop")
    watched("database", board.database.connections, "close")
    watched("lock", board.database, "unlock")
    await board.stop()
    assert ended == ["clients", "sockets", "errands", "feed", "batches", "sessions", "database", "lock"]


async def test_stopping_twice_is_stopping_once(board: Callboard):
    await board.stop()
    await board.stop()


def test_nothing_is_opened_before_the_start(tmp_path: Path):
    async def build() -> None:
        board = Callboard(Settings.read(database_url=f"sqlite:///{tmp_path}/board.db"))
        assert not (tmp_path / "board.db").exists()
        await board.stop()

    asyncio.run(build())
