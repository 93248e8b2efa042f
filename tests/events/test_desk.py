"""A desk across restarts: what it loads, what it tells, what an upgrade does to old events."""

import orjson
import pytest
from leads import make_leads
from premises import everything, id_of

from events.actor import Caller
from events.catalog import discover
from events.errors import Unknown
from events.request import Request

ALICE = Caller(id_of("alice"))
CALL = {"title": "No power", "customer_name": "Ms. Gray"}


async def test_a_restart_changes_nothing(premises):
    desk = premises.desk
    call = orjson.loads((await desk.do(ALICE, "create_call", **CALL, description="é\n✓")).data)
    await desk.do(ALICE, "update_call", call["id"], due_at="2026-11-20T04:39:00.123Z")
    await desk.do(ALICE, "create_customer", None, name="Ms. Gray", tags=["a", "b"])
    before = everything(desk)
    assert everything(await premises.reopen()) == before


async def test_f3_entries_are_read_from_memory_or_from_the_table(desk):
    for _ in range(5):
        await desk.do(ALICE, "create_call", **CALL)
    head = desk.journal.head
    whole = await desk.entries_after(0)
    assert [entry.seq for entry in whole] == list(range(1, head + 1))
    assert [entry.seq for entry in await desk.entries_after(head - 2)] == [head - 1, head]
    assert list(await desk.entries_after(head)) == []
    desk.journal = type(desk.journal)(head, 0, [(desk.journal.epoch, 1)], whole[-2:])
    assert [entry.seq for entry in await desk.entries_after(0, 3)] == [1, 2, 3]
    assert (await desk.entries_after(0))[-1] == whole[-1]


async def test_f8_an_upgrade_that_changes_what_is_told_raises_the_floor_once(premises):
    cursor = (await premises.desk.do(ALICE, "create_call", **CALL)).cursor
    same = await premises.reopen()
    assert same.journal.seq_of(cursor) is not None
    await premises.close()
    premises.catalog = discover(extra=[make_leads()])
    premises.migrate()
    upgraded = premises.open()
    assert upgraded.journal.floor == upgraded.journal.head
    # At the very floor nothing old has to be told.
    late = (await upgraded.do(ALICE, "create_call", **CALL)).cursor
    again = await premises.reopen()
    assert again.journal.seq_of(late) is not None
    assert again.journal.floor == again.journal.head - 1


async def test_a_listener_hears_each_batch_once_and_in_order(desk):
    heard = []
    desk.listeners.append(lambda entries: heard.extend(entry.seq for entry in entries))
    start = desk.journal.head
    for _ in range(3):
        await desk.do(ALICE, "create_call", **CALL)
    assert heard == [start + 1, start + 2, start + 3]


async def test_activity_is_newest_first_by_record_and_by_actor(desk):
    call = orjson.loads((await desk.do(ALICE, "create_call", **CALL)).data)
    await desk.do(Caller(id_of("bob")), "claim_call", call["id"])
    found = await desk.activity(resource="calls", record_id=call["id"], limit=10)
    assert [entry.event for entry in found] == ["call_assigned", "call_created"]
    found = await desk.activity(actor_id=id_of("bob"), limit=10)
    assert [entry.event for entry in found] == ["call_assigned"]
    assert [entry.event for entry in await desk.activity(before_seq=found[0].seq, limit=1)] == ["call_created"]


@pytest.mark.parametrize("name", ["nonsense", "", "do", "connect"])
async def test_an_unknown_command(desk, name):
    with pytest.raises(Unknown):
        await desk.do(ALICE, name)


async def test_o6_a_read_waits_for_the_commands_before_it_also_when_they_are_refused(desk):
    asked = desk.do(ALICE, "start_call", id_of("nothing"))
    with pytest.raises(Exception, match="no such call"):
        await asked
    assert await desk.read(ALICE, lambda view: view.count("calls", {})) == 0


async def test_a_read_that_fails_tells_its_asker_alone(desk):
    with pytest.raises(ZeroDivisionError):
        await desk.read(ALICE, lambda view: 1 // 0)
    assert await desk.read(ALICE, lambda view: view.seq) == desk.journal.head


async def test_one_who_cannot_be_told_what_came_of_it_holds_nobody_else_up(premises, caplog):
    """Found by fuzzing: a client asked for a field whose name cannot be written, and the whole server ended."""
    desk, command = premises.desk, premises.desk.catalog.command("create_call")
    desk.look(ALICE, lambda view: view.seq, lambda _: 1 // 0)
    desk.ask(Request(ALICE, command, None, CALL), lambda _: 1 // 0)
    await desk.do(ALICE, "create_call", **CALL)
    assert await desk.read(ALICE, lambda view: view.count("calls", {})) == 2
    assert premises.lost == []
    said = {record.getMessage() for record in caplog.records}
    assert said == {"a read could not be answered", "a command could not be answered"}
