"""The weather's way to PostgreSQL: it ends the server's sessions, or the one with the lock, or holds a table; and a short
torment there, with all of that.
"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from deskwork import ALICE, signed_in

from torture.premises import Premises
from torture.run import Torment, Wish
from torture.weather import Gust, keep_up, repeat

PATIENCE = 60
SESSIONS = "SELECT pid FROM pg_stat_activity WHERE application_name = 'callboard' AND datname = '{}'"


@pytest.fixture
def database_url(postgres) -> str:
    return postgres.new_database()


@pytest.fixture
async def server(tmp_path: Path, database_url: str) -> AsyncIterator[Premises]:
    premises = Premises(tmp_path, database_url=database_url)
    await premises.furnish([ALICE])
    await premises.start()
    yield premises
    await premises.kill()


def sessions_of(postgres, url: str) -> set[int]:
    return {pid for (pid,) in postgres.does(SESSIONS.format(postgres.name_of(url)))}


async def blows(server: Premises, name: str, **args: object) -> None:
    await asyncio.wait_for(repeat(Gust(0, name, args), server, None, None), PATIENCE)  # type: ignore[arg-type]


async def test_a_server_whose_sessions_are_cut_goes_on_and_keeps_its_lock(server, database_url, postgres, http):
    alice = await signed_in(http, server.url, ALICE)
    assert (await alice.creates_call("Before"))[0] == 201
    before = sessions_of(postgres, database_url)
    await blows(server, "sessions_cut", most=100)
    assert len(before & sessions_of(postgres, database_url)) == 1
    for title in ("Before", "After"):
        status, _ = await alice.creates_call(title)
        assert status in {201, 503}
        assert (await alice.creates_call(title))[0] == 201
    assert set(await alice.calls()) == {"Before", "After"}
    assert server.starts == 1


async def test_d8_a_server_whose_lock_is_cut_ends_and_its_host_starts_it_again(server, http):
    alice, said = await signed_in(http, server.url, ALICE), asyncio.Queue[Gust]()
    assert (await alice.creates_call("Before"))[0] == 201
    host = asyncio.create_task(keep_up(server, said.put_nowait))
    await blows(server, "lock_cut")
    ended, started = [await asyncio.wait_for(said.get(), PATIENCE) for _ in range(2)]
    assert (ended.name, ended.args, started.name) == ("ended", {"code": 1}, "started")
    assert said.empty()
    host.cancel()
    assert (await alice.creates_call("Before"))[1]["repeated"]


async def test_while_somebody_else_holds_the_journal_a_command_waits_and_is_answered(
    server, http, postgres, database_url
):
    alice = await signed_in(http, server.url, ALICE)
    holding = asyncio.create_task(blows(server, "table_held", seconds=1.5))
    locks = "SELECT pid FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND relation = 'journal'::regclass AND granted"
    while not await asyncio.to_thread(postgres.does, locks, postgres.name_of(database_url)):
        assert not holding.done()
    asked = asyncio.create_task(alice.creates_call("Once"))
    await asyncio.wait([holding, asked], return_when=asyncio.FIRST_COMPLETED, timeout=PATIENCE)
    assert holding.done()
    assert (await asyncio.wait_for(asked, PATIENCE))[0] == 201


async def test_no_promise_is_broken_where_sessions_are_cut(tmp_path: Path, database_url: str):
    wish = Wish(10.0, "callboard", 12, "database", tmp_path, database_url)
    verdict = await Torment(wish, lambda _: None).run()
    assert [str(each) for each in verdict.complaints] == []
    assert set(verdict.tally.gusts) & {"sessions_cut", "lock_cut", "table_held"}
