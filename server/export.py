"""Taking the records out, for spreadsheets and other programs: `callboard export`. A CSV and a JSON file for each kind of
record of each tenant, with the fields that its members see and no others (R5).

The CSV is for spreadsheets: UTF-8 with a byte order mark, as Excel takes it for the alphabet of its country otherwise; CRLF
(RFC 4180). What a spreadsheet would take for a formula has an apostrophe before it, also where a new cell could begin
inside a text: in many countries a semicolon parts cells, and a quotation mark that is not a line's first does not hold
them together. The JSON is for programs: an array
of what the wire carries, a record a line. Records are written as they are read, so their number does not matter.
"""

import csv
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, select

from events.catalog import Catalog, discover
from events.resource import Resource
from server.control import AskedInVainError
from server.reading import contents_of, database_at, one_moment
from server.terminal import Bar
from stores.archive import reason
from stores.clock import rfc3339
from stores.database import Database
from stores.record import encode

PAGE = 1_000
FORMULA = re.compile(r"^(?=[\t\r\n])|(?:^|[;\t\r\n])[^\S\t\r\n]*(?=[=+\-@＝＋－＠])")  # noqa: RUF001  # full-width signs are signs too
BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Exported:
    """One kind of record of one tenant."""

    tenant: str
    plural: str
    count: int


def export(url: str, folder: Path, tenant: str | None, bar: Bar) -> list[Exported]:
    """Write `<folder>/<tenant>/<plural>.csv` and `.json`, of one moment, for one tenant or all. AskedInVainError where the
    folder holds something already, or there is no such tenant."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise AskedInVainError(f"{folder} is there already and is no empty folder. Name a new one.")
    catalog = discover()
    with database_at(url, catalog) as database, one_moment(database, url) as connection, _filled(folder) as place:
        slugs = _slugs(connection, database, tenant)
        found = contents_of(connection, database, catalog)
        bar.begin(
            sum(each.records[plural] for each in found if each.slug in slugs.values() for plural in _plurals(catalog))
        )
        return [
            _write(connection, database, catalog.resources[plural], tenant_id, place / slug, bar)
            for tenant_id, slug in slugs.items()
            for plural in _plurals(catalog)
        ]


def cell(value: Any) -> str:
    """A value as a spreadsheet shows it; lists with semicolons between."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        return rfc3339(value)
    if isinstance(value, date):
        return value.isoformat()
    text = value if isinstance(value, str) else _joined(value)
    return FORMULA.sub(r"\g<0>'", text)


def _plurals(catalog: Catalog) -> list[str]:
    """What members see: their kinds of record, and the names of those who were deleted and still stand in records."""
    former = [resource.former for resource in catalog.resources.values() if resource.former]
    return [*catalog.wire_plurals, *former]


def _slugs(connection: Connection, database: Database, tenant: str | None) -> dict[str, str]:
    """Tenant id → slug, of those wanted."""
    desks = database.metadata.tables["desks"].c
    found = {row[0]: row[1] for row in connection.execute(select(desks.tenant_id, desks.slug).order_by(desks.slug))}
    if tenant is None:
        return found
    wanted = {tenant_id: slug for tenant_id, slug in found.items() if slug == tenant}
    if not wanted:
        raise AskedInVainError(f"There is no tenant {tenant}.")
    return wanted


def _write(
    connection: Connection, database: Database, resource: Resource, tenant_id: str, folder: Path, bar: Bar
) -> Exported:
    folder.mkdir(exist_ok=True)
    rows = _public_rows(connection, database, resource, tenant_id)
    names, count = resource.public_fields, 0
    with (
        (folder / f"{resource.plural}.csv").open("w", encoding="utf-8-sig", newline="") as sheet,
        (folder / f"{resource.plural}.json").open("wb") as objects,
    ):
        table = csv.writer(sheet)
        table.writerow(names)
        objects.write(b"[")
        for page in rows:
            table.writerows([cell(value) for value in row] for row in page)
            for row in page:
                objects.write(b"\n" if count == 0 else b",\n")
                objects.write(encode(dict(zip(names, row, strict=True))))
                count += 1
            bar.advance(len(page))
        objects.write(b"\n]\n")
    return Exported(folder.name, resource.plural, count)


def _public_rows(
    connection: Connection, database: Database, resource: Resource, tenant_id: str
) -> Iterator[Sequence[Sequence[Any]]]:
    """Pages of rows in order of creation; hidden fields are not even read."""
    table = database.metadata.tables[resource.plural]
    public: Select[Any] = select(*(table.c[name] for name in resource.public_fields))
    ordered = public.where(table.c.tenant_id == tenant_id).order_by(table.c.number)
    return connection.execute(ordered, execution_options={"yield_per": PAGE}).partitions()


def _joined(value: Any) -> str:
    simple = isinstance(value, list) and all(isinstance(each, str) for each in value)
    return BETWEEN.join(value) if simple else encode(value).decode()


@contextmanager
def _filled(folder: Path) -> Iterator[Path]:
    """A folder for its owner alone, that gets its name once all is in it; where anything goes wrong nothing of it is left."""
    try:
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as scratch:
            place = Path(scratch) / folder.name
            place.mkdir(mode=0o700)
            yield place
            place.rename(folder)
    except OSError as error:
        raise AskedInVainError(f"{folder} cannot be written: {reason(error)}.") from error
