"""Two servers for one database (D8): the lock makes the second say so; where the lock is gone, the fence stops the first."""

import asyncio
import signal
from pathlib import Path

import pytest
from network import GoneError
from premises import copy_of
from program import a_program

GRAY = {"customer_name": "Ms. Gray"}


@pytest.fixture
async def first(program):
    return await program.starts()


async def test_d8_a_second_server_is_refused_in_one_line_and_the_first_does_not_notice(first, tokens):
    async with a_program(first.database, **first.environment) as second, await tokens.client("alice", first) as alice:
        await alice.connects()
        await second.runs()
        assert await second.ends() == 1
        assert len(second.err) == 1
        assert second.err[0].startswith("callboard: Callboard is running already: ")
        assert second.out == []
        assert (await alice.asks("create_call", title="Still here", **GRAY)).ok
    assert await first.stops() == 0
    async with a_program(first.database, **first.environment) as second:
        await second.starts()
        assert await second.stops() == 0


async def test_d8_a_port_in_use_is_one_line_and_harms_nobody(first, tmp_path, furnished):
    other = tmp_path / "other"
    other.mkdir()
    async with a_program(copy_of(furnished, other)) as second:
        second.port = first.port
        await second.runs()
        assert await second.ends() == 1
        assert len(second.err) == 1
        assert str(first.port) in second.err[0]
    assert await first.stops() == 0


@pytest.fixture
def unlock(kind, board_url, request):
    """Takes the lock away from whoever has it."""
    if kind == "sqlite":
        return Path(f"{board_url.removeprefix('sqlite:///')}.lock").unlink
    postgres = request.getfixturevalue("postgres")
    ended = "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database d ON d.oid = database WHERE locktype = 'advisory'"
    return lambda: postgres.does(f"{ended} AND datname = '{postgres.name_of(board_url)}'")


async def test_d8_with_the_lock_gone_the_fence_stops_the_first_before_it_tells_anything(first, tokens, unlock, kind):
    """On PostgreSQL it is frozen meanwhile, as machines are when they are moved: awake it would notice by itself."""
    sleep, wake = (signal.SIGSTOP, signal.SIGCONT) if kind == "postgresql" else (0, 0)
    alice, bob = await tokens.client("alice", first), await tokens.client("bob", first)
    async with a_program(first.database, **first.environment) as second, alice, bob:
        for client in (alice, bob):
            await client.connects()
            await client.takes_snapshot()
        await alice.does("create_call", title="Before", op_id="before", **GRAY)
        await bob.until(bob.events)
        first.is_told(sleep)
        unlock()
        await second.starts()
        async with await tokens.client("carol", second) as carol:
            await carol.connects()
            there = await carol.asks("create_call", title="There", **GRAY)
            assert there.ok
            asked = [alice.sends("create_call", {"title": f"Here {n}", "op_id": f"op {n}", **GRAY}) for n in range(5)]
            first.is_told(wake)
            assert await first.ends() != 0
            for answer in await asyncio.gather(*asked, return_exceptions=True):
                assert isinstance(answer, GoneError) or answer.error.code == "unavailable"
            assert [said.data.title for said in bob.events()] == ["Before"]
            assert [line for line in first.err if "Traceback" in line] == []
            assert "the desk is lost" in "\n".join(first.err)
            await bob.until(lambda: not bob.is_open)
            bob.url = alice.url = second.url
            assert (await bob.connects()).data.resumed
            assert [said.data.title for said in bob.events()] == ["Before", "There"]
            await alice.until(lambda: not alice.is_open)
            await alice.connects()
            assert (await alice.asks("create_call", title="Here 0", op_id="op 0", **GRAY)).ok
            assert (await alice.asks("create_call", title="Before", op_id="before", **GRAY)).repeated
            assert (await bob.fresh()) == (await carol.fresh())
        assert await second.stops() == 0


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_d8_a_lock_that_is_lost_ends_the_server_by_itself(first, unlock):
    unlock()
    assert await first.ends() == 1
    assert "the desk is lost, so this process ends: the lock on the database is lost" in "\n".join(first.err)
    assert [line for line in first.err if "Traceback" in line] == []
    await first.starts()
    assert await first.stops() == 0


async def test_d8_a_kill_gives_the_lock_back(first):
    await first.is_killed()
    await first.starts()
    assert await first.stops() == 0
