"""People who ask a desk, and short ways to ask it: what the tests of the D rules share."""

import orjson
from premises import id_of

from events.actor import Caller
from events.request import Request

ALICE, BOB, DORA = Caller(id_of("alice")), Caller(id_of("bob")), Caller(id_of("dora"))
CALL = {"title": "No power", "customer_name": "Ms. Gray"}


def ask(desk, caller, command, record_id=None, *, op_id=None, expected_version=None, **payload):
    request = Request(caller, desk.catalog.command(command), record_id, payload, op_id, expected_version)
    return desk.submit(request)


def told_of(desk) -> list:
    entries = []
    desk.listeners.append(entries.extend)
    return entries


def data(outcome) -> dict:
    return orjson.loads(outcome.json())["data"]
