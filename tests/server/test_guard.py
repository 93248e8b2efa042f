import asyncio
import json
from typing import Any

import pytest

from server.guard import Door, GuardedServer, Link, Refusal, frame
from server.outbox import Outbox
from server.packets import BadPacket


class Session:
    """A session without a transport."""

    upgraded = True
    peer = "192.0.2.1"
    request = None

    def __init__(self, guard: GuardedServer) -> None:
        self.guard = guard
        self.sid = guard.eio.generate_id()
        self.queue = Outbox()
        self.deadline = asyncio.get_running_loop().time() + 1
        self.link: Link | None = None
        self.closing = self.closed = False
        self.codes: list[int] = []
        guard.eio.sockets[self.sid] = self  # type: ignore[assignment]

    def listened(self) -> None:
        self.heard = True

    def shut(self, code: int = 1000, reason: str = "server disconnect", linger: float | None = None) -> None:
        self.codes.append(code)
        if not self.closing:
            self.closing = True
            asyncio.get_running_loop().call_soon(self.guard.gone, self, reason)

    def abort(self, reason: str) -> None:
        self.shut(0, reason)

    async def says(self, *texts: str) -> None:
        for text in texts:
            work = self.guard.message(self, text)  # type: ignore[arg-type]
            if work is not None:
                await work

    def hears(self) -> list[str]:
        return [packet.decode() for packet in self.queue.take(1000)]


class Diary:
    """A door that writes down what it is told, and fails where it is asked to."""

    def __init__(self) -> None:
        self.told: list[Any] = []
        self.fails: set[str] = set()

    def write(self, what: str, *rest: Any) -> None:
        self.told.append((what, *rest))
        if what in self.fails:
            raise RuntimeError(what)

    async def connect(self, link: Link, auth: Any) -> None:
        self.write("connect", auth)

    def opened(self, link: Link) -> None:
        self.write("opened")

    def received(self, link: Link, event: str, args: list[Any], packet_id: int | None) -> None:
        self.write("received", event, args, packet_id)

    def broken(self, link: Link, packet_id: int | None, reason: str) -> None:
        self.write("broken", packet_id)

    def too_large(self, link: Link, packet_id: int | None) -> None:
        self.write("too_large", packet_id)

    def internal(self, link: Link, packet_id: int | None, error: Exception) -> None:
        self.write("internal", packet_id, str(error))

    def closed(self, link: Link, reason: str) -> None:
        self.write("closed", reason)

    def ready_to_read(self, link: Link) -> None:
        self.write("ready_to_read")


@pytest.fixture
def diary() -> Diary:
    return Diary()


@pytest.fixture
async def guard(diary: Diary) -> GuardedServer:
    return GuardedServer(diary, allowed_origins=lambda origin, request: True)


@pytest.fixture
async def session(guard: GuardedServer) -> Session:
    return Session(guard)


async def test_a_client_is_asked_for_acknowledged_and_opened_in_this_order(guard, diary, session):
    await session.says('40{"token":"x"}')
    assert diary.told == [("connect", {"token": "x"}), ("opened",)]
    (link,) = guard.links()
    assert session.hears() == [json.dumps({"sid": link.sid}, separators=(",", ":")).join(("40", ""))]
    assert link.sid != session.sid, "the engine's id is a secret of the polling client"


async def test_each_event_is_received_before_the_reader_asks_for_the_next(diary, session):
    await session.says("40", '421["a",1]', '42["b"]')
    assert diary.told[2:] == [
        ("received", "a", [1], 1),
        ("ready_to_read",),
        ("received", "b", [], None),
        ("ready_to_read",),
    ]


@pytest.mark.parametrize("place", ["received", "broken", "opened", "closed"])
async def test_t1_whatever_the_door_raises_is_told_as_internal_and_goes_no_further(guard, diary, session, place):
    diary.fails = {place}
    await session.says("40", '421["a"]', '422["connect"]')
    session.shut()
    await asyncio.sleep(0)
    packet_id = {"received": 1, "broken": 2}.get(place)
    assert [told for told in diary.told if told[0] == "internal"] == [("internal", packet_id, place)]
    assert list(guard.links()) == []


async def test_t5_a_failing_connect_is_closed_once_and_never_opened(guard, diary, session, caplog):
    diary.fails = {"connect"}
    await session.says("40")
    await asyncio.sleep(0)
    assert diary.told == [("connect", None), ("closed", "refused")]
    assert session.codes == [1008]
    assert guard.manager.rooms == {}
    assert guard.environ == {}


async def test_t7_a_refusal_carries_its_message_and_data(guard, diary, session, monkeypatch):
    async def refuses(link: Link, auth: Any) -> None:
        raise Refusal("No", {"code": "unauthenticated", "retry": False})

    monkeypatch.setattr(diary, "connect", refuses)
    await session.says("40")
    assert session.hears() == ['44{"message":"No","data":{"code":"unauthenticated","retry":false}}']
    assert session.codes == [1008]


async def test_t6_a_reader_that_is_cancelled_while_connecting_leaves_nothing(guard, diary, session, monkeypatch):
    async def hangs(link: Link, auth: Any) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(diary, "connect", hangs)
    reader = asyncio.create_task(session.says("40"))
    await asyncio.sleep(0)
    reader.cancel()
    await asyncio.wait([reader])
    await asyncio.sleep(0)
    assert diary.told == [("closed", "cancelled")]
    assert list(guard.links()) == []


@pytest.mark.parametrize("packet", ["40", "43[]", '450-["a"]', '461-["a"]', "44", "4", "49", '42["a",', '42/b,["a"]'])
async def test_t11_t12_what_cannot_be_a_clients_packet_is_bad(session, packet):
    await session.says("40")
    with pytest.raises(BadPacket):
        await session.says(packet)


async def test_an_event_that_is_too_large_is_not_read_but_answered(diary):
    guard = GuardedServer(diary, allowed_origins=lambda origin, request: True, max_payload=100)
    session = Session(guard)
    await session.says("40", '427["a","' + "x" * 90 + '"]', '428["a","' + "é" * 46 + '"]', '42["a","' + "x" * 90 + '"]')
    assert [told for told in diary.told if told[0] != "ready_to_read"][2:] == [
        ("too_large", 7),
        ("too_large", 8),
        ("received", "a", ["x" * 90], None),
    ]


async def test_a_disconnect_packet_ends_the_session(diary, session):
    await session.says("40", "41")
    await asyncio.sleep(0)
    assert diary.told[-1] == ("closed", "client disconnect")


async def test_o2_an_emit_to_a_room_reaches_its_members_alone(guard, session):
    others = [Session(guard) for _ in range(3)]
    for each in (session, *others):
        await each.says("40")
        each.hears()
    for each in (session, others[0]):
        await guard.enter_room(each.link.sid, "calls")
    await guard.emit("call_created", ({"id": 1}, None), room="calls", skip_sid=others[0].link.sid)
    assert session.hears() == ['42["call_created",{"id":1},null]']
    assert [each.hears() for each in others] == [[], [], []]


async def test_a_link_sends_acks_events_and_frames_in_order(session):
    await session.says("40")
    link = session.link
    session.hears()
    link.emit("a", b"1", b"2")
    link.ack(7, b'{"ok":true}')
    link.send_frame(frame("b"))
    link.send_frame(frame("cursor", b"{}"))
    assert session.hears() == ['42["a",1,2]', '437[{"ok":true}]', '42["b"]', '42["cursor",{}]']


async def test_t30_pings_are_whole_seconds(diary):
    made = GuardedServer(diary, allowed_origins=lambda origin, request: True, ping_interval=2.5)
    assert made.eio.ping_interval == 2


async def test_a_diary_is_a_door(diary):
    door: Door = diary
    assert door is diary
