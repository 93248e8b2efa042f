"""A passage: what each reader hears of some entries in a row, in one piece."""

import random
from typing import Any

import pytest
from readership import KEYS, Slate, entry, random_entry

from events import passage as passage_module
from events.passage import Passage, passages
from events.telling import how_told

EVERYTHING = frozenset(("calls", "users"))


def heard(
    passage: Passage, *keys: str, user: str = "me", after: int = 0, resources: frozenset[str] = EVERYTHING
) -> Any:
    pattern = passage.after(passage.pattern(keys, user), after)
    return [line.strip() for line in passage.piece(Slate(), resources, pattern).decode().splitlines()]


@pytest.mark.parametrize("seed", range(30))
def test_v3_what_is_told_together_is_what_would_be_told_one_by_one(seed: int):
    dice = random.Random(seed)
    entries = [random_entry(dice, seq) for seq in range(10, 10 + dice.randrange(1, 64))]
    passage, lines = Passage(entries), 0
    for _ in range(20):
        keys, user = frozenset(dice.sample(KEYS, dice.randrange(4))), dice.choice(["ann", "bob", "me"])
        resources = dice.choice([EVERYTHING, frozenset(["users"]), frozenset()])
        after = dice.choice([0, 9, 10, 30])
        hows = [(each.seq, how_told(each, keys, resources, user)) for each in entries if each.seq > after]
        alone = [f"{seq} {how}" for seq, how in hows if how is not None]
        assert heard(passage, *keys, user=user, after=after, resources=resources) == alone
        lines += len(alone)
    assert lines


def test_o1_one_event_is_encoded_once_for_all_who_hear_it_whatever_else_they_hear():
    passage = Passage(
        [entry(1), entry(2, "user:ann"), entry(3, keys_before=("user:ann", "member"), keys_after=("member",))]
    )
    slate = Slate()
    for keys in (("member",), ("user:ann",), ("member", "user:ann"), ("member",)):
        passage.piece(slate, EVERYTHING, passage.pattern(keys, "me"))
    assert sorted(slate.made) == ["1 full", "2 full", "3 full", "3 hidden"]


def test_o1_who_hears_the_same_gets_the_same_bytes():
    passage, slate = Passage([entry(1), entry(2)]), Slate()
    ann, bob = (passage.piece(slate, EVERYTHING, passage.pattern(("member", f"user:{n}"), n)) for n in ("ann", "bob"))
    assert ann is bob
    assert ann == passage.piece(Slate(), EVERYTHING, passage.pattern(("member",), "me"))


def test_two_doors_write_in_their_own_ways():
    passage, one, other = Passage([entry(1)]), Slate(), Slate()
    for slate in (one, other):
        passage.piece(slate, EVERYTHING, passage.pattern(("member",), "me"))
    assert one.made == other.made == ["1 full"]


def test_nothing_to_hear_is_nothing_to_send():
    assert heard(Passage([entry(1)]), "role:admin") == []
    assert heard(Passage([entry(1)]), "member", after=1) == []


def test_pieces_for_very_many_audiences_are_not_all_kept(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(passage_module, "MOST_HELD", 500)
    passage = Passage([entry(seq, *(f"user:{n}" for n in range(64) if n >> seq & 1), size=20) for seq in range(6)])
    for n in range(64):
        passage.piece(Slate(), EVERYTHING, passage.pattern((f"user:{n}",), f"{n}"))
        assert sum(map(len, passage._pieces.values())) < 1_200


def test_a_passage_ends_where_it_is_large_enough():
    sizes = [len(each.entries) for each in passages(entry(seq, size=20_000) for seq in range(1, 11))]
    assert sizes == [4, 4, 2]
    many = list(passages(entry(seq) for seq in range(1, 131)))
    assert [len(each.entries) for each in many] == [64, 64, 2]
    assert [(each.first, each.last) for each in many] == [(1, 64), (65, 128), (129, 130)]


def test_v4_a_passage_ends_with_a_change_of_rights():
    made = list(passages([entry(1), entry(2, rights_of="ann"), entry(3), entry(4)]))
    assert [[each.seq for each in passage.entries] for passage in made] == [[1, 2], [3, 4]]
    assert [passage.rights_of for passage in made] == ["ann", None]


def test_no_entries_make_no_passage():
    assert list(passages([])) == []
