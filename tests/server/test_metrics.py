"""The figures, and who may see them."""

from caller import Caller
from opening import OpenBoard


async def test_this_machine_sees_the_figures(bob: Caller):
    await bob.does("calls", title="x", customer_name="y")
    text = (await bob.gets("/metrics")).raw.decode()
    assert 'callboard_http_requests_total{method="POST",route="/api/tenants/{slug}/{plural}",status="201"} 1.0' in text
    assert "callboard_changes_total 7.0" in text
    assert "callboard_sessions 1.0" in text


async def test_a_request_that_a_proxy_passed_on_is_not_from_this_machine(somebody: Caller):
    assert (await somebody.gets("/metrics", X_Forwarded_For="198.51.100.7")).code == "forbidden"


async def test_who_knows_the_token_sees_them_from_anywhere(open_board: OpenBoard, at):
    far = at(await open_board(metrics_token="a token")).with_(X_Forwarded_For="198.51.100.7")
    assert (await far.gets("/metrics")).code == "forbidden"
    assert (await far.gets("/metrics", Authorization="Bearer wrong")).code == "forbidden"
    assert (await far.gets("/metrics", Authorization="Bearer a token")).status == 200


async def test_two_boards_in_one_process_count_for_themselves(open_board: OpenBoard, at, bob: Caller):
    other = at(await open_board(empty=True))
    await bob.does("calls", title="x", customer_name="y")
    assert b'status="201"' not in (await other.gets("/metrics")).raw
