"""The rules D6 and D7, numbers, ids and the order of refusals, from outside."""

import asyncio
import shutil
import threading

import pytest
from asking import ALICE, BOB, CALL, DORA, ask, data, told_of
from premises import Premises, everything, id_of

from events.actor import SYSTEM, Caller
from events.errors import Conflict, Invalid, NotFound, Taken
from events.resources.call import create_call

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
