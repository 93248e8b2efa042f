"""Canaries are told apart: one's own words are no leak, another team's, passwords and hidden fields are."""

from random import Random

from torture.secrecy import Secrecy

SECRECY = Secrecy(Random(7), ("north", "south"))


def test_my_own_teams_words_are_for_me():
    assert SECRECY.leak("north/ann", {"title": SECRECY.words["north"]}) == {}


def test_another_teams_words_a_password_and_a_hidden_field_are_not():
    told = ({"title": SECRECY.words["south"]}, {"new": f"{SECRECY.password}-1"}, {"password_hash": "x"}, "$argon2id$")
    assert all(SECRECY.leak("north/ann", each) for each in told)


def test_the_log_holds_nobodys_words():
    assert SECRECY.in_log("a call was taken") == []
    assert SECRECY.in_log(f"refused: {SECRECY.words['north']}") == [SECRECY.words["north"]]
