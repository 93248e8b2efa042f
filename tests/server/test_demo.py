"""The demo's database: a team that can sign in, and two weeks of history."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from events.actor import SYSTEM
from events.passwords import matches
from events.repairs import read_repair
from server import demo
from server.demo import SLUG, TEAM, furnish, sample_repairs
from server.standalone import Standalone
from stores.errors import Locked

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
PLURALS = ("users", "customers", "categories", "calls", "services", "notes")


@pytest.fixture(autouse=True)
def short_story(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "STEPS", 200)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/demo.db"


async def records(url: str) -> dict[str, list[Any]]:
    async with Standalone(url) as opened:
        return dict(await opened.desk_of_slug(SLUG).read(SYSTEM, lambda view: view.snapshot(PLURALS)))


async def test_somebody_of_every_role_can_sign_in_and_need_not_change_his_password(url: str) -> None:
    accounts = await furnish(url, NOW, 1, keep=False)

    users = {user.email: user for user in (await records(url))["users"]}
    assert Counter(account.role for account in accounts) == Counter(role for _, role in TEAM)
    assert len({account.password for account in accounts}) == len(users) == len(TEAM)
    for account in accounts:
        user = users[account.email]
        assert (user.role, user.must_change_password) == (account.role, False)
    assert matches(accounts[0].password, users[accounts[0].email].password_hash)


async def test_history_ends_now_and_is_in_order(url: str) -> None:
    await furnish(url, NOW, 1, keep=False)

    found = await records(url)
    times = [call.created_at for call in found["calls"]]
    assert times == sorted(times)
    assert (NOW - times[0]).days >= 13
    assert (NOW - times[-1]).days <= 2
    assert max(record.updated_at for held in found.values() for record in held) <= NOW
    assert len({call.status for call in found["calls"]}) > 2
    assert len(found["services"]) >= demo.SERVICES


async def test_the_same_seed_tells_the_same_story(url: str, tmp_path: Path) -> None:
    told: list[list[Any]] = []
    for seed, name in ((1, "a"), (1, "b"), (2, "c")):
        await furnish(f"sqlite:///{tmp_path}/{name}.db", NOW, seed, keep=False)
        found = await records(f"sqlite:///{tmp_path}/{name}.db")
        told.append([(call.title, call.status, call.updated_at) for call in found["calls"]])

    assert told[0] == told[1] != told[2]


async def test_it_is_made_afresh_unless_it_is_kept(url: str) -> None:
    first = await furnish(url, NOW, 1, keep=False)
    assert await furnish(url, NOW, 1, keep=True) == []
    again = await furnish(url, NOW, 1, keep=False)

    assert {a.password for a in first}.isdisjoint(a.password for a in again)
    assert len((await records(url))["users"]) == len(TEAM)


async def test_a_demo_that_runs_is_not_taken_from_under_it(url: str) -> None:
    async with Standalone(url):
        with pytest.raises(Locked):
            await furnish(url, NOW, 1, keep=False)


def test_the_sample_is_of_real_repairs_with_its_licence_beside_it() -> None:
    rows = sample_repairs()

    assert len(rows) == 150
    assert all(read_repair(row).problem for row in rows)
    assert "CC BY-SA 4.0" in (Path(demo.__file__).with_name("samples") / "README.md").read_text()
