"""Sessions: how they begin, how long they stand, and what ends them (PROTOCOL section 1)."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from opening import Moved, OpenBoard
from premises import PASSWORD, id_of

from events.actor import SYSTEM
from events.errors import RateLimited, Unauthenticated
from server import identity as identity_module
from server.app import Callboard
from server.identity import IDLE, Session, SignedIn

ADDRESS = "198.51.100.7"


async def sign_in(board: Callboard, name: str = "bob", password: str = PASSWORD, slug: str | None = None) -> SignedIn:
    return await board.identity.sign_in(f"{name}@example.com", password, slug, ADDRESS, "a browser")


class Endings(list[tuple[str, str]]):
    """What listeners are told, as it happens: (session id, reason)."""

    def __init__(self, board: Callboard) -> None:
        super().__init__()
        self._told = asyncio.Event()
        board.identity.ended.append(self._note)

    def _note(self, session: Session, reason: str) -> None:
        self.append((session.id, reason))
        self._told.set()

    async def heard(self) -> None:
        await asyncio.wait_for(self._told.wait(), 5)


async def test_a_token_names_its_user_and_his_desk(board: Callboard):
    signed_in = await sign_in(board)
    who = board.identity.authenticate(signed_in.token)
    assert who is not None
    assert (who.user.display_name, who.desk.tenant.slug, who.caller.user_id) == ("Bob", "main", id_of("bob"))
    assert board.identity.authenticate(signed_in.token + "x") is None


async def test_the_token_itself_is_kept_nowhere(board: Callboard):
    signed_in = await sign_in(board)
    assert all(signed_in.token not in str(session) for session in board.database.sessions())


async def test_a_session_outlives_a_restart(open_board: OpenBoard, board: Callboard):
    signed_in = await sign_in(board)
    await board.stop()
    again = await open_board(database_url=board.settings.database_url)
    who = again.identity.authenticate(signed_in.token)
    assert who is not None
    assert who.user.id == id_of("bob")


async def test_wrong_password_and_unknown_address_look_the_same(board: Callboard):
    said = []
    for name in ("bob", "nobody"):
        with pytest.raises(Unauthenticated) as told:
            await sign_in(board, name, "not the password")
        said.append(told.value.message)
    assert said[0] == said[1]


async def test_an_unknown_address_costs_a_hash_as_well(board: Callboard, monkeypatch: pytest.MonkeyPatch):
    checked: list[str] = []

    def matches(password: str, kept: str) -> bool:
        checked.append(kept)
        return False

    monkeypatch.setattr(identity_module, "matches", matches)
    for name in ("bob", "nobody"):
        with pytest.raises(Unauthenticated):
            await sign_in(board, name)
    assert len(checked) == 2
    assert all(kept.startswith("$argon2id$") for kept in checked)


async def test_whoever_is_not_active_cannot_sign_in(board: Callboard):
    await board.desk_of_slug("main").do(SYSTEM, "deactivate_user", id_of("bob"))
    with pytest.raises(Unauthenticated):
        await sign_in(board)


async def test_ten_failures_hold_up_the_address_also_for_the_right_password(board: Callboard):
    for number in range(10):
        with pytest.raises(Unauthenticated):
            await sign_in(board, f"nobody{number}")
    with pytest.raises(RateLimited):
        await sign_in(board)


async def test_many_attempts_at_once_get_no_more_than_the_limit(board: Callboard):
    results = await asyncio.gather(*(sign_in(board, password="wrong") for _ in range(40)), return_exceptions=True)
    wrong = sum(isinstance(each, Unauthenticated) for each in results)
    assert 10 <= wrong <= 11  # two are looked at side by side


async def test_many_people_of_one_address_may_sign_in_at_once(board: Callboard):
    assert len(await asyncio.gather(*(sign_in(board) for _ in range(25)))) == 25


async def test_a_session_ends_after_twelve_hours_without_a_sign_of_life(board: Callboard, clock: Moved):
    told, signed_in = Endings(board), await sign_in(board)
    clock.by = IDLE - timedelta(minutes=1)
    assert board.identity.authenticate(signed_in.token) is not None
    clock.by += IDLE - timedelta(minutes=1)
    board.identity.sweep()
    assert not told
    clock.by += timedelta(minutes=2)
    assert board.identity.authenticate(signed_in.token) is None
    board.identity.sweep()
    assert told == [(signed_in.session.id, "idle")]


async def test_sessions_that_end_together_are_written_down_together(board: Callboard, clock: Moved, monkeypatch: Any):
    told, written = Endings(board), list[list[str]]()
    monkeypatch.setattr(board.database, "end_sessions", written.append)
    ids = [(await sign_in(board)).session.id for _ in range(3)]
    clock.by = IDLE
    board.identity.sweep()
    assert told == [(session_id, "idle") for session_id in ids]
    await board.identity.stop()
    assert written == [ids]


async def test_a_session_ends_after_session_days_however_alive(open_board: OpenBoard, clock: Moved):
    board = await open_board(clock=clock, session_days=1)
    told, signed_in = Endings(board), await sign_in(board)
    clock.by = timedelta()
    for _ in range(3):
        clock.by += timedelta(hours=7)
        assert board.identity.authenticate(signed_in.token) is not None
    clock.by = timedelta(days=1)
    assert board.identity.authenticate(signed_in.token) is None
    board.identity.sweep()
    assert told == [(signed_in.session.id, "expired")]


async def test_signs_of_life_are_kept_over_a_restart(open_board: OpenBoard, board: Callboard, clock: Moved):
    signed_in = await sign_in(board)
    clock.by = timedelta(hours=11)
    assert board.identity.authenticate(signed_in.token) is not None
    await board.stop()
    clock.by = timedelta(hours=22)
    again = await open_board(clock=clock, database_url=board.settings.database_url)
    assert again.identity.authenticate(signed_in.token) is not None


@pytest.mark.parametrize(
    ("command", "fields", "reason"),
    [
        ("reset_password", {"password": "quite another one"}, "password"),
        ("deactivate_user", {}, "deactivated"),
        ("delete_user", {}, "deleted"),
    ],
)
async def test_a_session_ends_with_the_change_that_takes_it(
    board: Callboard, command: str, fields: dict[str, Any], reason: str
):
    told, signed_in, other = Endings(board), await sign_in(board), await sign_in(board, "carol")
    await board.desk_of_slug("main").do(SYSTEM, command, id_of("bob"), **fields)
    assert board.identity.authenticate(signed_in.token) is None
    await told.heard()
    assert told == [(signed_in.session.id, reason)]
    assert board.identity.authenticate(other.token) is not None


async def test_a_new_role_ends_no_session(board: Callboard):
    told, signed_in = Endings(board), await sign_in(board)
    await board.desk_of_slug("main").do(SYSTEM, "set_role", id_of("bob"), role="viewer")
    who = board.identity.authenticate(signed_in.token)
    assert who is not None
    assert who.user.role == "viewer"
    assert not told


async def test_an_ended_session_does_not_come_back_with_a_restart(open_board: OpenBoard, board: Callboard):
    ended, kept = await sign_in(board), await sign_in(board)
    await board.identity.end(ended.session.id, "logout")
    await board.stop()
    again = await open_board(database_url=board.settings.database_url)
    assert again.identity.authenticate(ended.token) is None
    assert again.identity.authenticate(kept.token) is not None


async def test_ending_what_has_ended_is_no_error(board: Callboard):
    signed_in = await sign_in(board)
    told = Endings(board)
    await board.identity.end(signed_in.session.id, "logout")
    await board.identity.end(signed_in.session.id, "logout")
    assert told == [(signed_in.session.id, "logout")]


async def test_two_tenants_may_hold_users_of_the_same_id(board: Callboard):
    bob = await sign_in(board)
    other = await board.create_tenant("other", "Another Team")
    names = {"id": id_of("bob"), "email": "bob@other.example", "display_name": "Robert", "role": "engineer"}
    await other.do(SYSTEM, "create_user", None, **names, password=PASSWORD)
    robert = await board.identity.sign_in("bob@other.example", PASSWORD, None, ADDRESS, "")
    await other.do(SYSTEM, "deactivate_user", id_of("bob"))
    assert board.identity.authenticate(robert.token) is None
    who = board.identity.authenticate(bob.token)
    assert who is not None
    assert who.user.display_name == "Bob"


async def test_the_same_address_in_two_teams_is_told_apart_by_the_team(board: Callboard):
    other = await board.create_tenant("other", "Another Team")
    names = {"email": "bob@example.com", "display_name": "Robert", "role": "engineer"}
    await other.do(SYSTEM, "create_user", None, **names, password="quite another one")
    there = await sign_in(board, password="quite another one", slug="other")
    assert there.tenant.slug == "other"
    assert (await sign_in(board)).tenant.slug == "main"
    with pytest.raises(Unauthenticated):
        await sign_in(board, slug="other")
