"""Each fault bites a real server, and ends when it is told to; and what the server does meanwhile is D4's rule."""

import asyncio
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from stores.clock import parse_rfc3339
from torture.faults import Faults
from torture.premises import PremisesError

pytestmark = pytest.mark.usefixtures("server")
PATIENCE = 20


async def refused(desk, title, **more):
    status, body = await desk.creates_call(title, **more)
    assert (status, body["error"]["code"], body["error"]["retry"]) == (503, "unavailable", True)


async def done(desk, title):
    status, body = await desk.creates_call(title)
    assert status == 201, body
    return body


async def ends(server):
    return await asyncio.wait_for(server.ended(), PATIENCE)


async def test_d4_a_full_disk_refuses_and_heals_without_a_restart(server, faults, alice):
    await done(alice, "Before")
    faults.disk_full()
    await refused(alice, "Once")
    await refused(alice, "Once")
    assert list(await alice.calls()) == ["Before"]
    faults.mend_disk()
    assert "repeated" not in await done(alice, "Once")
    assert (await done(alice, "Once"))["repeated"]
    assert server.starts == 1


async def test_a_disk_that_is_nearly_full_takes_what_fits(server, faults, alice):
    faults.disk_full(room=400_000)
    await done(alice, "Fits")
    for n in range(200):
        status, _ = await alice.creates_call(f"Call {n}", "x" * 3_000)
        if status != 201:
            break
    assert status == 503
    assert n > 3
    faults.mend_disk()
    await done(alice, f"Call {n}")
    assert server.is_running


async def test_d4_a_full_disk_right_after_a_restart_ends_nothing(server, faults, alice):
    """Found by the checker: where the writer had the only connection, its end took the WAL's index away; on a full disk
    none could be made, the head was out of reach, and a server that might have gone on reading ended."""
    await server.stop()
    await server.start()
    faults.disk_full()
    await refused(alice, "Once")
    await refused(alice, "Once")
    assert await alice.calls() == {}
    faults.mend_disk()
    await done(alice, "Once")
    assert server.starts == 2


async def test_d4_a_disk_that_became_read_only_ends_the_server_which_starts_once_it_is_well(server, faults, alice):
    await done(alice, "Before")
    faults.read_only()
    await refused(alice, "Once")
    assert await ends(server) == 1
    assert "Traceback" not in server.last_words()
    with pytest.raises(PremisesError, match="callboard: "):
        await server.start()
    faults.mend_disk()
    await server.start()
    assert "repeated" not in await done(alice, "Once")
    assert sorted(await alice.calls()) == ["Before", "Once"]


async def test_d4_after_a_failed_fsync_the_server_ends_and_what_was_written_is_found(server, faults, alice):
    faults.fsync_fails()
    await refused(alice, "Once")
    assert await ends(server) == 1
    faults.mend_disk()
    await server.start()
    assert (await done(alice, "Once"))["repeated"], "the row was left behind, as after a real failure"


async def test_d3_nothing_is_answered_before_a_slow_fsync_has_ended(faults, alice):
    faults.fsync_slow(PATIENCE)
    slow = asyncio.create_task(alice.creates_call("Slow"))
    assert await asyncio.wait([slow], timeout=0.5) == (set(), {slow})
    slow.cancel()
    await asyncio.gather(slow, return_exceptions=True)


async def test_a_slow_fsync_ends_when_it_is_told_to(faults, alice):
    faults.fsync_slow(0.2)
    await done(alice, "Slow")
    faults.mend_disk()
    await done(alice, "Quick")


async def test_the_clock_jumps_forwards_and_back_and_time_never_runs_backwards(server, faults, alice):
    async def made_at(title):
        return parse_rfc3339((await done(alice, title))["data"]["created_at"])

    faults.clock(7_200)
    ahead = await made_at("Ahead")
    assert abs(ahead - datetime.now(UTC) - timedelta(hours=2)) < timedelta(minutes=1)
    faults.clock(-7_200)
    assert await made_at("Behind") >= ahead, "within one process it never goes backwards"
    faults.calm()
    await server.stop()
    await server.start()
    assert abs(await made_at("Right") - datetime.now(UTC)) < timedelta(minutes=1)


async def test_f1_a_client_that_does_not_read_is_noticed_and_misses_nothing(server, proxy, http, alice):
    """The system keeps little for him, so a megabyte is enough."""
    async with alice.stream(proxy.url) as stream:
        (passage,) = proxy.connections
        passage.hold()
        titles = [f"Call {n}" for n in range(120)]
        for title in titles:
            assert (await alice.creates_call(title, "日" * 3_000))[0] == 201
        assert (await server.metrics())["callboard_feed_fallbacks_total"] >= 1
        passage.release()
        async with asyncio.timeout(PATIENCE):
            for title in titles:
                assert await stream.next_call() == title


def python_writes(path, faults):
    """The exit code of another program with the library that writes into this file."""
    program = [sys.executable, "-c", f"open({str(path)!r}, 'a').write('x')"]
    return subprocess.run(
        program, env={**os.environ, **faults.environment}, capture_output=True, check=False
    ).returncode


def test_only_the_server_s_own_folder_suffers(tmp_path, faults):
    faults.disk_full()
    faults.read_only()
    assert python_writes(tmp_path / "data" / "file", faults) == 1
    assert python_writes(tmp_path / "database", faults) == 0
    faults.calm()
    assert python_writes(tmp_path / "data" / "file", faults) == 0


def test_where_there_is_no_compiler_nothing_is_available_and_nothing_breaks(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    faults = Faults(tmp_path / "faults", tmp_path / "data")
    faults.disk_full()
    faults.calm()
    assert not faults.available
    assert faults.environment == {}
