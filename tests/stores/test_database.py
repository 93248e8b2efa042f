"""The one door to the durable memory, seen from one life to the next."""

from things import Writer, thing


def test_what_was_committed_in_one_life_is_there_in_the_next(open_database, url):
    first = open_database(url)
    first.lock()
    Writer(first).create(thing(1), thing(2))
    first.close()

    second = open_database(url)
    second.lock()
    assert second.open_desk("t").records["things"] == [thing(1), thing(2)]
    assert second.path is None or second.path.name == "board.db"


def test_two_databases_live_in_one_process(open_database, new_url):
    one, two = open_database(new_url("1")), open_database(new_url("2"))
    Writer(one).create(thing(1))
    assert two.open_desk("t").records["things"] == []
    assert one.metadata is not two.metadata


def test_databases_in_memory_are_apart(open_database):
    one, two = open_database("sqlite://"), open_database("sqlite://")
    Writer(one).create(thing(1))
    assert two.open_desk("t").head == 0
    assert one.open_desk("t").head == 1
