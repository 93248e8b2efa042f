from bench.replay import measure, rows


def test_a_small_journal_gives_every_figure():
    figures = measure("callboard", 0, calls=200, window=100, behind=50)
    assert {row.figure for row in rows()} == set(figures)
    assert all(value > 0 for value in figures.values())
