"""kill -9 under load, round after round: what was acknowledged is there, what was sent again happened once, and who
comes back with an old cursor hears exactly what he missed (D3, D5, F2, F7). CALLBOARD_KILL_ROUNDS makes it longer."""

import asyncio
import os
import random
from collections import Counter

from network import GoneError, seq_of
from premises import id_of

ROUNDS = int(os.environ.get("CALLBOARD_KILL_ROUNDS", "3"))
CONNECTIONS, AT_ONCE = 20, 4
WORKERS = ("alice", "dora", "bob", "fred")


class Worker:
    """One connection at work: makes calls and changes its own, several at once, each with an op_id."""

    def __init__(self, client, name, seed):
        self.client, self.name, self.random = client, name, random.Random(seed)
        self.sent = {}  # op_id → (command, payload), in the order sent
        self.acks = {}  # op_id → ack
        self.calls = []  # ids, chosen by the client: a call can be changed before its creation is answered
        self._number = 0

    async def works(self):
        """Until the connection is gone."""
        try:
            while True:
                asked = {}
                for op_id, command, payload in [self._next() for _ in range(self.random.randint(1, AT_ONCE))]:
                    self.sent[op_id] = (command, payload)
                    asked[op_id] = self.client.sends(command, payload)
                for op_id, answer in asked.items():
                    self.acks[op_id] = await answer
        except GoneError:
            return

    def _next(self):
        self._number += 1
        op_id = f"{self.name}-{self._number}"
        if not self.calls or self.random.random() < 0.5:
            self.calls.append(str(id_of(op_id)))
            fields = {"id": self.calls[-1], "title": op_id, "customer_name": "Ms. Gray"}
            return op_id, "create_call", {**fields, "op_id": op_id}
        call = self.random.choice(self.calls)
        return op_id, "update_call", {"id": call, "description": op_id, "op_id": op_id}


async def test_d3_d5_nothing_acknowledged_is_lost_and_nothing_happens_twice_over_kill_9(program, tokens):
    await program.starts()
    watcher = await tokens.client("carol", program)
    await watcher.connects()
    await watcher.takes_snapshot()
    begun = seq_of(watcher.cursor)
    everything = []
    for round_ in range(ROUNDS):
        workers = [await joins(program, tokens, round_, n) for n in range(CONNECTIONS)]
        await killed_at_work(program, workers, watcher, random.Random(round_).randint(50, 400))
        await program.starts()
        ready = (await watcher.connects()).data
        assert ready.resumed
        fresh = await fresh_snapshot(program, tokens)
        assert watcher.replica == fresh
        for worker in workers:
            check_acknowledged(worker, fresh)
        await sent_again(program, tokens, workers)
        everything += workers
        await watcher.settles()
        assert watcher.replica == await fresh_snapshot(program, tokens)
    check_heard(watcher, everything, begun)
    await watcher.close()
    assert await program.stops() == 0
    assert [line for line in program.err if "Traceback" in line] == []


async def joins(program, tokens, round_, number):
    name = WORKERS[number % len(WORKERS)]
    client = await tokens.client(name, program)
    await client.connects()
    return Worker(client, f"round-{round_}-{number}", round_ * 1_000 + number)


async def killed_at_work(program, workers, watcher, after):
    """Everyone works; when so many events were told, the server is killed."""
    place = len(watcher.log)
    working = [asyncio.create_task(worker.works()) for worker in workers]
    await watcher.until(lambda: len(watcher.log) - place >= after)
    await program.is_killed()
    await asyncio.gather(*working, *(worker.client.close() for worker in workers))
    await watcher.until(lambda: not watcher.is_open)
    unacknowledged = sum(len(worker.sent) - len(worker.acks) for worker in workers)
    assert sum(len(worker.acks) for worker in workers) > after / 2
    assert unacknowledged, "the kill must interrupt something"


async def fresh_snapshot(program, tokens):
    async with await tokens.client("alice", program) as client:
        await client.connects()
        return await client.fresh()


def check_acknowledged(worker, fresh):
    """Every acknowledged command is there: made, and where changed, with the last acknowledged change or a later one."""
    order = list(worker.sent)
    for op_id, ack in worker.acks.items():
        assert ack.ok, ack
        command, payload = worker.sent[op_id]
        record = fresh["calls", payload["id"]]
        assert record.version >= ack.data.version
        if command == "create_call":
            assert record.number == ack.data.number
            assert record.title == payload["title"]
        else:
            assert order.index(record.description) >= order.index(op_id)


async def sent_again(program, tokens, workers):
    """All of them, the acknowledged too, each on a new connection, in the same order."""
    for worker in workers:
        async with await tokens.client(WORKERS[workers.index(worker) % len(WORKERS)], program) as client:
            await client.connects()
            asked = {op_id: client.sends(command, payload) for op_id, (command, payload) in worker.sent.items()}
            for op_id, answer in asked.items():
                ack = await asyncio.wait_for(answer, 60)
                assert ack.ok, ack
                if op_id in worker.acks:
                    assert ack == {**worker.acks[op_id], "repeated": True}


def check_heard(watcher, workers, begun):
    """Over all the kills one client heard every entry once, in order; and of every op_id one change set, or none where
    it changed nothing."""
    events = watcher.events()
    heard = [said.meta.version for said in events]
    assert heard == list(range(begun + 1, begun + 1 + len(heard)))
    times = Counter(said.meta.op_id for said in events)
    assert set(times.values()) == {1}
    created = {op_id for worker in workers for op_id, (command, _) in worker.sent.items() if command == "create_call"}
    sent = {op_id for worker in workers for op_id in worker.sent}
    assert created <= set(times) <= sent
    assert sent == set(times), "each command of these changes something"
