"""Tracking: what a customer may know of his repair, and for how long."""

from datetime import timedelta
from typing import Any

import orjson
from premises import id_of

from events.actor import SYSTEM, Caller
from events.tracking import read_code, tracked
from stores.record import encode


async def repair(desk: Any, **fields: Any) -> Any:
    shown = {"device_type": "Laptop", "reported_fault": "Dark screen", "customer_name": "Ms. Gray", **fields}
    return orjson.loads((await desk.do(SYSTEM, "create_service", None, **shown)).data)


async def seen(desk: Any, code: str, days: float = 0) -> Any:
    now = desk.clock.now() + timedelta(days=days)
    return orjson.loads(encode(await desk.read(None, lambda view: tracked(view, code, now))))


async def test_a_customer_sees_where_his_repair_stands_and_nothing_else(desk: Any) -> None:
    service = await repair(desk, promised_on="2026-12-01", price_minor=4900, customer_phone="030 1234567")
    assert await seen(desk, service["tracking_code"]) == {
        "number": "S-0001", "device_type": "Laptop", "status": "We have received your device.", "promised_on": "2026-12-01",
        "steps": [{"at": service["received_at"], "what": "We have received your device."}],
    }  # fmt: skip


async def test_the_page_ends_ninety_days_after_the_device_was_handed_back(desk: Any) -> None:
    service = await repair(desk)
    alice = Caller(id_of("alice"))
    await desk.do(alice, "complete_service", service["id"], outcome="declined")
    await desk.do(alice, "deliver_service", service["id"], delivered_to="Ms. Gray")
    code = service["tracking_code"]
    assert [step["what"] for step in (await seen(desk, code, 89))["steps"]][-1] == "You have it back."
    assert await seen(desk, code, 91) is None


async def test_another_code_shows_nothing(desk: Any) -> None:
    await repair(desk)
    assert await seen(desk, "2" * 12) is None


def test_a_code_may_be_typed_in_groups_and_small_letters() -> None:
    assert read_code("abcd-efgh 2345") == "ABCDEFGH2345"
    for wrong in ("", "ABC", "ABCDEFGH234O", "ABCDEFGH23456", "ABCDEFGH234,", "ÄBCDEFGH2345"):
        assert read_code(wrong) is None
