"""What a request brings along, checked for form."""

import pytest
from caller import Caller

CALL = {"title": "No power", "customer_name": "Ms. Gray"}


@pytest.mark.parametrize(
    "raw", [b"{", b"\xff", b'{"title": NaN}', b'{"title": "\\ud800"}', b"[" * 100_000, b'{"a":1}x']
)
async def test_t14_what_is_no_json_is_invalid(bob: Caller, raw: bytes):
    answer = await bob.asks("POST", "calls", raw, Content_Type="application/json")
    assert (answer.status, answer.code) == (422, "invalid")


@pytest.mark.parametrize("raw", [b"[]", b'"text"', b"null", b"7"])
async def test_json_that_is_no_object_is_invalid(bob: Caller, raw: bytes):
    answer = await bob.asks("POST", "calls", raw, Content_Type="application/json")
    assert (answer.status, answer.code) == (422, "invalid")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
async def test_only_json_is_taken(bob: Caller, content_type: str):
    answer = await bob.asks("POST", "calls", b'{"title":"x","customer_name":"y"}', Content_Type=content_type)
    assert (answer.status, answer.headers["Content-Type"]) == (415, "application/problem+json")
    assert answer.body["status"] == 415


async def test_json_may_name_its_character_set(bob: Caller):
    answer = await bob.posts("calls", CALL, Content_Type="application/json; charset=utf-8")
    assert answer.status == 201


async def test_no_body_is_an_empty_one(bob: Caller):
    call = await bob.does("calls", **CALL)
    assert (await bob.asks("POST", f"calls/{call['id']}/claim")).status == 200


async def test_more_than_256_kib_is_too_large(bob: Caller):
    answer = await bob.posts("calls", {**CALL, "description": "x" * 256 * 1024})
    assert (answer.status, answer.code) == (413, "too_large")


async def test_what_is_too_large_is_said_before_who_asks(somebody: Caller):
    assert (await somebody.posts("calls", {**CALL, "description": "x" * 256 * 1024})).code == "too_large"
    assert (await somebody.posts("calls", CALL)).code == "unauthenticated"


async def test_more_than_256_kib_without_a_length_is_too_large(bob: Caller):
    async def pieces():
        for _ in range(300):
            yield b" " * 1024

    headers = {**bob.headers, "Content-Type": "application/json"}
    async with bob.http.post(f"{bob.base}/api/tenants/main/calls", data=pieces(), headers=headers) as response:
        assert (response.status, (await response.json(content_type=None))["error"]["code"]) == (413, "too_large")


@pytest.mark.parametrize("header", ["7", '"x"', '"-1"', "*", '"7", "8"', '"99999999999999999"'])
async def test_a_malformed_version_header_is_invalid(bob: Caller, header: str):
    call = await bob.does("calls", **CALL)
    answer = await bob.asks("PATCH", f"calls/{call['id']}", {"title": "x"}, If_Match=header)
    assert (answer.status, list(answer.fields)) == (422, ["expected_version"])


async def test_what_stands_in_header_or_address_may_not_stand_in_the_body_too(bob: Caller):
    call = await bob.does("calls", **CALL)
    for body, headers in (
        ({"expected_version": call["version"]}, {"If_Match": f'"{call["version"]}"'}),
        ({"op_id": "one"}, {"Idempotency_Key": "two"}),
        ({"id": call["id"]}, {}),
    ):
        answer = await bob.asks("PATCH", f"calls/{call['id']}", {"title": "x", **body}, **headers)
        assert (answer.status, list(answer.fields)) == (422, list(body))


async def test_a_parameter_given_twice_is_invalid(bob: Caller):
    assert (await bob.gets("calls?status=new&status=assigned")).fields == {"status": "is given twice"}


async def test_a_parameter_that_nobody_knows_is_invalid(bob: Caller):
    assert list((await bob.gets("search?words=x")).fields) == ["words"]
    assert list((await bob.gets("calls?colour=red")).fields) == ["colour"]
