"""C9 complains of what was found after the end."""

from evidence import a_line, a_truth, said_of

from torture.checks.afterwards import Afterwards


def test_c9_what_was_found_well_is_well():
    assert said_of(Afterwards(), a_truth(), a_line("afterwards", what="it stops with 0", ok=True, said="")) == ""


def test_c9_what_was_found_wrong_is_said():
    line = a_line("afterwards", what="it stops with 0", ok=False, said="it ended with 1")
    assert "it stops with 0: it ended with 1" in said_of(Afterwards(), a_truth(), line)
