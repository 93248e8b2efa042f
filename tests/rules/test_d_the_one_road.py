"""The rules D1 to D4 and D8, by number, from outside: over a database that fails as it is told to."""

import asyncio

import pytest
from asking import ALICE, BOB, CALL, DORA, ask, data, told_of
from faulty import FaultyDatabase
from premises import PASSWORD, Premises, everything, id_of

from events.errors import Internal, NotFound, Refused, Unavailable
from stores.errors import CommitFailed, Damaged, LostDesk, Unreachable


@pytest.fixture
async def faulty(open_premises) -> Premises:
    return open_premises(FaultyDatabase)


# -- D1, D3: one lane, and nothing is told that is not durable ------------------------------------------------------


async def test_d1_commands_that_wait_are_written_in_one_transaction(faulty):
    desk, database = faulty.desk, faulty.database
    await asyncio.gather(*(ask(desk, ALICE, "create_call", **CALL) for _ in range(100)))
    assert database.commits <= 2


async def test_d1_a_batch_is_bounded(faulty):
    await asyncio.gather(*(ask(faulty.desk, ALICE, "create_call", **CALL) for _ in range(600)))
    assert faulty.database.commits >= 3
    assert len(faulty.desk.stores["calls"]) == 600


async def test_d3_nobody_looks_while_a_batch_is_being_written(faulty):
    desk, database = faulty.desk, faulty.database
    entries = told_of(desk)
    with database.held():
        creation = ask(desk, ALICE, "create_call", **CALL)
        refusal = ask(desk, ALICE, "start_call", id_of("nothing"))
        look = asyncio.ensure_future(desk.read(ALICE, lambda view: (view.count("calls", {}), view.seq)))
        await database.is_writing()
        await asyncio.sleep(0)
        assert not any(each.done() for each in (creation, refusal, look))
        assert entries == []
        head = desk.journal.head
    await creation
    with pytest.raises(NotFound):
        await refusal
    assert await look == (1, head + 1)


async def test_d3_the_sender_hears_his_event_before_his_ack(desk):
    order = []
    desk.listeners.append(lambda entries: order.extend(entry.event for entry in entries))
    answer = ask(desk, ALICE, "create_call", **CALL)
    answer.add_done_callback(lambda _: order.append("ack"))
    await answer
    await asyncio.sleep(0)
    assert order == ["call_created", "ack"]


async def test_d1_a_read_sees_the_commands_queued_before_it_and_none_after(desk):
    before = [ask(desk, ALICE, "create_call", **CALL) for _ in range(3)]
    look = asyncio.ensure_future(desk.read(ALICE, lambda view: view.count("calls", {})))
    await asyncio.gather(*before)
    assert await look == 3


async def test_d1_one_command_in_company_sees_what_the_one_before_it_did(desk):
    call_id = id_of("call")
    answers = await asyncio.gather(
        ask(desk, ALICE, "create_call", id=call_id, **CALL), ask(desk, BOB, "claim_call", call_id),
        ask(desk, BOB, "start_call", call_id), ask(desk, BOB, "claim_call", call_id), return_exceptions=True,
    )  # fmt: skip
    assert [data(answer)["status"] for answer in answers[:3]] == ["new", "assigned", "in_progress"]
    assert isinstance(answers[3], Refused)


async def test_a_cancelled_asker_stops_nobody(desk):
    asked = ask(desk, ALICE, "create_call", **CALL)
    asked.cancel()
    await ask(desk, ALICE, "create_call", **CALL)
    assert await desk.read(ALICE, lambda view: view.count("calls", {})) == 2


# -- D4: a commit that fails ----------------------------------------------------------------------------------------


async def batch_of_all_kinds(desk, call_id) -> list:
    """Creation, change, several changes of one record, deletion, a refusal and something that changes nothing."""
    asked = [
        ask(desk, ALICE, "create_call", op_id="a", **CALL), ask(desk, BOB, "claim_call", call_id),
        ask(desk, BOB, "start_call", call_id), ask(desk, ALICE, "update_call", call_id, title="Another"),
        ask(desk, ALICE, "delete_user", id_of("carol")), ask(desk, DORA, "create_category", name="Printers"),
        ask(desk, ALICE, "claim_call", call_id), ask(desk, ALICE, "update_user", id_of("bob"), display_name="Bob"),
        ask(desk, ALICE, "delete_call", call_id),
    ]  # fmt: skip
    return await asyncio.gather(*asked, return_exceptions=True)


async def test_d4_a_commit_that_failed_leaves_no_trace_and_answers_unavailable(faulty):
    desk, database = faulty.desk, faulty.database
    call_id = id_of("call")
    await desk.do(ALICE, "create_call", None, id=call_id, **CALL)
    await desk.do(ALICE, "create_note", None, resource="calls", record_id=call_id, text="Hi")
    entries, before = told_of(desk), everything(desk)
    database.fails(CommitFailed("disk full"))
    answers = await batch_of_all_kinds(desk, call_id)
    assert [type(answer) for answer in answers] == [Unavailable] * 9
    assert entries == []
    assert everything(desk) == before
    assert faulty.lost == []
    # The next one works, and the same batch too.
    answers = await batch_of_all_kinds(desk, call_id)
    assert [answer for answer in answers if isinstance(answer, Unavailable)] == []
    after = everything(desk)
    assert (await faulty.reopen()) is not desk
    assert everything(faulty.desk) == after


async def test_d4_a_commit_that_only_said_it_failed_is_durable(faulty):
    desk, database = faulty.desk, faulty.database
    entries = told_of(desk)
    database.fails(CommitFailed("lost the connection"), wrote=True)
    outcome = await desk.do(ALICE, "create_call", **CALL)
    assert [entry.seq for entry in entries] == [outcome.seq]
    await desk.do(ALICE, "create_call", **CALL)
    before = everything(desk)
    await faulty.reopen()
    assert everything(faulty.desk) == before


@pytest.mark.parametrize("error", [LostDesk("moved"), Damaged("fsync")])
async def test_d4_d8_a_desk_that_cannot_be_trusted_tells_nothing_more(faulty, error):
    desk, database = faulty.desk, faulty.database
    entries = told_of(desk)
    before = everything(desk)
    database.fails(error)
    first, second = ask(desk, ALICE, "create_call", **CALL), ask(desk, ALICE, "start_call", id_of("nothing"))
    look = asyncio.ensure_future(desk.read(ALICE, lambda view: view.count("calls", {})))
    for waiting in (first, second, look):
        with pytest.raises(Unavailable):
            await waiting
    assert len(faulty.lost) == 1
    assert (entries, everything(desk)) == ([], before)
    with pytest.raises(Unavailable):
        await desk.do(ALICE, "create_call", **CALL)
    with pytest.raises(Unavailable):
        await desk.read(ALICE, lambda view: view.seq)
    with pytest.raises(Unavailable):
        await desk.do(ALICE, "reset_password", id_of("bob"), password=PASSWORD)
    assert (len(faulty.lost), database.commits) == (1, 1)


async def test_d4_a_head_that_cannot_be_read_loses_the_desk(faulty):
    faulty.database.fails(CommitFailed("gone"))
    faulty.database.head_fails = True
    with pytest.raises(Unavailable):
        await faulty.desk.do(ALICE, "create_call", **CALL)
    assert len(faulty.lost) == 1


async def test_d8_a_head_that_somebody_else_moved_loses_the_desk(faulty, catalog):
    other = Premises(faulty.path, catalog)
    other.open()
    await other.desk.do(ALICE, "create_call", **CALL)
    entries = told_of(faulty.desk)
    with pytest.raises(Unavailable):
        await faulty.desk.do(ALICE, "create_call", **CALL)
    assert (len(faulty.lost), entries) == (1, [])
    await other.close()


async def test_d4_after_a_failure_batches_are_of_one_and_double_again(faulty):
    desk, database = faulty.desk, faulty.database
    database.fails(CommitFailed("busy"))
    with pytest.raises(Unavailable):
        await desk.do(ALICE, "create_call", **CALL)
    database.sizes.clear()
    await asyncio.gather(*(ask(desk, ALICE, "create_call", **CALL) for _ in range(7)))
    assert database.sizes == [1, 2, 4]


async def test_d4_rejected_data_alone_is_internal_and_harms_nobody_else(faulty):
    desk, database = faulty.desk, faulty.database
    database.rejects = "poison"
    before = everything(desk)
    with pytest.raises(Internal):
        await desk.do(ALICE, "create_call", **{**CALL, "title": "poison"})
    assert everything(desk) == before
    titles = ["one", "poison", "two", "three"]
    answers = await asyncio.gather(
        *(ask(desk, ALICE, "create_call", **{**CALL, "title": title}) for title in titles), return_exceptions=True
    )
    assert [type(answer).__name__ for answer in answers] == ["Outcome", "Internal", "Outcome", "Outcome"]
    assert [call.title for call in desk.stores["calls"].all()] == ["one", "two", "three"]
    assert [call.number for call in desk.stores["calls"].all()] == [1, 2, 3]
    assert faulty.lost == []


async def test_d4_an_unforeseen_error_of_the_writer_stops_no_desk_in_silence(faulty):
    desk = faulty.desk
    faulty.database.fails(RuntimeError("a bug"))
    with pytest.raises(Unavailable):
        await asyncio.wait_for(desk.do(ALICE, "create_call", **CALL), 5)
    if not faulty.lost:
        await asyncio.wait_for(desk.do(ALICE, "create_call", **CALL), 5)


@pytest.mark.parametrize("error", [Unreachable("cannot read"), RuntimeError("a bug")])
async def test_d5_operations_that_cannot_be_looked_up_are_unavailable(faulty, error):
    """The database cannot be read: nobody may be left waiting, and nothing may happen twice."""
    first = await faulty.desk.do(ALICE, "create_call", op_id="done", **CALL)
    desk = await faulty.reopen()
    before = everything(desk)
    faulty.database.lookup_fails = error
    for command, record_id, op_id, payload in [
        ("create_call", None, "done", CALL), ("start_call", id_of("nothing"), "refused", {}),
    ]:  # fmt: skip
        with pytest.raises(Unavailable):
            await asyncio.wait_for(desk.do(ALICE, command, record_id, op_id=op_id, **payload), 5)
    assert everything(desk) == before
    faulty.database.lookup_fails = None
    again = await asyncio.wait_for(desk.do(ALICE, "create_call", op_id="done", **CALL), 5)
    assert (again.repeated, again.data, len(desk.stores["calls"]), faulty.lost) == (True, first.data, 1, [])
