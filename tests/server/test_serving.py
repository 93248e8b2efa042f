"""The server process: it waits, serves, lets go and ends (D8, O7). What of it takes two instances and proxies before them is
in tests/deploy/test_replaced.py."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest
from aiohttp import ClientConnectionError, ClientSession
from network import free_port
from premises import copy_of

from server import serving
from server.app import Callboard
from server.serving import COLLECT_AFTER, Process
from server.settings import Settings
from server.waiting import WaitingRoom
from stores.database import Database
from stores.errors import Locked

PROGRAM = "import asyncio, sys; from server.serving import serve; from server.settings import Settings; "
RUN = "sys.exit(asyncio.run(serve(Settings.read())))"


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


class Watched(WaitingRoom):
    """Tells when somebody begins to wait in it, and whether he may knock."""

    def __init__(self, port: int) -> None:
        super().__init__("127.0.0.1", port)
        self.waits: asyncio.Queue[bool] = asyncio.Queue()

    async def wait(self, *how: Any, may_knock: bool = True) -> bool:
        self.waits.put_nowait(may_knock)
        return await super().wait(*how, may_knock=may_knock)


async def _until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(20):
        while not await condition():  # noqa: ASYNC110  # nothing tells of it
            await asyncio.sleep(0.02)


async def test_d8_who_has_let_go_waits_without_knocking_and_serves_again(
    tmp_path: Path, furnished: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(serving, "gc", MagicMock())  # that of the tests stays as it is
    url, port, asked = f"sqlite:///{copy_of(furnished, tmp_path)}", free_port(), asyncio.Event()
    settings, other = Settings.read(port=port, database_url=url, wait_for_lock=True), Database(url, {})

    async def serves() -> bool:
        try:
            async with ClientSession() as http, http.get(f"http://127.0.0.1:{port}/readyz") as ready:
                return ready.status == 200
        except ClientConnectionError:
            return False

    async def lets_go() -> bool:
        try:
            other.lock(knock=True)
        except Locked:
            return False
        return True

    async with Watched(port) as room:
        running = asyncio.create_task(Process(settings, room, asked, None).runs())
        await _until(serves)
        await _until(lets_go)
        assert not await asyncio.wait_for(room.waits.get(), 20)
        other.close()
        await _until(serves)
        asked.set()
        assert await asyncio.wait_for(running, 20) == 0
    assert room.waits.empty()
