"""What a connection asks and is told is as the vocabulary says: over plain WebSocket, where every word goes by its name."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest
from aiohttp import ClientSession
from caller import Caller
from jsonschema import Draft7Validator
from network import url_of

from events.catalog import Catalog
from server.app import Callboard
from server.asyncapi import asyncapi
from server.vocabulary import signals, words

PATIENCE = 10


class Speaker:
    """Somebody at a plain WebSocket, who checks whatever he says and hears."""

    def __init__(self, socket: Any, document: dict[str, Any]) -> None:
        self._socket, self._document = socket, document
        self.heard: dict[str, list[Any]] = {}
        self._acks: dict[int, Any] = {}
        self._news = asyncio.Event()
        self._listening = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        async for frame in self._socket:
            said = orjson.loads(frame.data)
            if said["type"] == "ack":
                self._acks[said["ref"]] = said
            else:
                self.check(self._key(said["type"]), said)
                self.heard.setdefault(said["type"], []).append(said)
            self._news.set()

    def _key(self, name: str) -> str:
        messages = self._document["channels"]["websocket"]["messages"]
        return f"{name}_told" if f"{name}_told" in messages else name

    def check(self, key: str, said: Any) -> None:
        """It fits the message of this key."""
        schema = self._document["channels"]["websocket"]["messages"][key]["payload"]
        whole = {"allOf": [schema], "components": self._document["components"]}
        wrong = [f"{error.json_path}: {error.message}" for error in Draft7Validator(whole).iter_errors(said)]
        assert not wrong, (key, said, wrong)

    async def asks(self, name: str, **fields: Any) -> Any:
        """A command; its ack, refused or not."""
        said = {"type": name, "ref": len(self._acks) + 1, "data": fields}
        self.check(name, said)
        await self._socket.send_str(orjson.dumps(said).decode())
        await self.until(lambda: said["ref"] in self._acks)
        self.check(f"{name}_ack", self._acks[said["ref"]])
        return self._acks[said["ref"]]

    async def does(self, name: str, **fields: Any) -> Any:
        """A command that succeeds: the ack's data."""
        ack = await self.asks(name, **fields)
        assert ack["ok"], ack
        return ack["data"]

    async def hears(self, name: str) -> Any:
        """The first of these."""
        await self.until(lambda: name in self.heard)
        return self.heard[name][0]["data"]

    async def until(self, condition: Any) -> None:
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self._news.clear()
                news = asyncio.create_task(self._news.wait())
                await asyncio.wait({news, self._listening}, return_when=asyncio.FIRST_COMPLETED)
                if self._listening.done():
                    news.cancel()
                    self._listening.result()
                    assert condition(), "the connection has ended"

    async def leaves(self) -> None:
        await self._socket.close()
        await self._listening


@pytest.fixture(scope="module")
def document(catalog: Catalog) -> dict[str, Any]:
    return asyncapi(catalog)


@pytest.fixture
async def speakers(
    board: Callboard, http: ClientSession, somebody: Caller, document: dict[str, Any]
) -> AsyncIterator[list[Speaker]]:
    """Dora and Bob."""
    opened = []
    for name in ("dora", "bob"):
        caller = await somebody.signs_in(name)
        socket = await http.ws_connect(f"{url_of(board)}/ws", headers=caller.headers)
        opened.append(Speaker(socket, document))
    for speaker in opened:
        await speaker.hears("ready")
    yield opened
    for speaker in opened:
        await speaker.leaves()


async def test_the_words_are_those_that_a_connection_takes(board: Callboard):
    assert {word.name for word in words()} == board.reception._asking.answers.keys()


async def test_reading_is_answered_as_described(speakers: list[Speaker]):
    dora, _ = speakers
    call = await dora.does("create_call", title="No heat", customer_name="Ms. Gray")
    assert (await dora.does("snapshot"))["records"]["calls"] == [call]
    assert (await dora.does("subscribe", resources=["calls", "users"]))["resources"] == ["calls", "users"]
    assert (await dora.does("list", resource="calls", status="new", limit=1))["items"] == [call]
    assert (await dora.does("get", resource="calls", id=call["id"]))["data"] == call
    assert (await dora.does("count", resource="calls", q="heat"))["total"] == 1
    assert [found["title"] for found in (await dora.does("search", q="heat"))["items"]] == ["No heat"]
    assert [line["action"] for line in (await dora.does("activity", resource="calls"))["items"]] == ["create_call"]
    assert {said["command"] for said in await dora.does("explain", resource="calls", id=call["id"])} > {"assign_call"}
    assert (await dora.asks("get", resource="calls", id="x"))["error"]["code"] == "not_found"


async def test_undo_is_answered_as_a_change(speakers: list[Speaker]):
    dora, bob = speakers
    ack = await dora.asks("create_call", title="No heat", customer_name="Ms. Gray")
    undone = await dora.asks("undo", cursor=ack["cursor"], op_id="once")
    assert undone["ok"], undone
    assert (await bob.hears("call_deleted"))["id"] == ack["data"]["id"]
    assert (await bob.asks("undo", cursor="x"))["error"]["code"] == "invalid"


async def test_being_there_together_is_told_as_described(speakers: list[Speaker]):
    dora, bob = speakers
    call = await dora.does("create_call", title="No heat", customer_name="Ms. Gray", assignee_id=None)
    place, record = f"calls/{call['id']}", {"resource": "calls", "id": call["id"]}
    await dora.does("join_channel", channel=place)
    assert len(await bob.does("join_channel", channel=place, state={"looks": "on"})) == 2
    assert (await dora.hears("presence_joined"))["channel"] in {place, "team"}
    await bob.does("set_presence", channel=place, state="away")
    await dora.hears("presence_updated")
    await bob.does("typing", channel=place, field="title", on=True)
    assert (await dora.hears("typing"))["on"] is True
    await dora.does("broadcast", channel="team", event="lunch", data={"at": 12})
    assert (await bob.hears("broadcast"))["data"] == {"at": 12}
    assert (await dora.does("lock_record", **record))["holder"]["name"] == "Dora"
    assert (await bob.hears("record_locked"))["id"] == call["id"]
    await dora.does("unlock_record", **record)
    assert (await bob.hears("record_unlocked")) == record
    await bob.does("leave_channel", channel=place)
    await dora.hears("presence_left")


async def test_the_end_of_a_session_and_of_the_server_are_told_as_described(
    board: Callboard, speakers: list[Speaker], somebody: Caller
):
    dora, bob = speakers
    alice = await somebody.signs_in("alice")
    people = (await alice.gets("users")).body["items"]
    (bob_id,) = [user["id"] for user in people if user["display_name"] == "Bob"]
    await alice.does(f"users/{bob_id}/deactivate")
    assert isinstance((await bob.hears("session_ended"))["reason"], str)
    stopping = asyncio.create_task(board.stop())
    assert isinstance((await dora.hears("server_draining"))["reconnect_in_ms"], int)
    await stopping


async def test_who_is_not_let_in_is_told_as_described(board: Callboard, http: ClientSession, document: dict[str, Any]):
    socket = await http.ws_connect(f"{url_of(board)}/ws")
    await socket.send_str('{"type": "auth", "token": "none"}')
    said = orjson.loads((await asyncio.wait_for(socket.receive(), PATIENCE)).data)
    schema = document["channels"]["websocket"]["messages"]["error"]["payload"]
    Draft7Validator({"allOf": [schema], "components": document["components"]}).validate(said)
    await socket.close()


def test_a_signal_has_a_name_of_its_own():
    names = [signal.name for signal in signals()]
    assert len(names) == len(set(names)) > 10
