"""Behind a real nginx that ends TLS, and behind two of them: who somebody is, where he comes from, and that what the
server says leaves at once. nginx is told nothing but what deploy/nginx.conf documents."""

import asyncio
import json

import pytest
from aiohttp import WSServerHandshakeError
from network import PATIENCE, PythonClient
from people import told

CALL = {"title": "No power", "customer_name": "Ms. Gray"}
CALLS = "/api/tenants/main/calls"


async def test_the_cookie_is_bound_to_the_host_and_to_https(people):
    bob = people.at("127.0.0.2")
    answer = await bob.signs_in("bob")
    (cookie,) = answer.headers.getall("Set-Cookie")
    assert cookie.startswith("__Host-callboard_session=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie
    answer, said = await bob.gets("/api/me")
    assert json.loads(said)["user"]["display_name"] == "Bob"
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    assert answer.headers["Server"] == "nginx", "of which version is nobody's business"


async def test_what_the_cookie_allows_must_come_from_a_page_of_ours(people):
    bob = people.at("127.0.0.2")
    await bob.signs_in("bob")
    answer, said = await bob.posts(CALLS, CALL)
    assert answer.status == 201, said
    for origin in ("https://evil.example", bob.url.replace("https:", "http:"), "null"):
        answer, said = await bob.posts(CALLS, CALL, Origin=origin)
        assert (answer.status, said["error"]["code"]) == (403, "forbidden")
        with pytest.raises(WSServerHandshakeError, match="403"):
            await bob.opens_socket(Origin=origin)


async def test_sign_in_failures_count_against_the_client_whatever_it_claims(people):
    mallory, bob = people.at("127.0.0.66"), people.at("127.0.0.2")
    statuses = []
    for number in range(12):
        mallory.headers["X-Forwarded-For"] = f"198.51.100.{number}"
        statuses.append((await mallory.signs_in(f"nobody{number}", "a wrong password")).status)
    assert statuses == [401] * 10 + [429] * 2
    assert (await bob.signs_in("bob")).status == 200, "somebody else is not held up"


async def test_a_session_is_listed_with_the_address_it_came_from(people):
    bob = people.at("127.0.0.2")
    bob.headers["X-Forwarded-For"] = "203.0.113.9"
    await bob.signs_in("bob")
    _, said = await bob.gets("/api/me/sessions")
    assert [session["address"] for session in json.loads(said)["items"]] == ["127.0.0.2"]


async def test_connections_count_against_the_client_whatever_it_claims(people):
    bob, carol = people.at("127.0.0.2"), people.at("127.0.0.3")
    for person, name in ((bob, "bob"), (carol, "carol")):
        await person.signs_in(name)
    open_ones = [await bob.opens_socket(**{"X-Forwarded-For": f"198.51.100.{number}"}) for number in range(2)]
    for socket in open_ones:
        await told(socket, "ready")
    third = await bob.opens_socket(**{"X-Forwarded-For": "198.51.100.3"})
    assert (await told(third, "error"))["error"]["code"] == "rate_limited"
    await told(await carol.opens_socket(), "ready")


async def test_a_websocket_goes_through(people):
    bob = people.at("127.0.0.2")
    await bob.signs_in("bob")
    socket = await bob.opens_socket()
    await told(socket, "ready")
    await socket.send_json({"type": "create_call", "ref": 1, "data": CALL})
    assert (await told(socket, "call_created"))["data"]["title"] == "No power"
    assert (await told(socket, "ack"))["ok"]


async def test_events_of_a_stream_come_at_once_one_by_one(people):
    bob = people.at("127.0.0.2")
    await bob.signs_in("bob")
    async with (
        asyncio.timeout(PATIENCE),
        bob.http.get(f"{bob.url}/api/tenants/main/realtime", headers=bob.headers) as stream,
    ):
        assert stream.headers["Content-Type"] == "text/event-stream"
        await stream.content.readuntil(b"event: ready\n")
        for title in ("one", "two", "three"):
            await bob.posts(CALLS, {**CALL, "title": title})
            await stream.content.readuntil(b"event: call_created\n")
            assert title.encode() in await stream.content.readline()


async def test_a_poll_that_waits_is_answered_when_there_is_news(people):
    bob = people.at("127.0.0.2")
    await bob.signs_in("bob")
    cursor = json.loads((await bob.gets("/api/me"))[1])["cursor"]
    waiting = asyncio.create_task(bob.gets(f"/api/tenants/main/changes?since={cursor}&wait=20"))
    await bob.posts(CALLS, CALL)
    _, said = await asyncio.wait_for(waiting, PATIENCE)
    assert [event["event"] for event in json.loads(said)["events"]] == ["call_created"]


@pytest.mark.parametrize("transports", [["websocket"], ["polling"], None], ids=["websocket", "polling", "upgrade"])
async def test_socket_io_goes_through(people, front, transports):
    bob = people.at("127.0.0.2")
    await bob.signs_in("bob")
    client = PythonClient(front.url, bob.token, transports=transports)
    client.sio.eio.http, client.sio.eio.external_http, client.headers = bob.http, True, bob.headers
    await client.connects()
    client.hush()
    assert (await client.asks("create_call", **CALL)).ok
    await client.hears("call_created")
    await client.sio.disconnect()


async def test_what_is_too_large_is_refused_in_our_words(people):
    bob = people.at("127.0.0.2")
    await bob.signs_in("bob")
    answer, said = await bob.posts(CALLS, {**CALL, "description": "x" * 300_000})
    assert (answer.status, said["error"]["code"]) == (413, "too_large")


async def test_the_figures_are_not_for_the_world(people):
    answer, said = await people.at("127.0.0.2").gets("/metrics")
    assert (answer.status, json.loads(said)["error"]["code"]) == (403, "forbidden")


async def test_the_board_is_served_with_its_policy(people, front):
    answer, said = await people.at("127.0.0.2").gets("/", Accept="text/html")
    assert answer.status == 200
    assert f"connect-src 'self' wss://localhost:{front.port}" in answer.headers["Content-Security-Policy"]
    assert b"<script" in said
