"""Values into rows and back, many at once: SQLAlchemy's own types and SQL, compiled once, without its work per row.

A commit writes and a start reads up to 100,000 rows; naming every value again for each of them would cost more than
the database does.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Dialect, Select, Table, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

INSERTS: dict[str, Callable[[Table], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}

Convert = Callable[[Any], Any]


class Rows:
    """One table's rows: how to put them in, take them out and read them, values in the order of its columns."""

    def __init__(self, table: Table, dialect: Dialect) -> None:
        self.table = table
        self._columns = list(table.columns)
        self._writers = _converters(self._columns, lambda kind: kind.dialect_impl(dialect).bind_processor(dialect))
        self._readers = _converters(
            self._columns, lambda kind: kind.dialect_impl(dialect).result_processor(dialect, None)
        )
        self._insert = str(INSERTS[dialect.name](table).compile(dialect=dialect))
        self._upsert = str(_upsert(table, dialect).compile(dialect=dialect))
        self._delete = str(_of_key(delete(table), table).compile(dialect=dialect))
        self._select = str(_of_key(select(table), table).compile(dialect=dialect))

    @property
    def c(self) -> Any:
        """The table's columns."""
        return self.table.c

    def encoded(self, values: Iterable[Any]) -> tuple[Any, ...]:
        """The values as the driver takes them."""
        row = list(values)
        for place, write in self._writers:
            if row[place] is not None:
                row[place] = write(row[place])
        return tuple(row)

    def insert(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        """Put in new rows."""
        self._many(connection, self._insert, rows)

    def upsert(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        """Put in rows, over those with the same key."""
        self._many(connection, self._upsert, rows)

    def delete(self, connection: Connection, keys: Sequence[tuple[Any, ...]]) -> None:
        """Take out the rows with these keys."""
        self._many(connection, self._delete, keys)

    def by_key(self, connection: Connection, keys: Iterable[tuple[Any, ...]]) -> Iterator[list[Any]]:
        """Rows with these keys, for those that have one; one small prepared statement for each."""
        cursor = connection.connection.cursor()
        for key in keys:
            cursor.execute(self._select, key)
            yield from (self._decoded(raw, self._readers) for raw in cursor.fetchall())

    def read(self, connection: Connection, statement: Select[Any]) -> Iterator[list[Any]]:
        """Rows of a select of all columns, one after the other; texts that come again and again become one object."""
        readers = [*self._readers, *self._interning()]
        result = connection.execute(statement)
        cursor: Any = result.cursor
        for raw in cursor:
            yield self._decoded(raw, readers)

    def _decoded(self, raw: Iterable[Any], readers: Iterable[tuple[int, Convert]]) -> list[Any]:
        row = list(raw)
        for place, read in readers:
            if row[place] is not None:
                row[place] = read(row[place])
        return row

    def _interning(self) -> Iterator[tuple[int, Convert]]:
        words: dict[Any, Any] = {}
        for place, column in enumerate(self._columns):
            if column.info.get("repeated"):
                yield place, lambda word: words.setdefault(word, word)

    def _many(self, connection: Connection, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:  # past SQLAlchemy's execution, which costs 20 µs a statement: a third of a commit of one
            connection.connection.cursor().executemany(sql, rows)


def _converters(columns: Iterable[Column[Any]], of: Callable[[Any], Convert | None]) -> list[tuple[int, Convert]]:
    """(place, converter) for those columns whose values, None apart, the driver does not take or give as they are."""
    found = ((place, of(column.type)) for place, column in enumerate(columns))
    return [(place, convert) for place, convert in found if convert is not None]


def _upsert(table: Table, dialect: Dialect) -> Any:
    insert = INSERTS[dialect.name](table)
    rest = {column.name: insert.excluded[column.name] for column in table.columns if not column.primary_key}
    return insert.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=rest)


def _of_key(statement: Any, table: Table) -> Any:
    """The statement for one row by its key, whose parts stand in the order of the key."""
    return statement.where(*(column == bindparam(column.name) for column in table.primary_key.columns))
