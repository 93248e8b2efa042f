"""What must be seen: programs in Node with an EventSource, a bare WebSocket and socket.io-client, and python's client, all
print the same sequence, part of it missed and part of it live (PROTOCOL section 5).
"""

import asyncio
import json

import pytest
from ears import arrives
from javascript import CLIENTS, LONGEST_LINE
from network import PythonClient, token_of, url_of
from premises import id_of

PROGRAMS = ("eventsource", "websocket", "socket.io")
NAMES = "call_created,call_updated,call_assigned,call_completed,call_deleted,category_created,category_deleted"
LAST = "00000000-0000-4000-8000-000000000000"
PATIENCE = 60


class Program:
    """One listener in Node; `lines` are what it has printed."""

    def __init__(self, process):
        self.process, self.lines = process, []

    async def prints(self, count):
        """Until it has printed so many lines in all."""
        async with asyncio.timeout(PATIENCE):
            while len(self.lines) < count:
                line = await self.process.stdout.readline()
                assert line, f"it ended after {len(self.lines)} lines"
                self.lines.append(json.loads(line))

    async def ends(self):
        """All that it still prints, and its exit code."""
        async with asyncio.timeout(PATIENCE):
            self.lines += [json.loads(line) async for line in self.process.stdout]
            return await self.process.wait()


@pytest.fixture
async def listener(board):
    """`await listener(door, cursor)`: a Node program that listens from there; killed at the end, if it lives."""
    running = []

    async def start(door, cursor):
        command = ("node", "listener.mjs", door, url_of(board), await token_of(board, "bob"), cursor, LAST, NAMES)
        process = await asyncio.create_subprocess_exec(
            *command, cwd=CLIENTS, stdout=asyncio.subprocess.PIPE, limit=LONGEST_LINE
        )
        running.append(process)
        return Program(process)

    yield start
    for process in running:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def works(alice, category_id):
    """A day's work: a call from its beginning to its end, and one that is deleted."""
    ids = [(await alice.does("create_call", title=f"Call {n}", customer_name="Ms. Gray")).id for n in range(2)]
    await alice.does("assign_call", id=ids[0], assignee_id=id_of("bob"))
    await alice.does("start_call", id=ids[0])
    await alice.does("complete_call", id=ids[0], resolution="New cable")
    await alice.does("delete_call", id=ids[1])
    await alice.does("create_category", id=category_id, name=f"Category {category_id}")


async def test_node_and_python_print_the_same_sequence_through_every_door(comes, board, listener, leaving):
    alice = await comes("alice")
    bob = PythonClient(url_of(board), await token_of(board, "bob"))
    leaving.push_async_callback(bob.close)
    await arrives(bob)
    cursor = bob.cursor
    await works(alice, id_of("a category"))
    programs = [await listener(door, cursor) for door in PROGRAMS]
    for program in programs:
        await program.prints(7)
    await works(alice, LAST)
    assert [await program.ends() for program in programs] == [0, 0, 0]
    await bob.until(lambda: bob.events()[-1].data.id == LAST)
    heard = [[said.name, said.data, said.meta] for said in bob.events()]
    assert [name for name, _, _ in heard[:7]] == [
        "call_created", "call_created", "call_assigned", "call_updated", "call_completed", "call_deleted",
        "category_created",
    ]  # fmt: skip
    assert len(heard) == 14
    for door, program in zip(PROGRAMS, programs, strict=True):
        assert program.lines == heard, door
