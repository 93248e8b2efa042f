"""DOMAIN.md on users: roles, hand-over, the last admin, oneself, passwords, former users."""

import asyncio

import pytest
from deciding import LETTERS, Deciding
from premises import PASSWORD, id_of

from events.actor import SYSTEM, Caller
from events.errors import CallboardError, Invalid, Refused, Unauthenticated

DEVICE = {"customer_name": "Ms. Gray", "device_type": "Toaster", "reported_fault": "Smoke"}
CALL = {"title": "No power", "customer_name": "Ms. Gray"}
ADMINS_ALONE = {
    "set_role": {"role": "viewer"}, "change_email": {"email": "new@example.com"}, "deactivate_user": {},
    "activate_user": {}, "delete_user": {},
}  # fmt: skip


def who_may(road: Deciding, command: str, record, **fields) -> str:
    return "".join(x for x, name in LETTERS.items() if road.ask(name, command, record, **fields).code == "ok")


@pytest.mark.parametrize("command", ADMINS_ALONE)
def test_what_only_an_admin_may(road, command):
    target = road.put("users", email="eve@example.com", display_name="Eve", role="engineer")
    for letter, name in LETTERS.items():
        assert road.ask(name, command, target, **ADMINS_ALONE[command]).code == ("ok" if letter == "A" else "forbidden")


def test_who_may_say_what_of_whom(road):
    eve = road.put("users", email="eve@example.com", display_name="Eve", role="engineer")
    assert who_may(road, "update_user", eve, phone="123") == "A"
    assert who_may(road, "set_availability", eve, availability="busy") == "AD"
    assert who_may(road, "change_password", eve, current=PASSWORD, new="another password") == ""
    for name in LETTERS.values():
        myself = road.desk.stores["users"].get(id_of(name))
        assert road.ask(name, "update_user", myself, display_name="New Name", skills=["welding"]).code == "ok"
        assert road.ask(name, "set_availability", myself, availability="away").code == "ok"


@pytest.mark.parametrize("field", [
    "role", "email", "active", "availability", "password_hash", "session_epoch", "rights_seq", "must_change_password",
    "password",
])  # fmt: skip
def test_r5_nobody_updates_what_belongs_to_an_action(road, field):
    answer = road.ask("alice", "update_user", id_of("bob"), **{field: "admin"})
    assert answer.error.fields == {field: "is not a field of this command"}


async def test_r5_nobody_creates_a_user_with_what_belongs_to_an_action(office):
    eve = {"email": "eve@example.com", "display_name": "Eve", "role": "engineer", "password": PASSWORD}
    for field in ("active", "availability", "password_hash", "session_epoch", "rights_seq", "must_change_password"):
        error = await office.alice.cannot("create_user", **eve, **{field: 1})
        assert error.fields == {field: "is not a field of this command"}
    for name in ("dora", "bob", "fred", "vera"):
        assert (await office.people[name].cannot("create_user", **eve)).code == "forbidden"


async def test_a_new_user_must_change_his_password(office):
    eve = await office.alice.does(
        "create_user", email="Eve@example.com", display_name="Eve", role="engineer", password=PASSWORD
    )
    assert (eve.must_change_password, eve.active, eve.availability, eve.skills) == (True, True, "available", [])
    await office.vera.hears("user_created")


@pytest.mark.parametrize("email", ["BOB@example.com", "bob@EXAMPLE.com", " bob@example.com "])
async def test_an_address_is_unique_however_it_is_written(office, email):
    fields = {"display_name": "Bob Two", "role": "engineer", "password": PASSWORD}
    assert (await office.alice.cannot("create_user", email=email, **fields)).code == "taken"
    assert (await office.alice.cannot("change_email", office.carol, email=email)).fields == {"email": "is in use"}
    assert await office.alice.does("change_email", office.bob, email="Bob@example.com")


@pytest.mark.parametrize("password", [
    "short", "x" * 129, "1234567890", "eve@example.com", "EVE@example.com", "Evelyn Grey", "main street repairs",
    "evelyn grey", "x" * 5000, "password123",
])  # fmt: skip
async def test_weak_passwords_are_invalid(office, password):
    eve = {"email": "eve@example.com", "display_name": "Evelyn Grey", "role": "engineer"}
    error = await office.alice.cannot("create_user", **eve, password=password)
    assert (error.code, list(error.fields)) == ("invalid", ["password"])
    assert password not in str(error)


@pytest.mark.parametrize("password", ["x" * 10, "пароль пароль", "  spaces around  ", "tab\tand\nline\x00", "🦊" * 128])
async def test_any_characters_make_a_password(office, password):
    await office.alice.does("reset_password", office.bob, password=password)
    assert (await office.alice.sees("users", id=office.bob.id))[0].must_change_password


async def test_changing_my_password_needs_the_present_one(office):
    bob = office.bob
    error = await bob.cannot("change_password", bob, current="not this one", new="another password")
    assert (error.code, list(error.fields)) == ("invalid", ["current"])
    error = await bob.cannot("change_password", bob, current=PASSWORD, new="short")
    assert list(error.fields) == ["new"]
    assert (await office.alice.cannot("change_password", bob, current=PASSWORD, new="another password")).code == (
        "forbidden"
    )


async def test_a_changed_password_ends_the_sessions_made_before(desk):
    bob = Caller(id_of("bob"), 0)
    await desk.do(bob, "change_password", bob.user_id, current=PASSWORD, new="another password")
    with pytest.raises(Unauthenticated):
        await desk.do(bob, "set_availability", bob.user_id, availability="busy")
    await desk.do(Caller(bob.user_id, 1), "set_availability", bob.user_id, availability="busy")


async def test_a_deactivation_ends_sessions_for_good(desk):
    alice, bob = Caller(id_of("alice")), Caller(id_of("bob"), 0)
    await desk.do(alice, "deactivate_user", bob.user_id)
    await desk.do(alice, "activate_user", bob.user_id)
    with pytest.raises(Unauthenticated):
        await desk.do(bob, "create_call", **CALL)


async def test_v4_what_changes_rights_or_ends_sessions_says_so_in_its_entry(desk):
    entries = []
    desk.listeners.append(entries.extend)
    alice, bob = Caller(id_of("alice")), id_of("bob")
    await desk.do(alice, "reset_password", bob, password="another password")
    await desk.do(alice, "set_role", bob, role="viewer")
    await desk.do(alice, "update_user", bob, phone="123")
    await desk.do(alice, "deactivate_user", bob)
    await desk.do(alice, "activate_user", bob)
    await desk.do(alice, "set_availability", bob, availability="busy")
    assert [entry.rights_of for entry in entries] == [bob, bob, None, bob, bob, None]
    assert desk.stores["users"].get(bob).rights_seq == entries[4].seq
    await desk.do(alice, "delete_user", bob)
    assert entries[-1].rights_of == bob


async def test_the_program_cannot_remove_the_last_admin_either(desk):
    alice = id_of("alice")
    for command, fields in [("deactivate_user", {}), ("delete_user", {}), ("set_role", {"role": "viewer"})]:
        with pytest.raises(Refused, match="last active admin"):
            await desk.do(SYSTEM, command, alice, **fields)
    await desk.do(SYSTEM, "set_role", id_of("bob"), role="admin")
    await desk.do(SYSTEM, "deactivate_user", alice)
    with pytest.raises(Refused, match="last active admin"):
        await desk.do(SYSTEM, "set_role", id_of("bob"), role="dispatcher")


async def test_an_inactive_admin_does_not_count(office):
    alice, bob = office.alice, office.bob
    await alice.does("set_role", bob, role="admin")
    await alice.does("deactivate_user", bob)
    assert (await alice.cannot("set_role", alice, role="viewer")).code == "refused"


async def test_nobody_removes_himself(office):
    alice = office.alice
    await alice.does("set_role", office.bob, role="admin")
    for command in ("deactivate_user", "delete_user"):
        assert (await alice.cannot(command, alice)).code == "refused"


async def test_open_work_holds_somebody_back(office):
    alice, bob = office.alice, office.bob
    await alice.does("create_call", **CALL, assignee_id=bob.id)
    await bob.does("claim_service", await alice.does("create_service", **DEVICE))
    for command in ("deactivate_user", "delete_user"):
        error = await alice.cannot(command, bob)
        assert error.code == "refused"
        assert "1 open call" in error.message
        assert "1 open repair" in error.message
        for unfit in (bob.id, office.fred.id, id_of("nobody")):
            assert (await alice.cannot(command, bob, reassign_to=unfit)).fields.keys() == {"reassign_to"}


@pytest.mark.parametrize("command", ["deactivate_user", "delete_user"])
async def test_open_work_goes_to_a_colleague(office, command):
    alice, bob, carol = office.alice, office.bob, office.carol
    call = await alice.does("create_call", **CALL, assignee_id=bob.id)
    await bob.does("start_call", call)
    closed = await alice.does("create_call", **CALL, assignee_id=bob.id)
    await bob.does("complete_call", closed, resolution="Done")
    service = await alice.does("create_service", **DEVICE)
    await bob.does("claim_service", service)
    office.hush()
    await alice.does(command, bob, reassign_to=carol.id)
    told = {heard.event: heard for heard in carol.unheard}
    assert told["call_assigned"].data.assignee_id == told["service_updated"].data.technician_id == carol.id
    assert told["call_assigned"].data.status == "assigned"
    assert told["call_assigned"].meta.action == command
    spans = {tuple(heard.meta.set.values()) for heard in carol.unheard}
    assert len(spans) == 1
    # What is done keeps his id.
    assert (await alice.sees("calls", id=closed.id))[0].assignee_id == bob.id
    assert bob.gone


@pytest.mark.parametrize("command", ["deactivate_user", "delete_user"])
async def test_open_work_goes_back(office, command):
    alice, bob = office.alice, office.bob
    call = await alice.does("create_call", **CALL, assignee_id=bob.id)
    service = await alice.does("create_service", **DEVICE)
    await bob.does("claim_service", service)
    office.hush()
    await alice.does(command, bob, release=True)
    (call,), (service,) = await alice.sees("calls"), await alice.sees("services")
    assert (call.status, call.assignee_id, service.technician_id) == ("new", None, None)
    assert "call_updated" in [heard.event for heard in office.carol.unheard]


async def test_v5_a_deleted_user_alone_hears_user_deleted_and_then_his_sessions_end(office):
    await office.alice.does("delete_user", office.bob)
    await office.bob.hears("user_deleted")
    await office.bob.hears("session_ended")
    for name in ("alice", "dora", "carol", "fred", "vera"):
        heard = await office.people[name].hears("user_deleted_broadcast")
        assert heard.data.display_name == "Bob"
        await office.people[name].hears_nothing()
    await office.bob.hears_nothing()


async def test_the_name_of_a_former_user_stays(office, desk):
    await office.alice.does("delete_user", office.bob)
    former = await desk.read(Caller(office.vera.id), lambda view: view.former_users())
    assert former == [{"id": office.bob.id, "display_name": "Bob"}]
    with pytest.raises(CallboardError, match="no such kind"):
        await desk.read(Caller(office.alice.id), lambda view: view.page("former_users", {}))
    assert office.alice.ack["also"] == []


async def test_the_id_of_a_former_user_is_not_given_again(office):
    """His id still stands in records: somebody else must not inherit what he did."""
    await office.alice.does("delete_user", office.bob)
    error = await office.alice.cannot(
        "create_user", id=office.bob.id, email="b@example.com", display_name="B", role="viewer", password=PASSWORD
    )
    assert error.code == "taken"


async def test_who_is_gone_or_inactive_is_nobody(desk):
    alice = Caller(id_of("alice"))
    await desk.do(alice, "deactivate_user", id_of("bob"))
    await desk.do(alice, "delete_user", id_of("carol"))
    for name in ("bob", "carol", "never was"):
        with pytest.raises(Unauthenticated):
            await desk.do(Caller(id_of(name)), "create_call", **CALL)
        with pytest.raises(Unauthenticated):
            await desk.read(Caller(id_of(name)), lambda view: view.count("calls", {}))


async def test_deactivating_twice_and_activating_twice_changes_nothing(desk):
    alice, bob = Caller(id_of("alice")), id_of("bob")
    first = await desk.do(alice, "deactivate_user", bob)
    assert (await desk.do(alice, "deactivate_user", bob)).seq == first.seq
    second = await desk.do(alice, "activate_user", bob)
    assert (await desk.do(alice, "activate_user", bob)).seq == second.seq


async def test_r2_a_preparation_that_went_stale_is_made_again(desk):
    """Two changes of one password at once: the second was prepared against a hash that is gone by the time it is decided."""
    bob = Caller(id_of("bob"))
    first = desk.do(bob, "change_password", bob.user_id, current=PASSWORD, new="the first new one")
    second = desk.do(bob, "change_password", bob.user_id, current=PASSWORD, new="the second new one")
    results = await asyncio.gather(first, second, return_exceptions=True)
    assert [isinstance(result, Invalid) for result in results].count(True) == 1
