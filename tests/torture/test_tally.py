"""Figures for people: what blew how often, and the server's memory, round by round."""

from evidence import a_gust, a_line, answered, refused, sent

from torture.tally import Round, Tally


def tally_of(*lines) -> Tally:
    tally = Tally()
    for line in lines:
        tally.see(line)
    return tally


def measured(rss: int, **metrics: float):
    return a_line("measured", "", rss=rss, metrics=metrics)


def test_gusts_are_counted_by_kind_and_what_became_of_the_process_beside_them():
    gusts = (a_gust("kill", 1), a_gust("ended", 1, code=-9), a_gust("started", 2), a_gust("over", 3, of="kill"))
    tally = tally_of(*gusts, a_gust("kill", 4))
    assert (tally.gusts, tally.host) == ({"kill": 2}, {"ended": 1, "started": 1})


def test_memory_is_told_before_and_after_each_round_with_the_starts_in_between():
    rounds = (measured(5), a_gust("started", 1), a_gust("started", 2), measured(7), measured(8))
    assert tally_of(*rounds).rounds == [Round(5, 7, 2), Round(7, 8, 0)]


def test_answers_are_counted_by_what_they_say():
    tally = tally_of(sent(1), answered(1), answered(2, repeated=True), refused(3, "taken"))
    assert tally.codes == {"ok": 1, "repeated": 1, "taken": 1}


def test_counters_of_a_server_that_began_anew_are_added():
    tally = tally_of(measured(1, cuts=5.0), measured(1, cuts=7.0), measured(1, cuts=2.0))
    assert tally.server == {"cuts": 9}
