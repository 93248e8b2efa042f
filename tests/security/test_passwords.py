"""Passwords at the doors: which are taken, at each place where one is chosen, and how often somebody may guess.

The rules themselves are in tests/events/test_passwords.py, the limits of signing in in tests/server/test_identity.py.
"""

from typing import Any

import pytest
from caller import Caller
from commandline import Run
from opening import OpenBoard
from premises import PASSWORD, id_of
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from events.passwords import LONGEST, SHORTEST, weakness

COMMON = next(word for word in FREQUENCY_LISTS["passwords"] if len(word) >= SHORTEST)
WEAK = ["short", "x" * (LONGEST + 1), COMMON, COMMON.upper(), "Main Street Repairs", "main street repairs"]


def test_the_ten_thousand_commonest_are_refused():
    commonest = FREQUENCY_LISTS["passwords"][:10_000]
    assert len(commonest) == 10_000
    assert not [word for word in commonest if weakness(word, []) is None]


@pytest.mark.parametrize("weak", WEAK)
async def test_a_weak_one_is_chosen_nowhere(alice: Caller, bob: Caller, weak: str):
    new = {"email": "new@example.com", "display_name": "New", "role": "viewer", "password": weak}
    mine = f"users/{id_of('bob')}"
    for answer, field in (
        (await alice.posts("users", new), "password"),
        (await alice.posts(f"{mine}/reset_password", {"password": weak}), "password"),
        (await bob.posts(f"{mine}/change_password", {"current": PASSWORD, "new": weak}), "new"),
    ):
        assert (answer.code, list(answer.fields)) == ("invalid", [field])
        assert weak.encode() not in answer.raw


async def test_a_weak_one_is_not_chosen_at_the_set_up_either(open_board: OpenBoard, at):
    board = await open_board(empty=True)
    code = board.setup.link.rpartition("=")[2]
    form = {"code": code, "tenant_name": "Shop", "email": "a@example.com", "display_name": "A"}
    answer = await at(board).posts("/api/setup", {**form, "password": COMMON})
    assert (answer.code, list(answer.fields)) == ("invalid", ["password"])


def test_nor_at_a_terminal(callboard: Run, main_tenant: None):
    said = callboard("create-admin", "ada@example.org", stdin=f"{COMMON}\n")
    assert said.code == 1
    assert COMMON not in said.out + said.err


@pytest.mark.parametrize("good", ["пароль с пробелами", " spaces kept ", "x" * LONGEST, "\u0000 and 😀 and more"])
async def test_any_other_is_taken_as_it_is(alice: Caller, somebody: Caller, good: str):
    """Not cut, not trimmed, no kind of character asked for."""
    assert (await alice.posts(f"users/{id_of('bob')}/reset_password", {"password": good})).status == 200
    login: dict[str, Any] = {"email": "bob@example.com", "password": good}
    assert (await somebody.posts("/api/login", login)).status == 200
    for almost in (good[:-1], good.strip(" ")[:-1], good + "x"):
        assert (await somebody.posts("/api/login", {**login, "password": almost})).code == "unauthenticated"


async def test_who_is_in_guesses_the_password_no_faster(bob: Caller):
    """A session that was left open, or stolen: the password is not to be found out with it."""
    mine, guess = f"users/{id_of('bob')}/change_password", {"current": "a wrong password", "new": "another password"}
    told = [(await bob.posts(mine, guess)).code for _ in range(12)]
    assert told == ["invalid"] * 10 + ["rate_limited"] * 2
    right = await bob.posts(mine, {"current": PASSWORD, "new": "another password"})
    assert (right.code, int(right.headers["Retry-After"]) > 0) == ("rate_limited", True)
