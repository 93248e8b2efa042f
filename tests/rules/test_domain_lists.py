"""DOMAIN.md on categories, customers and notes: who may, what is in use, what moves along."""

import pytest
from deciding import LETTERS, Deciding
from premises import id_of

CATEGORIES = [("category", "categories", "calls"), ("service_category", "service_categories", "services")]
DEVICE = {"customer_name": "Ms. Gray", "device_type": "Toaster", "reported_fault": "Smoke"}
CALL = {"title": "No power", "customer_name": "Ms. Gray"}


def may(road: Deciding, command: str, record=None, **fields) -> str:
    return "".join(x for x, name in LETTERS.items() if road.ask(name, command, record, **fields).code == "ok")


@pytest.mark.parametrize(("noun", "plural", "_"), CATEGORIES)
def test_leads_keep_the_categories(road, noun, plural, _):
    category = road.put(plural, name="Printers")
    assert may(road, f"create_{noun}", name="Phones") == "AD"
    assert may(road, f"update_{noun}", category, name="Phones") == "AD"
    assert may(road, f"delete_{noun}", category) == "AD"


def test_who_keeps_customers_and_notes(road):
    customer, other = road.put("customers", name="Ms. Gray"), road.put("customers", name="Mr. Gray")
    assert may(road, "create_customer", name="Ms. Brown") == "ADEF"
    assert may(road, "update_customer", customer, phone="123") == "ADEF"
    assert may(road, "delete_customer", customer) == "AD"
    assert may(road, "merge_customer", customer, into=other.id) == "AD"
    assert may(road, "create_note", resource="customers", record_id=customer.id, text="Hi") == "ADEF"


@pytest.mark.parametrize(("author", "who"), [("fred", "AF"), ("bob", "AE"), ("dora", "AD"), ("nobody", "A")])
def test_a_note_is_its_authors(road, author, who):
    customer = road.put("customers", name="Ms. Gray")
    note = road.put("notes", resource="customers", record_id=customer.id, text="Hi", created_by=id_of(author))
    assert may(road, "update_note", note, text="Hello") == who
    assert may(road, "delete_note", note) == who


def test_a_note_stands_on_something_that_is_there(road):
    for resource in ("calls", "services", "customers"):
        answer = road.ask("bob", "create_note", resource=resource, record_id=id_of("nothing"), text="Hi")
        assert answer.error.fields.keys() == {"record_id"}
    answer = road.ask("bob", "create_note", resource="users", record_id=id_of("bob"), text="Hi")
    assert answer.error.fields.keys() == {"resource"}


@pytest.mark.parametrize(("noun", "plural", "_"), CATEGORIES)
def test_a_new_category_has_its_defaults(road, noun, plural, _):
    road.put(plural, name="First", sort_order=7)
    after = road.ask("dora", f"create_{noun}", name="Second").after
    assert (after.colour, after.sort_order, after.archived, after.icon) == ("#868e96", 8, False, None)


@pytest.mark.parametrize("colour", ["868e96", "#868E96", "#fff", "#868e9g", "red", "#868e96\n", 5])
def test_a_colour_is_rrggbb(road, colour):
    answer = road.ask("dora", "create_category", name="Printers", colour=colour)
    assert answer.error.fields.keys() == {"colour"}


@pytest.mark.parametrize(("noun", "plural", "using"), CATEGORIES)
@pytest.mark.parametrize("taken", ["Straße", "STRASSE", "strasse", " Strasse "])
def test_names_are_unique_however_they_are_written(road, noun, plural, using, taken):
    road.put(plural, name="Straße")
    other = road.put(plural, name="Other")
    assert road.ask("dora", f"create_{noun}", name=taken).code == "taken"
    answer = road.ask("dora", f"update_{noun}", other, name=taken)
    assert (answer.code, answer.error.fields) == ("taken", {"name": "is in use"})


def test_calls_and_services_have_categories_of_their_own(road):
    road.put("categories", name="Printers")
    assert road.ask("dora", "create_service_category", name="Printers").code == "ok"


async def test_a_category_in_use_is_deleted_only_when_its_records_move(office):
    dora = office.dora
    old, new = await dora.does("create_category", name="Old"), await dora.does("create_category", name="New")
    calls = [await dora.does("create_call", **CALL, category_id=old.id) for _ in range(3)]
    error = await dora.cannot("delete_category", old)
    assert error.code == "refused"
    assert "3" in error.message
    assert (await dora.cannot("delete_category", old, reassign_to=old.id)).code == "invalid"
    office.hush()
    await dora.does("delete_category", old, reassign_to=new.id)
    for call in calls:
        heard = await office.vera.hears("call_updated")
        assert (heard.data.id, heard.data.category_id) == (call.id, new.id)
        assert (heard.meta.action, heard.meta.changed) == ("delete_category", ["category_id"])
    deleted = await office.vera.hears("category_deleted")
    assert deleted.meta.set["last"] - deleted.meta.set["first"] == 3
    assert dora.ack.also_total == 3
    await office.vera.hears_nothing()


async def test_a_category_nobody_uses_simply_goes(office):
    category = await office.dora.does("create_service_category", name="Old")
    assert await office.dora.does("delete_service_category", category) is None
    await office.vera.hears("service_category_created")
    await office.vera.hears("service_category_deleted")


async def test_the_records_of_a_delivered_repair_follow_a_reassignment(office):
    alice = office.alice
    old, new = [await alice.does("create_service_category", name=name) for name in ("Old", "New")]
    service = await alice.does("create_service", **DEVICE, category_id=old.id)
    await alice.does("cancel_service", service, reason="Too dear")
    await alice.does("deliver_service", service, delivered_to="Ms. Gray")
    await alice.does("delete_service_category", old, reassign_to=new.id)
    assert (await alice.sees("services"))[0].category_id == new.id


async def test_an_archived_category_stays_on_old_records_and_is_not_offered(office):
    dora = office.dora
    old, new = await dora.does("create_category", name="Old"), await dora.does("create_category", name="New")
    call = await dora.does("create_call", **CALL, category_id=old.id)
    other = await dora.does("create_call", **CALL, category_id=new.id)
    await dora.does("update_category", old, archived=True)
    for error in (
        await dora.cannot("create_call", **CALL, category_id=old.id),
        await dora.cannot("update_call", other, category_id=old.id),
        await dora.cannot("delete_category", new, reassign_to=old.id),
    ):
        assert (error.code, len(error.fields)) == ("invalid", 1)
    # A form that was open sends back what it holds.
    changed = await dora.does("update_call", call, title="Still no power", category_id=old.id)
    assert (changed.category_id, changed.title) == (old.id, "Still no power")


async def test_a_customer_in_use_is_merged_not_deleted(office):
    dora = office.dora
    one, two = [await dora.does("create_customer", name=name) for name in ("Ms. Gray", "Gray, Ms.")]
    call = await dora.does("create_call", title="No power", customer_id=one.id)
    service = await dora.does("create_service", **{**DEVICE, "customer_id": one.id})
    note = await dora.does("create_note", resource="customers", record_id=one.id, text="Nice")
    assert (await dora.cannot("delete_customer", one)).code == "refused"
    assert (await dora.cannot("merge_customer", one, into=one.id)).code == "invalid"
    assert (await dora.cannot("merge_customer", one, into=id_of("x"))).fields.keys() == {"into"}
    office.hush()
    await dora.does("merge_customer", one, into=two.id)
    heard = [heard.event for heard in office.vera.unheard]
    assert heard[-1] == "customer_deleted"
    assert sorted(heard[:-1]) == ["call_updated", "note_updated", "service_updated"]
    assert (await dora.sees("calls"))[0].customer_id == (await dora.sees("services"))[0].customer_id == two.id
    assert (await dora.sees("notes"))[0].record_id == two.id
    assert {call.id, service.id, note.id} == {heard.data.id for heard in office.vera.unheard[:-1]}


async def test_a_customer_nobody_needs_goes_with_his_notes(office):
    customer = await office.dora.does("create_customer", name="Ms. Gray")
    await office.dora.does("create_note", resource="customers", record_id=customer.id, text="Nice")
    await office.dora.does("delete_customer", customer)
    assert await office.vera.sees("notes") == []


async def test_records_of_different_kinds_may_bear_the_same_id(office):
    """Clients choose ids: a call and a repair with one id are still two records."""
    dora, same = office.dora, id_of("the same")
    one, two = [await dora.does("create_customer", name=name) for name in ("One", "Two")]
    await dora.does("create_call", id=same, title="No power", customer_id=one.id)
    await dora.does("create_service", id=same, **{**DEVICE, "customer_id": one.id})
    await dora.does("merge_customer", one, into=two.id)
    assert (await dora.sees("calls"))[0].customer_id == two.id
    assert (await dora.sees("services"))[0].customer_id == two.id


async def test_a_deletion_takes_no_notes_of_another_kind_with_the_same_id(office):
    alice, same = office.alice, id_of("the same")
    await alice.does("create_call", id=same, **CALL)
    await alice.does("create_service", id=same, **DEVICE)
    note = await alice.does("create_note", resource="services", record_id=same, text="Stays")
    await alice.does("delete_call", same)
    assert [left.id for left in await alice.sees("notes")] == [note.id]
