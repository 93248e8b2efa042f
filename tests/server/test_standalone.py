"""Desks that are open without a server."""

from pathlib import Path

import pytest

from events.errors import NotFound
from server.standalone import Standalone
from stores.errors import Locked


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/new/board.db"


async def test_a_database_that_is_not_there_is_made(url: str) -> None:
    async with Standalone(url) as opened:
        assert opened.desks == {}
        with pytest.raises(NotFound):
            opened.desk_of_slug("main")


async def test_what_was_made_is_there_again(url: str) -> None:
    async with Standalone(url) as opened:
        await opened.create_tenant("main", "Main")
    async with Standalone(url) as opened:
        assert opened.desk_of_slug("main").tenant.name == "Main"


async def test_d8_it_holds_the_lock_until_it_is_closed(url: str) -> None:
    async with Standalone(url):
        with pytest.raises(Locked):
            await Standalone(url).__aenter__()
    async with Standalone(url):
        pass


async def test_fresh_begins_without_what_was_there(url: str) -> None:
    async with Standalone(url) as opened:
        await opened.create_tenant("main", "Main")
    async with Standalone(url, fresh=True) as opened:
        assert opened.desks == {}


async def test_fresh_takes_nothing_from_whoever_has_the_lock(url: str) -> None:
    async with Standalone(url) as opened:
        await opened.create_tenant("main", "Main")
        with pytest.raises(Locked):
            await Standalone(url, fresh=True).__aenter__()
    async with Standalone(url) as opened:
        assert opened.desk_of_slug("main")
