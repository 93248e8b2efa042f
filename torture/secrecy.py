"""Canaries: words that only one team writes, and words that nobody may ever be told. Where one of them turns up in
somebody else's ears, or in the log, something has leaked (C5).
"""

from collections.abc import Iterable, Mapping
from random import Random
from typing import Any

from torture.history import as_json

LETTERS = "bcdfghjkmnpqrstvwxz"  # no vowels: no language writes such words by chance
HIDDEN = ("$argon2", "password_hash", "session_epoch", "rights_seq", "token_sha256")


class Secrecy:
    """The canaries of a run: one word for each tenant, one that stands in every password."""

    def __init__(self, random: Random, tenants: Iterable[str]) -> None:
        self.words = {tenant: _word(random) for tenant in tenants}
        self.password = _word(random)
        self._forbidden = {tenant: self._of(tenant) for tenant in self.words}

    def leak(self, who: str, *told: Any) -> Mapping[str, str]:
        """`{"leak": word}` where what he was told holds a word that is not for him; else nothing. `who` is `tenant/name`."""
        content = b"".join(map(as_json, told))
        for word in self._forbidden[who.partition("/")[0]]:
            if word in content:
                return {"leak": word.decode()}
        return {}

    def in_log(self, text: str) -> list[str]:
        """The canaries, and hashes, that stand in the server's log, where no personal text belongs."""
        return [word for word in (*self.words.values(), self.password, "$argon2") if word in text]

    def _of(self, tenant: str) -> list[bytes]:
        others = [word for name, word in self.words.items() if name != tenant]
        return [word.encode() for word in (*others, self.password, *HIDDEN)]


def _word(random: Random) -> str:
    return "".join(random.choice(LETTERS) for _ in range(9))
