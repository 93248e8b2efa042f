"""One process holds a database for life (rule D8)."""

import subprocess
import sys

import pytest

from stores.errors import Locked, Unreachable
from stores.lock import FileLock

HOLDER = """
import pathlib, sys
from stores.lock import FileLock
FileLock(pathlib.Path(sys.argv[1])).take()
print("taken", flush=True)
sys.stdin.read()
"""


def test_d8_two_databases_on_one_file_are_locked(open_database, url):
    first, second = open_database(url), open_database(url)
    first.lock()
    with pytest.raises(Locked):
        second.lock()
    first.unlock()
    second.lock()
    second.close()
    first.lock()


def test_d8_a_database_in_memory_needs_no_lock(open_database):
    first, second = open_database("sqlite://"), open_database("sqlite://")
    first.lock()
    second.lock()


def test_taking_a_lock_twice_is_one_taking(tmp_path):
    lock, other = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    lock.take()
    lock.take()
    lock.release()
    other.take()
    other.release()


def test_d8_the_lock_ends_with_the_process_that_held_it(tmp_path):
    path = tmp_path / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout.readline() == b"taken\n"
        with pytest.raises(Locked, match="lock"):
            FileLock(path).take()
        holder.kill()
        holder.wait(10)
    lock = FileLock(path)
    lock.take()
    lock.release()


def test_a_lock_that_cannot_be_opened_is_unreachable(tmp_path):
    with pytest.raises(Unreachable):
        FileLock(tmp_path / "missing" / "lock").take()
