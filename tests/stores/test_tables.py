"""Every field becomes a column of its type, or the start stops at once."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

import pytest
from sqlalchemy import BigInteger, Boolean, Date, Text
from sqlalchemy.dialects import sqlite
from things import CLASSES, NOON

from stores.record import Hidden, Indexed, Record
from stores.tables import Json, Moment, all_tables


class Everything(Record):
    text: str
    marked: Annotated[str, Hidden(), Indexed()]
    nested: Annotated[Annotated[str, Hidden()] | None, Indexed()] = None
    choice: Literal["a", "b"]
    perhaps: Annotated[Literal["a"], Indexed()] | Literal["b"] | None = None
    whole: int | None = None
    yes: bool
    moment: datetime
    day: date | None = None
    words: list[str]
    mapping: dict[str, Any] | None = None


def test_r1_each_field_has_a_column_of_its_type_hidden_ones_too():
    table = all_tables({"everythings": Everything}).tables["everythings"]
    kinds = {column.name: (type(column.type), column.nullable) for column in table.columns}
    assert list(kinds) == [*Everything.model_fields, "touched"]
    assert {name: kinds[name] for name in list(kinds)[8:]} == {
        "text": (Text, False),
        "marked": (Text, False),
        "nested": (Text, True),
        "choice": (Text, False),
        "perhaps": (Text, True),
        "whole": (BigInteger, True),
        "yes": (Boolean, False),
        "moment": (Moment, False),
        "day": (Date, True),
        "words": (Json, False),
        "mapping": (Json, True),
        "touched": (Json, False),
    }
    assert [column.name for column in table.primary_key.columns] == ["tenant_id", "id"]


@pytest.mark.parametrize(
    "annotation", [float, bytes, str | int, None, set[str], Any, Record, Annotated[object, Hidden()]]
)
def test_a_field_that_no_column_can_hold_stops_the_start_by_name(annotation):
    wrong = type("Wrong", (Record,), {"__annotations__": {"odd": annotation}, "__module__": __name__, "odd": None})
    with pytest.raises(TypeError, match=r"Wrong\.odd"):
        all_tables({"wrongs": wrong})


@pytest.mark.parametrize("name", ["journal", "desks", "sessions"])
def test_a_resource_cannot_take_the_name_of_a_table_of_the_desk(name):
    with pytest.raises(ValueError, match=name):
        all_tables({name: Everything})


def test_each_database_has_tables_of_its_own():
    assert all_tables(CLASSES).tables["things"] is not all_tables(CLASSES).tables["things"]


def test_moments_sort_as_text_and_come_back_aware():
    from_text, dialect = {}, sqlite.dialect()
    for moment in (NOON, NOON.replace(microsecond=1), NOON.replace(year=999)):
        text = Moment().process_bind_param(moment, dialect)
        from_text[text] = moment
        assert Moment().process_result_value(text, dialect) == moment
    assert [from_text[text] for text in sorted(from_text)] == sorted(from_text.values())
