"""Passwords: which are refused, and that what is kept tells nothing."""

import pytest

from events.passwords import LONGEST, NOBODY_HASH, hashed, matches, weakness

GOOD = "correct horse battery"


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "10 to 128"), ("x" * (LONGEST + 1), "10 to 128"), ("1234567890", "commonest"), ("QWERTYUIOP", "commonest"),
        ("Ada Lovelace", "name"), ("ADA@EXAMPLE.ORG", "name"),
    ],
)  # fmt: skip
def test_a_weak_password_is_refused_with_the_reason(password: str, why: str):
    assert why in str(weakness(password, ["Ada Lovelace", "ada@example.org"]))


@pytest.mark.parametrize("password", [GOOD, "пароль с пробелами", "😀" * 10, " leading and trailing ", "x" * LONGEST])
def test_any_characters_will_do(password: str):
    assert weakness(password, ["Ada Lovelace"]) is None
    assert matches(password, hashed(password))


def test_what_is_kept_is_argon2id_and_never_twice_the_same():
    first, second = hashed(GOOD), hashed(GOOD)
    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert first != second
    assert GOOD not in first


def test_a_wrong_password_does_not_match_and_an_overlong_one_does_no_harm():
    kept = hashed(GOOD)
    assert not matches("correct horse batterz", kept)
    assert not matches("x" * 100_000, kept)


def test_nobody_has_the_password_of_nobody_and_who_has_none_has_none():
    assert not matches(GOOD, NOBODY_HASH)
    for guess in ("", "nobody has this password, and nobody ever will"):
        assert not matches(guess, "")
