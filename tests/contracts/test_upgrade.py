"""A database of the first release serves on: nothing of it is lost, and what is new is added (A5, D5, D7)."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import orjson
import pytest
from alembic import command
from alembic.config import Config
from leads import make_leads
from premises import Premises, address_of, id_of

from events.actor import Caller
from events.catalog import Catalog, discover
from stores.copying import copy
from stores.database import Database
from stores.migrate import SCRIPTS

FIRST_RELEASE = Path(__file__).parent.parent / "fixtures" / "first_release.sql"
GROWN = discover(extra=[make_leads()])


@pytest.fixture
def first_file(tmp_path: Path) -> Path:
    """As the first release left it."""
    path = tmp_path / "first.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(FIRST_RELEASE.read_text())
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, first_file: Path, catalog: Catalog) -> str:
    """The same, on either database."""
    if request.param == "sqlite":
        return address_of(first_file)
    url: str = request.getfixturevalue("postgres").new_database()
    with_rows_of(first_file, url, catalog)
    return url


def with_rows_of(file: Path, url: str, catalog: Catalog) -> None:
    """The first release's tables, and the rows of its file."""
    source, target = (Database(each, catalog.record_classes) for each in (address_of(file), url))
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with source.connections.reading() as reading, target.connections.writing() as writing:
        config.attributes["connection"] = writing
        command.upgrade(config, "0001")
        copy(reading, writing, source.metadata, lambda _: None)
    source.close()
    target.close()


@pytest.fixture
async def upgraded(url: str) -> AsyncIterator[Premises]:
    premises = Premises(url, GROWN)
    premises.migrate()
    premises.open()
    yield premises
    await premises.close()


async def test_its_tables_are_brought_up_and_new_ones_added(upgraded: Premises) -> None:
    assert upgraded.database.schema_differences() == []
    assert upgraded.desk.stores["leads"].all() is not None


async def test_its_records_journal_and_sessions_are_all_there(upgraded: Premises) -> None:
    counts = {plural: len(store) for plural, store in upgraded.desk.stores.items() if len(store)}
    assert counts == {
        "calls": 5,
        "categories": 1,
        "customers": 1,
        "former_users": 1,
        "notes": 1,
        "services": 1,
        "users": 5,
    }
    assert [entry.seq for entry in upgraded.database.journal_page("t1", 0, 100, 10**6)] == list(range(1, 22))
    assert [session.user_id for session in upgraded.database.sessions()] == [id_of("bob")]
    (service,) = upgraded.desk.stores["services"].all()
    assert (str(service.promised_on), service.price_minor, service.currency) == ("2026-12-24", 12345, "EUR")
    described = [call.description for call in upgraded.desk.stores["calls"].all() if call.description]
    assert described == ["Größer — with “quotes”, \n lines"]


@pytest.mark.parametrize(("cursor", "seq"), [("o3kZC1Cd.21", 21), ("R5E0nGae.20", None), ("o3kZC1Cd.20", None)])
async def test_d7_f8_who_heard_all_of_it_goes_on_and_who_did_not_takes_a_snapshot(
    upgraded: Premises, cursor: str, seq: int | None
) -> None:
    """Its events were stored in another schema than today's."""
    assert upgraded.desk.journal.seq_of(cursor) == seq


async def test_d5_a_command_that_it_carried_out_is_not_carried_out_again(upgraded: Premises) -> None:
    payload = {
        "title": "Printer 1 does not print", "customer_name": "Ms. Gray", "due_at": "2026-12-01T10:00:00Z",
        "customer_id": only_id(upgraded, "customers"), "category_id": only_id(upgraded, "categories"),
    }  # fmt: skip
    again = await upgraded.desk.do(Caller(id_of("alice")), "create_call", None, op_id="call-1", **payload)
    assert again.repeated
    new = await upgraded.desk.do(Caller(id_of("alice")), "create_call", None, op_id="call-9", **payload)
    assert orjson.loads(new.data)["number"] == 7


def only_id(premises: Premises, plural: str) -> str:
    (record,) = premises.desk.stores[plural].all()
    return str(record.id)
