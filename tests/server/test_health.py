"""Whether the server lives and whether it can serve."""

from caller import Caller

from server.app import Callboard


async def test_an_open_server_lives_and_is_ready(somebody: Caller):
    assert (await somebody.gets("/healthz")).status == 200
    assert (await somebody.gets("/readyz")).status == 200


async def test_one_that_is_not_open_yet_lives_but_is_not_ready(board: Callboard, somebody: Caller, bob: Caller):
    board.is_open = False
    assert (await somebody.gets("/healthz")).status == 200
    assert (await somebody.gets("/readyz")).status == 503
    assert (await bob.gets("/api/me")).code == "unavailable"


async def test_one_that_ends_is_not_ready_and_takes_no_more_commands(board: Callboard, bob: Caller):
    board.is_draining = True
    assert (await bob.gets("/readyz")).status == 503
    answer = await bob.posts("calls", {"title": "x", "customer_name": "y"})
    assert (answer.code, answer.headers["Retry-After"]) == ("unavailable", "1")
    board.is_draining = False
    assert (await bob.gets("calls")).body["total"] == 0
