"""One connection: each command is answered, in its place, whatever becomes of the answer."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from premises import Premises, id_of
from wire import Client, breathe, door_of

from events.outcome import Outcome


async def test_t1_an_answer_that_cannot_be_written_is_internal_and_holds_up_no_other(
    open_premises: Callable[..., Premises], monkeypatch: pytest.MonkeyPatch
) -> None:
    sockets, feed = door_of(open_premises().desk)
    client = Client(id_of("alice"))
    await client.connect(sockets)
    written = Outcome.json

    def unwritable_once(outcome: Outcome) -> bytes:
        monkeypatch.setattr(Outcome, "json", written)
        raise ValueError("a lone surrogate")

    monkeypatch.setattr(Outcome, "json", unwritable_once)
    asked = [client.send("create_category", {"name": name}) for name in ("first", "second")]
    async with asyncio.timeout(10):
        while len(client.acks) < 2 or not client.is_ready:
            client.deliver()
            await breathe()
    first, second = (_short(client.acks[number]) for number in asked)
    assert first == (False, "internal")
    assert second == (True, None)
    await feed.stop()


def _short(ack: Any) -> tuple[bool, str | None]:
    return ack["ok"], ack.get("error", {}).get("code")
