"""A snapshot in pages: all of one moment, sent in parts that a client can take (F4).

The records are immutable, so holding their references holds the moment; they are encoded page by page.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from stores.clock import new_id
from stores.record import Record, encode, public_json

MOST_RECORDS = 1_000
MOST_BYTES = 512 * 1024


class Pages:
    """The pages of one snapshot at `cursor`; `more` while there are any left, `token` asks for the next."""

    def __init__(
        self, cursor: str, records: Mapping[str, Sequence[Record]], former_users: Sequence[Mapping[str, str]] = ()
    ) -> None:
        self._cursor, self._plurals = cursor, tuple(records)
        self._left = [(plural, record) for plural in records for record in records[plural]][::-1]
        self._former_users = former_users
        self._id, self._page = new_id(), 0

    @property
    def more(self) -> bool:
        """Whether the snapshot goes on."""
        return bool(self._left)

    @property
    def token(self) -> str:
        """What the next page is asked for with."""
        return f"{self._id}:{self._page}"

    def next(self, extra: Mapping[str, Any] | None = None) -> bytes:
        """The next page as JSON: `{"cursor", "records", "former_users", "next"}`, and `extra` members."""
        records: dict[str, list[bytes]] = {plural: [] for plural in self._plurals}
        for plural, encoded in self._fitting():
            records[plural].append(encoded)
        former, self._former_users = self._former_users, ()
        self._page += 1
        listed = b",".join(b"%b:[%b]" % (encode(plural), b",".join(found)) for plural, found in records.items())
        rest = {**(extra or {}), "former_users": former, "next": self.token if self._left else None}
        return b'{"cursor":%b,"records":{%b},%b' % (encode(self._cursor), listed, encode(rest)[1:])

    def _fitting(self) -> Iterator[tuple[str, bytes]]:
        size = count = 0
        while self._left and count < MOST_RECORDS and size < MOST_BYTES:
            plural, record = self._left.pop()
            encoded = public_json(record)
            size, count = size + len(encoded), count + 1
            yield plural, encoded
