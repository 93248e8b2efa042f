"""A Socket.IO connection without a network: what the server sends waits in a queue that the test delivers by hand.

`Wire` stands where the guard's Link stands, so the real door, connection, reader and feed are behind it; `Client` is a
client that follows the contract: cursors order, a snapshot replaces, acks never touch the replica (F5).
"""

import asyncio
from collections import deque
from types import SimpleNamespace
from typing import Any

import orjson
from network import SIGNALS

from events.feed import Feed
from server.census import Census
from server.outbox import LOW_WATER
from server.packets import texts, wire
from server.reception import Reception
from server.sockets import Sockets


class Wire:
    """The server's side is the Link's interface; the test takes frames from the other end."""

    def __init__(self) -> None:
        self.waiting: deque[bytes] = deque()
        self.unsent = 0
        self.is_open = True
        self.context: Any = None
        self.on_drain: Any = None
        self.stalled_since: float | None = None
        self.origin: str | None = None
        self.cookies: dict[str, str] = {}
        self.request = SimpleNamespace()
        self._above = False

    def send_frame(self, frames: bytes) -> None:
        for text in texts(frames) if self.is_open else ():
            self.waiting.append(text)
            self.unsent += len(text)
            self._above = self._above or self.unsent >= LOW_WATER

    def emit(self, event: str, *json_args: bytes) -> None:
        self.send_frame(wire(b'42["%b"%b]' % (event.encode(), b"".join(b"," + arg for arg in json_args))))

    def ack(self, packet_id: int, payload: bytes) -> None:
        self.send_frame(wire(b"43%d[%b]" % (packet_id, payload)))

    def close(self, *_: Any) -> None:
        self.is_open = False

    abort = close

    def take(self) -> bytes:
        """The next frame, delivered."""
        frame = self.waiting.popleft()
        self.unsent -= len(frame)
        if self._above and self.unsent < LOW_WATER and self.on_drain is not None:
            self._above = False
            self.on_drain()
        return frame


class Client:
    """A client with a replica, and what it must never see: an event twice, or out of order, on one connection."""

    def __init__(self, token: str, resources: list[str] | None = None) -> None:
        self.token, self.resources = token, resources
        self.replica: dict[tuple[str, str], Any] = {}
        self.cursor: str | None = None
        self.wire: Wire | None = None
        self.heard: list[tuple[str, int]] = []
        self.signals: list[tuple[str, Any]] = []
        self.acks: dict[int, Any] = {}
        self.resumed = self.ended = self.is_ready = False
        self._subscribing: set[int] = set()
        self._ids = 0
        self._asked: int | None = None
        self._pages: dict[str, list[Any]] = {}
        self._last_seq = -1

    async def connect(self, sockets: Sockets, *, opened: bool = True) -> None:
        """Open a connection with what I hold; the replay begins with `opened`."""
        wire = self.wire = Wire()
        self._asked, self._last_seq, self.is_ready = None, -1, False
        auth = {"token": self.token, "cursor": self.cursor, "resources": self.resources}
        await sockets.connect(wire, auth)  # type: ignore[arg-type]
        self.sockets = sockets
        if opened:
            sockets.opened(wire)  # type: ignore[arg-type]

    def drop(self) -> None:
        """The network is gone, with all that was on its way."""
        if self.wire is not None:
            self.wire.is_open = False
            self.sockets.closed(self.wire, "gone")  # type: ignore[arg-type]
            self.wire = None

    def send(self, event: str, message: dict[str, Any]) -> int:
        """Send a command; its ack will be in `acks`."""
        self._ids += 1
        self.sockets.received(self.wire, event, [message], self._ids)  # type: ignore[arg-type]
        return self._ids

    def subscribe(self, resources: list[str]) -> None:
        """Listen to other resources: what is no longer heard is forgotten, what is new is in the answer."""
        if self._asked is None and self.is_ready:
            self._asked = self.send("subscribe", {"resources": resources})
            self._subscribing.add(self._asked)

    def deliver(self, most: int = 10**9) -> int:
        """Take up to so many frames from the wire; how many it were."""
        count = 0
        while self.wire is not None and self.wire.waiting and count < most:
            self._take(self.wire.take())
            count += 1
        return count

    def _take(self, frame: bytes) -> None:
        kind, body = frame[:2], frame[2:]
        if kind == b"43":
            packet_id, _, payload = body.partition(b"[")
            self._acked(int(packet_id), orjson.loads(b"[" + payload)[0])
            return
        event, data, *meta = orjson.loads(body)
        said = getattr(self, f"_{event}", None)
        if event in SIGNALS:
            self.signals.append((event, data))
        elif said is not None:
            said(data)
        else:
            self._event(event, data, meta[0])

    def _ready(self, data: Any) -> None:
        self.resumed, self.is_ready = data["resumed"], True
        if data["snapshot_required"]:
            # What is held is no base any more: no event may move a cursor until the snapshot has come.
            self.cursor = None
            self._ask_snapshot()
        else:
            self.cursor = data["cursor"]

    def _cursor(self, data: Any) -> None:
        if self._asked is None:
            self.cursor = data["cursor"]

    def _snapshot_required(self, _: Any) -> None:
        self.cursor = None
        if self.wire is not None and self.wire.is_open:
            self._ask_snapshot()

    def _session_ended(self, _: Any) -> None:
        self.ended = True

    def _server_draining(self, _: Any) -> None:
        pass

    def _ask_snapshot(self, after: str | None = None) -> None:
        if after is None:
            self._pages = {}
        self._asked = self.send("snapshot", {"after": after} if after else {})

    def _acked(self, packet_id: int, ack: Any) -> None:
        self.acks[packet_id] = ack
        if packet_id in self._subscribing and ack["ok"]:
            # Also where a snapshot was asked for meanwhile: what is heard from here on is what the answer says.
            self.resources = ack["data"]["resources"]
            self.replica = {key: held for key, held in self.replica.items() if key[0] in self.resources}
        if packet_id == self._asked:
            self._snapshot_page(ack)

    def _snapshot_page(self, ack: Any) -> None:
        if not ack["ok"]:
            assert ack["error"]["retry"] or ack["error"]["code"] in {"snapshot_required", "unauthenticated"}, ack
            self._asked = None
            if ack["error"]["code"] == "snapshot_required":
                self._ask_snapshot()
            return
        page = ack["data"]
        for plural, records in page["records"].items():
            self._pages.setdefault(plural, []).extend(records)
        if page["next"] is not None:
            self._ask_snapshot(page["next"])
            return
        self.replica = {key: held for key, held in self.replica.items() if key[0] not in self._pages}
        self.replica |= {(plural, r["id"]): r for plural, records in self._pages.items() for r in records}
        self.cursor, self._asked, self._pages = page["cursor"], None, {}
        # F4: whatever comes after a snapshot is newer than it.
        self._last_seq = max(self._last_seq, int(page["cursor"].rpartition(".")[2]))

    def _event(self, event: str, data: Any, meta: Any) -> None:
        seq = int(meta["cursor"].rpartition(".")[2])
        assert seq > self._last_seq, f"{event} at {seq} after {self._last_seq}: a double, or out of order"
        assert not self._pages, f"{event} came between two pages of a snapshot"
        self._last_seq = seq
        self.heard.append((event, seq))
        if self.cursor is not None and seq > int(self.cursor.rpartition(".")[2]):
            self._apply(event, data, meta)
            self.cursor = meta["cursor"]

    def _apply(self, event: str, data: Any, meta: Any) -> None:
        key = (meta["resource"], meta["id"])
        if event.endswith(("_deleted", "_hidden", "_broadcast")):
            self.replica.pop(key, None)
        else:
            self.replica[key] = data


class Doorkeeper:
    """Stands where Identity and Gate stand: a token is a user's id."""

    origins: frozenset[str] = frozenset()
    cookie = "callboard_session"

    def __init__(self, desk: Any) -> None:
        self.desk = desk
        self.ended: list[Any] = []

    def authenticate(self, token: str) -> Any:
        user = self.desk.stores["users"].get(token)
        if user is None:
            return None
        from_events = SimpleNamespace(user_id=token, user_epoch=None)
        return SimpleNamespace(session=SimpleNamespace(id=token), desk=self.desk, caller=from_events, user=user)

    def touch(self, session_id: str) -> None:
        pass

    def count_guess(self, *_: Any) -> None:
        pass

    def address(self, request: Any) -> str:
        return "127.0.0.1"


def door_of(desk: Any) -> tuple[Sockets, Feed]:
    """The real Socket.IO door over one desk, with no network and no sign-in."""
    feed, keeper = Feed(desk), Doorkeeper(desk)
    settings = SimpleNamespace(
        commands_per_second=0,
        max_connections=100,
        connections_per_user=0,
        connections_per_address=0,
        connect_seconds=10,
        incoming_kb_per_second=0,
    )
    feeds = {desk.tenant.tenant_id: feed}
    reception = Reception(settings, keeper, keeper, desk.catalog, feeds, Census(settings))  # type: ignore[arg-type]
    sockets = Sockets(settings, keeper, reception)  # type: ignore[arg-type]
    return sockets, feed


async def breathe(turns: int = 6) -> None:
    """Let what is on its way go on: not a wait for time, but for the loop's own turns."""
    for _ in range(turns):
        await asyncio.sleep(0)
