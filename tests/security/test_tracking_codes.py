"""What a stranger gets who tries codes, and what a customer gets besides the state of his repair: nothing.

The page itself, live and over, is in tests/server/test_track.py.
"""

import math
from datetime import timedelta
from typing import Any

import pytest
from caller import Caller
from opening import Moved, OpenBoard

from events.resources import service as service_file
from events.resources.service import TRACKING_ALPHABET, new_tracking_code

PRIVATE = {
    "customer_name": "Ms. Canary", "customer_phone": "+44 1632 960001", "serial_number": "canary-serial",
    "brand": "canary-brand", "model": "canary-model", "condition": "canary-condition", "accessories": ["canary-bag"],
    "reported_fault": "canary-fault", "estimate_minor": 424_242, "price_minor": 535_353, "currency": "CHF",
}  # fmt: skip
NEVER = ("canary", "Canary", "960001", "424242", "535353", "CHF", "Alice", "Bob")
SHOWN = {"number", "device_type", "status", "promised_on", "steps"}


async def a_repair(alice: Caller, **more: Any) -> Any:
    return await alice.does("services", device_type="Laptop", **{**PRIVATE, **more})


async def test_of_a_repair_full_of_secrets_five_things_are_shown(alice: Caller, somebody: Caller):
    service = await a_repair(alice)
    await alice.does("notes", resource="services", record_id=service["id"], text="canary-note")
    await alice.does(f"services/{service['id']}/advance", status="in_repair")
    await alice.does(f"services/{service['id']}/complete", outcome="repaired", work_done="canary-work")
    await alice.does(f"services/{service['id']}/deliver", delivered_to="Ms. Canary")
    answer = await somebody.gets(f"/api/track/{service['tracking_code']}")
    assert answer.body.keys() == SHOWN
    assert all(step.keys() == {"at", "what"} for step in answer.body["steps"])
    said = answer.raw.decode() + str(answer.headers)
    assert not [word for word in (*NEVER, service["id"], service["tracking_code"]) if word in said]


async def test_the_live_page_shows_no_more(alice: Caller, somebody: Caller):
    service = await a_repair(alice)
    address = f"{somebody.base}/api/track/{service['tracking_code']}/realtime"
    async with somebody.http.get(address) as answer:
        said = b""
        while b"event: tracked" not in said or not said.endswith(b"\n\n"):
            said += await answer.content.readany()
        answer.close()
    assert not [word for word in (*NEVER, service["id"], service["tracking_code"]) if word.encode() in said]


def test_a_code_is_made_of_59_random_bits(monkeypatch: pytest.MonkeyPatch):
    assert len(TRACKING_ALPHABET) == len(set(TRACKING_ALPHABET)) == 31
    assert 12 * math.log2(len(TRACKING_ALPHABET)) > 59
    drawn: list[str] = []
    monkeypatch.setattr(service_file.secrets, "choice", lambda letters: drawn.append(letters) or letters[0])
    assert new_tracking_code() == TRACKING_ALPHABET[0] * 12
    assert drawn == [TRACKING_ALPHABET] * 12


async def test_nobody_chooses_a_code(alice: Caller):
    for path, method in (("services", "POST"), ("services/x", "PATCH")):
        service = await a_repair(alice)
        answer = await alice.asks(method, path.replace("x", service["id"]), {"tracking_code": "ABCDEFGH2345"})
        assert answer.fields["tracking_code"] == "is not a field of this command"


@pytest.mark.parametrize(
    "code", ["ABCDEFGH2345", "ABC", "A" * 5_000, "%00", "ABCDEFGH234O", "' OR 1=1", "..%2f..", "*"]
)
async def test_a_code_that_is_none_and_one_that_might_be_are_answered_alike(somebody: Caller, code: str):
    answer, other = await somebody.gets(f"/api/track/{code}"), await somebody.gets("/api/track/ZZZZZZZZ9999")
    assert (answer.status, answer.raw) == (other.status, other.raw)
    assert answer.headers["Cache-Control"] == "no-store"


async def test_what_is_over_looks_as_what_never_was(
    board: Any, alice: Caller, somebody: Caller, clock: Moved, open_board: OpenBoard
):
    service = await a_repair(alice)
    for path, fields in (
        ("advance", {"status": "in_repair"}), ("complete", {"outcome": "repaired", "work_done": "x"}),
        ("deliver", {"delivered_to": "x"}),
    ):  # fmt: skip
        await alice.does(f"services/{service['id']}/{path}", **fields)
    assert (await somebody.gets(f"/api/track/{service['tracking_code']}")).status == 200
    clock.by = timedelta(days=91)
    over = await somebody.gets(f"/api/track/{service['tracking_code']}")
    never = await somebody.gets("/api/track/ZZZZZZZZ9999")
    assert (over.status, over.raw) == (never.status, never.raw) == (404, over.raw)


async def test_guesses_are_counted_together_and_by_household(open_board: OpenBoard, at):
    """On both addresses, whatever header is forged, and over all addresses of one IPv6 network."""
    board = await open_board(trusted_proxies="1")
    somebody = at(board)
    for guess in range(10):
        tail = "/realtime" if guess % 2 else ""
        by = f"6.6.6.{guess}, 2001:db8:1:2::{guess:x}"
        assert (await somebody.gets(f"/api/track/ZZZZZZZZ999{guess % 8 + 2}{tail}", X_Forwarded_For=by)).status == 404
    held = await somebody.gets("/api/track/ZZZZZZZZ9999", X_Forwarded_For="2001:db8:1:2:ffff::1")
    assert held.code == "rate_limited"
    assert (await somebody.gets("/api/track/ZZZZZZZZ9999", X_Forwarded_For="2001:db8:1:3::1")).code == "not_found"


async def test_a_code_opens_nothing_else(alice: Caller, somebody: Caller):
    code = (await a_repair(alice))["tracking_code"]
    for who in (somebody.with_(Authorization=f"Bearer {code}"), somebody.with_(Cookie=f"callboard_session={code}")):
        for path in ("/api/me", "services", f"services/{code}", f"services?tracking_code={code}"):
            assert (await who.gets(path)).code == "unauthenticated"
    for method in ("POST", "PATCH", "DELETE", "PUT"):
        assert (await somebody.asks(method, f"/api/track/{code}")).status == 405
