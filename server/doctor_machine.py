"""The doctor's checks of the machine: the disk and its speed, who may read the files, how many connections it can hold."""

import os
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from server.finding import Case, Finding, ok, size_of, warn, wrong

LITTLE, TOO_LITTLE = 10**9, 10**8  # bytes left on the disk
LARGE_WAL = 256 * 2**20
SLOW_S, ROUNDS = 0.020, 20
SPARE_FILES = 256  # the database, the log, readers, what the program has open by itself
NETWORKS = ("nfs", "cifs", "smb", "9p", "ceph", "glusterfs", "lustre", "afs", "fuse.sshfs", "fuse.s3fs", "fuse.rclone")
PASSING = ("tmpfs", "ramfs", "overlay")
MOUNTS = Path("/proc/self/mounts")
SIDES = ("", "-wal", "-shm", ".lock", ".lock.bell", ".sock")
OTHERS, ENTER = 0o077, 0o011


def disk(case: Case) -> Finding | None:
    """Room beside the database, and whether the file system is one for it."""
    folder = _folder(case)
    if folder is None:
        return None
    free, kind = shutil.disk_usage(folder).free, _kind_of(folder)
    found = f"{size_of(free)} free on {kind or 'the file system'}"
    if kind.startswith(NETWORKS):
        return wrong(
            f"{found}, which is on a network", "SQLite needs a local disk: locks and fsync cannot be trusted there."
        )
    if free < TOO_LITTLE:
        return wrong(found, "Make room: with the disk full no command is accepted.")
    if free < max(LITTLE, _size(case)):
        return warn(found, "Make room: a backup beside the database needs as much again.")
    if kind in PASSING:
        return warn(f"{found}, which may not outlive a restart", "Put the database on a disk or a volume that stays.")
    return ok(found)


def files(case: Case) -> Finding | None:
    """Nobody else on the machine may read the database or the settings; the files belong to one user."""
    entered = [path for path in _files(case) if path.stat().st_mode & OTHERS and _may_enter(path.parent)]
    if entered:
        names = " ".join(str(path) for path in entered)
        return warn("others on this machine may read what is in it", f"chmod 600 {names}")
    owners = {path.stat().st_uid for path in _beside(case)}
    if len(owners) > 1:
        return warn("the database's files belong to several users", "chown them to the user that the server runs as.")
    return ok("for their owner alone")


def fsync(case: Case) -> Finding | None:
    """How long the disk takes to keep something: each commit waits that long."""
    folder = _folder(case)
    if folder is None:
        return None
    typical = statistics.median(_synced(folder))
    found = f"{typical * 1000:.1f} ms beside the database"
    if typical > SLOW_S:
        return warn(found, "Each command waits that long: put the database on a faster disk.")
    return ok(found)


def wal(case: Case) -> Finding | None:
    """What SQLite has not folded into the database yet."""
    if case.file is None:
        return None
    path = case.file.with_name(f"{case.file.name}-wal")
    size = path.stat().st_size if path.exists() else 0
    if size > LARGE_WAL:
        return warn(size_of(size), "A program has been reading for very long: see whether a backup or export hangs.")
    return ok(size_of(size))


def open_files(case: Case) -> Finding:
    """Each connection is an open file."""
    limit, needed = resource.getrlimit(resource.RLIMIT_NOFILE)[0], case.settings.max_connections + SPARE_FILES
    found = f"{limit:,} here, {case.settings.max_connections:,} connections at most"
    if limit != resource.RLIM_INFINITY and limit < needed:
        return warn(
            found, f"Let the server have {needed:,} (LimitNOFILE of its unit, ulimit -n), or lower MAX_CONNECTIONS."
        )
    return ok(found)


def _folder(case: Case) -> Path | None:
    return case.database.path.parent if case.database.path is not None else None


def _size(case: Case) -> int:
    return case.file.stat().st_size if case.file is not None else 0


def _files(case: Case) -> Iterator[Path]:
    """Those with secrets in them."""
    environment = Path(".env")
    yield from _beside(case)
    if environment.is_file():
        yield environment


def _beside(case: Case) -> Iterator[Path]:
    if case.file is not None:
        paths = (case.file.with_name(case.file.name + side) for side in SIDES)
        yield from (path for path in paths if path.exists())


def _may_enter(folder: Path) -> bool:
    """Whether others get as far as this folder."""
    return all(each.stat().st_mode & ENTER for each in (folder.absolute(), *folder.absolute().parents))


def _synced(folder: Path) -> Iterator[float]:
    """Seconds for each of some small writes to be on disk."""
    with tempfile.NamedTemporaryFile(prefix=".callboard-fsync-", dir=folder, buffering=0) as file:
        for _ in range(ROUNDS):
            started = time.perf_counter()
            file.write(b"x" * 4096)
            os.fsync(file.fileno())
            yield time.perf_counter() - started


def _kind_of(folder: Path) -> str:
    """The kind of the file system that a folder is on; empty where the system does not tell."""
    if not MOUNTS.is_file():
        return ""
    kinds = {_unescaped(line.split()[1]): line.split()[2] for line in MOUNTS.read_text().splitlines()}
    here = folder.resolve()
    return next((kinds[str(place)] for place in (here, *here.parents) if str(place) in kinds), "")


def _unescaped(place: str) -> str:
    return place.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
