"""Undo: a change set is taken back whole, by whoever may, while nothing it touched has changed since."""

from datetime import timedelta
from typing import Any

import orjson
import pytest
from premises import PASSWORD, Premises, everything, id_of

from events.actor import Caller
from events.errors import Forbidden, Invalid, Refused, Unauthenticated
from events.outcome import Outcome

CALL = {"title": "No power", "customer_name": "Ms. Gray"}
ALICE, BOB, CAROL, DORA, VERA = (Caller(id_of(name)) for name in ("alice", "bob", "carol", "dora", "vera"))
CANNOT_RETURN = {"version", "updated_at", "updated_by"}


async def undo(desk: Any, caller: Caller, cursor: Any, **more: Any) -> Outcome:
    outcome: Outcome = await desk.undo(caller, {"cursor": cursor, **more})
    return outcome


async def do(desk: Any, caller: Caller, command: str, record: Any = None, **fields: Any) -> tuple[Any, str]:
    """(the record after it, the cursor of the change set)."""
    outcome = await desk.do(caller, command, record and record["id"], **fields)
    return orjson.loads(outcome.data), outcome.cursor


def held(desk: Any) -> dict[Any, Any]:
    """All records, without the stamps that undo sets anew."""
    return {
        (plural, record["id"]): {name: value for name, value in record.items() if name not in CANNOT_RETURN}
        for plural, records in everything(desk)["records"].items() for record in records
    }  # fmt: skip


async def test_an_update_is_taken_back(desk: Any) -> None:
    call, _ = await do(desk, DORA, "create_call", **CALL)
    before = held(desk)
    _, cursor = await do(desk, DORA, "update_call", call, title="Smoke", priority="urgent")
    after = orjson.loads((await undo(desk, DORA, cursor)).data)
    assert held(desk) == before
    assert (after["title"], after["priority"]) == ("No power", "normal")


async def test_it_is_told_as_a_change_of_its_own(desk: Any) -> None:
    told: list[Any] = []
    call, _ = await do(desk, DORA, "create_call", **CALL)
    _, cursor = await do(desk, DORA, "assign_call", call, assignee_id=BOB.user_id)
    desk.listeners.append(told.extend)
    await undo(desk, DORA, cursor, op_id="back")
    meta = orjson.loads(told[0].meta)
    assert [entry.event for entry in told] == ["call_updated"]
    assert (meta["action"], meta["op_id"], meta["actor"]["id"]) == ("undo", "back", DORA.user_id)
    assert set(meta["changed"]) == {"assignee_id", "status", "assigned_at"}


async def test_a_deletion_comes_back_with_its_id_its_number_and_its_notes(desk: Any) -> None:
    call, _ = await do(desk, DORA, "create_call", **CALL)
    service, _ = await do(desk, DORA, "convert_call", call, device_type="Laptop")
    await do(desk, DORA, "create_note", resource="calls", record_id=call["id"], text="Rings at noon")
    before = held(desk)
    _, cursor = await do(desk, ALICE, "delete_call", call)
    await undo(desk, ALICE, cursor)
    assert held(desk) == before
    assert service["id"] == call["id"]
    new, _ = await do(desk, DORA, "create_call", **CALL)
    assert new["number"] == call["number"] + 1


async def test_a_creation_is_taken_back(desk: Any) -> None:
    before = held(desk)
    _, cursor = await do(desk, DORA, "create_call", **CALL)
    outcome = await undo(desk, DORA, cursor)
    assert held(desk) == before
    assert outcome.data == b"null"


async def test_a_change_set_comes_back_whole(desk: Any) -> None:
    category, _ = await do(desk, DORA, "create_category", name="Printers")
    other, _ = await do(desk, DORA, "create_category", name="Laptops")
    for _ in range(3):
        await do(desk, DORA, "create_call", category_id=category["id"], **CALL)
    before = held(desk)
    _, cursor = await do(desk, DORA, "delete_category", category, reassign_to=other["id"])
    assert held(desk) != before
    await undo(desk, DORA, cursor)
    assert held(desk) == before


async def test_what_has_changed_since_stays_and_so_does_all_of_its_set(desk: Any) -> None:
    category, _ = await do(desk, DORA, "create_category", name="Printers")
    other, _ = await do(desk, DORA, "create_category", name="Laptops")
    call, _ = await do(desk, DORA, "create_call", category_id=category["id"], **CALL)
    _, cursor = await do(desk, DORA, "delete_category", category, reassign_to=other["id"])
    await do(desk, DORA, "update_call", call, title="Smoke")
    before = everything(desk)
    with pytest.raises(Refused, match="changed this since"):
        await undo(desk, DORA, cursor)
    assert everything(desk) == before


async def test_it_is_taken_back_once_and_can_be_done_again(desk: Any) -> None:
    call, _ = await do(desk, DORA, "create_call", **CALL)
    _, cursor = await do(desk, DORA, "update_call", call, title="Smoke")
    back = await undo(desk, DORA, cursor)
    with pytest.raises(Refused):
        await undo(desk, DORA, cursor)
    again = await undo(desk, DORA, back.cursor)
    assert orjson.loads(again.data)["title"] == "Smoke"


async def test_only_who_did_it_or_an_admin_takes_it_back(desk: Any) -> None:
    call, _ = await do(desk, DORA, "create_call", **CALL)
    _, cursor = await do(desk, DORA, "update_call", call, title="Smoke")
    for caller in (BOB, VERA):
        with pytest.raises(Forbidden, match="or an admin"):
            await undo(desk, caller, cursor)
    await undo(desk, ALICE, cursor)


async def test_after_ten_minutes_only_an_admin_does(premises: Premises, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = premises.desk
    call, _ = await do(desk, DORA, "create_call", **CALL)
    _, cursor = await do(desk, DORA, "update_call", call, title="Smoke")
    now = desk.clock.now
    monkeypatch.setattr(desk.clock, "now", lambda: now() + timedelta(minutes=10, seconds=1))
    with pytest.raises(Forbidden):
        await undo(desk, DORA, cursor)
    await undo(desk, ALICE, cursor)


async def test_who_may_no_longer_do_it_may_not_take_it_back_either(desk: Any) -> None:
    _, cursor = await do(desk, DORA, "create_category", name="Printers")
    await do(desk, ALICE, "set_role", {"id": DORA.user_id}, role="viewer")
    with pytest.raises(Forbidden, match="create a category"):
        await undo(desk, DORA, cursor)


async def test_a_cursor_inside_a_set_or_from_nowhere_is_invalid(desk: Any) -> None:
    call, _ = await do(desk, DORA, "create_call", **CALL)
    _, cursor = await do(desk, DORA, "convert_call", call, device_type="Laptop")
    epoch, _, seq = cursor.rpartition(".")
    for wrong in (f"{epoch}.{int(seq) - 1}", f"{epoch}.{int(seq) + 1}", f"other.{seq}", f"{epoch}.0", "x", "", None, 5):
        with pytest.raises(Invalid) as error:
            await undo(desk, DORA, wrong)
        assert error.value.fields.keys() == {"cursor"}
    with pytest.raises(Invalid, match="another look"):
        await undo(desk, DORA, cursor, id="x")


async def test_an_old_change_set_is_read_from_the_table(desk: Any) -> None:
    call, _ = await do(desk, DORA, "create_call", **CALL)
    _, cursor = await do(desk, DORA, "convert_call", call, device_type="Laptop")
    desk.journal._max_entries = 1
    await do(desk, DORA, "create_category", name="Printers")
    assert desk.journal.page(0, 1) is None
    await undo(desk, DORA, cursor)
    assert len(desk.stores["services"]) == 0
    assert desk.stores["calls"].get(call["id"]).service_id is None


async def test_sent_twice_it_happens_once(desk: Any) -> None:
    call, _ = await do(desk, DORA, "create_call", **CALL)
    _, cursor = await do(desk, DORA, "update_call", call, title="Smoke")
    first = await undo(desk, DORA, cursor, op_id="back")
    second = await undo(desk, DORA, cursor, op_id="back")
    assert (second.cursor, second.repeated) == (first.cursor, True)


async def test_a_deleted_user_comes_back_without_a_password_and_without_his_sessions(desk: Any) -> None:
    _, cursor = await do(desk, ALICE, "delete_user", {"id": CAROL.user_id})
    await undo(desk, ALICE, cursor)
    carol = desk.stores["users"].get(CAROL.user_id)
    assert (carol.display_name, carol.active, carol.password_hash) == ("Carol", True, "")
    assert len(desk.stores["former_users"]) == 0
    with pytest.raises(Unauthenticated):
        await desk.do(Caller(CAROL.user_id, 0), "create_call", None, **CALL)
    await desk.do(ALICE, "reset_password", CAROL.user_id, password=PASSWORD)


async def test_a_new_user_is_not_unmade_and_the_last_admin_stays(desk: Any) -> None:
    eve = {"email": "eve@example.com", "display_name": "Eve", "role": "viewer", "password": PASSWORD}
    _, cursor = await do(desk, ALICE, "create_user", **eve)
    with pytest.raises(Refused, match="not taken back"):
        await undo(desk, ALICE, cursor)
    _, cursor = await do(desk, ALICE, "set_role", {"id": DORA.user_id}, role="admin")
    await do(desk, DORA, "set_role", {"id": ALICE.user_id}, role="dispatcher")
    with pytest.raises(Refused, match="last active admin"):
        await undo(desk, DORA, cursor)


async def test_a_password_is_not_given_back(desk: Any) -> None:
    _, cursor = await do(desk, ALICE, "reset_password", {"id": BOB.user_id}, password="another good one")
    with pytest.raises(Refused, match="cannot be taken back"):
        await undo(desk, ALICE, cursor)


async def test_what_it_would_bring_back_must_not_name_what_is_gone(desk: Any) -> None:
    category, _ = await do(desk, DORA, "create_category", name="Printers")
    call, _ = await do(desk, DORA, "create_call", category_id=category["id"], **CALL)
    _, cursor = await do(desk, DORA, "update_call", call, category_id=None)
    await do(desk, DORA, "delete_category", category)
    with pytest.raises(Refused, match="category it had"):
        await undo(desk, DORA, cursor)
