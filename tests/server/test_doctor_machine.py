"""The doctor looks at the machine."""

import resource
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from premises import copy_of

from events.catalog import Catalog
from server import doctor_machine
from server.doctor_machine import disk, files, fsync, open_files, wal
from server.finding import Case, Finding
from server.settings import Settings
from stores.database import Database


@pytest.fixture
def case(tmp_path: Path, furnished: Path, catalog: Catalog) -> Iterator[Case]:
    url = f"sqlite:///{copy_of(furnished, tmp_path)}"
    examined = Database(url, catalog.record_classes)
    yield Case(Settings.read(database_url=url), catalog, examined)
    examined.close()


@pytest.fixture
def mounted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Has the folder be on a file system of this kind, with room."""

    def mount(kind: str) -> None:
        table = tmp_path / "mounts"
        table.write_text(f"/dev/root / ext4 rw 0 0\nhost:/a\\040b {tmp_path} {kind} rw 0 0\n")
        monkeypatch.setattr(doctor_machine, "MOUNTS", table)
        has_free(monkeypatch, 10**12)

    return mount


def has_free(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: type("Usage", (), {"free": free}))


def said(found: Finding | None) -> str:
    assert found is not None
    return f"{found.verdict}: {found.found}"


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        ("ext4", "ok"), ("xfs", "ok"), ("nfs4", "wrong"), ("cifs", "wrong"), ("fuse.sshfs", "wrong"), ("tmpfs", "warn"),
        ("overlay", "warn"),
    ],
)  # fmt: skip
def test_sqlite_wants_a_disk_that_is_here_and_stays(
    case: Case, mounted: Callable[[str], None], kind: str, verdict: str
) -> None:
    mounted(kind)
    assert said(disk(case)).startswith(f"{verdict}: 1,000.0 GB free on {kind}")


@pytest.mark.parametrize(("free", "verdict"), [(5 * 10**7, "wrong"), (5 * 10**8, "warn"), (2 * 10**9, "ok")])
def test_room_runs_out(
    case: Case, mounted: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, free: int, verdict: str
) -> None:
    mounted("ext4")
    has_free(monkeypatch, free)
    found = disk(case)
    assert found is not None
    assert found.verdict == verdict


def test_where_the_system_does_not_tell_the_kind_room_is_still_looked_at(
    case: Case, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(doctor_machine, "MOUNTS", tmp_path / "none")
    has_free(monkeypatch, 10**12)
    assert said(disk(case)) == "ok: 1,000.0 GB free on the file system"


@pytest.fixture
def open_folder(tmp_path: Path) -> Iterator[None]:
    """Others may enter all folders above."""
    changed = {path: path.stat().st_mode for path in (tmp_path, *tmp_path.parents) if not path.stat().st_mode & 0o001}
    for path in changed:
        path.chmod(path.stat().st_mode | 0o011)
    yield
    for path, mode in changed.items():
        path.chmod(mode)


def test_what_others_may_read_is_told_of_with_what_to_do(case: Case, open_folder: None) -> None:
    assert case.file is not None
    case.file.chmod(0o644)
    found = files(case)
    assert found is not None
    assert (found.verdict, found.mend) == ("warn", f"chmod 600 {case.file}")
    case.file.chmod(0o600)
    assert said(files(case)) == "ok: for their owner alone"


def test_the_settings_are_secret_too(case: Case, open_folder: None, tmp_path: Path) -> None:
    assert case.file is not None
    case.file.chmod(0o600)
    (tmp_path / ".env").write_text("METRICS_TOKEN=x")
    (tmp_path / ".env").chmod(0o640)
    found = files(case)
    assert found is not None
    assert found.mend == "chmod 600 .env"


def test_a_folder_that_others_may_not_enter_is_enough(case: Case, tmp_path: Path) -> None:
    assert case.file is not None
    case.file.chmod(0o644)
    tmp_path.chmod(0o700)
    assert said(files(case)) == "ok: for their owner alone"


def test_files_of_several_users_are_told_of(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    assert case.file is not None
    case.file.chmod(0o600)
    other = case.file.with_name(f"{case.file.name}.lock")
    other.touch(mode=0o600)
    real = Path.stat

    def of_somebody_else(path: Path, **how: Any) -> Any:
        found = real(path, **how)
        return type("Stat", (), {"st_mode": found.st_mode, "st_uid": 4711}) if path == other else found

    monkeypatch.setattr(Path, "stat", of_somebody_else)
    assert said(files(case)) == "warn: the database's files belong to several users"


@pytest.mark.parametrize(("seconds", "verdict"), [(0.002, "ok: 2.0 ms"), (0.03, "warn: 30.0 ms")])
def test_a_slow_disk_is_told_of(case: Case, monkeypatch: pytest.MonkeyPatch, seconds: float, verdict: str) -> None:
    monkeypatch.setattr(doctor_machine, "_synced", lambda _: [0.0, seconds, seconds, seconds, 5.0])
    assert said(fsync(case)) == f"{verdict} beside the database"


def test_the_disk_is_really_measured(case: Case, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    assert "ms beside the database" in said(fsync(case))
    assert sorted(tmp_path.iterdir()) == before


def test_a_wal_that_only_grows_is_told_of(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    assert case.file is not None
    assert said(wal(case)) == "ok: 0.0 MB"
    case.file.with_name(f"{case.file.name}-wal").write_bytes(b"x" * 200_000)
    assert said(wal(case)) == "ok: 0.2 MB"
    monkeypatch.setattr(doctor_machine, "LARGE_WAL", 100_000)
    assert said(wal(case)) == "warn: 0.2 MB"


@pytest.mark.parametrize(
    ("limit", "verdict"), [(1024, "warn: 1,024 here"), (20_256, "ok: 20,256 here"), (resource.RLIM_INFINITY, "ok: ")]
)
def test_each_connection_is_an_open_file(case: Case, monkeypatch: pytest.MonkeyPatch, limit: int, verdict: str) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (limit, limit))
    assert said(open_files(case)).startswith(verdict)
