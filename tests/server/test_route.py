"""Requests are named by the template of their address."""

from server.app import Callboard
from server.route import UNHURRIED


async def test_each_address_where_clients_wait_is_one_that_is_served(board: Callboard):
    served = {route.resource.canonical for route in board.web.router.routes() if route.resource is not None}
    assert served >= UNHURRIED
