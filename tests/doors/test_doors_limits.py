"""What one user or one address may have open, and how much a connection may ask (PROTOCOL section 7)."""

import asyncio

import pytest


@pytest.mark.parametrize("settings", [{"connections_per_user": 2}])
async def test_too_many_connections_of_one_user_are_refused_and_others_are_not(comes, transport):
    first = await comes("bob", transport)
    await comes("bob")
    third = await comes.stands("bob", transport)
    said = await third.is_refused()
    assert said.data == {"code": "rate_limited", "retry": True}
    await comes("carol")
    await first.close()
    await third.connects()


@pytest.mark.parametrize("settings", [{"connections_per_user": 3}, {"connections_per_address": 3}])
async def test_a_limit_holds_for_those_who_come_in_the_same_moment_too(comes):
    crowd = [await comes.stands("bob") for _ in range(10)]
    await asyncio.gather(*(client.open() for client in crowd))
    for client in crowd:
        await client.until(lambda: client.first("ready") or client.log)  # noqa: B023
    assert sum(client.log[0].kind == "connect" for client in crowd) == 3
    refused = [client for client in crowd if client.log[0].kind == "connect_error"]
    assert {client.log[0].data.code for client in refused} == {"rate_limited"}
    await next(client for client in crowd if client.is_open).close()
    await refused[0].connects()


@pytest.mark.parametrize("settings", [{"connections_per_address": 2}])
async def test_too_many_connections_of_one_address_are_refused(comes):
    await comes("bob")
    await comes("carol")
    assert (await (await comes.stands("dora")).is_refused()).data.code == "rate_limited"


@pytest.mark.parametrize("settings", [{"commands_per_second": 20}])
async def test_too_many_commands_in_a_second_are_refused_and_nothing_of_them_happens(comes, board, transport):
    bob = await comes("bob", transport)
    acks = await asyncio.gather(
        *(bob.asks("create_call", title=f"Call {n}", customer_name="Ms. Gray") for n in range(100))
    )
    refused = [ack.error for ack in acks if not ack.ok]
    assert refused
    assert {(error.code, error.retry) for error in refused} == {("rate_limited", True)}
    done = [ack.data.title for ack in acks if ack.ok]
    assert len(done) >= 19
    (desk,) = board.desks.values()
    assert [call.title for call in desk.stores["calls"].all()] == done


@pytest.mark.parametrize("settings", [{"max_connections": 1}])
async def test_a_server_that_is_full_lets_nobody_in(comes):
    await comes("alice")
    bob = await comes.stands("bob")
    await bob.is_refused()
