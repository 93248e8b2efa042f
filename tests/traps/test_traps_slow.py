"""Traps of clients that do not read: T9 and T10."""

import asyncio

from probe import deaf, eventually, guarded, masked, stock

PAGE = b'"' + b"x" * 100_000 + b'"'


async def fill(link, most: int = 2 * 1024 * 1024) -> None:
    """Tell a client that does not read so much that the network takes no more."""
    for _ in range(most // len(PAGE)):
        link.emit("page", PAGE)
        await asyncio.sleep(0)


async def test_t9_what_a_client_does_not_read_is_counted_and_freed_by_abort():
    async with guarded() as served:
        await deaf(served)
        await served.door.until(lambda: served.door.links)
        link = served.door.links[0]
        await eventually(lambda: link.unsent == 0)
        assert link.stalled_since is None
        await fill(link, 6 * 1024 * 1024)
        assert link.unsent > 1024 * 1024
        await eventually(lambda: link.stalled_since is not None)
        assert link.stalled_since <= asyncio.get_running_loop().time()
        link.abort("slow")
        await served.door.until(lambda: [reason for _, reason in served.door.ends] == ["slow"])
        assert link.unsent == 0
        assert served.sio.eio.sockets == {}
        await eventually(lambda: not served.connections)


async def test_t9_what_is_unsent_has_a_hard_end():
    async with guarded() as served:
        await deaf(served)
        await served.door.until(lambda: served.door.links)
        await fill(served.door.links[0], 20 * 1024 * 1024)
        await served.door.until(lambda: [reason for _, reason in served.door.ends] == ["outbox overflow"])
        assert served.door.links[0].unsent == 0


async def test_t9_a_closed_client_that_does_not_read_is_gone_after_the_linger():
    async with guarded(linger=0.2) as served:
        await deaf(served)
        await served.door.until(lambda: served.door.links)
        await fill(served.door.links[0], 6 * 1024 * 1024)
        served.door.links[0].close()
        await served.door.until(lambda: served.door.ends)
        await eventually(lambda: not served.connections)


async def test_t9_a_client_that_has_said_goodbye_but_does_not_read_is_gone_at_once():
    async with guarded() as served:
        _, writer = await deaf(served)
        await served.door.until(lambda: served.door.links)
        await fill(served.door.links[0], 6 * 1024 * 1024)
        writer.write(b"\x88\x80\0\0\0\0")  # a close frame
        await served.door.until(lambda: served.door.ends)
        await eventually(lambda: not served.connections)


async def test_t9_half_a_connection_is_gone_with_its_ping(monkeypatch):
    monkeypatch.setattr("server.session.DEAF_S", 1)
    async with guarded(ping_interval=1, ping_timeout=1) as served:
        _, writer = await deaf(served)
        await served.door.until(lambda: served.door.links)
        await fill(served.door.links[0], 6 * 1024 * 1024)
        writer.write_eof()
        await served.door.until(lambda: [reason for _, reason in served.door.ends] == ["ping timeout"])
        await eventually(lambda: not served.connections)


async def test_t9_a_client_that_never_answers_a_ping_is_closed_transport_and_all():
    async with guarded(ping_interval=1, ping_timeout=1) as served:
        await deaf(served)
        await served.door.until(lambda: served.door.links)
        await served.door.until(lambda: [reason for _, reason in served.door.ends] == ["ping timeout"])
        await eventually(lambda: not served.connections)


async def test_t9_a_client_that_answers_pings_stays():
    async with guarded(ping_interval=1, ping_timeout=1) as served:
        client = await served.websocket()
        for _ in range(3):
            assert await client.hear() == "2"
            await client.say("3")
        assert served.door.ends == []


async def test_t10_pongs_nobody_asked_for_do_not_hide_a_client_that_does_not_read():
    async with guarded() as served:
        _, writer = await deaf(served)
        await served.door.until(lambda: served.door.links)
        link = served.door.links[0]
        await fill(link, 6 * 1024 * 1024)
        await eventually(lambda: link.stalled_since is not None)
        since = link.stalled_since
        writer.write(masked("3") * 100 + masked('42["heard"]'))
        await served.door.until(lambda: served.door.heard)
        assert link.stalled_since == since
        assert link.unsent > 1024 * 1024


async def test_t10_the_stock_server_queues_without_end_for_it():
    async with stock() as served:
        connected = asyncio.Event()

        @served.sio.event
        async def connect(sid, environ, auth=None):
            await served.sio.enter_room(sid, "room")
            connected.set()

        await deaf(served)
        await connected.wait()
        for _ in range(300):
            await served.sio.emit("page", "x" * 100_000, room="room")
        session = next(iter(served.sio.eio.sockets.values()))
        assert session.queue.qsize() * 100_000 > 8 * 1024 * 1024


async def test_f1_a_slow_client_is_pulled_along_page_by_page():
    """The door writes a page whenever less than 64 KiB are unsent; the client gets them all, and memory stays small."""
    async with guarded() as served:
        most = sent = 0

        def pull() -> None:
            nonlocal most, sent
            link = served.door.links[0]
            while sent < 100 and link.unsent < 64 * 1024:
                link.emit("page", b"%d" % sent, PAGE)
                sent += 1
            most = max(most, link.unsent)

        client = await served.websocket()
        served.door.links[0].on_drain = pull
        pull()
        for number in range(100):
            assert (await client.hear()).startswith(f'42["page",{number},')
        assert most < 512 * 1024


async def test_f1_a_polling_client_is_pulled_along_too():
    async with guarded() as served:
        client = await served.poller()
        link = served.door.links[0]
        sent = 0

        def pull() -> None:
            nonlocal sent
            while sent < 10 and link.unsent < 64 * 1024:
                link.emit("page", b"%d" % sent, PAGE)
                sent += 1

        link.on_drain = pull
        pull()
        assert link.unsent > 64 * 1024
        heard = 0
        while heard < 10:
            heard += len(await client.hear())
        assert link.unsent == 0
