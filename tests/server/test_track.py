"""A customer follows his repair by its code, over HTTP and without signing in."""

from conftest import Caller

REPAIR = {"device_type": "Laptop", "reported_fault": "Dark screen", "customer_name": "Ms. Gray"}


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


async def test_nobody_guesses_codes(alice: Caller, somebody: Caller):
    code = (await alice.does("services", **REPAIR))["tracking_code"]
    for guess in range(10):
        assert (await somebody.gets(f"/api/track/{'2345' * 2}222{guess % 8 + 2}")).code == "not_found"
    answer = await somebody.gets(f"/api/track/{code}")
    assert answer.code == "rate_limited"
    assert int(answer.headers["Retry-After"]) > 0
