"""The network in between: bytes pass, or they do not, and each side sees of it what it would see of a real network."""

import asyncio

import pytest

from torture.proxy import Proxy

PATIENCE = 10


class Host:
    """Who is behind the proxy: keeps what it hears, says what it is told to."""

    def __init__(self):
        self.heard, self.writers, self.port = [], [], 0
        self.came, self.ended = asyncio.Event(), asyncio.Event()
        self.error = None

    async def starts(self):
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def _serve(self, reader, writer):
        self.writers.append(writer)
        self.came.set()
        try:
            while chunk := await reader.read(65_536):
                self.heard.append(chunk)
                writer.write(chunk)
        except OSError as error:
            self.error = error
        writer.close()
        self.ended.set()

    def stops(self):
        self._server.close()
        for writer in self.writers:
            writer.transport.abort()


@pytest.fixture
async def host():
    host = await Host().starts()
    yield host
    host.stops()


@pytest.fixture
async def proxy(host):
    proxy = Proxy(host.port)
    await proxy.start()
    yield proxy
    await proxy.stop()


class Caller:
    """A client that hears its own words again."""

    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer

    async def hears(self, size):
        return await asyncio.wait_for(self.reader.readexactly(size), PATIENCE)

    async def hears_nothing(self):
        """For a moment that would be enough ten times over."""
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(self.reader.readexactly(1), 0.3)


@pytest.fixture
async def calls(proxy, host):
    """A new connection by this way in, known to both sides."""
    callers = []

    async def calling(url=proxy.url):
        caller = Caller(*await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2])))
        callers.append(caller)
        caller.writer.write(b"hello")
        assert await caller.hears(5) == b"hello"
        return caller

    yield calling
    for caller in callers:
        caller.writer.transport.abort()


async def test_bytes_pass_both_ways_unchanged_and_in_order(proxy, calls):
    caller, said = await calls(), bytes(range(256)) * 4_000
    caller.writer.write(said)
    assert await caller.hears(len(said)) == said
    (passage,) = proxy.connections
    assert passage.port == caller.writer.get_extra_info("sockname")[1]


async def test_who_ends_his_side_is_answered_to_the_end(proxy, host, calls):
    caller = await calls()
    caller.writer.write(b"last words")
    caller.writer.write_eof()
    assert await asyncio.wait_for(caller.reader.read(), PATIENCE) == b"last words"
    await asyncio.wait_for(host.ended.wait(), PATIENCE)
    await gone(proxy)


async def gone(proxy):
    async with asyncio.timeout(PATIENCE):
        while proxy.connections:  # noqa: ASYNC110  # it tells nobody
            await asyncio.sleep(0)


async def test_a_cut_connection_is_reset_on_both_sides(proxy, host, calls):
    caller = await calls()
    proxy.connections[0].cut()
    with pytest.raises(ConnectionResetError):
        await caller.hears(1)
    await asyncio.wait_for(host.ended.wait(), PATIENCE)
    assert isinstance(host.error, ConnectionResetError)
    await gone(proxy)


async def test_a_closed_connection_ends_in_order(proxy, host, calls):
    caller = await calls()
    proxy.connections[0].close()
    assert await asyncio.wait_for(caller.reader.read(), PATIENCE) == b""
    await asyncio.wait_for(host.ended.wait(), PATIENCE)
    assert host.error is None
    await gone(proxy)


async def test_cut_all_spares_nobody_and_lets_the_next_in(proxy, calls):
    callers = [await calls() for _ in range(3)]
    assert len(proxy.connections) == 3
    proxy.cut_all()
    for caller in callers:
        with pytest.raises(ConnectionResetError):
            await caller.hears(1)
    await calls()


async def test_what_is_held_comes_after_the_release_whole(proxy, calls):
    caller = await calls()
    (passage,) = proxy.connections
    passage.hold()
    caller.writer.write(b"patience")
    await caller.hears_nothing()
    passage.release()
    assert await caller.hears(8) == b"patience"


async def test_a_half_open_connection_is_silent_whatever_its_ends_do(proxy, host, calls):
    caller = await calls()
    (passage,) = proxy.connections
    passage.half_open()
    caller.writer.write(b"hello?")
    await caller.hears_nothing()
    passage.release()
    await caller.hears_nothing()
    caller.writer.close()
    assert not host.ended.is_set(), "nobody told the other end"
    passage.cut()
    await asyncio.wait_for(host.ended.wait(), PATIENCE)
    await gone(proxy)


async def test_a_slow_connection_carries_little_until_it_is_released(proxy, calls):
    caller, said = await calls(), b"x" * 200_000
    (passage,) = proxy.connections
    passage.slow(1_000)
    caller.writer.write(said)
    await caller.hears(10)
    assert len(caller.reader._buffer) < 50_000
    passage.release()
    assert await caller.hears(len(said) - 10) == said[10:]


async def test_a_slow_reader_is_noticed_by_who_writes_to_him(proxy, host, calls):
    """What the system would keep on the way is small: the server's own buffers fill."""
    await calls()
    (passage,) = proxy.connections
    passage.hold()
    host.writers[0].write(b"x" * 20_000_000)
    assert host.writers[0].transport.get_write_buffer_size() > 10_000_000


async def test_while_it_refuses_who_comes_is_reset_and_who_is_inside_stays(proxy, host, calls):
    inside = await calls()
    proxy.refuse(on=True)
    outside = Caller(*await asyncio.open_connection("127.0.0.1", int(proxy.url.rpartition(":")[2])))
    with pytest.raises(ConnectionResetError):
        await outside.hears(1)
    outside.writer.close()
    inside.writer.write(b"still")
    assert await inside.hears(5) == b"still"
    proxy.refuse(on=False)
    await calls()


async def test_where_nobody_listens_who_comes_is_reset(proxy, host, calls):
    host.stops()
    caller = Caller(*await asyncio.open_connection("127.0.0.1", int(proxy.url.rpartition(":")[2])))
    with pytest.raises(ConnectionResetError):
        await caller.hears(1)
    caller.writer.close()
    assert proxy.connections == ()


async def test_a_server_that_came_back_elsewhere_is_found_again(proxy, calls):
    other = await Host().starts()
    proxy.target_port = other.port
    await calls()
    assert other.heard == [b"hello"]
    other.stops()


async def test_a_way_of_one_s_own_tells_whose_passage_it_is(proxy, calls):
    await calls(await proxy.way("alice"))
    await calls()
    assert [passage.client for passage in proxy.connections] == ["alice", ""]
    assert [passage.name for passage in proxy.connections] == ["p1", "p2"]
