"""Requests are counted by the template of their address; how long they took too, where nobody waits on purpose."""

from typing import Any

from caller import Caller

from server.app import Callboard
from server.route import UNHURRIED


async def test_each_request_is_counted_and_timed_once(board: Callboard, somebody: Caller):
    await somebody.gets("/healthz")
    await somebody.gets("/healthz")
    assert board.traffic.requests["GET", "/healthz", "200"] == 2
    assert sum(board.traffic.took["GET", "/healthz"].counts) == 2


async def test_where_clients_wait_on_purpose_nothing_is_timed(board: Callboard, bob: Caller):
    cursor: Any = (await bob.gets("/api/me")).body["cursor"]
    await bob.gets(f"changes?since={cursor}")
    assert board.traffic.requests["GET", "/api/tenants/{slug}/changes", "204"] == 1
    assert not {route for _, route in board.traffic.took} & UNHURRIED


async def test_methods_that_nobody_knows_are_one(board: Callboard, somebody: Caller):
    for method in ("PROPFIND", "MKCOL"):
        await somebody.asks(method, "/healthz")
    assert board.traffic.requests["other", "none", "405"] == 2
