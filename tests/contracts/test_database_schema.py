"""The tables that migrations make are those that the records want, on each database (D2, A5)."""

from pathlib import Path

import pytest

from events.catalog import Catalog
from events.resources.call import Call
from events.text import OptionalName
from stores.database import Database


class LongerCall(Call):
    """A call with a field that no migration knows."""

    nickname: OptionalName = None


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/new.db"
    url: str = request.getfixturevalue("postgres").new_database()
    return url


def test_d2_the_migrated_schema_equals_the_derived_one(catalog: Catalog, url: str) -> None:
    database = Database(url, catalog.record_classes)
    database.migrate()
    assert database.schema_differences() == []
    database.close()


def test_d2_a_field_without_its_migration_shows(catalog: Catalog, url: str) -> None:
    database = Database(url, {**catalog.record_classes, "calls": LongerCall})
    database.migrate()
    assert any("nickname" in str(difference) for difference in database.schema_differences())
    database.close()


def test_a5_a_new_kind_of_record_needs_no_migration(catalog: Catalog, url: str) -> None:
    database = Database(url, catalog.record_classes)
    database.migrate()
    database.close()
    grown = Database(url, {**catalog.record_classes, "long_calls": LongerCall})
    grown.migrate()
    assert grown.schema_differences() == []
    grown.close()
