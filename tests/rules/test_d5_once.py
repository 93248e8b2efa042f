"""The rule D5, from outside: a command with an op_id happens once."""

import asyncio

import pytest
from asking import ALICE, BOB, CALL, ask, data, told_of
from faulty import FaultyDatabase
from premises import PASSWORD, Premises, id_of

from events.actor import Caller
from events.errors import Conflict, Invalid, NotFound, Unavailable
from stores.errors import CommitFailed


@pytest.fixture
async def faulty(open_premises) -> Premises:
    return open_premises(FaultyDatabase)


# -- D5: once -------------------------------------------------------------------------------------------------------


async def test_d5_the_same_op_id_brings_the_first_outcome_again(desk):
    entries = told_of(desk)
    first = await desk.do(ALICE, "create_call", op_id="op 1", **CALL)
    await desk.do(BOB, "claim_call", data(first)["id"])
    again = await desk.do(ALICE, "create_call", op_id="op 1", **CALL)
    assert (again.repeated, first.repeated) == (True, False)
    assert (again.data, again.cursor) == (first.data, first.cursor)
    assert len(entries) == 2
    assert b'"repeated":true' in again.json()
    assert b'"op_id":"op 1"' in entries[0].meta


async def test_d5_the_same_op_id_while_the_first_is_on_its_way(faulty):
    desk, database = faulty.desk, faulty.database
    with database.held():
        first = ask(desk, ALICE, "create_call", op_id="a", **CALL)
        await database.is_writing()
        second = ask(desk, ALICE, "create_call", op_id="a", **CALL)
    third = ask(desk, ALICE, "create_call", op_id="a", **CALL)
    outcomes = await asyncio.gather(first, second, third)
    assert [outcome.repeated for outcome in outcomes] == [False, True, True]
    assert database.rejections == 0  # known from memory, not by way of a commit that had to be rejected
    assert len({outcome.data for outcome in outcomes}) == 1


async def test_d5_twice_in_one_batch_and_that_batch_fails(faulty):
    desk, database = faulty.desk, faulty.database
    database.fails(CommitFailed("busy"))
    asked = [ask(desk, ALICE, "create_call", op_id="a", **CALL) for _ in range(2)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(answer) for answer in answers] == [Unavailable, Unavailable]
    assert not (await desk.do(ALICE, "create_call", op_id="a", **CALL)).repeated
    assert len(desk.stores["calls"]) == 1


@pytest.mark.parametrize("other", [
    lambda desk: desk.do(ALICE, "create_call", op_id="a", title="Other", customer_name="Ms. Gray"),
    lambda desk: desk.do(ALICE, "create_customer", op_id="a", name="Ms. Gray"),
    lambda desk: desk.do(ALICE, "update_user", id_of("bob"), op_id="a", phone="1"),
])  # fmt: skip
async def test_d5_another_command_or_payload_under_the_same_op_id_is_invalid(desk, other):
    await desk.do(ALICE, "create_call", op_id="a", **CALL)
    with pytest.raises(Invalid) as caught:
        await other(desk)
    assert caught.value.fields.keys() == {"op_id"}


async def test_d5_an_op_id_is_each_actors_own(desk):
    for caller in (ALICE, BOB):
        assert not (await desk.do(caller, "create_call", op_id="a", **CALL)).repeated


async def test_d5_after_a_restart(premises):
    first = await premises.desk.do(ALICE, "create_call", op_id="a", **CALL)
    idle = await premises.desk.do(ALICE, "update_user", id_of("bob"), op_id="b", display_name="Bob")
    desk = await premises.reopen()
    again = await desk.do(ALICE, "create_call", op_id="a", **CALL)
    assert (again.repeated, again.data, again.cursor) == (True, first.data, first.cursor)
    unchanged = await desk.do(ALICE, "update_user", id_of("bob"), op_id="b", display_name="Bob")
    assert (unchanged.repeated, unchanged.seq) == (True, idle.seq)
    with pytest.raises(Invalid):
        await desk.do(ALICE, "create_call", op_id="a", title="Other", customer_name="x")
    assert len(desk.stores["calls"]) == 1


async def test_d5_after_a_restart_in_the_company_of_new_commands(faulty):
    """The database rejects the batch for the op_ids it knows: all are decided again, and nothing of the first try is left."""
    await faulty.desk.do(ALICE, "create_call", op_id="b", **CALL)
    desk, database = await faulty.reopen(), faulty.database
    entries = told_of(desk)
    outcomes = await asyncio.gather(*(ask(desk, ALICE, "create_call", op_id=op_id, **CALL) for op_id in "abcb"))
    assert [outcome.repeated for outcome in outcomes] == [False, True, False, True]
    assert outcomes[1].data == outcomes[3].data
    assert [call.number for call in desk.stores["calls"].all()] == [1, 2, 3]
    assert [entry.seq for entry in entries] == [outcomes[0].seq, outcomes[2].seq]
    assert database.rejections == 1


async def test_d5_a_refusal_in_the_company_of_what_made_it_is_decided_again_with_it(faulty):
    """After a restart: the repeated command is decided as if it were new, and the next one refused because of it."""
    desk, call = faulty.desk, id_of("call")
    await desk.do(ALICE, "create_call", id=call, **CALL)
    await desk.do(BOB, "claim_call", call, op_id="claim")
    await desk.do(BOB, "release_call", call, reason="no time")
    desk = await faulty.reopen()
    carol = Caller(id_of("carol"))
    repeated, claimed = ask(desk, BOB, "claim_call", call, op_id="claim"), ask(desk, carol, "claim_call", call)
    assert (await repeated).repeated
    assert data(await claimed)["assignee_id"] == carol.user_id


async def test_d5_new_commands_cost_no_look_at_the_database(faulty):
    desk, database = faulty.desk, faulty.database
    await asyncio.gather(*(ask(desk, ALICE, "create_call", op_id=op_id, **CALL) for op_id in "abca"))
    assert database.lookups == 0
    with pytest.raises(NotFound):
        await desk.do(ALICE, "claim_call", id_of("nothing"), op_id="d")
    assert database.lookups == 1


async def test_d5_nothing_is_written_while_a_refused_op_id_is_being_looked_up(faulty):
    """And what stands beside it in the batch is not seen before it is durable."""
    desk, database = faulty.desk, faulty.database
    with database.lookups_held():
        made, refused = ask(desk, ALICE, "create_call", **CALL), ask(desk, ALICE, "claim_call", id_of("x"), op_id="a")
        look = asyncio.ensure_future(desk.read(ALICE, lambda view: view.count("calls", {})))
        await database.is_looking_up()
        assert not any(waiting.done() for waiting in (made, refused, look))
        assert database.commits == 0
    answers = await asyncio.gather(made, refused, look, return_exceptions=True)
    assert [type(answer).__name__ for answer in answers] == ["Outcome", "NotFound", "int"]


async def test_d5_also_when_what_it_did_could_not_be_done_now(premises):
    eve = {"email": "eve@example.com", "display_name": "Eve", "role": "engineer", "id": id_of("eve")}
    desk = premises.desk
    await desk.do(ALICE, "create_user", op_id="a", **eve, password=PASSWORD)
    await desk.do(ALICE, "reset_password", id_of("eve"), op_id="b", password="another password")
    await desk.do(ALICE, "delete_user", id_of("eve"), op_id="c")
    for place in ("before", "after"):
        assert (await desk.do(ALICE, "create_user", op_id="a", **eve, password=PASSWORD)).repeated, place
        again = await desk.do(ALICE, "reset_password", id_of("eve"), op_id="b", password="another password")
        assert again.repeated, place
        assert (await desk.do(ALICE, "delete_user", id_of("eve"), op_id="c")).repeated, place
        desk = await premises.reopen()


async def test_d5_also_when_it_would_be_a_conflict_now(premises):
    desk, call = premises.desk, id_of("call")
    made = await desk.do(ALICE, "create_call", id=call, **CALL)
    given = {"op_id": "a", "expected_version": made.seq}
    first = await desk.do(ALICE, "update_call", call, **given, title="Smoke")
    await desk.do(ALICE, "update_call", call, title="Fire")
    desk = await premises.reopen()
    with pytest.raises(Invalid) as caught:
        await desk.do(ALICE, "update_call", call, **given, title="Steam")
    assert caught.value.fields.keys() == {"op_id"}
    desk = await premises.reopen()
    again = await desk.do(ALICE, "update_call", call, **given, title="Smoke")
    assert (again.repeated, again.data) == (True, first.data)
    with pytest.raises(Conflict):
        await desk.do(ALICE, "update_call", call, op_id="b", expected_version=made.seq, title="Smoke")


async def test_d5_refusals_are_not_remembered(desk):
    call = id_of("call")
    with pytest.raises(NotFound):
        await desk.do(ALICE, "claim_call", call, op_id="a")
    await desk.do(ALICE, "create_call", id=call, **CALL)
    assert not (await desk.do(ALICE, "claim_call", call, op_id="a")).repeated


async def test_d5_a_command_that_changed_nothing_is_remembered_as_one(desk):
    call = data(await desk.do(ALICE, "create_call", **CALL))["id"]
    idle = await desk.do(ALICE, "update_call", call, op_id="a", title="No power")
    await desk.do(ALICE, "update_call", call, title="Smoke")
    again = await desk.do(ALICE, "update_call", call, op_id="a", title="No power")
    assert (again.repeated, again.cursor) == (True, idle.cursor)
    assert desk.stores["calls"].get(call).title == "Smoke"


@pytest.mark.parametrize("op_id", ["", "x" * 65, "line\nbreak", "\ud800", "nul\x00", 5, ["a"], True, {"a": 1}])
async def test_d5_an_op_id_is_1_to_64_printable_characters(desk, op_id):
    with pytest.raises(Invalid) as caught:
        await asyncio.wait_for(desk.do(ALICE, "create_call", op_id=op_id, **CALL), 5)
    assert caught.value.fields.keys() == {"op_id"}
    for good in ("a", "x" * 64, "Ünïcødé ✓"):
        await asyncio.wait_for(desk.do(ALICE, "create_call", op_id=good, **CALL), 5)


async def test_d5_the_fingerprint_holds_no_secret(desk):
    first = await desk.do(ALICE, "reset_password", id_of("bob"), op_id="a", password="one good password")
    again = await desk.do(ALICE, "reset_password", id_of("bob"), op_id="a", password="other good password")
    assert (again.repeated, again.seq) == (True, first.seq)
