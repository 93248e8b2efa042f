"""The checker's own server: as everybody runs it, on files and a port of its own, and never longer than it is wanted."""

import asyncio

import pytest
from deskwork import ALICE, BOB, EVE, signed_in

from torture.premises import Person, Premises, PremisesError

PATIENCE = 20


async def test_everybody_signs_in_to_his_own_tenant_with_the_role_he_was_given(server, http):
    for person in (ALICE, BOB, EVE):
        body = {"email": person.email, "password": "everybody here has this one"}
        async with http.post(f"{server.url}/api/login", json=body) as answer:
            said = await answer.json()
        assert (said["tenant"]["slug"], said["user"]["id"], said["user"]["role"]) == (
            person.tenant, person.id, person.role,
        )  # fmt: skip


def test_a_person_has_one_id_in_every_run_and_another_in_another_tenant():
    assert Person("one", "alice", "admin").id == Person("one", "alice", "viewer").id
    assert Person("one", "alice", "admin").id != Person("two", "alice", "admin").id


async def test_what_was_done_outlives_a_kill(server, alice):
    await alice.creates_call("Once")
    await server.kill()
    assert not server.is_running
    assert not await server.is_ready()
    await server.start()
    assert server.starts == 2
    assert list(await alice.calls()) == ["Once"]


async def test_a_stop_is_orderly(server):
    assert await server.stop() == 0
    assert not server.is_running
    assert "Traceback" not in server.last_words()


async def test_who_stops_or_kills_what_does_not_run_harms_nobody(server):
    await server.stop()
    assert await server.stop() == 0
    await server.kill()


async def test_a_paused_server_answers_nobody_until_it_goes_on(server, alice):
    pause = asyncio.create_task(server.pause(1.5))
    await asyncio.sleep(0)
    asked = asyncio.create_task(alice.creates_call("Once"))
    assert await asyncio.wait([asked], timeout=0.5) == (set(), {asked})
    await pause
    assert (await asyncio.wait_for(asked, PATIENCE))[0] == 201


async def test_memory_and_figures_are_seen_from_outside(server, http):
    await signed_in(http, server.url, ALICE)
    assert server.rss() > 2**25
    figures = await server.metrics()
    assert figures["callboard_sessions"] == 1
    assert figures['callboard_connections{door="sse",state="live"}'] == 0
    await server.kill()
    assert server.rss() == 0


async def test_a_server_that_cannot_start_says_why(tmp_path):
    premises = Premises(tmp_path, settings={"SESSION_DAYS": "none at all"})
    with pytest.raises(PremisesError, match="SESSION_DAYS"):
        await premises.start()
    assert not premises.is_running
    assert await premises.ended() == 1


async def test_no_setting_of_the_machine_reaches_it(tmp_path, monkeypatch):
    monkeypatch.setenv("SESSION_DAYS", "none at all")
    (tmp_path / ".env").write_text("")
    premises = Premises(tmp_path)
    await premises.start()
    assert await premises.stop() == 0


async def test_who_waits_for_the_next_start_is_told_when_it_serves(server):
    waiting = asyncio.create_task(server.until_ready(starts=2))
    await server.stop()
    assert not waiting.done()
    await server.start()
    await asyncio.wait_for(waiting, PATIENCE)
