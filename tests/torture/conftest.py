"""A server of the checker's own, with its faults and its network, for the tests of each of them."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, ClientTimeout, DummyCookieJar
from deskwork import ALICE, BOB, EVE, Desk, signed_in

from torture.faults import Faults
from torture.premises import Premises
from torture.proxy import Proxy


@pytest.fixture
def perhaps_faults(tmp_path: Path) -> Faults:
    """Without a C compiler nothing ever goes wrong."""
    return Faults(tmp_path / "faults", tmp_path / "data")


@pytest.fixture
def faults(perhaps_faults: Faults) -> Faults:
    """Where they cannot be had the test is skipped, except on CI, where they must be."""
    if not perhaps_faults.available and os.environ.get("CI") != "true":
        pytest.skip("no C compiler here: the faults of disk and clock are left out")
    assert perhaps_faults.available
    return perhaps_faults


@pytest.fixture
async def premises(tmp_path: Path, perhaps_faults: Faults) -> AsyncIterator[Premises]:
    """Furnished, not running yet; killed at the end, if it does."""
    premises = Premises(tmp_path, faults=perhaps_faults)
    await premises.furnish([ALICE, BOB, EVE])
    yield premises
    await premises.kill()


@pytest.fixture
async def server(premises: Premises) -> Premises:
    """It serves."""
    await premises.start()
    return premises


@pytest.fixture
async def proxy(premises: Premises) -> AsyncIterator[Proxy]:
    """In front of the server."""
    proxy = Proxy(premises.port)
    await proxy.start()
    yield proxy
    await proxy.stop()


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession(cookie_jar=DummyCookieJar(), timeout=ClientTimeout(30)) as session:
        yield session


@pytest.fixture
async def alice(server: Premises, http: ClientSession) -> Desk:
    """At her desk, without a proxy in between."""
    return await signed_in(http, server.url, ALICE)
