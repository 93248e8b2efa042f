"""The rules D1 to D8, by number, from outside: through a desk, over a database that fails as it is told to."""

import asyncio
import shutil
import threading

import orjson
import pytest
from faulty import FaultyDatabase
from premises import PASSWORD, Premises, everything, id_of

from events.actor import SYSTEM, Caller
from events.errors import Conflict, Internal, Invalid, NotFound, Refused, Taken, Unavailable
from events.resources.call import create_call
from events.road import Request
from stores.errors import CommitFailed, Damaged, LostDesk, Unreachable

ALICE, BOB, DORA = Caller(id_of("alice")), Caller(id_of("bob")), Caller(id_of("dora"))
CALL = {"title": "No power", "customer_name": "Ms. Gray"}


@pytest.fixture
async def faulty(open_premises) -> Premises:
    return open_premises(FaultyDatabase)


def ask(desk, caller, command, record_id=None, *, op_id=None, expected_version=None, **payload):
    request = Request(caller, desk.catalog.command(command), record_id, payload, op_id, expected_version)
    return desk.submit(request)


def told_of(desk) -> list:
    entries = []
    desk.listeners.append(entries.extend)
    return entries


def data(outcome) -> dict:
    return orjson.loads(outcome.json())["data"]


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


async def test_d5_operations_that_cannot_be_looked_up_are_unavailable(faulty):
    """The database cannot be read: nobody may be left waiting, and nothing may happen twice."""
    faulty.database.lookup_fails = Unreachable("cannot read")
    with pytest.raises(Unavailable):
        await asyncio.wait_for(faulty.desk.do(ALICE, "create_call", op_id="a", **CALL), 5)
    faulty.database.lookup_fails = None
    if not faulty.lost:
        await asyncio.wait_for(faulty.desk.do(ALICE, "create_call", op_id="a", **CALL), 5)
        assert len(faulty.desk.stores["calls"]) == 1


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


async def test_d5_after_a_restart_in_the_company_of_a_lookup(open_premises):
    """B arrives while A's op_id is being looked up: B must be looked up too before it is decided."""
    premises = open_premises(FaultyDatabase)
    await premises.desk.do(ALICE, "create_call", op_id="b", **CALL)
    desk = await premises.reopen()
    database = premises.database
    with database.lookups_held():
        a = ask(desk, ALICE, "create_call", op_id="a", **CALL)
        await database.is_looking_up()
        b = ask(desk, ALICE, "create_call", op_id="b", **CALL)
    assert [outcome.repeated for outcome in await asyncio.gather(a, b)] == [False, True]
    # And not by way of a commit that the database had to reject.
    assert database.rejections == 0


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


# -- D6: versions ---------------------------------------------------------------------------------------------------


async def test_d6_a_version_is_the_seq_of_its_change(desk):
    entries = told_of(desk)
    call = data(await desk.do(ALICE, "create_call", **CALL))["id"]
    await desk.do(DORA, "create_category", name="Printers")
    outcome = await desk.do(ALICE, "update_call", call, title="Smoke")
    assert data(outcome)["version"] == outcome.seq == entries[-1].seq == desk.journal.head
    assert [entry.seq for entry in entries] == list(range(entries[0].seq, entries[0].seq + 3))


async def test_d6_what_changes_nothing_has_no_version_no_seq_and_no_event(desk):
    call = data(await desk.do(ALICE, "create_call", **CALL))
    entries, head = told_of(desk), desk.journal.head
    outcome = await desk.do(ALICE, "update_call", call["id"], title="  No power ", description="")
    assert data(outcome) == call
    assert (outcome.seq, desk.journal.head, entries) == (head, head, [])
    assert (await desk.do(ALICE, "update_call", call["id"])).seq == head


async def test_d6_a_stale_update_of_untouched_fields_is_merged(desk):
    call = data(await desk.do(ALICE, "create_call", **CALL))
    await desk.do(BOB, "claim_call", call["id"])
    await desk.do(BOB, "update_call", call["id"], description="Smoke")
    merged = await desk.do(ALICE, "update_call", call["id"], expected_version=call["version"], title="Fire")
    assert (data(merged)["title"], data(merged)["description"]) == ("Fire", "Smoke")


async def test_d6_a_stale_update_of_touched_fields_is_a_conflict_that_says_who(desk):
    call = data(await desk.do(ALICE, "create_call", **CALL))
    await desk.do(DORA, "update_call", call["id"], title="Smoke")
    await desk.do(BOB, "claim_call", call["id"])
    await desk.do(DORA, "update_call", call["id"], title="Fire")
    with pytest.raises(Conflict) as caught:
        await desk.do(ALICE, "update_call", call["id"], expected_version=call["version"], title="Sparks")
    (change,) = caught.value.changes
    assert (change["field"], change["was"], change["now"]) == ("title", "No power", "Fire")
    assert change["by"] == {"id": DORA.user_id, "name": "Dora"}
    assert caught.value.current.title == "Fire"
    # Who wants what is there already has no conflict.
    idle = await desk.do(ALICE, "update_call", call["id"], expected_version=call["version"], title="Fire")
    assert data(idle)["title"] == "Fire"


async def test_d6_price_and_currency_are_merged_together_or_not_at_all(desk):
    device = {"customer_name": "Ms. Gray", "device_type": "Toaster", "reported_fault": "Smoke"}
    service = data(await desk.do(ALICE, "create_service", **device, price_minor=4900, currency="EUR"))
    stale = service["version"]
    await desk.do(DORA, "update_service", service["id"], currency="USD")
    for field, value in [("price_minor", 5900), ("estimate_minor", 5900)]:
        with pytest.raises(Conflict) as caught:
            await desk.do(ALICE, "update_service", service["id"], expected_version=stale, **{field: value})
        assert [change["field"] for change in caught.value.changes] == ["currency"]
    await desk.do(ALICE, "update_service", service["id"], expected_version=stale, brand="Acme")


@pytest.mark.parametrize(("command", "fields"), [
    ("assign_call", {"assignee_id": id_of("bob")}), ("claim_call", {}), ("delete_call", {}),
])  # fmt: skip
async def test_d6_any_other_command_with_a_stale_version_is_a_conflict(desk, command, fields):
    call = data(await desk.do(ALICE, "create_call", **CALL))
    await desk.do(ALICE, "update_call", call["id"], description="Smoke")
    with pytest.raises(Conflict):
        await desk.do(ALICE, command, call["id"], expected_version=call["version"], **fields)
    with pytest.raises(Conflict):
        await desk.do(ALICE, command, call["id"], expected_version=10_000, **fields)
    await desk.do(ALICE, command, call["id"], expected_version=desk.stores["calls"].get(call["id"]).version, **fields)


async def test_d6_a_version_from_the_future_is_a_conflict_for_an_update_too(desk):
    call = data(await desk.do(ALICE, "create_call", **CALL))
    with pytest.raises(Conflict):
        await desk.do(ALICE, "update_call", call["id"], expected_version=call["version"] + 1, title="Smoke")


async def test_d6_which_field_changed_when_survives_a_restart(premises):
    call = data(await premises.desk.do(ALICE, "create_call", **CALL))
    await premises.desk.do(DORA, "update_call", call["id"], title="Smoke")
    desk = await premises.reopen()
    stale = {"expected_version": call["version"]}
    await desk.do(ALICE, "update_call", call["id"], **stale, description="Merged")
    with pytest.raises(Conflict):
        await desk.do(ALICE, "update_call", call["id"], **stale, title="Fire")


@pytest.mark.parametrize("version", [-1, 1.5, "7", True, 2**53, [1]])
async def test_d6_an_expected_version_is_a_whole_number(desk, version):
    call = data(await desk.do(ALICE, "create_call", **CALL))
    with pytest.raises(Invalid) as caught:
        await desk.do(ALICE, "update_call", call["id"], expected_version=version, title="x")
    assert caught.value.fields.keys() == {"expected_version"}


async def test_d6_the_version_of_a_record_that_was_here_before_is_stale(desk):
    """Deleted and made again under the same id: an update meant for the first must not be merged into the second."""
    call = data(await desk.do(ALICE, "create_call", id=id_of("call"), **CALL))
    await desk.do(ALICE, "delete_call", call["id"])
    await desk.do(ALICE, "create_call", id=id_of("call"), title="Another", customer_name="Mr. Brown")
    with pytest.raises(Conflict):
        await desk.do(ALICE, "update_call", call["id"], expected_version=call["version"], title="Smoke")


# -- numbers, D7, order of refusals ---------------------------------------------------------------------------------


async def test_numbers_count_up_and_are_never_reused(premises):
    desk = premises.desk
    ids = [data(await desk.do(ALICE, "create_call", **CALL))["id"] for _ in range(3)]
    await desk.do(ALICE, "delete_call", ids[2])
    desk = await premises.reopen()
    assert data(await desk.do(ALICE, "create_call", **CALL))["number"] == 4
    assert data(await desk.do(ALICE, "create_customer", name="Ms. Gray"))["number"] == 1


async def test_a_refused_creation_takes_no_number(desk):
    with pytest.raises(Invalid):
        await desk.do(ALICE, "create_call", title="x")
    assert data(await desk.do(ALICE, "create_call", **CALL))["number"] == 1


async def test_d7_a_restart_keeps_old_cursors_good_and_a_restored_copy_does_not(premises, tmp_path):
    old = (await premises.desk.do(ALICE, "create_call", **CALL)).cursor
    await premises.close()
    copy = shutil.copy(premises.path, tmp_path / "copy.db")
    desk = premises.open()
    late = (await desk.do(ALICE, "create_call", **CALL)).cursor
    assert desk.journal.seq_of(old) is not None
    assert desk.journal.seq_of(late) == desk.journal.head
    restored = Premises(copy, premises.catalog)
    restored.open()
    await restored.desk.do(BOB, "create_call", **CALL)
    assert restored.desk.journal.seq_of(old) is not None
    assert restored.desk.journal.seq_of(late) is None
    await restored.close()


async def test_the_order_of_refusals(desk):
    """DESIGN E: not_found, forbidden, invalid, conflict, refused, taken: what stands first is said."""
    call = data(await desk.do(ALICE, "create_call", **CALL))
    await desk.do(ALICE, "update_call", call["id"], description="x")
    wrong = {"nonsense": 1}
    stale = {"expected_version": call["version"]}
    vera = Caller(id_of("vera"))

    async def code(caller, command, record_id, **fields) -> str:
        try:
            await desk.do(caller, command, record_id, **fields)
        except Exception as error:  # noqa: BLE001
            return getattr(error, "code", repr(error))
        return "ok"

    assert await code(vera, "start_call", id_of("x"), **wrong, **stale) == "not_found"
    assert await code(vera, "start_call", call["id"], **wrong, **stale) == "forbidden"
    assert await code(ALICE, "start_call", call["id"], **wrong, **stale) == "invalid"
    assert await code(ALICE, "start_call", call["id"], **stale) == "conflict"
    assert await code(ALICE, "start_call", call["id"]) == "refused"
    engineer = {"device_type": "x", "reported_fault": "y", "customer_name": "z", "price_minor": 5, "brand": 1}
    assert await code(BOB, "create_service", None, **engineer) == "forbidden"
    await desk.do(DORA, "create_category", name="One")
    two = data(await desk.do(DORA, "create_category", name="Two"))
    taken = {"name": "one"}
    assert await code(DORA, "update_category", two["id"], **taken) == "taken"
    assert await code(DORA, "update_category", two["id"], **taken, colour="red") == "invalid"


@pytest.mark.parametrize("record_id", [None, "", "x", 5, "A" * 36, ["a"], {}, "\ud800", True])
async def test_an_id_that_names_no_record_is_not_found_whatever_its_form(desk, record_id):
    for command in ("update_call", "delete_call", "claim_call"):
        with pytest.raises(NotFound):
            await desk.do(ALICE, command, record_id)
    with pytest.raises(NotFound):
        await desk.read(ALICE, lambda view: view.get("calls", record_id))


@pytest.mark.parametrize("record_id", [
    "x", "", 5, "EF45D397-0411-5F5E-8940-9BDBDEF3958B", "{ef45d397-0411-5f5e-8940-9bdbdef3958b}",
    "ef45d39704115f5e89409bdbdef3958b", "urn:uuid:ef45d397-0411-5f5e-8940-9bdbdef3958b",
    " ef45d397-0411-5f5e-8940-9bdbdef3958b",
])  # fmt: skip
async def test_a_chosen_id_is_a_uuid_in_canonical_text(desk, record_id):
    with pytest.raises(Invalid) as caught:
        await desk.do(ALICE, "create_call", id=record_id, **CALL)
    assert caught.value.fields.keys() == {"id"}


async def test_a_chosen_id_that_is_in_use_is_taken(desk):
    call = data(await desk.do(BOB, "create_call", id=id_of("call"), **CALL))
    assert call["id"] == id_of("call")
    with pytest.raises(Taken) as caught:
        await desk.do(ALICE, "create_call", id=id_of("call"), **CALL)
    assert caught.value.fields == {"id": "is in use"}


async def test_an_unforeseen_error_reaches_the_asker_and_leaves_no_trace(desk, monkeypatch):
    command = desk.catalog.commands["create_call"]
    before = everything(desk)

    def broken(given, by):
        by.create("customers", name="half-way")
        raise ZeroDivisionError

    object.__setattr__(command, "perform", broken)
    try:
        with pytest.raises(ZeroDivisionError):
            await desk.do(ALICE, "create_call", **CALL)
    finally:
        object.__setattr__(command, "perform", create_call)
    assert everything(desk) == before
    await desk.do(ALICE, "create_call", **CALL)


async def test_stopping_finishes_what_waits(premises):
    desk = premises.desk
    asked = [ask(desk, ALICE, "create_call", **CALL) for _ in range(50)]
    hashing = ask(desk, ALICE, "reset_password", id_of("bob"), password="another password")
    await desk.stop()
    assert all(answer.done() for answer in (*asked, hashing))
    await asyncio.gather(*asked, hashing)
    desk = await premises.reopen()
    assert len(desk.stores["calls"]) == 50
    assert desk.stores["users"].get(id_of("bob")).must_change_password


def test_no_thread_is_left_behind():
    assert [thread.name for thread in threading.enumerate() if "ThreadPool" in thread.name] == []


async def test_two_tenants_in_one_file_know_nothing_of_each_other(premises):
    database = premises.database
    database.create_tenant("t2", "second", "Second Street", premises.desk.clock.now())
    assert (await premises.desk.do(ALICE, "create_call", id=id_of("call"), **CALL)).seq == premises.desk.journal.head
    second = Premises(premises.path, premises.catalog)
    second.tenant_id = "t2"
    second.open()
    assert all(len(store) == 0 for store in second.desk.stores.values())
    outcome = await second.desk.do(SYSTEM, "create_call", id=id_of("call"), **CALL)
    assert (outcome.seq, data(outcome)["number"]) == (1, 1)
    await second.close()
