"""Two teams on one server: nothing crosses between them, not even by what both are called alike.

That every command and read of another team is refused at every door is in test_matrix.py; here are the ways around.
"""

import asyncio
from typing import Any

import orjson
import pytest
from askers import DOORS, PlainAsker
from caller import Caller
from premises import CHEAP, PASSWORD, id_of
from stage import REFERRING, SECRET, STRANGER, Stage

from events import passwords
from events.actor import SYSTEM
from events.actor import Caller as Actor
from events.catalog import discover

SOCKETS = [kind for name, kind in DOORS.items() if not name.startswith("http")]


@pytest.fixture
async def stage(open_board, http, monkeypatch) -> Stage:
    monkeypatch.setattr(passwords, "_HASHING", CHEAP)
    return await Stage.set_up(await open_board(), http)


@pytest.fixture
async def stranger(stage) -> Any:
    """The admin of the other team, who may everything there."""
    door = stage.at(PlainAsker, await stage.token(stage.other, id_of("other A")), "other")
    await door.enters()
    yield door
    await door.leaves()


REFERENCES = [
    (command.name, field, refers.to)
    for command in discover().commands.values()
    for field, refers in command.references.items()
    if command.on_wire
]
WHOLE = {
    "calls": {"title": "x", "customer_name": "x"},
    "services": {"device_type": "x", "reported_fault": "x", "customer_name": "x"},
}  # fmt: skip


@pytest.mark.parametrize(("name", "field", "plural"), REFERENCES, ids=lambda value: value)
async def test_no_reference_leads_into_another_team(stage, stranger, name, field, plural):
    """A record of theirs named in a command of ours is as unknown as one that never was."""
    command = stage.main.catalog.command(name)
    theirs = stage.target(plural, STRANGER, "strange", None)
    said = []
    for target in (theirs.id, id_of("nothing")):
        message = {field: target}
        if command.kind == "create":
            message |= WHOLE[command.plural]
        else:
            message["id"] = await a_record_of_the_other(stage, command.plural)
        code, answer = await stranger.asks(name, message)
        said.append((code, answer["error"]))
    assert said[0] == said[1]
    assert (said[0][0], said[0][1]["fields"].keys()) == ("invalid", {field})


async def a_record_of_the_other(stage: Stage, plural: str) -> str:
    """What a command of the other team could be asked of."""
    if plural == "users":
        return id_of("other E")
    fields = WHOLE.get(plural, {"name": f"x{len(stage.other.stores[plural])}"})
    noun = stage.main.catalog.resources[plural].noun
    made = await stage.other.do(SYSTEM, f"create_{noun}", None, **fields)
    return str(orjson.loads(made.json())["data"]["id"])


async def test_a_note_stands_on_nothing_of_another_team(stage, stranger):
    for plural in ("calls", "services", "customers"):
        record = stage.target(plural, STRANGER, "strange", None)
        code, _ = await stranger.asks("create_note", {"resource": plural, "record_id": record.id, "text": "x"})
        assert code == "invalid", plural
    assert set(REFERRING) == {"create_call", "create_service", "create_note"}


@pytest.mark.parametrize("kind", SOCKETS)
async def test_a_cursor_of_another_team_resumes_nothing(stage, kind):
    await stage.main.do(SYSTEM, "create_customer", None, name=SECRET)
    cursor = stage.main.journal.cursor(stage.main.journal.head - 1)
    base, token = stage.at(DOORS["http"], None).url, await stage.token(stage.other, id_of("other A"))
    async with stage.http.get(
        f"{base}/api/tenants/other/changes", params={"since": cursor}, headers={"Authorization": f"Bearer {token}"}
    ) as answer:
        assert answer.status == 410
        assert SECRET.encode() not in await answer.read()
    door = stage.at(kind, token, "other")
    await door.enters()
    code, _ = await door.asks("undo", {"cursor": cursor})
    assert (code, door.heard) == ("invalid", [])
    await door.leaves()


@pytest.mark.parametrize("kind", SOCKETS)
async def test_nobody_enters_a_team_that_is_not_his(stage, kind):
    """By naming it at the door, whatever else he may be there."""
    for slug in ("main", "nowhere", "", "MAIN", "main "):
        door = stage.at(kind, await stage.token(stage.other, id_of("other A")), slug)
        code, _ = await door.breaks_in("list", {"resource": "calls"})
        assert code == "not_found", slug


async def test_signals_stay_in_their_team(stage, stranger):
    """Both are in `team`, and on a record of the same id, and neither hears the other."""
    ours = stage.at(PlainAsker, await stage.token(stage.main, id_of("alice")))
    await ours.enters()
    call = stage.target("calls", STRANGER, "strange", "new")
    await stage.other.do(SYSTEM, "create_call", None, id=call.id, title="x", customer_name="x")
    for door in (ours, stranger):
        assert (await door.asks("join_channel", {"channel": f"calls/{call.id}"}))[0] == "ok"
    for channel in ("team", f"calls/{call.id}"):
        assert (await ours.asks("broadcast", {"channel": channel, "event": "tea", "data": SECRET}))[0] == "ok"
    assert (await ours.asks("lock_record", {"resource": "calls", "id": call.id}))[0] == "ok"
    _, lease = await stranger.asks("lock_record", {"resource": "calls", "id": call.id})
    assert lease["data"]["holder"]["id"] == id_of("other A")
    _, there = await stranger.asks("join_channel", {"channel": "team"})
    assert [each["user"]["id"] for each in there["data"]] == [id_of("other A")]
    await ours.leaves()


async def test_users_of_the_same_id_are_two_people(stage):
    """An id is a client's to choose at creation: one who takes alice's gets nothing of hers."""
    fields = {"email": "twin@other.example", "display_name": "Twin", "role": "viewer", "password": PASSWORD}
    await stage.other.do(Actor(id_of("other A")), "create_user", None, id=id_of("alice"), **fields)
    twin = stage.at(DOORS["http"], await stage.token(stage.other, id_of("alice")), "main")
    assert (await twin.asks("list", {"resource": "calls"}))[0] == "not_found"
    alice = await stage.token(stage.main, id_of("alice"))
    await stage.other.do(Actor(id_of("other A")), "delete_user", id_of("alice"))
    await asyncio.sleep(0)
    assert stage.board.identity.authenticate(alice) is not None
    assert stage.board.identity.authenticate(str(twin.token)) is None


async def test_an_op_id_is_ones_own(stage, stranger):
    """The same op_id of the other team brings nothing of what was done under it here."""
    await stage.main.do(Actor(id_of("alice")), "create_customer", None, op_id="one", name=SECRET)
    code, said = await stranger.asks("create_customer", {"name": "x", "op_id": "one"})
    assert code == "ok"
    assert "repeated" not in said
    assert SECRET not in str(said)


async def test_who_asks_for_another_team_is_not_told_that_it_is_there(board, bob: Caller):
    await board.create_tenant("other", "Another Team")
    for path in ("calls", "snapshot", "realtime", "changes?since=x", "search?q=x", "calls/x/explain", "insights"):
        there = await bob.gets(f"/api/tenants/other/{path}")
        nowhere = await bob.gets(f"/api/tenants/nowhere/{path}")
        assert (there.status, there.raw) == (nowhere.status, nowhere.raw) == (404, there.raw), path


async def test_a_twin_in_another_team_uses_up_nobodys_limits(open_board, http, monkeypatch):
    """Limits are a user's, and a user is his team's: whoever takes alice's id elsewhere spends nothing of hers."""
    monkeypatch.setattr(passwords, "_HASHING", CHEAP)
    board = await open_board(connections_per_user=2, commands_per_second=1_000)
    stage = await Stage.set_up(board, http)
    fields = {"email": "twin@other.example", "display_name": "Twin", "role": "admin", "password": PASSWORD}
    await stage.other.do(Actor(id_of("other A")), "create_user", None, id=id_of("alice"), **fields)
    token = await stage.token(stage.other, id_of("alice"))
    twins = [stage.at(PlainAsker, token, "other") for _ in range(2)]
    for twin in twins:
        await twin.enters()
    guess = {"id": id_of("alice"), "current": "a wrong password", "new": "another password"}
    assert [(await twins[0].asks("change_password", guess))[0] for _ in range(11)][-1] == "rate_limited"
    alice = stage.at(PlainAsker, await stage.token(stage.main, id_of("alice")))
    await alice.enters()
    assert (await alice.asks("change_password", guess))[0] == "invalid"
    for door in (*twins, alice):
        await door.leaves()
