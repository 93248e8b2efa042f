"""The server process: it waits, serves, lets go and ends (D8, O7). What of it takes two instances and proxies before them is
in tests/deploy/test_replaced.py."""

import asyncio
import signal
import sys
from pathlib import Path

from aiohttp import ClientSession
from network import free_port

from server.app import Callboard
from server.serving import COLLECT_AFTER

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
