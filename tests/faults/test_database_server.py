"""The line to PostgreSQL is cut at a COMMIT, or PostgreSQL itself is killed: what is durable is told, what is not is undone,
and where that cannot be known the server ends (D3, D4, D8)."""

import asyncio

import pytest
from line import Line
from network import GoneError
from postgres import Cluster, a_cluster
from premises import furnish
from program import a_program

GRAY = {"customer_name": "Ms. Gray"}
ONCE = {"title": "Once", "op_id": "once", **GRAY}


@pytest.fixture
async def line(postgres):
    async with Line(postgres.socket) as line:
        yield line


@pytest.fixture
async def program(tmp_path, line, postgres, furnished_postgres):
    """Its database is at the end of the line."""
    url = line.url_of(postgres.name_of(furnished_postgres()))
    async with a_program(tmp_path / "board.db", DATABASE_URL=url) as program:
        yield await program.starts()


@pytest.fixture
async def alice(program, tokens):
    async with await tokens.client("alice", program) as alice:
        await alice.connects()
        await alice.takes_snapshot()
        await alice.does("create_call", title="Before", **GRAY)
        yield alice


@pytest.fixture
async def bob(alice, program, tokens):
    """He has heard what was before."""
    async with await tokens.client("bob", program) as bob:
        await bob.connects()
        await bob.takes_snapshot()
        yield bob


def titles(client):
    return [said.data.title for said in client.events()]


async def test_d4_cut_before_the_commit_arrives_it_is_unavailable_and_sent_again_it_happens(program, line, alice, bob):
    line.next_cut = "before"
    error = await alice.cannot("create_call", **ONCE)
    assert (error.code, error.retry, line.cuts) == ("unavailable", True, 1)
    assert titles(bob) == []
    done = await alice.asks("create_call", **ONCE)
    assert done.ok
    assert "repeated" not in done
    await bob.until(bob.events)
    assert titles(bob) == ["Once"]
    assert bob.replica == await bob.fresh()
    assert await program.stops() == 0


@pytest.mark.parametrize("how", ["after", "while asked"])
async def test_d4_cut_once_the_commit_is_under_way_it_is_durable_and_told(program, line, alice, bob, how):
    line.next_cut = how
    done = await alice.asks("create_call", **ONCE)
    assert (done.ok, line.cuts) == (True, 1)
    await bob.until(bob.events)
    again = await alice.asks("create_call", **ONCE)
    assert (again.ok, again.repeated, again.data) == (True, True, done.data)
    assert (await alice.asks("create_call", title="And on", **GRAY)).ok
    await bob.until(lambda: len(bob.events()) == 2)
    assert titles(bob) == ["Once", "And on"]
    assert bob.replica == await bob.fresh()
    assert await program.stops() == 0


@pytest.mark.parametrize("how", ["before", "after"])
async def test_d4_where_the_truth_cannot_be_read_the_server_ends_and_the_restart_reads_it(
    program, line, alice, bob, how
):
    line.next_cut, line.is_open = how, False
    asked = alice.sends("create_call", ONCE)
    assert await program.ends() != 0
    (answer,) = await asyncio.gather(asked, return_exceptions=True)
    assert isinstance(answer, GoneError) or answer.error.code == "unavailable"
    assert titles(bob) == []
    assert [text for text in program.err if "Traceback" in text] == []
    line.is_open = True
    await program.starts()
    for client in (alice, bob):
        await client.until(lambda client=client: not client.is_open)
        assert (await client.connects()).data.resumed
    again = await alice.asks("create_call", **ONCE)
    assert (again.ok, "repeated" in again) == (True, how == "after")
    await bob.until(bob.events)
    assert titles(bob) == ["Once"]
    assert bob.replica == await bob.fresh()
    assert await program.stops() == 0


async def test_a_server_whose_database_cannot_be_reached_does_not_start_and_says_why(program, line):
    assert await program.stops() == 0
    line.is_open = False
    said = len(program.err)
    await program.runs()
    assert await program.ends() == 1
    (line_said,) = program.err[said:]
    assert line_said.startswith("callboard: ")
    assert "127.0.0.1" in line_said


class TestKilled:
    """A PostgreSQL that may be killed."""

    @pytest.fixture
    def cluster(self):
        cluster = a_cluster()
        yield cluster
        cluster.goes()

    @pytest.fixture
    async def program(self, cluster, catalog, tmp_path):
        url = cluster.new_database()
        furnish(url, catalog)
        async with a_program(tmp_path / "board.db", DATABASE_URL=url) as program:
            yield await program.starts()

    async def test_d4_d8_it_is_killed_under_load_and_nothing_acknowledged_is_lost_or_doubled(
        self, cluster: Cluster, program, alice, bob
    ):
        payloads = [{"title": f"Call {n}", "op_id": f"op {n}", **GRAY} for n in range(300)]
        asked = [alice.sends("create_call", payload) for payload in payloads]
        await bob.until(bob.events)
        await asyncio.to_thread(cluster.stops, "immediate")
        assert await program.ends() != 0
        answers = await asyncio.gather(*asked, return_exceptions=True)
        acknowledged = [answer for answer in answers if not isinstance(answer, Exception) and answer.ok]
        assert [text for text in program.err if "Traceback" in text] == []
        await asyncio.to_thread(cluster.starts)
        await program.starts()
        for client in (alice, bob):
            await client.until(lambda client=client: not client.is_open)
            assert (await client.connects()).data.resumed
        again = [await alice.asks("create_call", **payload) for payload in payloads]
        assert all(ack.ok for ack in again)
        assert [ack.data for ack in again[: len(acknowledged)]] == [ack.data for ack in acknowledged]
        await bob.until(lambda: len(bob.events()) == len(payloads))
        assert sorted(titles(bob)) == sorted(payload["title"] for payload in payloads)
        assert bob.replica == await bob.fresh()
        assert await program.stops() == 0
