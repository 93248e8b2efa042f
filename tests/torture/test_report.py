"""What a run says at its end: also when it says nothing, and whether what was done again went wrong again."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from torture.checks.check import Complaint
from torture.report import report
from torture.run import Verdict, Wish
from torture.tally import Round, Tally

WISH = Wish(60, "s", 4, "everything", Path("folder"))
AGAIN = Wish(60, "s", 4, "calm", Path("folder"), replay=Path("short.jsonl"), then="C1 at 2.0 s: lost")
COMPLAINT = Complaint("C1", 2.0, "north/ann", "lost")


def said_of(wish: Wish = WISH, *complaints: Complaint, seen: int = 5, tally: Tally | None = None, never=()) -> str:
    screen = Console(width=200, file=StringIO())
    report(screen, Verdict(complaints, {"C1": ("Nothing is lost.", seen)}, tally or Tally(), [], never), wish)
    return screen.file.getvalue()  # type: ignore[attr-defined]


def test_a_promise_is_kept_broken_or_was_not_put_to_the_test():
    assert "C1 kept" in said_of()
    assert "C1 BROKEN" in said_of(WISH, COMPLAINT)
    said = said_of(seen=0)
    assert "C1 IDLE" in said
    assert "Nothing was held to C1" in said
    assert "Nothing was held" not in said_of()


def test_gusts_are_listed_with_their_counts_and_those_that_never_blew():
    tally = Tally()
    tally.gusts.update({"kill": 3, "cut": 1})
    said = said_of(tally=tally, never=["stop"])
    assert "3 kill, 1 cut" in said
    assert "stop" in said


def test_memory_is_told_round_by_round_and_of_long_runs_the_last_too():
    tally = Tally()
    tally.rounds = [Round(n * 2**20, (n + 1) * 2**20, n % 2) for n in range(100, 220)]
    said = said_of(tally=tally)
    assert "100 → 101 MiB\n" in said.replace(" \n", "\n").replace("  ", "")
    assert "219 → 220 MiB, started 1 times in between" in said
    assert said.count("memory, round") <= 12


@pytest.mark.parametrize(("complaints", "said"), [((COMPLAINT,), "It was again."), ((), "This time it was not.")])
def test_what_was_done_again_is_said_to_have_gone_wrong_again_or_not(complaints, said):
    told = said_of(AGAIN, *complaints)
    assert "this was broken: C1 at 2.0 s: lost" in told
    assert said in told
