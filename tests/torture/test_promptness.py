"""C7 complains of answers that come late, and counts no time in which weather stood in between."""

from evidence import ANN, BEN, a_gust, a_line, a_truth, answered, said_of, sent

from torture.checks.promptness import Promptness


def late(*between, until: float = 20.0) -> str:
    """Sent at 1 s, answered late."""
    return said_of(Promptness(), a_truth(), sent(1, at=1.0), *between, answered(1, at=until))


def test_c7_an_answer_within_ten_seconds_is_in_time():
    assert late(until=10.9) == ""


def test_c7_an_answer_after_ten_seconds_of_calm_is_late():
    assert "answered after 19.0 s of calm" in late()


def test_c7_silence_on_a_connection_that_stands_is_late_too():
    lines = (sent(1, at=1.0), a_line("unanswered", at=13.0, n=1, op="op", why="silence"))
    assert "still not answered after 12.0 s" in said_of(Promptness(), a_truth(), *lines)


def test_c7_who_was_cut_off_waits_for_nothing():
    lines = (sent(1, at=1.0), a_line("unanswered", at=13.0, n=1, op="op", why="gone"))
    assert said_of(Promptness(), a_truth(), *lines) == ""


def test_c7_time_in_which_the_server_was_away_does_not_count():
    assert late(a_gust("kill", 2.0), a_gust("over", 14.0, of="kill")) == ""
    assert late(a_gust("kill", 2.0), a_gust("over", 8.0, of="kill")) != ""


def test_c7_a_database_that_is_slow_or_cuts_sessions_is_no_excuse():
    assert late(a_gust("table_held", 2.0), a_gust("over", 4.0, of="table_held"), until=11.5) != ""
    assert late(a_gust("sessions_cut", 2.0, most=100), until=11.5) != ""


def test_c7_a_gust_that_is_not_over_yet_counts_as_one():
    assert late(a_gust("pause", 2.0)) == ""


def test_c7_a_gust_that_hit_another_client_is_no_excuse():
    hit = {"clients": [BEN], "passages": ["p1"]}
    assert late(a_gust("slow", 2.0, **hit), a_gust("over", 19.0, of="slow")) != ""
    mine = {"clients": [ANN], "passages": ["p1"]}
    assert late(a_gust("slow", 2.0, **mine), a_gust("over", 19.0, of="slow")) == ""


def test_c7_gusts_that_overlap_are_not_counted_twice():
    gusts = (a_gust("pause", 2.0), a_gust("slow", 3.0, clients=[ANN]), a_gust("over", 5.0, of="pause"))
    assert "of calm" in late(*gusts, a_gust("over", 6.0, of="slow"))


def test_c7_his_own_naps_and_our_own_delays_do_not_count():
    assert late(a_line("naps", at=2.0, seconds=10.0, conn="c1")) == ""
    assert late(a_line("lagged", "", at=15.0, seconds=12.0)) == ""


def test_c7_a_server_that_says_nothing_when_all_is_calm_is_mute():
    said = said_of(Promptness(), a_truth(), a_line("mute", "", said="SilenceError('no answer')"))
    assert "did not answer in a quiet moment" in said


def test_c7_an_errand_that_never_ends_is_never_answered():
    assert "under way 60 s after" in said_of(Promptness(), a_truth(), a_line("unsettled", seconds=60.0))
