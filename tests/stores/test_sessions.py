"""Who is signed in survives a restart; what ended is gone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from things import NOON

from stores.errors import DataRejected
from stores.sessions import Session

SESSION = Session("s1", "hash1", "t", "u1", 3, NOON, NOON, NOON + timedelta(days=1), "127.0.0.1", "browser")


def test_sessions_survive_a_restart(open_database, database, url):
    database.put_session(SESSION)
    database.close()
    assert open_database(url).sessions() == [SESSION]


def test_ended_sessions_are_gone_and_unknown_ones_are_none(database):
    database.put_session(SESSION)
    database.put_session(replace(SESSION, id="s2", token_sha256="hash2"))
    database.end_sessions(["s1", "unknown"])
    database.end_sessions([])
    assert [each.id for each in database.sessions()] == ["s2"]


def test_a_session_put_again_replaces_itself(database):
    database.put_session(SESSION)
    database.put_session(replace(SESSION, address="10.0.0.1"))
    assert [each.address for each in database.sessions()] == ["10.0.0.1"]


def test_sessions_are_touched_many_at_once(database):
    later = NOON + timedelta(hours=1)
    database.put_session(SESSION)
    database.touch_sessions({"s1": later, "unknown": NOON})
    database.touch_sessions({})
    assert database.sessions() == [replace(SESSION, seen_at=later)]


def test_two_sessions_never_share_a_token(database):
    database.put_session(SESSION)
    with pytest.raises(DataRejected):
        database.put_session(replace(SESSION, id="s2"))
