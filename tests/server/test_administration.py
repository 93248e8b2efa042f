"""What the command line may ask of whoever has the desks."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from events.actor import SYSTEM
from events.errors import CallboardError, Invalid, NotFound, Taken
from server.administration import create_admin, create_tenant, import_repairs
from server.standalone import Standalone

ADMIN = {"tenant": "main", "email": "ada@example.org", "display_name": "Ada", "password": "a password for tests"}


@pytest.fixture
async def keeper(tmp_path: Path) -> AsyncIterator[Standalone]:
    async with Standalone(f"sqlite:///{tmp_path}/board.db") as opened:
        await create_tenant(opened, {"slug": "main", "name": " Main "})
        yield opened


async def test_a_tenant_is_open_at_once(keeper: Standalone) -> None:
    desk = keeper.desk_of_slug("main")

    assert desk.tenant.name == "Main"
    assert await desk.read(SYSTEM, lambda view: view.count("calls", {})) == 0


@pytest.mark.parametrize("slug", ["", "Main", "a b", "-a", "a-", "ä", "a/b", "x" * 41])
async def test_a_slug_must_fit_into_an_address(keeper: Standalone, slug: str) -> None:
    with pytest.raises(Invalid) as refused:
        await create_tenant(keeper, {"slug": slug, "name": "x"})
    assert list(refused.value.fields) == ["slug"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "a\nb"])
async def test_a_tenant_needs_a_name(keeper: Standalone, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        await create_tenant(keeper, {"slug": "two", "name": name})
    assert list(refused.value.fields) == ["name"]


async def test_a_slug_is_taken_once(keeper: Standalone) -> None:
    with pytest.raises(Taken, match="main"):
        await create_tenant(keeper, {"slug": "main", "name": "Another"})


async def test_an_admin_has_a_password_of_his_own_which_nobody_is_told(keeper: Standalone) -> None:
    answer = await create_admin(keeper, ADMIN)

    assert (answer["user"]["role"], answer["user"]["must_change_password"]) == ("admin", False)
    assert "password_hash" not in answer["user"]
    assert ADMIN["password"] not in str(answer)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"tenant": "nowhere"}, NotFound),
        ({"password": "short"}, Invalid),
        ({"password": "ada@example.org"}, Invalid),
        ({"email": "nobody"}, Invalid),
        ({"display_name": ""}, Invalid),
    ],
)
async def test_an_admin_is_refused_for_what_is_wrong(
    keeper: Standalone, changed: dict[str, Any], refusal: type[CallboardError]
) -> None:
    with pytest.raises(refusal):
        await create_admin(keeper, {**ADMIN, **changed})
    assert len(keeper.desk_of_slug("main").stores["users"]) == 0


async def test_an_address_is_taken_once(keeper: Standalone) -> None:
    await create_admin(keeper, ADMIN)
    with pytest.raises(Taken):
        await create_admin(keeper, {**ADMIN, "email": "ADA@example.org"})


async def test_rows_for_a_tenant_that_is_not_there_are_refused_whole(keeper: Standalone) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        await import_repairs(keeper, {"tenant": "nowhere", "rows": []})
