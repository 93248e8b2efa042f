"""Traps in what a connected client says: T1 to T4, T13, T14, T16 and T22."""

import asyncio
import json
import logging

import pytest
from probe import Link, guarded, stock


def raises(link: Link, event: str, args: list, packet_id: int | None) -> None:
    raise RuntimeError("boom")


async def test_t1_a_handler_that_raises_still_answers_the_client():
    async with guarded() as served:
        served.door.on_event = raises
        client = await served.websocket()
        await client.say('421["boom"]')
        assert (await client.ack())["error"]["code"] == "internal"
        assert str(served.door.failures[0]) == "boom"


async def test_t1_the_stock_server_never_answers():
    async with stock() as served:
        client = await served.websocket()
        await client.say('421["boom"]')
        assert await client.hears_nothing()


async def test_t1_a_door_that_fails_to_answer_a_failure_is_answered_for(caplog):
    async with guarded() as served:
        served.door.on_event = raises
        served.door.internal = raises
        client = await served.websocket()
        await client.say('427["boom"]')
        assert (await client.ack())["error"] == {
            "code": "internal",
            "message": "Something went wrong here",
            "retry": True,
        }


async def test_t2_an_unknown_event_reaches_the_door_with_its_ack_id():
    async with guarded() as served:
        client = await served.websocket()
        await client.say('4212["no such command",{"a":1}]')
        assert await client.ack() == {"ok": True, "event": "no such command", "args": [{"a": 1}]}


async def test_t2_the_stock_server_says_nothing_to_an_unknown_event():
    async with stock() as served:
        client = await served.websocket()
        await client.say('4212["no such command",{"a":1}]')
        assert await client.hears_nothing()


SHAPES = ["421[]", "421[5]", '421{"a":1}', "421null", "421", '421"echo"', '421[["echo"]]', "421[null]"]


@pytest.mark.parametrize("packet", SHAPES)
async def test_t3_an_event_of_a_wrong_shape_is_answered_invalid(packet):
    async with guarded() as served:
        client = await served.websocket()
        await client.say(packet, '422["next"]')
        assert (await client.ack())["error"]["code"] == "invalid"
        assert (await client.ack())["event"] == "next"
        assert served.door.heard == [("next", [])]


async def test_t3_the_stock_server_answers_none_of_them():
    async with stock() as served:
        client = await served.websocket()
        await client.say(*SHAPES)
        assert await client.hears_nothing()


RESERVED = ["connect", "disconnect", "connect_error", "disconnecting", "newListener", "removeListener", "on_connect"]


@pytest.mark.parametrize("name", RESERVED)
async def test_t4_a_client_cannot_emit_a_reserved_name(name):
    async with guarded() as served:
        client = await served.websocket()
        await client.say(f'423["{name}",{{"REMOTE_ADDR":"1.1.1.1"}},{{"token":"forged"}}]', f'42["{name}"]')
        assert (await client.ack())["error"]["code"] == "invalid"
        await served.door.until(lambda: len(served.door.refused) == 2)
        assert served.door.heard == []
        assert len(served.door.asked) == 1
        assert served.door.ends == []


async def test_t4_the_stock_server_runs_its_connect_handler_for_a_forgery():
    async with stock() as served:
        forged = asyncio.Event()

        @served.sio.event
        async def connect(sid, environ, auth=None):
            if environ.get("REMOTE_ADDR") == "1.1.1.1":
                forged.set()

        client = await served.websocket()
        await client.say('423["connect",{"REMOTE_ADDR":"1.1.1.1"},{"token":"forged"}]')
        await asyncio.wait_for(forged.wait(), 5)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
async def test_t13_not_a_number_is_refused_and_never_told_on(number):
    async with guarded() as served:
        client = await served.websocket()
        await client.say(f'424["echo",{{"n":{number}}}]')
        assert (await client.ack())["error"]["code"] == "invalid"
        assert served.door.heard == []


async def test_t13_the_stock_server_tells_nan_on():
    async with stock() as served:
        client = await served.websocket()
        await client.say('424["echo",NaN]')
        assert "NaN" in await client.hear()


async def test_t14_a_lone_surrogate_reaches_the_door_as_text_so_that_its_rules_can_refuse_it():
    async with guarded() as served:
        client = await served.websocket()
        await client.say('425["echo","\\ud800","é\\u0000"]')
        await client.ack()
        assert served.door.heard == [("echo", ["\ud800", "é\0"])]


async def test_t14_nesting_without_end_is_answered_and_the_connection_lives():
    async with guarded() as served:
        client = await served.websocket()
        await client.say('426["echo",' + "[" * 100_000, '427["next"]')
        assert (await client.ack())["error"]["code"] == "invalid"
        assert (await client.ack())["event"] == "next"


async def test_t14_a_number_of_five_thousand_digits_is_answered():
    async with guarded() as served:
        client = await served.websocket()
        await client.say('428["echo",' + "9" * 5000 + "]")
        assert (await client.ack())["error"]["code"] == "invalid"


async def test_t14_json_that_cannot_be_answered_ends_the_connection():
    async with guarded() as served:
        client = await served.websocket()
        await client.say('42["echo",')
        assert await client.end() == 1002
        await served.door.until(lambda: served.door.ends)


async def test_t16_bad_packets_are_one_line_each_and_never_a_flood(caplog):
    async with guarded() as served:
        client = await served.websocket()
        with caplog.at_level(logging.DEBUG):
            await client.say(*['421["secret",' for _ in range(500)])
            for _ in range(500):
                await client.ack()
        lines = [record for record in caplog.records if record.name.startswith("callboard")]
        assert 0 < len(lines) <= 10
        assert not any(record.exc_info or "secret" in record.getMessage() for record in lines)


async def test_t16_the_log_never_holds_what_a_client_said(caplog):
    async with guarded() as served:
        with caplog.at_level(logging.DEBUG):
            client = await served.websocket(connect='40{"token":"canary"}')
            await client.say('421["echo","canary"]')
            await client.ack()
        assert "canary" not in caplog.text


async def test_t16_the_stock_server_logs_a_traceback_for_a_bad_packet(caplog):
    async with stock(logger=logging.getLogger("stock"), engineio_logger=logging.getLogger("stock")) as served:
        client = await served.websocket()
        await client.say('421["echo",', '421["echo"]')
        await client.hear()
        assert any(record.exc_info for record in caplog.records)


async def test_t22_events_are_heard_and_answered_in_the_order_sent():
    async with guarded() as served:
        client = await served.websocket()
        await client.say(*[f'42{number}["echo",{number}]' for number in range(200)])
        assert [(await client.ack())["args"] for _ in range(200)] == [[number] for number in range(200)]
        assert served.door.heard == [("echo", [number]) for number in range(200)]


async def test_t22_no_task_is_made_for_an_event():
    async with guarded() as served:
        before = after = 0
        client = await served.websocket()

        def count(link: Link, event: str, args: list, packet_id: int | None) -> None:
            nonlocal after
            after = max(after, len(asyncio.all_tasks()))
            served.door.answer(link, event, args, packet_id)

        served.door.on_event = count
        before = len(asyncio.all_tasks())
        await client.say(*[f'42{number}["echo"]' for number in range(100)])
        for _ in range(100):
            await client.ack()
        assert after <= before


async def test_t22_a_door_that_is_not_ready_stops_the_reader():
    async with guarded() as served:
        client = await served.websocket()
        served.door.gate.clear()
        await client.say(*[f'42{number}["echo"]' for number in range(50)])
        assert (await client.ack())["ok"]
        assert len(served.door.heard) == 1
        served.door.gate.set()
        for _ in range(49):
            await client.ack()
        assert len(served.door.heard) == 50


async def test_t22_the_stock_server_takes_up_all_it_is_sent_at_once():
    async with stock() as served:
        begun = 0
        gate = asyncio.Event()

        @served.sio.on("slow")
        async def slow(sid):
            nonlocal begun
            begun += 1
            await gate.wait()

        client = await served.websocket()
        await client.say(*['42["slow"]'] * 50, '421["echo"]')
        assert json.loads((await client.hear())[3:]) == [{"args": []}]
        assert begun == 50
        gate.set()
