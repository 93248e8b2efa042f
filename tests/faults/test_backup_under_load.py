"""Backups taken while people work: each holds exactly what the journal says up to its head, and nothing after (D3)."""

import asyncio
from contextlib import contextmanager

import orjson
from commandline import beside
from premises import id_of
from sqlalchemy import select

from server.export import export
from server.terminal import Bar
from stores.database import Database

GRAY = {"customer_name": "Ms. Gray"}
ROUNDS = 2


class Worker:
    """Makes calls, changes them and deletes some."""

    def __init__(self, client, name):
        self.client, self.name, self.done = client, name, 0
        self.goes_home = False

    async def works(self):
        # Told, not cancelled: a wait that ends at that very moment swallows a cancellation, and he would work for ever.
        while not self.goes_home:
            await self.lives_through(str(id_of(f"{self.name}-{self.done}")))
            self.done += 1

    async def lives_through(self, call):
        await self.client.does("create_call", id=call, title=f"{self.name} {self.done}", **GRAY)
        await asyncio.gather(
            self.client.does("update_call", id=call, description="heard more"),
            self.client.does("assign_call", id=call, assignee_id=str(id_of("bob"))),
        )
        if self.done % 3 == 0:
            await self.client.does("delete_call", id=call)


@contextmanager
def looking(url, catalog):
    """(connection, tables) of a database."""
    database = Database(url, catalog.record_classes)
    with database.connections.reading() as connection:
        yield connection, database.metadata.tables
    database.close()


def journal_of(url, catalog):
    """All entries of it, oldest first."""
    with looking(url, catalog) as (connection, tables):
        return connection.execute(select(tables["journal"]).order_by(tables["journal"].c.seq)).all()


def replayed(entries):
    """The records that these entries come to: (kind, id) → record."""
    state = {}
    for entry in entries:
        key = (entry.resource, entry.record_id)
        if entry.kind == "deleted":
            del state[key]
        else:
            state[key] = orjson.loads(entry.record)
    return state


def exported(backup):
    """The same from the backup's tables, all public fields."""
    folder = backup.with_suffix(".out")
    export(f"sqlite:///{backup}", folder, None, Bar("records"))
    files = (folder / "main").glob("*.json")
    return {(file.stem, record["id"]): record for file in files for record in orjson.loads(file.read_bytes())}


async def test_d3_each_backup_equals_the_journal_up_to_its_head(program, board_url, tokens, tmp_path, catalog):
    await program.starts()
    clients = [await tokens.client(name, program) for name in ("alice", "alice", "alice")]  # an admin: he may delete
    for client in clients:
        await client.connects()
    workers = [Worker(client, f"{number}") for number, client in enumerate(clients)]
    working = [asyncio.create_task(worker.works()) for worker in workers]

    heads = []
    for number in range(ROUNDS):
        before = sum(worker.done for worker in workers)
        said = await beside(program, "backup", tmp_path / f"{number}.bak")
        assert said.code == 0, said.err
        assert sum(worker.done for worker in workers) > before, "nobody was held up"
        with looking(f"sqlite:///{tmp_path}/{number}.bak", catalog) as (connection, tables):
            heads.append(connection.execute(select(tables["desks"].c.seq)).scalar_one())
    for worker in workers:
        worker.goes_home = True
    await asyncio.gather(*working)
    for client in clients:
        await client.close()
    assert await program.stops() == 0

    everything = journal_of(board_url, catalog)
    assert heads == sorted(set(heads)), "each was of a later moment"
    assert heads[-1] < len(everything)
    for number, head in enumerate(heads):
        check(tmp_path / f"{number}.bak", everything[:head], catalog)


def check(backup, prefix, catalog):
    """The journal is the same, row by row; the records are those that it comes to; no change set is cut in two."""
    assert journal_of(f"sqlite:///{backup}", catalog) == prefix
    assert prefix[-1].last == prefix[-1].seq
    assert exported(backup) == replayed(prefix)
    with looking(f"sqlite:///{backup}", catalog) as (connection, tables):
        counters = tables["counters"].c
        (last,) = connection.execute(select(counters.last).where(counters.resource == "calls")).scalars()
    assert last == sum(1 for entry in prefix if entry.event == "call_created")
