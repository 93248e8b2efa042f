"""What only PostgreSQL does: sessions that end, states by which it names errors, and a commit that goes on without us."""

import threading
from traceback import format_exception

import psycopg
import pytest
from psycopg.errors import lookup
from things import CLASSES, thing

from stores.database import Database
from stores.errors import CommitFailed, Damaged, DataRejected, Unreachable
from stores.record import with_fields

ENDED = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


@pytest.fixture
def url(ready_postgres_url):
    return ready_postgres_url


@pytest.fixture
def ask(url):
    """Asks past our own code."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        yield lambda statement: connection.execute(statement).fetchall()


def test_d4_what_is_committed_is_on_the_disk_before_it_is_told_whatever_the_database_says(open_database, url, postgres):
    name = postgres.name_of(url)
    postgres.does(f"ALTER DATABASE {name} SET synchronous_commit = off")
    postgres.does(f"ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'")
    connections = open_database(url).connections
    for opened in (connections.writing, connections.reading, connections.fresh):
        with opened() as connection:
            assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
    with connections.writing() as connection:
        assert connection.exec_driver_sql("SHOW transaction_isolation").scalar() == "read committed"
    with connections.reading() as connection:
        assert connection.exec_driver_sql("SHOW transaction_isolation").scalar() == "repeatable read"
        assert connection.exec_driver_sql("SHOW transaction_read_only").scalar() == "on"


def test_what_the_url_says_of_a_connection_holds(open_database, url):
    database = open_database(f"{url}&application_name=mine&connect_timeout=3")
    with database.connections.reading() as connection:
        assert connection.exec_driver_sql("SHOW application_name").scalar() == "mine"
        parameters = connection.connection.driver_connection.info.get_parameters()
    assert parameters["connect_timeout"] == "3"
    assert parameters["keepalives_idle"] == "10"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_each_way_to_write_its_address_will_do(open_database, url, scheme):
    database = open_database(url.replace("postgresql+psycopg", scheme))
    assert [tenant.slug for tenant in database.tenants()] == ["main"]


def test_d4_after_its_sessions_were_ended_a_commit_fails_and_the_next_one_and_reads_go_on(database, writer, ask):
    writer.create(thing(1))
    assert len(database.journal_page("t", 0, 10, 1000)) == 1
    assert len(ask(ENDED)) >= 2
    assert len(database.journal_page("t", 0, 10, 1000)) == 1
    with pytest.raises(CommitFailed):
        writer.create(thing(2))
    assert database.head("t") == (1, writer.epoch)
    writer.create(thing(2))
    assert database.head("t") == (2, writer.epoch)


def test_d4_the_head_waits_for_the_end_of_a_commit_that_was_cut_off(database, writer, url):
    answers = []
    asking = threading.Thread(target=lambda: answers.append(database.head("t")))
    with psycopg.connect(url.replace("+psycopg", "")) as cut_off:
        cut_off.execute("UPDATE desks SET seq = 1")
        asking.start()
        waiting = (
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as looking:
            while looking.execute(waiting).fetchone() == (0,):
                assert asking.is_alive(), answers
        assert answers == []
        cut_off.commit()
    asking.join(10)
    assert answers == [(1, writer.epoch)]


@pytest.mark.parametrize(
    ("state", "name"),
    [
        ("58030", Damaged), ("XX001", Damaged), ("53100", CommitFailed), ("53300", CommitFailed), ("57P01", CommitFailed),
        ("57014", CommitFailed), ("25006", CommitFailed), ("40001", CommitFailed), ("42501", CommitFailed),
        ("42P07", CommitFailed), ("26000", CommitFailed), ("22003", DataRejected), ("23505", DataRejected),
        ("54000", DataRejected),
    ],
)  # fmt: skip
def test_d4_each_state_has_its_name(database, state, name):
    with pytest.raises(name), database.connections.writing() as connection:
        connection.exec_driver_sql(f"DO $$ BEGIN RAISE EXCEPTION 'oh' USING ERRCODE = '{state}'; END $$")
    assert lookup(state) is not None


CANARY = "hidden-7f3a"


@pytest.mark.parametrize("unfit", [{"price": 2**70}, {"name": "a\0b"}, {"name": "\ud800"}, {"price": CANARY}])
def test_r5_what_is_said_of_unfit_data_holds_no_value(database, writer, unfit):
    with pytest.raises(DataRejected) as caught:
        writer.create(with_fields(thing(1, secret=CANARY), **unfit))
    assert CANARY not in "".join(format_exception(caught.value))


def test_a_server_that_is_not_there_is_unreachable_in_one_line(tmp_path):
    database = Database(f"postgresql://me:hush@/board?host={tmp_path}", CLASSES)
    for asked in (database.lock, database.migrate, database.tenants):
        with pytest.raises(Unreachable) as caught:
            asked()
        assert str(tmp_path) in str(caught.value)
        assert "\n" not in str(caught.value)
        assert "hush" not in "".join(format_exception(caught.value))
    database.close()


def test_a_database_that_cannot_keep_every_letter_is_refused(postgres):
    url = postgres.new_database("template0", more="ENCODING 'LATIN1'")
    database = Database(url, CLASSES)
    with pytest.raises(Unreachable, match="LATIN1"):
        database.migrate()
    database.close()


def test_d2_numbers_of_all_sizes_are_one_statement_to_prepare(database, writer, ask):
    sizes = (1, 300, 70_000, 2**40)
    writer.create(*(thing(number, price=size) for number, size in enumerate(sizes, 1)))
    with database.connections.writing() as connection:
        prepared = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'INSERT INTO things %%'"
        assert connection.exec_driver_sql(prepared).scalar() == 1


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        ("SELECT * FROM operations WHERE tenant_id = 't' AND actor_id = 'a' AND op_id = 'o'", "operations_pkey"),
        ("SELECT * FROM journal WHERE tenant_id = 't' AND seq > 5 ORDER BY seq LIMIT 5", "journal_pkey"),
        (
            "SELECT * FROM journal WHERE tenant_id = 't' AND actor_id = 'a' ORDER BY seq DESC LIMIT 5",
            "journal_by_actor",
        ),
        ("SELECT * FROM things WHERE tenant_id = 't' AND id = 'i'", "things_pkey"),
        ("DELETE FROM operations WHERE tenant_id = 't' AND last <= 5", "operations_by_last"),
    ],
)
def test_f3_what_is_asked_of_long_tables_is_found_by_an_index(database, ask, statement, index):
    with database.connections.writing() as connection:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        connection.exec_driver_sql("SET LOCAL enable_bitmapscan = off")
        plan = str(connection.exec_driver_sql(f"EXPLAIN {statement}").all())
    assert f"using {index}" in plan
