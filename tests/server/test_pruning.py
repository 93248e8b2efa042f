"""Pruning: what is older than JOURNAL_DAYS is forgotten, and who comes back from before it takes a snapshot (F3)."""

from datetime import datetime, timedelta
from typing import Any

from premises import Premises, id_of
from wire import Client, breathe, door_of

from events.actor import SYSTEM
from server.pruning import Pruning


class LaterClock:
    """A clock that runs some days ahead."""

    def __init__(self, days: float) -> None:
        self.days = days

    def now(self) -> datetime:
        return datetime.now().astimezone() + timedelta(days=self.days)


def pruning(desk: Any, days: float) -> Pruning:
    return Pruning({"t": desk}, LaterClock(days), 400)  # type: ignore[arg-type]


async def test_f3_what_is_older_than_journal_days_is_forgotten(premises: Premises) -> None:
    desk = premises.desk
    await desk.do(SYSTEM, "create_category", None, name="Printers")
    head = desk.journal.head
    await pruning(desk, 401).prune()
    assert desk.journal.floor == head
    assert await desk.activity(limit=50) == []


async def test_f3_what_is_younger_stays(premises: Premises) -> None:
    desk = premises.desk
    await desk.do(SYSTEM, "create_category", None, name="Printers")
    await pruning(desk, 399).prune()
    assert desk.journal.floor == 0
    assert len(await desk.activity(limit=50)) == desk.journal.head


async def test_f2_a_cursor_from_before_the_floor_needs_a_snapshot_and_one_at_the_floor_does_not(
    premises: Premises,
) -> None:
    desk = premises.desk
    early = desk.journal.cursor(desk.journal.head)
    await desk.do(SYSTEM, "create_category", None, name="Printers")
    late = desk.journal.cursor(desk.journal.head)
    await pruning(desk, 401).prune()
    sockets, feed = door_of(desk)
    for cursor, resumed in ((early, False), (late, True)):
        client = Client(id_of("bob"))
        client.cursor = cursor
        await client.connect(sockets)
        await breathe(20)
        client.deliver()
        assert client.is_ready
        assert client.resumed is resumed
    await feed.stop()


async def test_f3_a_restart_remembers_the_floor(premises: Premises) -> None:
    await premises.desk.do(SYSTEM, "create_category", None, name="Printers")
    await pruning(premises.desk, 401).prune()
    floor = premises.desk.journal.floor
    desk = await premises.reopen()
    assert desk.journal.floor == floor
