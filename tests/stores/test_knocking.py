"""Who wants the database knocks (rule D8): the holder hears of it, and nobody else gets in between. On both databases."""

import subprocess
import sys
import time

import pytest
from things import Writer, thing

from stores.errors import Locked

KNOCKING = """
import sys
from stores.database import Database
from stores.errors import Locked
database = Database(sys.argv[1], {})
try:
    database.lock(knock=True)
except Locked:
    print("knocks", flush=True)
sys.stdin.read()
"""


def until(condition):
    """The holder of an advisory lock looks twice a second."""
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def knocks(database):
    with pytest.raises(Locked, match="holds"):
        database.lock(knock=True)


def test_d8_the_holder_hears_that_somebody_knocks(open_database, url):
    holder, other = open_database(url), open_database(url)
    holder.lock()
    assert not holder.is_wanted
    knocks(other)
    until(lambda: holder.is_wanted)


def test_d8_who_only_waits_does_not_knock(open_database, url):
    holder, other = open_database(url), open_database(url)
    holder.lock()
    with pytest.raises(Locked):
        other.lock()
    knocks(open_database(url))  # so that there is something to wait for
    until(lambda: holder.is_wanted)


def test_d8_given_back_it_is_for_who_has_knocked_and_for_nobody_else(open_database, url):
    holder, other, third = (open_database(url) for _ in range(3))
    holder.lock()
    knocks(other)
    holder.unlock()
    for late in (holder, third):
        with pytest.raises(Locked, match="next"):
            late.lock()
    other.lock(knock=True)
    Writer(other).create(thing(1))
    assert not other.is_wanted


def test_d8_of_two_who_knock_one_is_next_and_then_hears_the_other(open_database, url):
    holder, other, third = (open_database(url) for _ in range(3))
    holder.lock()
    knocks(other)
    with pytest.raises(Locked):
        third.lock(knock=True)
    holder.unlock()
    with pytest.raises(Locked):
        third.lock(knock=True)
    other.lock()
    knocks(third)
    until(lambda: other.is_wanted)


def test_d8_who_gives_up_knocks_no_more(open_database, url):
    holder, other = open_database(url), open_database(url)
    holder.lock()
    knocks(other)
    until(lambda: holder.is_wanted)
    other.unlock()
    until(lambda: not holder.is_wanted)
    holder.unlock()
    holder.lock()


def test_d8_a_knock_ends_with_the_process_that_knocked(open_database, url):
    holder = open_database(url)
    holder.lock()
    command = [sys.executable, "-c", KNOCKING, url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"knocks\n"
        until(lambda: holder.is_wanted)
        holder.unlock()
        with pytest.raises(Locked, match="next"):
            holder.lock()
        other.kill()
        other.wait(10)
    until(lambda: got(holder))


def got(database):
    try:
        database.lock()
    except Locked:
        return False
    return True
