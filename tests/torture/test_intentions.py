"""What people want is made from the catalog, by a seed: sensible, nonsensical and foreign things, and nothing the torment
itself could not survive.
"""

from collections import Counter
from random import Random

import pytest
from pydantic import ValidationError

from events.catalog import Catalog, discover
from torture.crew import Crew
from torture.errand import Errand
from torture.intentions import Intentions
from torture.premises import Person
from torture.run import team_of
from torture.secrecy import Secrecy
from torture.values import Values

TEAM = team_of(10)
MANY = 2_000
STATES = ("new", "received", "assigned", "in_progress", "on_hold", "completed", "cancelled")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return discover()


def a_crew() -> Crew:
    """Two teams with a record of each kind in each state."""
    crew = Crew(TEAM)
    for person in TEAM:
        crew.book(person.tenant).learn("users", {"id": person.id, "role": person.role, "active": True, "version": 1})
    for tenant, book in crew.books.items():
        book.ended_at("e.1")
        for plural in ("calls", "services", "customers", "categories", "service_categories", "notes"):
            for status in STATES:
                known = {"created_by": "x", "assignee_id": None, "technician_id": None, "status": status}
                book.learn(plural, {"id": f"{tenant}-{plural}-{status}", "version": 2, **known})
    return crew


def wishes(catalog: Catalog, person: Person, seed: str = "s", count: int = MANY) -> list[Errand]:
    crew, secrecy = a_crew(), Secrecy(Random(1), ("north", "south"))
    intentions = Intentions(person, crew, catalog, secrecy, Random(seed))
    return [intentions.next(speaks=True) for _ in range(count)]


def test_the_same_seed_wants_the_same(catalog: Catalog):
    assert wishes(catalog, TEAM[2], count=200) == wishes(catalog, TEAM[2], count=200)
    assert wishes(catalog, TEAM[2], count=200) != wishes(catalog, TEAM[2], "another", count=200)


def test_every_command_of_the_catalog_is_wanted_by_somebody(catalog: Catalog):
    wanted = {errand.name for person in TEAM for errand in wishes(catalog, person)}
    on_wire = {command.name for command in catalog.commands.values() if command.on_wire}
    assert on_wire <= wanted
    assert {"list", "get", "search", "activity", "explain", "typing", "lock_record", "join_channel", "undo"} <= wanted
    assert {"realtime-status", "me", "sessions", "insights"} <= wanted


def test_he_listens_now_to_some_kinds_and_now_to_all(catalog: Catalog):
    intentions = Intentions(TEAM[2], a_crew(), catalog, Secrecy(Random(1), ("north", "south")), Random(1))
    chosen = [intentions.subscription().message["resources"] for _ in range(200)]
    assert {kind for kinds in chosen for kind in kinds} == set(catalog.wire_plurals)
    assert {len(set(kinds)) for kinds in chosen} == set(range(1, len(catalog.wire_plurals) + 1))


def test_every_command_has_an_op_id_of_its_own(catalog: Catalog):
    op_ids = [errand.op_id for errand in wishes(catalog, TEAM[2]) if errand.kind == "command"]
    assert None not in op_ids
    assert len(set(op_ids)) == len(op_ids)


def test_nobody_does_anything_to_the_steward_of_his_team(catalog: Catalog):
    """He puts the team in order again when all the others are deactivated."""
    steward = next(person for person in TEAM if person.tenant == "north" and person.name == "steward")
    mine = [errand for errand in wishes(catalog, TEAM[2]) if errand.kind == "command" and not errand.foreign]
    assert TEAM[2].tenant == "north"
    assert not [errand for errand in mine if errand.message.get("id") == steward.id]


def test_some_of_it_is_foreign_some_twice_some_in_haste(catalog: Catalog):
    counts = Counter[str]()
    for errand in wishes(catalog, TEAM[2]):
        counts.update(name for name in ("foreign", "twice", "hasty") if getattr(errand, name))
    assert min(counts[name] for name in ("foreign", "twice", "hasty")) > 20


def test_a_flood_is_more_than_a_slow_reader_takes(catalog: Catalog):
    intentions = Intentions(TEAM[2], a_crew(), catalog, Secrecy(Random(1), ("north", "south")), Random(1))
    texts = [str(errand.message["description"]) for errand in intentions.flood()]
    assert sum(len(text.encode()) for text in texts) > 512 * 1024
    assert max(map(len, texts)) <= 4000


def test_values_fit_the_schemas_they_are_made_from(catalog: Catalog):
    values, book, wrong = Values(catalog, Random(3), "word"), a_crew().book("north"), Counter[str]()
    for command in (command for command in catalog.commands.values() if command.on_wire):
        for _ in range(20):
            try:
                command.payload.model_validate(values.payload(command, book))
            except ValidationError as error:  # ids of this book are no UUIDs
                wrong.update(str(each["msg"]) for each in error.errors() if "id" not in str(each["loc"]))
    assert not {said for said in wrong if "UUID" not in said and "id" not in said}, wrong
