"""Commits that fail, seen from outside (D4): a full disk, a database that may not be written, an fsync that fails and yet
leaves the rows. Real servers on real file systems; where the machine offers none of them, the test says so and is skipped.
"""

import asyncio
import shutil
import signal
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from network import GoneError, seq_of
from postgres import a_cluster
from premises import address_of, copy_of, furnish
from program import a_program
from sqlalchemy import event

GRAY = {"customer_name": "Ms. Gray"}
READ_ONLY = {"sqlite": "PRAGMA query_only = ON", "postgresql": "SET TRANSACTION READ ONLY"}


@pytest.fixture
def small_disk(kind, tmp_path, request):
    """A file system of 16 MiB; one that PostgreSQL reaches."""
    place = (tmp_path if kind == "sqlite" else request.getfixturevalue("postgres").folder) / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m,mode=0700", "callboard-test", str(place)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("no tmpfs can be mounted here")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)
    place.rmdir()


@pytest.fixture
def url_on_small_disk(kind, small_disk, request):
    if kind == "sqlite":
        yield address_of(copy_of(request.getfixturevalue("furnished"), small_disk))
        return
    postgres = request.getfixturevalue("postgres")
    postgres.own(small_disk)
    postgres.does(f"CREATE TABLESPACE small LOCATION '{small_disk}'")
    url = request.getfixturevalue("furnished_postgres")("TABLESPACE small")
    yield url
    postgres.does(f"DROP DATABASE {postgres.name_of(url)} WITH (FORCE)")
    postgres.does("DROP TABLESPACE small")


@pytest.fixture
async def on_small_disk(url_on_small_disk, tmp_path):
    async with a_program(tmp_path / "board.db", DATABASE_URL=url_on_small_disk) as program:
        yield await program.starts()


def remount(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)


def fill(disk: Path) -> Path:
    """Take all that is left."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    return ballast


async def writes_until_refused(client):
    """What is free inside the files must be used up too: the op_id and error of the first command that is refused."""
    for n in range(5_000):
        payload = {"title": f"Call {n}", "description": "x" * 3_000, "op_id": f"op {n}", **GRAY}
        ack = await client.asks("create_call", **payload)
        if not ack.ok:
            return payload, ack.error
    raise AssertionError("the disk never filled")


async def test_d4_a_full_disk_is_unavailable_tells_nothing_and_heals(on_small_disk, small_disk, tokens):
    program = on_small_disk
    async with await tokens.client("alice", program) as alice, await tokens.client("bob", program) as bob:
        for client in (alice, bob):
            await client.connects()
            await client.takes_snapshot()
        ballast = fill(small_disk)
        payload, error = await writes_until_refused(alice)
        assert (error.code, error.retry) == ("unavailable", True)
        await bob.settles()
        told, head = len(bob.events()), bob.cursor
        for attempt in range(3):
            again = await alice.cannot("create_call", title=f"In vain {attempt}", description="x" * 3_000, **GRAY)
            assert (again.code, again.retry) == ("unavailable", True)
        assert (await alice.cannot("delete_call", id="nothing")).code == "not_found"
        fresh = await bob.fresh()
        assert sum(plural == "calls" for plural, _ in fresh) == told
        assert bob.cursor == head
        assert len(bob.events()) == told
        async with await tokens.client("bob", program) as late:
            assert (await late.connects()).data.cursor == head
        ballast.unlink()
        done = await alice.asks("create_call", **payload)
        assert done.ok
        assert "repeated" not in done
        heard = await bob.until(lambda: bob.events()[told:])
        assert [said.data.title for said in heard] == [payload["title"]]
        assert seq_of(done.cursor) == seq_of(head) + 1, "numbers must have no holes"
        assert (await alice.asks("create_call", **payload)).repeated
    assert program.is_running
    assert await program.stops() == 0


async def test_d4_with_a_full_disk_signing_in_is_unavailable_and_reading_goes_on(
    on_small_disk, small_disk, tokens, http
):
    program = on_small_disk
    async with await tokens.client("alice", program) as alice:
        await alice.connects()
        ballast = fill(small_disk)
        await writes_until_refused(alice)
        body = {"email": "bob@example.com", "password": "a password for tests"}
        headers = {"Authorization": f"Bearer {alice.token}"}
        statuses = set()
        for _ in range(60):  # a session is small: it may still fit into what is left
            async with http.post(f"{program.url}/api/login", json=body) as answer:
                statuses.add(answer.status)
        assert statuses <= {200, 503}
        async with http.get(f"{program.url}/api/tenants/main/calls?limit=1", headers=headers) as answer:
            assert answer.status == 200
        async with http.get(f"{program.url}/healthz") as answer:
            assert answer.status == 200
        ballast.unlink()
        async with http.post(f"{program.url}/api/login", json=body) as answer:
            assert answer.status == 200
    assert await program.stops() == 0
    assert [line for line in program.err if "Traceback" in line] == []


async def test_d4_many_at_once_on_a_full_disk_are_all_answered_and_happen_once(on_small_disk, small_disk, tokens):
    """A batch that failed is taken back whole; then batches of one find out what fits."""
    program = on_small_disk
    async with await tokens.client("alice", program) as alice:
        await alice.connects()
        await alice.takes_snapshot()
        ballast = fill(small_disk)
        await writes_until_refused(alice)
        asked = [{"title": f"Many {n}", "description": "y" * 3_000, "op_id": f"many {n}", **GRAY} for n in range(50)]
        refused = await asyncio.gather(*(alice.asks("create_call", **payload) for payload in asked))
        assert {ack.error.code for ack in refused if not ack.ok} == {"unavailable"}
        ballast.unlink()
        done = await asyncio.gather(*(alice.asks("create_call", **payload) for payload in asked))
        assert all(ack.ok for ack in done)
        fresh = await alice.fresh()
        titles = [record["title"] for record in fresh.values() if record.get("title", "").startswith("Many")]
        assert sorted(titles) == sorted(payload["title"] for payload in asked)
        numbers = sorted(record["number"] for (plural, _), record in fresh.items() if plural == "calls")
        assert numbers == list(range(1, len(numbers) + 1)), "a number was given twice, or lost"
    await program.is_killed()
    await program.starts()
    async with await tokens.client("alice", program) as alice:
        await alice.connects()
        assert await alice.fresh() == fresh


async def test_d4_a_database_that_may_not_be_written_is_unavailable_and_reads_go_on(board, tokens):
    """In this process, as the database can be told so: open files keep a file system from being mounted anew."""
    async with await tokens.in_process("alice", board) as alice, await tokens.in_process("bob", board) as bob:
        for client in (alice, bob):
            await client.connects()
            await client.takes_snapshot()
        with read_only(board.database.connections.engine):
            for _ in range(3):
                error = await alice.cannot("create_call", title="Once", op_id="once", **GRAY)
                assert (error.code, error.retry) == ("unavailable", True)
            assert (await alice.does("count", resource="calls")).total == 0
            assert (await bob.fresh()).keys() == alice.replica.keys()
        assert bob.events() == []
        done = await alice.asks("create_call", title="Once", op_id="once", **GRAY)
        assert done.ok
        assert "repeated" not in done
        assert (await bob.until(bob.events))[0].data == done.data
        assert done.data.number == 1
        assert board.is_ready


@contextmanager
def read_only(engine):
    """Whoever begins a transaction may only read."""

    def begins(connection):
        connection.exec_driver_sql(READ_ONLY[engine.dialect.name])

    event.listen(engine, "begin", begins, insert=True)
    yield
    event.remove(engine, "begin", begins)
    engine.dispose()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_a_server_whose_disk_may_not_be_written_does_not_start_and_says_why(small_disk, furnished):
    async with a_program(copy_of(furnished, small_disk)) as program:
        remount(small_disk, "ro")
        await program.runs()
        assert await program.ends() == 1
        assert len(program.err) == 1
        assert program.err[0].startswith("callboard: ")
        remount(small_disk, "rw")
        await program.starts()
        assert await program.stops() == 0


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_a_server_whose_disk_is_full_starts_or_says_why_and_starts_once_there_is_room(small_disk, furnished):
    async with a_program(copy_of(furnished, small_disk)) as program:
        ballast = fill(small_disk)
        await program.runs()
        assert await program.ends() == 1
        assert len(program.err) == 1
        assert program.err[0].startswith("callboard: ")
        ballast.unlink()
        await program.starts()
        assert await program.stops() == 0


FAILING_FSYNC = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static int stands(const char *name) {
    const char *flag = getenv(name);
    return flag && access(flag, F_OK) == 0;
}

static int after(int result) {
    if (stands("DIES_AFTER_FSYNC_WHILE")) raise(SIGKILL);
    if (stands("FSYNC_FAILS_WHILE")) { errno = EIO; return -1; }
    return result;
}

int fsync(int file) {
    int (*real)(int) = dlsym(RTLD_NEXT, "fsync");
    return after(real(file));
}

int fdatasync(int file) {
    int (*real)(int) = dlsym(RTLD_NEXT, "fdatasync");
    return after(real(file));
}
"""


@pytest.fixture
def shim(tmp_path):
    """A library that comes before the C library."""
    source, shim = tmp_path / "shim.c", tmp_path / "shim.so"
    source.write_text(FAILING_FSYNC)
    build = ["gcc", "-shared", "-fPIC", "-o", str(shim), str(source), "-ldl"]
    if not shutil.which("gcc") or subprocess.run(build, capture_output=True, check=False).returncode != 0:
        pytest.skip("no gcc here")
    return shim


class Disk:
    """It writes everything and then, while it is told to, says that it did not, or loses its power."""

    def __init__(self, folder: Path, shim: Path) -> None:
        self.fails, self.dies = folder / "fails", folder / "dies"
        flags = {"FSYNC_FAILS_WHILE": str(self.fails), "DIES_AFTER_FSYNC_WHILE": str(self.dies)}
        self.environment = {"LD_PRELOAD": str(shim), **flags}

    def mends(self) -> None:
        for flag in (self.fails, self.dies):
            flag.unlink(missing_ok=True)


class DiskOfPostgreSQL(Disk):
    """PostgreSQL ends when its disk fails, and must be started."""

    def __init__(self, folder: Path, shim: Path) -> None:
        super().__init__(folder, shim)
        self.cluster = a_cluster(**self.environment)
        self.environment = {}

    def mends(self) -> None:
        super().mends()
        if self.cluster.is_running:
            self.cluster.stops()
        self.cluster.starts()


@pytest.fixture
def disk(kind, shim, request):
    with tempfile.TemporaryDirectory(prefix="callboard-disk-") as folder:
        place = Path(folder)
        place.chmod(0o755)  # whoever PostgreSQL is looks for the flags here
        if kind == "sqlite":
            yield Disk(place, shim)
        else:
            disk = DiskOfPostgreSQL(place, Path(shutil.copy(shim, place)))
            yield disk
            disk.cluster.goes()


@pytest.fixture
async def betrayed(kind, disk, tmp_path, catalog, request):
    """A server on such a disk."""
    if kind == "sqlite":
        url = address_of(copy_of(request.getfixturevalue("furnished"), tmp_path))
    else:
        url = disk.cluster.new_database()
        furnish(url, catalog)
    async with a_program(tmp_path / "board.db", DATABASE_URL=url, **disk.environment) as program:
        yield await program.starts()


async def test_d4_after_a_failed_fsync_the_server_ends_and_the_restart_reads_the_truth(betrayed, disk, tokens):
    program = betrayed
    async with await tokens.client("alice", program) as alice, await tokens.client("bob", program) as bob:
        for client in (alice, bob):
            await client.connects()
            await client.takes_snapshot()
        before = await alice.asks("create_call", title="Before", op_id="before", **GRAY)
        await bob.until(bob.events)
        disk.fails.touch()
        asked = {f"op {n}": {"title": f"Call {n}", "op_id": f"op {n}", **GRAY} for n in range(10)}
        answers = [alice.sends("create_call", payload) for payload in asked.values()]
        assert await program.ends() != 0
        for answer in await asyncio.gather(*answers, return_exceptions=True):
            assert isinstance(answer, Exception) or (answer.ok, answer.error.code) == (False, "unavailable")
        assert len(bob.events()) == 1, "what is not known to be durable was told"
        assert [line for line in program.err if "Traceback" in line] == []
        disk.mends()
        await program.starts()
        await bob.until(lambda: not bob.is_open)
        await alice.until(lambda: not alice.is_open)
        assert (await bob.connects()).data.resumed
        await alice.connects()
        assert await alice.asks("create_call", title="Before", op_id="before", **GRAY) == {**before, "repeated": True}
        for payload in asked.values():
            assert (await alice.asks("create_call", **payload)).ok
        await bob.settles()
        titles = [said.data.title for said in bob.events()]
        assert sorted(titles) == sorted(["Before", *(payload["title"] for payload in asked.values())])
        assert bob.replica == await bob.fresh()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_d3_d5_what_became_durable_right_before_a_crash_is_told_after_it_and_happened_once(
    betrayed, disk, tokens
):
    program = betrayed
    async with await tokens.client("alice", program) as alice, await tokens.client("bob", program) as bob:
        for client in (alice, bob):
            await client.connects()
            await client.takes_snapshot()
        disk.dies.touch()
        asked = alice.sends("create_call", {"title": "Durable", "op_id": "once", **GRAY})
        assert await program.ends() == -signal.SIGKILL
        with pytest.raises(GoneError):
            await asked
        assert bob.events() == []
        disk.mends()
        await program.starts()
        await bob.until(lambda: not bob.is_open)
        assert (await bob.connects()).data.resumed
        (heard,) = bob.events()
        await alice.connects()
        again = await alice.asks("create_call", title="Durable", op_id="once", **GRAY)
        assert (again.ok, again.repeated, again.data) == (True, True, heard.data)
        assert bob.replica == await bob.fresh()
