"""C8 complains of memory that nothing explains, of alarming logs, and of ends that nobody asked for."""

from evidence import a_gust, a_line, a_truth, refused, said_of

from torture.checks.bounds import MIB, Bounds


def measured(mib: int, records: int = 10):
    return a_line("measured", "", rss=mib * MIB, records=records, entries=records)


def test_c8_memory_may_grow_with_what_it_holds():
    assert said_of(Bounds(), a_truth(), measured(160), measured(200)) == ""
    assert said_of(Bounds(), a_truth(), measured(160), measured(280, records=10_000)) == ""


def test_c8_memory_that_nothing_explains_is_a_leak():
    assert "more than the 272 MiB that these explain" in said_of(Bounds(), a_truth(), measured(160), measured(400))


def test_c8_a_traceback_in_the_log_was_not_foreseen():
    line = a_line("log", "", alarming=["Traceback …"], canaries=[])
    assert "the log says: Traceback" in said_of(Bounds(), a_truth(), line)


def test_c8_an_internal_error_was_not_foreseen():
    assert "`internal`" in said_of(Bounds(), a_truth(), refused(1, "internal"))


def test_c8_the_server_ends_only_when_something_ends_it():
    assert "ended by itself with code 1" in said_of(Bounds(), a_truth(), a_gust("ended", 5.0, code=1))
    assert said_of(Bounds(), a_truth(), a_gust("kill", 4.0), a_gust("ended", 5.0, code=-9)) == ""
    assert said_of(Bounds(), a_truth(), a_gust("fsync_fails", 4.0), a_gust("ended", 5.0, code=1)) == ""


def test_c8_d8_without_its_lock_on_the_database_the_server_must_end():
    cut, ended, over = a_gust("lock_cut", 1.0), a_gust("ended", 2.0, code=1), a_gust("over", 61.0, of="lock_cut")
    assert said_of(Bounds(), a_truth(), cut, ended, over) == ""
    assert said_of(Bounds(), a_truth(), cut, a_gust("over", 1.1, of="lock_cut")) == "", "it did not run, or had none"
    assert "went on 60 s without its lock" in said_of(Bounds(), a_truth(), cut, over)
