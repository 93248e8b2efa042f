"""F2, F3: when a reader is told from the journal's table, and that this never runs ahead of what the lane has told."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

from premises import Premises, id_of
from wire import Client, breathe, door_of

from events.actor import SYSTEM
from stores.database import Database


class SlowNews(Database):
    """A database whose commits are done long before they say so."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.may_return = threading.Event()
        self.may_return.set()
        self.written, self.read = threading.Event(), threading.Event()

    def journal_page(self, *args: Any) -> Any:
        page = super().journal_page(*args)
        self.read.set()
        return page

    def commit(self, batch: Any) -> None:
        super().commit(batch)
        self.written.set()
        self.may_return.wait(10)


async def test_f2_a_reader_of_the_table_does_not_run_ahead_of_a_batch_that_is_not_told_yet(
    open_premises: Callable[..., Premises],
) -> None:
    premises = open_premises(SlowNews)
    desk, database = premises.desk, premises.database
    sockets, feed = door_of(desk)
    client = Client(id_of("bob"))
    await client.connect(sockets)
    while client.cursor is None:
        client.deliver()
        await breathe()
    client.drop()
    desk.journal._max_entries = 2  # so that the table must be read
    for n in range(5):
        await desk.do(SYSTEM, "create_category", None, name=f"missed {n}")
    await client.connect(sockets, opened=False)
    database.may_return.clear()
    database.written.clear()
    late = asyncio.ensure_future(desk.do(SYSTEM, "create_category", None, name="late"))
    await asyncio.get_running_loop().run_in_executor(None, database.written.wait, 10)
    sockets.opened(client.wire)  # type: ignore[arg-type]
    await asyncio.get_running_loop().run_in_executor(None, database.read.wait, 10)
    await breathe(50)
    database.may_return.set()
    await late
    async with asyncio.timeout(10):
        while (
            not any(reader.state.value == "live" for reader in feed.readers)
            or client.wire is None
            or client.wire.waiting
        ):
            client.deliver()
            await breathe()
    assert [event for event, _ in client.heard] == ["category_created"] * 6
    assert len({seq for _, seq in client.heard}) == 6
    assert client.resumed
    await feed.stop()


async def settled_client(client: Client, sockets: Any) -> None:
    await client.connect(sockets)
    async with asyncio.timeout(10):
        while client.cursor is None or not client.is_ready:
            client.deliver()
            await breathe()


class Counting(Database):
    """A database that knows how often its journal was read."""

    pages = 0

    def journal_page(self, *args: Any) -> Any:
        self.pages += 1
        return super().journal_page(*args)


async def test_f3_a_resume_inside_the_window_reads_no_database(open_premises: Callable[..., Premises]) -> None:
    premises = open_premises(Counting)
    desk, database = premises.desk, premises.database
    sockets, feed = door_of(desk)
    client = Client(id_of("bob"))
    await settled_client(client, sockets)
    for missed, pages in ((20, 0), (3, 1)):
        client.drop()
        for n in range(missed):
            await desk.do(SYSTEM, "create_category", None, name=f"missed {missed}.{n}")
        await settled_client(client, sockets)
        assert (client.resumed, database.pages) == (True, pages)
        desk.journal._max_entries = 2  # from now on the window is smaller than what is missed
    assert [event for event, _ in client.heard] == ["category_created"] * 23
    await feed.stop()


async def test_v4_a_cursor_from_before_a_change_of_rights_needs_a_snapshot(premises: Premises) -> None:
    sockets, feed = door_of(premises.desk)
    client = Client(id_of("bob"))
    await settled_client(client, sockets)
    client.drop()
    await premises.desk.do(SYSTEM, "set_role", id_of("bob"), role="dispatcher")
    await premises.desk.do(SYSTEM, "set_role", id_of("bob"), role="engineer")
    await settled_client(client, sockets)
    assert not client.resumed
    client.drop()
    await premises.desk.do(SYSTEM, "update_user", id_of("bob"), display_name="Robert")
    await settled_client(client, sockets)
    assert client.resumed
    await feed.stop()


async def test_o6_a_read_waits_for_the_commands_sent_before_it_however_many_batches_they_take(
    premises: Premises,
) -> None:
    desk = premises.desk
    desk._lane._durability.most = 1
    counts: list[int] = []
    making = []
    for number in range(3):
        making.append(asyncio.ensure_future(desk.do(SYSTEM, "create_category", None, name=f"Kind {number}")))
        await asyncio.sleep(0)
        desk.look(None, lambda view: view.count("categories", {}), counts.append)
    await asyncio.gather(*making)
    await desk.settle()
    assert all(seen >= sent for sent, seen in enumerate(counts, 1)), counts
    assert len(counts) == 3


async def test_f2_who_is_cut_before_his_snapshot_came_has_no_place_to_go_on_from(
    open_premises: Callable[..., Premises],
) -> None:
    """Found by schedule 12 of the feed's properties: the journal was pruned between his handshake and his replay, he was told
    so, and then `ready` gave him a place all the same. Cut before the snapshot, he went on from there, with a gap."""
    premises = open_premises()
    desk = premises.desk
    sockets, feed = door_of(desk)
    client = Client(id_of("bob"))
    await settled_client(client, sockets)
    client.drop()
    await desk.do(SYSTEM, "create_category", None, name="missed")
    await client.connect(sockets, opened=False)
    desk.journal.raise_floor(desk.journal.head)
    sockets.opened(client.wire)  # type: ignore[arg-type]
    while not client.is_ready:
        client.deliver(1)
        await breathe()
    assert client.cursor is None
    client.drop()
    await settled_client(client, sockets)
    assert any(record["name"] == "missed" for (plural, _), record in client.replica.items() if plural == "categories")
    await feed.stop()
