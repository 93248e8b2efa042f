"""Passwords: which are good enough, how they are kept (argon2id through passlib's interface) and how they are checked.

Hashing takes some 25 ms and 19 MiB, so it runs off the event loop: as a command's `prepare`, or in a thread at sign-in.
"""

from collections.abc import Iterable

from passlib.context import CryptContext
from zxcvbn.frequency_lists import FREQUENCY_LISTS

SHORTEST, LONGEST = 10, 128

# OWASP's second choice for argon2id: 19 MiB, two passes, one lane; the default of 64 MiB would end a 512 MB host at 8 at once.
_HASHING = CryptContext(schemes=["argon2"], argon2__memory_cost=19_456, argon2__rounds=2, argon2__parallelism=1)
_COMMONEST = frozenset(FREQUENCY_LISTS["passwords"][:10_000])


def weakness(password: str, names: Iterable[str]) -> str | None:
    """Why this is not a good password, or None. `names` are those of user and tenant and the e-mail address."""
    if not SHORTEST <= len(password) <= LONGEST:
        return f"must have {SHORTEST} to {LONGEST} characters"
    plain = password.casefold()
    if plain in _COMMONEST:
        return "is one of the commonest passwords"
    if plain in {name.casefold() for name in names}:
        return "must not be a name or the e-mail address"
    return None


def hashed(password: str) -> str:
    """The password as it is kept. Takes its time."""
    return str(_HASHING.hash(password.encode("utf-8", "surrogatepass")))


def matches(password: str, password_hash: str) -> bool:
    """Whether this is the password. Takes its time, also where it is not."""
    # argon2 refuses more than 4096 bytes; nobody's password is longer than LONGEST characters.
    if len(password) > LONGEST:
        password = ""
    right = _HASHING.verify(password.encode("utf-8", "surrogatepass"), password_hash or NOBODY_HASH)
    return bool(right and password_hash)  # who came back from a deletion has no password until he is given one


# What an unknown e-mail address is checked against, so that it takes as long as a wrong password (PROTOCOL section 1).
NOBODY_HASH = hashed("nobody has this password, and nobody ever will")
