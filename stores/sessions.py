"""Who is signed in, across restarts: rows that hold only the hash of a token.

They are no records: nothing of them is journaled or told. server/ keeps them in memory and asks here at start.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update

from stores.connections import Connections
from stores.rows import Rows


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in device of one user; `user_epoch` is the user's session epoch it was made for."""

    id: str
    token_sha256: str
    tenant_id: str
    user_id: str
    user_epoch: int
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    address: str
    agent: str


class Sessions:
    """The sessions table."""

    def __init__(self, connections: Connections, tables: Mapping[str, Rows]) -> None:
        self._connections = connections
        self._sessions = tables["sessions"]

    def all(self) -> list[Session]:
        """All sessions, also expired ones."""
        with self._connections.reading() as connection:
            return [Session(*row) for row in self._sessions.read(connection, select(self._sessions.table))]

    def put(self, session: Session) -> None:
        """Keep a session, in place of the one with its id."""
        row = self._sessions.encoded(astuple(session))
        with self._connections.writing() as connection:
            self._sessions.upsert(connection, [row])

    def end(self, ids: Sequence[str]) -> None:
        """Forget these sessions; unknown ids are none."""
        with self._connections.writing() as connection:
            self._sessions.delete(connection, [(each,) for each in ids])

    def touch(self, seen: Mapping[str, datetime]) -> None:
        """Note when sessions were last seen, many at once."""
        if not seen:
            return
        here = self._sessions.c.id == bindparam("key")
        statement = update(self._sessions.table).where(here).values(seen_at=bindparam("moment"))
        with self._connections.writing() as connection:
            connection.execute(statement, [{"key": each, "moment": moment} for each, moment in seen.items()])
