"""The control socket, and finding whoever has the desks (D8)."""

import asyncio
import stat
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from events.actor import SYSTEM
from server import control
from server.control import AskedInVainError, Control, follow, reach, run_errand
from server.places import control_socket
from server.standalone import Standalone
from stores.change import Entry
from stores.errors import Locked

PASSWORD = "a password for tests"
ROW = {
    "id": "1", "data_provider": "p", "country": "GBR", "product_category": "Laptop", "brand": "", "model": "",
    "fault_type": "Screen", "repair_status": "Fixed", "event_date": "2019-03-20", "problem": "broken",
}  # fmt: skip


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "board.db"


@pytest.fixture
def url(database: Path) -> str:
    return url_of(database)


def url_of(database: Path) -> str:
    return f"sqlite:///{database}"


@pytest.fixture
async def keeper(url: str) -> AsyncIterator[Standalone]:
    """Has the desks open, as a server has."""
    async with Standalone(url) as opened:
        await opened.create_tenant("main", "Main")
        yield opened


@pytest.fixture
async def server(keeper: Standalone, database: Path) -> AsyncIterator[Control]:
    door = Control(control_socket(url_of(database)), keeper)
    await door.start()
    yield door
    await door.stop()


async def test_d8_the_socket_is_its_owners_alone(server: Control, database: Path) -> None:
    mode = control_socket(url_of(database)).stat().st_mode

    assert stat.S_ISSOCK(mode)
    assert stat.S_IMODE(mode) == 0o600


async def test_d8_the_socket_goes_with_the_server(server: Control, database: Path) -> None:
    await server.stop()

    assert not control_socket(url_of(database)).exists()


async def test_d8_a_socket_left_by_a_server_that_died_is_replaced(keeper: Standalone, database: Path, url: str) -> None:
    control._listening_at(control_socket(url_of(database))).close()
    door = Control(control_socket(url_of(database)), keeper)
    await door.start()

    async with reach(url) as ask:
        assert (await ask("/tenants", {"slug": "two", "name": "Two"}))["slug"] == "two"
    await door.stop()


async def test_d8_a_file_that_is_no_socket_is_left_where_it_is(keeper: Standalone, database: Path) -> None:
    control_socket(url_of(database)).write_text("mine")
    door = Control(control_socket(url_of(database)), keeper)
    await door.start()
    await door.stop()

    assert control_socket(url_of(database)).read_text() == "mine"


async def test_a_place_too_long_for_a_socket_does_not_stop_the_server(
    keeper: Standalone, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    door = Control(tmp_path / ("x" * 120), keeper)
    await door.start()
    await door.stop()

    assert "no control socket" in caplog.text


async def test_d8_a_running_server_is_asked(server: Control, keeper: Standalone, url: str) -> None:
    async with reach(url) as ask:
        await ask("/admins", {"tenant": "main", "email": "a@b.c", "display_name": "Ada", "password": PASSWORD})

    assert len(keeper.desk_of_slug("main").stores["users"]) == 1


async def test_d8_connected_clients_hear_what_comes_in(server: Control, keeper: Standalone, url: str) -> None:
    heard: list[Entry] = []
    keeper.desk_of_slug("main").listeners.append(heard.extend)

    async with reach(url) as ask:
        answer = await ask("/import/repairs", {"tenant": "main", "rows": [{"line": 2, "columns": ROW}]})

    assert answer["imported"] == 1
    assert [entry.event for entry in heard] == ["service_category_created", "service_created"]


async def test_d8_where_no_server_runs_one_does_it_oneself(url: str) -> None:
    async with reach(url) as ask:
        await ask("/tenants", {"slug": "main", "name": "Main"})
        await ask("/admins", {"tenant": "main", "email": "a@b.c", "display_name": "Ada", "password": PASSWORD})

    async with Standalone(url) as opened:
        (user,) = opened.desk_of_slug("main").stores["users"].all()
        assert user.__dict__["role"] == "admin"


async def test_d8_who_has_the_lock_and_does_not_answer_is_told_of(
    keeper: Standalone, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(control, "PATIENCE_S", 0.2)

    with pytest.raises(Locked):
        async with reach(url):
            pytest.fail("somebody has the lock")


async def test_d8_a_server_that_is_still_starting_is_waited_for(keeper: Standalone, database: Path, url: str) -> None:
    door = Control(control_socket(url_of(database)), keeper)

    async def asks() -> Any:
        async with reach(url) as ask:
            return await ask("/tenants", {"slug": "two", "name": "Two"})

    asking = asyncio.create_task(asks())
    await asyncio.sleep(0)
    await door.start()

    assert (await asyncio.wait_for(asking, 10))["slug"] == "two"
    await door.stop()


async def test_a_refusal_reads_the_same_from_a_server_and_from_oneself(
    server: Control, keeper: Standalone, url: str, tmp_path: Path
) -> None:
    said: list[str] = []
    async with reach(url) as remote, reach(f"sqlite:///{tmp_path}/other.db") as own:
        for ask in (remote, own):
            with pytest.raises(AskedInVainError) as refused:
                await ask("/tenants", {"slug": "Not So", "name": "x"})
            said.append(str(refused.value))

    assert said == ["The slug must be 1 to 40 lower-case letters, digits and inner hyphens."] * 2


async def test_what_nobody_foresaw_is_answered_and_logged_once(
    server: Control, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with reach(url) as ask:
        with pytest.raises(AskedInVainError, match="Something went wrong on our side"):
            await ask("/tenants", {"slug": "no name"})

    assert caplog.text.count("Traceback") == 1


async def test_broken_text_reaches_the_desk_and_is_refused_there(server: Control, url: str) -> None:
    rows = [{"line": 2, "columns": {**ROW, "problem": "a\udcffb"}}, {"line": 3, "columns": ROW}]

    async with reach(url) as ask:
        answer = await ask("/import/repairs", {"tenant": "main", "rows": rows})

    assert answer["imported"] == 1
    assert answer["refused"] == [[2, "problem: holds characters that cannot be shown"]]


async def test_a_server_that_goes_away_is_one_line(server: Control, url: str) -> None:
    async with reach(url) as ask:
        await ask("/tenants", {"slug": "one", "name": "One"})
        await server.stop()
        with pytest.raises(AskedInVainError, match="went away"):
            await ask("/tenants", {"slug": "two", "name": "Two"})


async def test_d8_who_lost_the_desk_leaves_the_socket_of_the_next_server_alone(tmp_path: Path) -> None:
    path = tmp_path / "board.db.sock"
    first, second = (Control(path, None) for _ in range(2))  # type: ignore[arg-type]  # nobody asks them anything
    await first.start()
    path.unlink()
    await second.start()
    await first.stop()
    assert path.exists()
    await second.stop()
    assert not path.exists()


# -- following -----------------------------------------------------------------------------------------------------------


def watching(url: str, **message: Any) -> Any:
    return follow(url, "/watch", {"tenant": "main", "since": None, "resources": [], **message})


async def some(keeper: Standalone) -> str:
    """Something happens; the cursor before it."""
    desk = keeper.desk_of_slug("main")
    before = desk.journal.cursor(desk.journal.head)
    await desk.do(SYSTEM, "create_customer", name="Ms. Gray")
    return before


async def test_a_running_server_is_followed(server: Control, keeper: Standalone, url: str) -> None:
    async with asyncio.timeout(10), aclosing(watching(url, since=await some(keeper))) as events:
        first = await anext(events)
        await some(keeper)
        second = await anext(events)

    assert [event["title"] for event in (first, second)] == ["Ms. Gray"] * 2
    assert [event["number"] for event in (first, second)] == ["1", "2"]


async def test_who_follows_is_let_go_when_he_leaves(
    server: Control, keeper: Standalone, url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("events.watching.SILENCE_S", 0.01)
    listeners = keeper.desk_of_slug("main").listeners
    async with aclosing(watching(url, since=await some(keeper))) as events:
        await anext(events)
        assert len(listeners) == 1

    async with asyncio.timeout(10):
        while listeners:  # noqa: ASYNC110  # nobody tells when a handler has ended
            await asyncio.sleep(0.01)
    assert caplog.text == ""


async def test_o7_who_follows_does_not_hold_up_the_end(
    keeper: Standalone, database: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(control, "STOP_S", 60.0)
    server = Control(control_socket(url_of(database)), keeper)
    await server.start()
    async with asyncio.timeout(10), aclosing(watching(url, since=await some(keeper))) as events:
        await anext(events)
        await server.stop()
        with pytest.raises(AskedInVainError, match="has gone"):
            await anext(events)
    assert keeper.desk_of_slug("main").listeners == []


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ({"tenant": "nowhere"}, "There is no tenant nowhere."),
        ({"since": "x"}, "The cursor is no place in the journal."),
        ({"resources": ["orders"]}, "There is no such kind of record."),
    ],
)
async def test_what_cannot_be_followed_is_said(server: Control, url: str, message: Any, reason: str) -> None:
    with pytest.raises(AskedInVainError, match=reason):
        await anext(watching(url, **message))


async def test_d8_where_no_server_runs_nothing_is_followed(url: str) -> None:
    with pytest.raises(AskedInVainError, match="No server runs"):
        await anext(watching(url))


async def test_d8_why_is_answered_by_a_server_and_by_oneself(server: Control, keeper: Standalone, url: str) -> None:
    await some(keeper)
    desk = keeper.desk_of_slug("main")
    cursor = desk.journal.cursor(desk.journal.head)
    asked = {"tenant": "main", "cursor": cursor, "user": "a@b.c"}
    async with reach(url) as ask:
        await ask("/admins", {"tenant": "main", "email": "a@b.c", "display_name": "Ada", "password": PASSWORD})
        told = await ask("/why", asked)

    assert (told["heard"], told["meet"]) == ("full", ["member"])
    assert told["because"].startswith("Ada hears it")
    assert {**await run_errand(keeper, "/why", asked)} == told
