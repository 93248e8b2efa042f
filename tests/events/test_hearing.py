"""Why somebody hears an event, or does not."""

from typing import Any

import pytest
from leads import make_leads
from premises import id_of

from events.actor import SYSTEM, Caller
from events.catalog import discover
from events.desk import Desk
from events.errors import NotFound
from events.hearing import FORMER, INACTIVE, NEWER, hearing


@pytest.fixture
async def desk(open_premises: Any) -> Desk:
    """A desk that knows leads, which not everybody may read."""
    return open_premises(catalog_=discover(extra=[make_leads()])).desk


async def lead_of(desk: Desk, name: str, **fields: Any) -> tuple[str, str]:
    """(id, cursor) of a lead."""
    outcome = await desk.do(Caller(id_of(name)), "create_lead", name=f"of {name}", **fields)
    (lead,) = desk.stores["leads"].all()
    return lead.id, outcome.cursor


async def test_who_holds_a_key_of_its_readers_hears_it(desk: Desk):
    _, cursor = await lead_of(desk, "bob")
    said = await hearing(desk, cursor, "bob@example.com")

    assert (said["heard"], said["meet"]) == ("full", [f"user:{id_of('bob')}"])
    assert said["because"].startswith("Bob hears it: he holds user:")
    assert said["keys_before"] == []
    assert said["keys_after"] == ["role:admin", f"user:{id_of('bob')}"]
    assert said["event"]["event"] == "lead_created"
    assert said["rule"].startswith("Leads are told to an admin, a dispatcher while it is urgent,")


async def test_who_holds_none_does_not(desk: Desk):
    _, cursor = await lead_of(desk, "bob")
    said = await hearing(desk, cursor, id_of("carol"))

    assert (said["heard"], said["meet"]) == (None, [])
    assert said["because"] == "Carol does not hear it: he holds no key of those who may read this lead."
    assert said["keys"] == ["member", "role:engineer", f"user:{id_of('carol')}"]


async def test_v3_who_could_read_it_before_hears_that_it_is_hidden(desk: Desk):
    lead_id, _ = await lead_of(desk, "bob")
    outcome = await desk.do(Caller(id_of("alice")), "give_lead", lead_id, owner_id=id_of("carol"))
    bob, carol = [await hearing(desk, outcome.cursor, id_of(name)) for name in ("bob", "carol")]

    assert (bob["heard"], bob["meet"]) == ("hidden", [f"user:{id_of('bob')}"])
    assert "record_hidden" in bob["because"]
    assert carol["heard"] == "full"


async def test_a_deletion_is_told_to_those_who_could_read_it(desk: Desk):
    lead_id, _ = await lead_of(desk, "bob")
    outcome = await desk.do(SYSTEM, "delete_lead", lead_id)
    assert (await hearing(desk, outcome.cursor, id_of("bob")))["heard"] == "full"
    assert (await hearing(desk, outcome.cursor, id_of("carol")))["heard"] is None


async def test_v5_a_deleted_user_hears_of_it_himself(desk: Desk):
    before = desk.journal.head
    await desk.do(SYSTEM, "delete_user", id_of("vera"))
    entries = {entry.event: entry for entry in await desk.entries_after(before)}
    deletion, kept = entries["user_deleted_broadcast"], entries["former_user_created"]

    vera = await hearing(desk, desk.journal.cursor(deletion.seq), id_of("vera"))
    assert (vera["heard"], vera["notes"]) == ("personal", [FORMER])
    assert vera["because"] == "Vera alone hears it as user_deleted: it is about himself."
    assert (await hearing(desk, desk.journal.cursor(deletion.seq), id_of("bob")))["heard"] == "full"

    nobody = await hearing(desk, desk.journal.cursor(kept.seq), id_of("alice"))
    assert (nobody["heard"], nobody["because"]) == (None, "Nobody hears it: no door tells of a former user.")
    assert nobody["rule"] == "Nobody: former users are the program's own, and no door tells of them."


async def test_v4_it_says_what_was_not_so_then(desk: Desk):
    _, cursor = await lead_of(desk, "bob")
    changed = await desk.do(SYSTEM, "set_role", id_of("carol"), role="dispatcher")
    assert (await hearing(desk, cursor, id_of("bob")))["notes"] == []
    assert changed.cursor in (await hearing(desk, cursor, id_of("carol")))["notes"][0]

    await desk.do(SYSTEM, "deactivate_user", id_of("dora"))
    assert (await hearing(desk, cursor, id_of("dora")))["notes"][0] == INACTIVE
    await desk.do(
        SYSTEM,
        "create_user",
        email="new@example.com",
        display_name="New",
        role="viewer",
        password="a password for tests",
    )
    assert (await hearing(desk, cursor, "NEW@example.com"))["notes"] == [NEWER]


@pytest.mark.parametrize("cursor", ["", "nope", "x.1", "0"])
async def test_there_must_be_an_event(desk: Desk, cursor: str):
    for said in (cursor, desk.journal.cursor(0)):
        with pytest.raises(NotFound, match="There is no event at"):
            await hearing(desk, said, id_of("bob"))


async def test_there_must_be_a_user(desk: Desk):
    _, cursor = await lead_of(desk, "bob")
    with pytest.raises(NotFound, match="There is no user nobody@"):
        await hearing(desk, cursor, "nobody@example.com")
