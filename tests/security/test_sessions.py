"""Sessions as an attacker looks at them: guessing, planting and keeping one, at every door.

How long they stand and what ends them is in tests/server/test_identity.py; the cookie in test_signin.py and test_cookie.py.
"""

import asyncio
import base64
from typing import Any

import pytest
from askers import DOORS, Asker
from caller import Caller
from premises import CHEAP, PASSWORD, id_of
from stage import Stage

from events import passwords
from events.actor import Caller as Actor
from server.identity import digest

BOB = {"email": "bob@example.com", "password": PASSWORD, "cookie_only": True}
COOKIE = "callboard_session"


@pytest.fixture
async def stage(open_board, http, monkeypatch) -> Stage:
    monkeypatch.setattr(passwords, "_HASHING", CHEAP)
    return await Stage.set_up(await open_board(), http)


async def test_a_token_is_256_random_bits_and_kept_as_its_digest_alone(stage):
    tokens = [await stage.token(stage.main, id_of("bob")) for _ in range(50)]
    raw = [base64.urlsafe_b64decode(token + "=") for token in tokens]
    assert {len(each) for each in raw} == {32}
    assert len({each[:8] for each in raw}) == len({each[-8:] for each in raw}) == 50
    kept = stage.board.database.sessions()
    assert {session.token_sha256 for session in kept} == {digest(token) for token in tokens}
    assert not any(token in repr(session) for token in tokens for session in kept)


async def test_what_is_kept_opens_nothing(stage):
    """Who reads the database has digests, and a digest is no token."""
    await stage.token(stage.main, id_of("bob"))
    (session,) = stage.board.database.sessions()
    for stolen in (session.token_sha256, session.id, session.user_id):
        assert stage.board.identity.authenticate(stolen) is None


async def test_a_planted_cookie_is_never_adopted(somebody: Caller):
    planted = "x" * 43
    answer = await somebody.posts("/api/login", BOB, Cookie=f"{COOKIE}={planted}")
    assert answer.cookies[COOKIE].value not in {planted, ""}
    assert (await somebody.gets("/api/me", Cookie=f"{COOKIE}={planted}")).code == "unauthenticated"


async def test_signing_in_anew_ends_what_the_browser_held(somebody: Caller):
    old = (await somebody.posts("/api/login", BOB)).cookies[COOKIE].value
    new = (await somebody.posts("/api/login", BOB, Cookie=f"{COOKIE}={old}")).cookies[COOKIE].value
    assert (await somebody.gets("/api/me", Cookie=f"{COOKIE}={old}")).code == "unauthenticated"
    assert (await somebody.gets("/api/me", Cookie=f"{COOKIE}={new}")).status == 200
    wrong = {**BOB, "password": "not the password"}
    assert (await somebody.posts("/api/login", wrong, Cookie=f"{COOKIE}={new}")).code == "unauthenticated"
    assert (await somebody.gets("/api/me", Cookie=f"{COOKIE}={new}")).status == 200


async def test_the_cookie_of_the_board_is_out_of_reach_of_scripts(somebody: Caller):
    cookie = (await somebody.posts("/api/login", BOB)).cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")


async def changed(stage: Stage, command: str, **fields: Any) -> None:
    await stage.main.do(Actor(id_of("alice")), command, id_of("bob"), **fields)


async def signed_out(stage: Stage, door: Asker) -> None:
    async with stage.http.post(f"{door.url}/api/logout", headers={"Authorization": f"Bearer {door.token}"}) as answer:
        assert answer.status == 204


ENDINGS: dict[str, Any] = {
    "signing out": signed_out,
    "a reset password": lambda stage, _: changed(stage, "reset_password", password="another password"),
    "deactivation": lambda stage, _: changed(stage, "deactivate_user"),
    "deletion": lambda stage, _: changed(stage, "delete_user"),
}


@pytest.mark.parametrize("how", ENDINGS)
@pytest.mark.parametrize("kind", DOORS.values(), ids=DOORS)
async def test_an_end_is_the_end_at_every_door(stage, kind, how):
    """Open connections are closed, and nobody comes back with the token."""
    door = stage.at(kind, await stage.token(stage.main, id_of("bob")))
    await door.enters()
    await ENDINGS[how](stage, door)
    if hasattr(door, "told"):
        async with asyncio.timeout(30):
            assert [said async for said in door.told()] == []
        await door.leaves()
    code, _ = await stage.at(kind, door.token).breaks_in("list", {"resource": "calls"})
    assert code == "unauthenticated"


async def test_ones_own_new_password_ends_all_ones_sessions(stage):
    doors = [stage.at(kind, await stage.token(stage.main, id_of("bob"))) for kind in DOORS.values()]
    for door in doors:
        await door.enters()
    code, _ = await doors[0].asks(
        "change_password", {"id": id_of("bob"), "current": PASSWORD, "new": "another password"}
    )
    assert code == "ok"
    for door in doors:
        assert (await stage.at(DOORS["http"], door.token).asks("list", {"resource": "calls"}))[0] == "unauthenticated"
        if hasattr(door, "told"):
            async with asyncio.timeout(30):
                assert [said async for said in door.told()] == []
        await door.leaves()
