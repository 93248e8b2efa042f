"""T8 to T11 while people work: a real process, real sockets. All that they ask is answered and told, memory is bounded, and
who does his worst is cut."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from premises import copy_of
from program import Program, a_program
from siege import Work, attaches, deaf, deaf_but_answers, siege, total

MOST_GROWTH, OF_A_CALL = (
    150,
    0.025,
)  # MiB; one client with T10 took 200 of stock python-socketio in 25 s, without an end
LONGEST = 60.0  # those who take nothing are cut after 30 s


@pytest.fixture
async def program(tmp_path: Path, furnished: Path) -> AsyncIterator[Program]:
    async with a_program(copy_of(furnished, tmp_path), CONNECT_SECONDS="2") as program:
        yield await program.starts()


async def test_t9_t10_t11_who_does_not_read_or_sends_attachments_is_cut_and_fifty_others_work_on(program: Program):
    cut = "callboard_connections_cut_total"
    bad = [deaf] * 7 + [deaf_but_answers] * 7 + [attaches] * 6
    report = await siege(
        program, Work(50), bad, 0, lambda so_far: total(so_far.figures, cut) >= 14 or so_far.seconds > LONGEST
    )
    assert total(report.figures, cut) == 14
    assert report.cut >= len(bad)
    assert report.answered > 0
    assert report.gaps == 0
    assert report.most - report.before < MOST_GROWTH + OF_A_CALL * report.answered
    assert program.is_running
    assert not [line for line in program.err if "Traceback" in line]


async def test_t8_hundreds_who_never_say_who_they_are_are_left_and_twenty_others_work_on(program: Program):
    refused = "callboard_refused_total"

    def is_enough(so_far) -> bool:
        return total(so_far.figures, refused) >= 160 or so_far.seconds > LONGEST

    report = await siege(program, Work(20, size=10, pause_s=0.05), [], 200, is_enough)
    assert report.cut == 200
    assert total(report.figures, refused, 'reason="silent"') == 80
    assert total(report.figures, refused, 'reason="too_slow"') == 80
    assert report.answered > 0
    assert report.gaps == 0
    assert report.most - report.before < MOST_GROWTH + OF_A_CALL * report.answered
    assert program.is_running
