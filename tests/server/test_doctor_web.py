"""The doctor looks at how people get here."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from network import free_port
from opening import OpenBoard
from premises import copy_of

from events.catalog import Catalog
from server import doctor_web
from server.doctor_web import address, board, proxies, server
from server.finding import Case, Finding
from server.settings import HOSTS, Settings
from stores.database import Database


@pytest.fixture
def case(tmp_path: Path, furnished: Path, catalog: Catalog) -> Iterator[Case]:
    url = f"sqlite:///{copy_of(furnished, tmp_path)}"
    examined = Database(url, catalog.record_classes)
    yield Case(Settings.read(database_url=url, port=free_port()), catalog, examined)
    examined.close()


def with_settings(case: Case, **given: Any) -> Case:
    return Case(Settings.read(database_url=case.settings.database_url, **given), case.catalog, case.database)


def said(found: Finding | None) -> str:
    assert found is not None
    return f"{found.verdict}: {found.found}"


async def test_a_server_that_is_well_is_running_and_ready(open_board: OpenBoard, case: Case) -> None:
    running = await open_board(database_url=case.settings.database_url)
    found = await asyncio.to_thread(server, with_settings(case, port=running.settings.port))
    assert said(found) == f"ok: running, and ready on port {running.settings.port}"


async def test_a_server_on_another_port_is_told_of(open_board: OpenBoard, case: Case) -> None:
    await open_board(database_url=case.settings.database_url)
    assert said(await asyncio.to_thread(server, case)) == f"warn: running, but not on port {case.settings.port}"


async def test_a_server_that_is_ending_is_told_of(open_board: OpenBoard, case: Case) -> None:
    running = await open_board(database_url=case.settings.database_url)
    running.is_draining = True
    found = await asyncio.to_thread(server, with_settings(case, port=running.settings.port))
    running.is_draining = False
    assert said(found) == "warn: running, but not ready"


async def test_d8_whoever_holds_the_database_and_does_not_answer_is_told_of(case: Case, catalog: Catalog) -> None:
    holder = Database(case.settings.database_url, catalog.record_classes)
    holder.lock()
    assert said(await asyncio.to_thread(server, case)) == "warn: one holds the database and does not answer"
    holder.close()


async def test_another_program_on_the_port_is_told_of(open_board: OpenBoard, case: Case) -> None:
    other = await open_board(empty=True)
    found = await asyncio.to_thread(server, with_settings(case, port=other.settings.port))
    assert said(found) == f"warn: none runs on this database, but port {other.settings.port} answers"


def test_d8_no_server_is_no_illness_and_the_lock_is_given_back(case: Case, catalog: Catalog) -> None:
    Path(f"{case.file}.lock").touch()
    assert said(server(case)) == "ok: none is running"
    other = Database(case.settings.database_url, catalog.record_classes)
    other.lock()
    other.close()


def test_the_lock_is_not_made_by_looking(case: Case) -> None:
    server(case)
    assert not Path(f"{case.file}.lock").exists()


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, "ok: http://localhost:8000: for this machine alone"),
        ({"public_url": "https://example.org"}, "ok: https://example.org: cookies are Secure"),
        (
            {"public_url": "http://example.org"},
            "warn: http://example.org: passwords and cookies can be read on their way",
        ),
        ({"host": "0.0.0.0"}, "warn: http://localhost:8000: passwords and cookies can be read on their way"),
    ],
)
def test_what_people_send_is_secret_or_not(case: Case, given: dict[str, Any], found: str) -> None:
    assert said(address(with_settings(case, **given))) == found


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, "ok: none before us"),
        ({"trusted_proxies": "1", "public_url": "https://example.org"}, "ok: TRUSTED_PROXIES is 1"),
        ({"public_url": "https://example.org"}, "warn: people come by https, so through a proxy, but none is trusted"),
    ],
)
def test_proxies_are_counted(case: Case, given: dict[str, Any], found: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for mark in HOSTS:
        monkeypatch.delenv(mark, raising=False)
    assert said(proxies(with_settings(case, **given))).startswith(found)


@pytest.mark.parametrize(
    ("given", "verdict"), [({}, "ok"), ({"trusted_proxies": "1"}, "warn"), ({"trusted_proxies": "2"}, "ok")]
)
def test_a_known_host_has_its_own_number_of_proxies(
    case: Case, monkeypatch: pytest.MonkeyPatch, given: dict[str, Any], verdict: str
) -> None:
    monkeypatch.setenv("RENDER", "true")
    found = proxies(with_settings(case, public_url="https://example.org", **given))
    assert found.verdict == verdict


def test_a_board_that_is_not_built_is_told_of(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_web, "DIST", tmp_path)
    assert said(board(case)).startswith("warn: it is not built")
    (tmp_path / "index.html").write_text("")
    assert said(board(case)) == "ok: it is built"
