"""The composition root: from start to stop (A6, D8, O7)."""

import asyncio
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientConnectionError, ClientSession
from caller import Caller
from network import free_port
from opening import OpenBoard
from premises import PASSWORD

from events.actor import SYSTEM
from server.app import COLLECT_AFTER, Callboard
from server.settings import Settings, SettingsError
from stores.errors import Locked, LostDesk

CALL = {"title": "No power", "customer_name": "Ms. Gray"}
FIRST = {
    "callboard_tenant": "Ours", "callboard_admin_email": "ada@example.com", "callboard_admin_password": "a good password",
}  # fmt: skip
PROGRAM = "import asyncio, sys; from server.app import serve; from server.settings import Settings; "
RUN = "sys.exit(asyncio.run(serve(Settings.read())))"


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


async def test_stopping_twice_is_stopping_once(board: Callboard):
    await board.stop()
    await board.stop()


async def _program(folder: Path, port: int, run: str = RUN, **environment: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", PROGRAM + run, cwd=folder, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={"PORT": str(port), "PYTHONPATH": str(Path(__file__).parents[2]), **environment},
    )  # fmt: skip


async def _line(stream: asyncio.StreamReader | None) -> str:
    assert stream is not None
    return (await asyncio.wait_for(stream.readline(), 20)).decode().strip()


async def test_o7_the_program_says_where_to_go_and_ends_well_when_told_to(tmp_path: Path):
    port = free_port()
    program = await _program(tmp_path, port)
    assert await _line(program.stdout) == f"Callboard serves at http://localhost:{port}"
    assert f"http://localhost:{port}/setup#code=" in await _line(program.stdout)
    async with ClientSession() as http, http.get(f"http://127.0.0.1:{port}/readyz") as ready:
        assert ready.status == 200
    program.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(program.wait(), 20) == 0
    assert await _line(program.stderr) == ""


async def test_the_collector_leaves_what_the_start_made_alone(tmp_path: Path):
    """And goes on with what comes after it."""
    look = "print(gc.isenabled(), gc.get_freeze_count() > 10_000, gc.get_threshold(), flush=True)"
    run = f"import gc\nasync def beside(board): {look}\nasyncio.run(serve(Settings.read(), beside))"
    program = await _program(tmp_path, free_port(), run=run)
    said = [await _line(program.stdout) for _ in range(3)]
    assert f"True True {COLLECT_AFTER}" in said
    program.terminate()
    assert await asyncio.wait_for(program.wait(), 20) == 0


async def test_d8_a_second_program_says_in_a_line_that_one_is_running(tmp_path: Path):
    first = await _program(tmp_path, free_port())
    await _line(first.stdout)
    second = await _program(tmp_path, free_port())
    out, errors = await asyncio.wait_for(second.communicate(), 20)
    assert second.returncode == 1
    assert (out, errors.decode().startswith("callboard: Callboard is running already"), errors.count(b"\n")) == (
        b"", True, 1
    )  # fmt: skip
    first.terminate()
    assert await asyncio.wait_for(first.wait(), 20) == 0


async def test_a_port_in_use_is_told_in_a_line(tmp_path: Path, board: Callboard):
    program = await _program(tmp_path, board.settings.port)
    _, errors = await asyncio.wait_for(program.communicate(), 20)
    assert program.returncode == 1
    assert errors.startswith(f"callboard: 127.0.0.1 port {board.settings.port} cannot be served".encode())
    assert errors.count(b"\n") == 1


async def test_a_database_whose_folder_cannot_be_made_is_told_in_a_line(tmp_path: Path):
    (tmp_path / "data").write_text("a file")
    program = await _program(tmp_path, free_port())
    _, errors = await asyncio.wait_for(program.communicate(), 20)
    assert (program.returncode, errors.count(b"\n")) == (1, 1)


def test_nothing_is_opened_before_the_start(tmp_path: Path):
    async def build() -> None:
        board = Callboard(Settings.read(database_url=f"sqlite:///{tmp_path}/board.db"))
        assert not (tmp_path / "board.db").exists()
        await board.stop()

    asyncio.run(build())
