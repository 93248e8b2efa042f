"""Backup files: written whole or not at all, and unpacked with care."""

import os
import resource
import sqlite3
import stat
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert
from things import CLASSES, NOON, Thing, Writer, rows_of, thing

from stores.archive import ArchiveError, being_written, put_in_place, unpacked
from stores.database import Database, Session
from stores.lock import FileLock
from stores.migrate import migrate


@pytest.fixture
def path(tmp_path):
    return tmp_path / "backup.db"


@pytest.fixture
def scratch(tmp_path):
    return tmp_path / "scratch.db"


@pytest.fixture
def live(open_database, tmp_path):
    """A database at work: its newest commits stand in the file beside it."""
    database = open_database(f"sqlite:///{tmp_path}/live.db")
    Writer(database).create(thing(1, name="one"), thing(2))
    later = NOON + timedelta(days=1)
    database.put_session(Session("s1", "0" * 64, "t", "u1", 0, NOON, NOON, later, "127.0.0.1", "ü"))
    return database


def write(path, name="one"):
    with being_written(path) as connection:
        database = Database("sqlite://", CLASSES)
        migrate(connection, database.metadata)
        row = {**thing(1, name=name).__dict__, "touched": {}}
        connection.execute(insert(database.metadata.tables["things"]), [row])
        database.close()


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_is_one_file_for_its_owner_alone(path, tmp_path):
    write(path)
    assert names_in(tmp_path) == ["backup.db"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [row[8] for row in rows_of(path)["things"]] == ["one"]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_file_that_is_there_is_never_replaced(path, tmp_path):
    path.write_text("mine")
    with pytest.raises(ArchiveError, match="there already"):
        write(path)
    assert path.read_text() == "mine"
    assert names_in(tmp_path) == ["backup.db"]


def test_what_fails_leaves_nothing(path, tmp_path):
    def interrupted():
        with being_written(path) as connection:
            connection.exec_driver_sql("CREATE TABLE things (id TEXT)")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        interrupted()
    assert names_in(tmp_path) == []


def test_what_a_killed_backup_left_is_begun_anew(path, tmp_path):
    path.with_name("backup.db.part").write_text("half of")
    write(path)
    assert names_in(tmp_path) == ["backup.db"]


def test_two_do_not_write_the_same_file(path):
    with being_written(path), pytest.raises(ArchiveError, match="Another backup"):
        write(path)


@pytest.mark.parametrize("place", ["nowhere/backup.db", "a file/backup.db"])
def test_a_place_that_is_none_is_said(tmp_path, place):
    (tmp_path / "a file").write_text("")
    with pytest.raises(ArchiveError, match=place):
        write(tmp_path / place)


def test_a_full_disk_leaves_nothing_and_says_so(path, tmp_path):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(ArchiveError, match=r"backup\.db could not be made"):
            write(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert names_in(tmp_path) == []


def test_r5_an_error_shows_no_value(path):
    def refused():
        with being_written(path) as connection:
            migrate(connection, Database("sqlite://", CLASSES).metadata)
            connection.exec_driver_sql("INSERT INTO things (id, secret) VALUES (?, ?)", ("x", "canary"))

    with pytest.raises(ArchiveError) as failed:
        refused()
    assert "canary" not in str(failed.value)


def test_a_copy_of_a_live_database_is_unpacked_with_its_newest_commits_and_nobody_signed_in(live, tmp_path, scratch):
    assert Path(f"{live.path}-wal").stat().st_size > 0
    with unpacked(live.path, scratch, CLASSES) as database:
        assert [record.name for record in database.open_desk("t").records["things"]] == ["one", None]
        assert database.sessions() == []
        assert stat.S_IMODE(scratch.stat().st_mode) == 0o600
    assert not [name for name in names_in(tmp_path) if name.startswith("scratch")]
    assert len(live.sessions()) == 1


def test_a_backup_is_not_touched_by_unpacking(path, scratch):
    write(path)
    before = path.read_bytes()
    path.chmod(0o400)
    with unpacked(path, scratch, CLASSES) as database:
        assert database.tenants() == []
    assert path.read_bytes() == before
    assert names_in(path.parent) == ["backup.db"]


def test_an_older_one_is_brought_up(open_database, tmp_path, scratch):
    older = open_database(f"sqlite:///{tmp_path}/older.db", {"things": Thing})
    Writer(older).create(thing(1))
    older.close()
    with unpacked(tmp_path / "older.db", scratch, CLASSES) as database:
        assert database.schema_differences() == []
        assert len(database.open_desk("t").records["things"]) == 1


def broken(path):
    content = bytearray(path.read_bytes())
    content[4096:12288] = os.urandom(8192)
    path.write_bytes(content)


def statement(sql):
    def run(path):
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(sql)

    return run


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (Path.unlink, "No such file"),
        (lambda path: path.write_text("not a database, " * 100), "is no backup of Callboard"),
        (lambda path: path.write_bytes(b""), "is no backup of Callboard"),
        (lambda path: path.write_bytes(path.read_bytes()[:20_000]), "damaged|unpacked"),
        (broken, "damaged|unpacked"),
        (statement("DROP TABLE desks"), "is no backup of Callboard"),
        (statement("UPDATE alembic_version SET version_num = '9999'"), "newer release"),
        (statement("CREATE TABLE loans AS SELECT 1 AS id"), "newer one: loans"),
    ],
)
def test_what_is_no_backup_is_refused_and_nothing_is_left(path, scratch, spoil, why):
    write(path)
    spoil(path)
    with pytest.raises(ArchiveError, match=why), unpacked(path, scratch, CLASSES):
        pytest.fail("this is no backup")
    assert not [name for name in names_in(path.parent) if name.startswith("scratch")]


def test_a_folder_is_no_backup(tmp_path, scratch):
    with pytest.raises(ArchiveError, match="cannot be read"), unpacked(tmp_path, scratch, CLASSES):
        pytest.fail("this is no backup")


def test_a_table_of_a_kind_that_is_gone_does_no_harm_while_it_is_empty(path, scratch):
    write(path)
    statement("CREATE TABLE loans (id TEXT)")(path)
    with unpacked(path, scratch, CLASSES) as database:
        assert database.tenants() == []


def test_put_in_place_keeps_what_was_there(path, live, tmp_path):
    write(path, "another")
    kept = tmp_path / "kept.db"
    live.connections.close()
    assert put_in_place(path, live.path, kept)
    assert [row[8] for row in rows_of(live.path)["things"]] == ["another"]
    assert [row[8] for row in rows_of(kept)["things"]] == ["one", None]
    assert not path.exists()


def test_put_in_place_keeps_the_newest_commits_of_a_server_that_was_killed(path, live, tmp_path):
    """Its file alone does not hold them: what SQLite kept beside it goes along."""
    dead = tmp_path / "dead.db"
    for side in ("", "-wal"):
        Path(f"{dead}{side}").write_bytes(Path(f"{live.path}{side}").read_bytes())
    write(path, "another")
    put_in_place(path, dead, tmp_path / "kept.db")
    assert [row[8] for row in rows_of(dead)["things"]] == ["another"]
    assert [row[8] for row in rows_of(tmp_path / "kept.db")["things"]] == ["one", None]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
@pytest.mark.parametrize("is_there", [True, False])
def test_what_root_restores_belongs_to_whom_it_belonged_before(path, tmp_path, is_there):
    write(path)
    folder = tmp_path / "data"
    folder.mkdir()
    place = folder / "new.db"
    if is_there:
        place.write_text("")
    os.chown(place if is_there else folder, 4711, 4712)
    put_in_place(path, place, tmp_path / "kept.db")
    assert (place.stat().st_uid, place.stat().st_gid) == (4711, 4712)


def test_put_in_place_where_nothing_was(path, tmp_path):
    write(path)
    assert not put_in_place(path, tmp_path / "new.db", tmp_path / "kept.db")
    assert names_in(tmp_path) == ["new.db"]


def test_where_a_file_cannot_have_two_names_it_is_copied(path, live, tmp_path, monkeypatch):
    def refuses(*_):
        raise OSError

    monkeypatch.setattr(Path, "hardlink_to", refuses)
    write(path, "another")
    live.connections.close()
    put_in_place(path, live.path, tmp_path / "kept.db")
    assert [row[8] for row in rows_of(tmp_path / "kept.db")["things"]] == ["one", None]


def test_d8_the_lock_of_a_database_is_not_that_of_a_backup_beside_it(path):
    lock = FileLock(path.with_name("backup.db.lock"))
    lock.take()
    write(path)
    lock.release()
