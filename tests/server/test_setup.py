"""The first run: who has the code makes the first tenant, once (PROTOCOL section 1)."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from caller import Caller
from opening import OpenBoard

from server.app import Callboard
from stores.clock import Clock

At = Callable[[Callboard], Caller]
FORM = {
    "tenant_name": "Ours", "email": "ada@example.com", "display_name": "Ada", "password": "a good long password",
}  # fmt: skip


def code_of(board: Callboard) -> str:
    return board.setup.link.partition("#code=")[2]


@pytest.fixture
async def fresh(open_board: OpenBoard) -> Callboard:
    return await open_board(empty=True)


async def test_who_has_the_code_makes_the_team_and_is_signed_in_as_its_admin(fresh: Callboard, at: At):
    somebody = at(fresh)
    assert (await somebody.gets("/api/setup")).status == 200
    answer = await somebody.posts("/api/setup", {**FORM, "code": code_of(fresh)})
    assert answer.status == 201
    assert answer.body["tenant"] == {"id": answer.body["tenant"]["id"], "slug": "main", "name": "Ours"}
    user = answer.body["user"]
    assert (user["role"], user["must_change_password"], user["display_name"]) == ("admin", False, "Ada")
    me = await somebody.with_(Authorization=f"Bearer {answer.body['token']}").gets("/api/me")
    assert me.body["user"]["id"] == user["id"]


async def test_afterwards_there_is_no_set_up_for_ever(fresh: Callboard, at: At, open_board: OpenBoard):
    form = {**FORM, "code": code_of(fresh)}
    assert (await at(fresh).posts("/api/setup", form)).status == 201
    await fresh.stop()
    again = await open_board(database_url=fresh.settings.database_url)
    assert (await at(again).gets("/api/setup")).status == 404
    assert (await at(again).posts("/api/setup", {**form, "code": code_of(again)})).status == 404


async def test_of_two_at_once_one_sets_up(fresh: Callboard, at: At):
    form = {**FORM, "code": code_of(fresh)}
    both = (at(fresh).posts("/api/setup", {**form, "email": f"{name}@example.com"}) for name in ("ada", "eve"))
    assert sorted(answer.status for answer in await asyncio.gather(*both)) == [201, 404]


async def test_a_wrong_code_is_forbidden_and_the_fifth_makes_a_new_one_which_is_printed(fresh: Callboard, at: At):
    somebody, first = at(fresh), code_of(fresh)
    for _ in range(4):
        assert (await somebody.posts("/api/setup", {**FORM, "code": "wrong"})).code == "forbidden"
    assert code_of(fresh) == first
    await somebody.posts("/api/setup", {**FORM, "code": "wrong"})
    assert code_of(fresh) != first
    assert fresh.setup.link in fresh.said[-1]  # type: ignore[attr-defined]
    assert (await somebody.posts("/api/setup", {**FORM, "code": first})).code == "forbidden"
    assert (await somebody.posts("/api/setup", {**FORM, "code": code_of(fresh)})).status == 201


async def test_a_code_has_128_bits(fresh: Callboard):
    assert len(code_of(fresh)) == 22  # base64 of 16 bytes


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"password": "short"}, "password"),
        ({"password": "ada@example.com"}, "password"),
        ({"email": "nobody"}, "email"),
        ({"display_name": "  "}, "display_name"),
        ({"tenant_name": ""}, "tenant_name"),
        ({"more": 1}, "more"),
    ],
)
async def test_a_refused_set_up_leaves_nothing_behind(fresh: Callboard, at: At, wrong: dict[str, Any], field: str):
    answer = await at(fresh).posts("/api/setup", {**FORM, "code": code_of(fresh), **wrong})
    assert (answer.status, list(answer.fields)) == (422, [field])
    assert fresh.database.tenants() == []
    assert (await at(fresh).gets("/api/setup")).status == 200


async def test_a_page_of_somebody_else_cannot_set_up(fresh: Callboard, at: At):
    answer = await at(fresh).with_(Origin="https://evil.example").posts("/api/setup", {**FORM, "code": code_of(fresh)})
    assert answer.code == "forbidden"


async def test_a_tenant_without_anybody_is_set_up_as_it_is(open_board: OpenBoard, at: At):
    board = await open_board(empty=True)
    await board.create_tenant("there", "Made Before")
    answer = await at(board).posts("/api/setup", {**FORM, "code": code_of(board)})
    assert (answer.status, answer.body["tenant"]["slug"]) == (201, "there")
    assert len(board.desks) == 1


async def test_a_restart_in_between_keeps_the_set_up_open(open_board: OpenBoard):
    board = await open_board(empty=True, clock=Clock())
    await board.create_tenant("main", "Ours")
    await board.stop()
    assert (await open_board(database_url=board.settings.database_url)).setup.needed
