"""`callboard export`, as whoever keeps the machine uses it, and spreadsheets after him."""

import asyncio
import csv
import json
import stat
import tracemalloc
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from commandline import Run

from events.actor import SYSTEM
from events.catalog import Catalog
from server.export import cell, export
from server.standalone import Standalone
from server.terminal import Bar
from stores.database import Database
from stores.record import public_json

URL = "sqlite:///data/board.db"
CANARY = "canary-in-a-hidden-field"


def work(*commands: tuple[str, dict[str, Any]], tenant: str = "main") -> list[Any]:
    """Carry out commands; the records they made."""

    async def done() -> list[Any]:
        async with Standalone(URL) as opened:
            desk = opened.desk_of_slug(tenant)
            return [json.loads((await desk.do(SYSTEM, name, **fields)).data) for name, fields in commands]

    return asyncio.run(done())


def sheet(path: str) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def customer(callboard: Run, main_tenant: None) -> Any:
    fields = {"name": 'Größe, "the" first', "phone": "+44 1632 960001", "notes": "two\nlines", "tags": ["a", "=b"]}
    return work(("create_customer", fields), ("create_customer", {"name": "=1+1"}))[0]


def test_each_kind_of_record_is_a_sheet_and_a_list(callboard: Run, customer: Any) -> None:
    said = callboard("export", "out")

    assert said.code == 0
    assert "out/main/customers: 2" in said.out.splitlines()
    kinds = {path.stem for path in Path("out/main").iterdir()}
    assert {"calls", "services", "users", "customers", "notes", "former_users"} <= kinds
    assert {path.suffix for path in Path("out/main").iterdir()} == {".csv", ".json"}
    assert json.loads(Path("out/main/calls.json").read_bytes()) == []
    assert Path("out/main/calls.csv").read_text("utf-8-sig").startswith("id,tenant_id,number,version,created_at")


def test_the_list_is_what_the_wire_carries(callboard: Run, customer: Any) -> None:
    callboard("export", "out")

    first, second = json.loads(Path("out/main/customers.json").read_bytes())
    assert first == customer
    assert second["name"] == "=1+1"


def test_the_sheet_shows_it_as_people_read_it(callboard: Run, customer: Any) -> None:
    callboard("export", "out")

    content = Path("out/main/customers.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfid,")
    assert content.count(b"\r\n") == 3
    first, second = sheet("out/main/customers.csv")
    assert (first["name"], first["notes"], first["email"]) == ('Größe, "the" first', "two\nlines", "")
    assert first["phone"] == "'+44 1632 960001"
    assert first["tags"] == "a; '=b"
    assert first["created_at"] == customer["created_at"]
    assert second["name"] == "'=1+1"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ('=HYPERLINK("http://evil.example","x")', "'=HYPERLINK(\"http://evil.example\",\"x\")"),
        ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t'=1"), ("\r=1", "'\r'=1"), ("\n=1", "'\n'=1"),
        ("\ttext", "'\ttext"), ("text;=1", "text;'=1"), ("text\n=1", "text\n'=1"), ("text; - 1", "text; '- 1"), (" =1", " '=1"),
        ("text; 1=1", "text; 1=1"), ("one-two; three", "one-two; three"),
        ("＝1", "'＝1"), ("＋1", "'＋1"), ("－1", "'－1"), ("＠1", "'＠1"),
        (["=1", "2"], "'=1; 2"), (["a", "=1"], "a; '=1"), ({"=a": 1}, '{"=a":1}'), ([], ""),
        ("a=1", "a=1"), ("'=1", "'=1"), ("", ""), (None, ""), (-5, "-5"), (True, "true"), (False, "false"),
        (datetime(2026, 11, 20, 4, 39, tzinfo=UTC), "2026-11-20T04:39:00.000Z"), (date(2026, 2, 28), "2026-02-28"),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(value: Any, shown: str) -> None:
    assert cell(value) == shown


def test_r5_no_hidden_field_leaves_the_database(callboard: Run, customer: Any, catalog: Catalog) -> None:
    """A canary in each of them, also where it is a number."""
    callboard("create-admin", "ada@example.org", stdin="a password for tests\n")
    database = Database(URL, catalog.record_classes)
    hidden = {name: resource.hidden for name, resource in catalog.resources.items() if resource.hidden}
    with database.connections.writing() as connection:
        for plural, names in hidden.items():
            table = database.metadata.tables[plural]
            values = {name: CANARY if table.c[name].type.python_type is str else 987_654_321 for name in names}
            assert connection.execute(table.update().values(**values)).rowcount
    database.close()

    said = callboard("export", "out")
    everything = said.out.encode() + b"".join(path.read_bytes() for path in Path("out").rglob("*") if path.is_file())
    assert b"ada@example.org" in everything
    assert CANARY.encode() not in everything
    assert b"987654321" not in everything
    for names in hidden.values():
        assert not [name for name in names if name.encode() in everything]


def test_the_names_of_those_who_are_gone_are_there(callboard: Run, main_tenant: None) -> None:
    fields = {"display_name": "Gone Again", "role": "viewer", "password": "a password for tests"}
    (gone,) = work(("create_user", {"email": "gone@example.org", **fields}))

    async def delete() -> None:
        async with Standalone(URL) as opened:
            await opened.desk_of_slug("main").do(SYSTEM, "delete_user", gone["id"])

    asyncio.run(delete())
    callboard("export", "out")

    (former,) = json.loads(Path("out/main/former_users.json").read_bytes())
    assert (former["id"], former["display_name"]) == (gone["id"], "Gone Again")


def test_tenants_are_kept_apart_and_one_may_be_named(callboard: Run, customer: Any) -> None:
    callboard("create-tenant", "two", "Two")
    work(("create_customer", {"name": "Of two"}), tenant="two")

    assert callboard("export", "out").code == 0
    assert sorted(path.name for path in Path("out").iterdir()) == ["main", "two"]
    assert [row["name"] for row in sheet("out/two/customers.csv")] == ["Of two"]
    assert callboard("export", "one", "--tenant", "two").code == 0
    assert [path.name for path in Path("one").iterdir()] == ["two"]
    unknown = callboard("export", "three", "--tenant", "three")
    assert unknown.is_one_line
    assert "There is no tenant three." in unknown.err
    assert not Path("three").exists()


def test_it_is_for_its_owner_alone(callboard: Run, customer: Any) -> None:
    callboard("export", "out")
    assert stat.S_IMODE(Path("out").stat().st_mode) == 0o700


def test_an_empty_folder_is_filled_and_another_left_alone(callboard: Run, customer: Any) -> None:
    Path("out").mkdir()
    assert callboard("export", "out").code == 0
    again = callboard("export", "out")

    assert again.is_one_line
    assert "out is there already" in again.err
    assert sorted(path.name for path in Path().iterdir()) == ["data", "out"]


@pytest.mark.parametrize("folder", ["nowhere/out", "data/board.db"])
def test_a_place_that_is_none_is_one_line(callboard: Run, customer: Any, folder: str) -> None:
    assert callboard("export", folder).is_one_line


def test_what_fails_leaves_nothing(callboard: Run, customer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Any) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("server.export.cell", full)
    said = callboard("export", "out")
    assert said.is_one_line
    assert "No space left on device" in said.err
    assert sorted(path.name for path in Path().iterdir()) == ["data"]


def test_many_records_need_no_more_memory_than_few(callboard: Run, main_tenant: None, catalog: Catalog) -> None:
    (call,) = work(("create_call", {"title": "x" * 200, "customer_name": "Ms. Gray", "description": "y" * 3_000}))
    database = Database(URL, catalog.record_classes)
    calls = database.metadata.tables["calls"]
    with database.connections.writing() as connection:
        first = connection.execute(calls.select()).one()._mapping
        copies = [{**first, "id": f"{call['id'][:-5]}{n:05}", "number": n} for n in range(2, 10_002)]
        connection.execute(calls.insert(), copies)
    database.close()
    del copies

    tracemalloc.start()
    (made,) = [each for each in export(URL, Path("out"), None, Bar("records")) if each.plural == "calls"]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert made.count == 10_001
    assert Path("out/main/calls.json").stat().st_size > 30_000_000
    assert most < 25_000_000
    assert json.loads(Path("out/main/calls.json").read_bytes())[0] == call


def test_public_json_and_export_agree(callboard: Run, customer: Any) -> None:
    async def told() -> list[Any]:
        async with Standalone(URL) as opened:
            stores = opened.desk_of_slug("main").stores
            return [json.loads(public_json(record)) for record in stores["customers"].all()]

    callboard("export", "out")
    assert json.loads(Path("out/main/customers.json").read_bytes()) == asyncio.run(told())
