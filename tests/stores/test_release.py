"""Of which release a database is, told without changing it."""

from sqlalchemy import text
from things import CLASSES, Thing

from stores.database import Database
from stores.release import release_of


def looked(database):
    with database.connections.reading() as connection:
        return release_of(connection, database.metadata)


def done(database, statement):
    with database.connections.writing() as connection:
        connection.execute(text(statement))


def test_a_database_brought_up_is_of_this_release(database):
    release = looked(database)
    assert release.is_ours
    assert not release.is_newer
    assert (release.missing, release.changed) == ((), False)


def test_an_empty_one_is_not_ours_and_stays_empty(empty_url):
    database = Database(empty_url, CLASSES)
    release = looked(database)
    assert not release.is_ours
    assert not release.is_newer
    assert len(release.missing) == 8
    assert looked(database) == release
    database.close()


def test_a_mark_nobody_knows_is_of_a_newer_one(database):
    done(database, "UPDATE alembic_version SET version_num = '9999'")
    assert looked(database).is_newer


def test_a_column_that_is_not_there_yet_is_of_an_older_one(database):
    done(database, "ALTER TABLE things DROP COLUMN price")
    assert looked(database).changed


def test_a5_a_kind_of_record_that_is_new_here_is_missing_and_nothing_is_changed(open_database, empty_url):
    open_database(empty_url, {"things": Thing}).close()
    newer = Database(empty_url, CLASSES)
    release = looked(newer)
    assert release.missing == ("others",)
    assert not release.changed
    newer.close()


def test_a_kind_of_record_that_is_unknown_here_is_told_of(open_database, empty_url):
    open_database(empty_url, CLASSES).close()
    older = Database(empty_url, {"things": Thing})
    assert "others" in looked(older).unknown
    assert "things" not in looked(older).unknown
    older.close()
