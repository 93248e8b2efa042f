"""One server process for all fuzzing of a file, with records in it and another team's beside them; and what it came to."""

from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest
import pytest_asyncio
from attacked import ATTACKERS, Attacked
from payloads import Payloads
from premises import PASSWORD, Premises, copy_of, id_of
from program import a_program

from events.actor import SYSTEM, Caller
from events.catalog import Catalog
from events.errors import CallboardError
from events.request import Request
from stores.clock import Clock

OTHERS = "t2"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def attacked(
    tmp_path_factory: pytest.TempPathFactory, furnished: Path, catalog: Catalog, request: pytest.FixtureRequest
) -> AsyncIterator[Attacked]:
    """A server that is attacked by everything in a file."""
    path = copy_of(furnished, tmp_path_factory.mktemp("fuzz"))
    await _furnish(path, catalog)
    async with a_program(path, LOG_FORMAT="json", METRICS_TOKEN="a token for tests") as program:
        found = Attacked(await program.starts())
        try:
            await found.begins(*ATTACKERS)
            yield found
            await found.stands()
            _report(request, found)
        finally:
            await found.ends()


def _report(request: pytest.FixtureRequest, found: Attacked) -> None:
    line = f"{request.node.name}: {found.inputs} inputs, RSS {found.first >> 20} → {found.resident() >> 20} MiB"
    plugins = request.config.pluginmanager
    reporter, capture = plugins.get_plugin("terminalreporter"), plugins.get_plugin("capturemanager")
    if reporter is not None and capture is not None:
        with capture.global_and_fixture_disabled():
            reporter.write_line(f"\n{line}")


@pytest_asyncio.fixture(loop_scope="module", autouse=True)
async def _stands(request: pytest.FixtureRequest) -> AsyncIterator[None]:
    """After each test of the server everything is looked at."""
    yield
    if "attacked" in request.fixturenames:
        await request.getfixturevalue("attacked").stands()


async def _furnish(path: Path, catalog: Catalog) -> None:
    """A hundred records or so in our team, one of each kind in another one."""
    premises = Premises(path, catalog)
    premises.open_still()
    premises.database.create_tenant(OTHERS, "others", "Other Street Repairs", Clock().now())
    premises.let_go()
    for tenant, times in (("t1", 10), (OTHERS, 1)):
        premises.tenant_id = tenant
        desk = premises.open()
        if tenant == OTHERS:
            fields = {"email": "olga@example.com", "display_name": "Olga", "role": "admin", "password": PASSWORD}
            await desk.do(SYSTEM, "create_user", None, id=id_of("olga"), **fields)
        chance = Random(tenant)
        creates = [c for c in catalog.commands.values() if c.kind == "create" and c.on_wire and c.plural != "users"]
        for command in creates * times * 2:
            payload = Payloads(desk, chance, sparse=0.3).of(command)
            if payload is not None:
                await _try(desk, Request(Caller(id_of("alice" if tenant == "t1" else "olga")), command, None, payload))
        await premises.close()


async def _try(desk: object, request: Request) -> None:
    try:
        await desk.submit(request)  # type: ignore[attr-defined]
    except CallboardError:
        return
