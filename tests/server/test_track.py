"""A customer follows his repair by its code, over HTTP and without signing in."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientSession
from caller import Caller
from listening import Listening
from opening import Moved

from server import track
from server.app import Callboard

REPAIR = {"device_type": "Laptop", "reported_fault": "Dark screen", "customer_name": "Ms. Gray"}
WRONG = "2345" * 3

Opens = Callable[[str], Any]


@pytest.fixture
async def opens(somebody: Caller) -> AsyncIterator[Opens]:
    """Opens the stream of a code."""
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(ClientSession())

        async def answer(code: str) -> ClientResponse:
            response = await http.get(f"{somebody.base}/api/track/{code}/realtime", timeout=None)
            stack.callback(response.close)
            return response

        yield answer


@pytest.fixture
def follows(opens: Opens) -> Opens:
    async def listening(code: str) -> Listening:
        response = await opens(code)
        assert response.status == 200
        return Listening(response)

    return listening


async def eventually(condition: Callable[[], Any]) -> None:
    """Until something that no event tells has come true."""
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_whoever_has_the_code_sees_where_the_repair_stands(alice: Caller, somebody: Caller):
    service = await alice.does("services", **REPAIR)
    answer = await somebody.gets(f"/api/track/{service['tracking_code']}")
    assert answer.status == 200
    assert answer.body.keys() == {"number", "device_type", "status", "promised_on", "steps"}
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex"


async def test_a_code_typed_in_groups_is_the_same_code(alice: Caller, somebody: Caller):
    code = (await alice.does("services", **REPAIR))["tracking_code"].lower()
    assert (await somebody.gets(f"/api/track/{code[:4]}-{code[4:8]}-{code[8:]}")).status == 200


@pytest.mark.parametrize("tail", ["", "/realtime"])
async def test_nobody_guesses_codes(alice: Caller, somebody: Caller, tail: str):
    code = (await alice.does("services", **REPAIR))["tracking_code"]
    for guess in range(10):
        assert (await somebody.gets(f"/api/track/{'2345' * 2}222{guess % 8 + 2}{tail}")).code == "not_found"
    answer = await somebody.gets(f"/api/track/{code}{tail}")
    assert answer.code == "rate_limited"
    assert int(answer.headers["Retry-After"]) > 0


# -- live ----------------------------------------------------------------------------------------------------------


async def test_the_page_is_told_at_once_and_then_each_step(alice: Caller, somebody: Caller, follows: Opens):
    service = await alice.does("services", **REPAIR)
    page = await follows(service["tracking_code"])
    assert page.response.headers["Content-Type"] == "text/event-stream"
    assert page.response.headers["Cache-Control"] == "no-store"
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    assert page.response.headers["X-Robots-Tag"] == "noindex"
    name, shown, _ = await page.next()
    assert (name, shown) == ("tracked", (await somebody.gets(f"/api/track/{service['tracking_code']}")).body)
    for path, fields in (
        ("advance", {"status": "in_repair"}), ("complete", {"outcome": "repaired", "work_done": "New panel"}),
    ):  # fmt: skip
        await alice.does(f"services/{service['id']}/{path}", **fields)
        shown = await page.until("tracked")
        assert shown == (await somebody.gets(f"/api/track/{service['tracking_code']}")).body
    assert shown["steps"][-1]["what"] == "It is ready to be picked up."


async def test_what_the_customer_cannot_see_is_not_told(alice: Caller, follows: Opens):
    service, other = await alice.does("services", **REPAIR), await alice.does("services", **REPAIR)
    page = await follows(service["tracking_code"])
    await page.until("tracked")
    await alice.asks("PATCH", f"services/{service['id']}", {"customer_phone": "030 1234567"})
    await alice.does("notes", resource="services", record_id=service["id"], text="He will call back")
    await alice.does(f"services/{other['id']}/advance", status="in_repair")
    await alice.does(f"services/{service['id']}/advance", status="diagnosing")
    assert (await page.until("tracked"))["status"] == "We are finding out what is wrong."


async def test_a_deleted_repair_ends_its_page(alice: Caller, follows: Opens, opens: Opens):
    service = await alice.does("services", **REPAIR)
    page = await follows(service["tracking_code"])
    await page.until("tracked")
    await alice.asks("DELETE", f"services/{service['id']}")
    assert (await page.next())[0] == "ended"
    await page.ends()
    assert (await opens(service["tracking_code"])).status == 404


async def test_an_open_page_ends_ninety_days_after_delivery_and_shows_signs_of_life_till_then(
    alice: Caller, follows: Opens, clock: Moved, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(track, "HEARTBEAT_S", 0.05)
    service = await alice.does("services", **REPAIR)
    page = await follows(service["tracking_code"])
    await alice.does(f"services/{service['id']}/complete", outcome="declined")
    await alice.does(f"services/{service['id']}/deliver", delivered_to="Ms. Gray")
    while (await page.until("tracked"))["status"] != "You have it back.":
        pass
    before = len(page.comments)
    clock.by = timedelta(days=91)
    assert (await page.next())[0] == "ended"
    await page.ends()
    assert len(page.comments) > before


async def test_one_address_opens_only_so_many_pages_and_who_leaves_makes_room(
    alice: Caller, board: Callboard, opens: Opens, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(track, "MOST_OF_ADDRESS", 2)
    code = (await alice.does("services", **REPAIR))["tracking_code"]
    pages = [await opens(code) for _ in range(2)]
    refused = await opens(code)
    assert (refused.status, (await refused.json(content_type=None))["error"]["code"]) == (429, "rate_limited")
    pages[0].close()
    await eventually(lambda: len(board.tracks._streams) == 1)
    assert (await opens(code)).status == 200


async def test_so_many_pages_are_open_in_all(alice: Caller, opens: Opens, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(track, "MOST", 1)
    code = (await alice.does("services", **REPAIR))["tracking_code"]
    assert (await opens(code)).status == 200
    assert (await opens(code)).status == 503


async def test_o7_a_server_that_stops_says_when_to_come_back(alice: Caller, board: Callboard, follows: Opens):
    page = await follows((await alice.does("services", **REPAIR))["tracking_code"])
    await page.until("tracked")
    stopping = asyncio.create_task(board.stop())
    await page.opening()
    assert len(page.retry) == 2
    await page.ends()
    await stopping
