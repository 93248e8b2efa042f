"""Signing in and out over HTTP, and one's own sessions."""

import pytest
from caller import Caller
from opening import OpenBoard
from premises import PASSWORD, id_of

from server.app import Callboard

BOB = {"email": "bob@example.com", "password": PASSWORD}


async def test_a_sign_in_answers_with_token_user_tenant_and_sets_the_cookie(somebody: Caller):
    answer = await somebody.posts("/api/login", BOB)
    assert answer.status == 200
    assert set(answer.body) == {"token", "expires_at", "user", "tenant"}
    assert answer.body["user"]["id"] == id_of("bob")
    assert answer.body["tenant"]["slug"] == "main"
    cookie = answer.cookies["callboard_session"]
    assert cookie.value == answer.body["token"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["secure"]) == (True, "Lax", "/", "")


async def test_r5_nothing_hidden_is_told(somebody: Caller):
    answer = await somebody.posts("/api/login", BOB)
    assert not {"password_hash", "session_epoch", "rights_seq"} & set(answer.body["user"])
    assert b"argon2" not in answer.raw


async def test_with_cookie_only_no_token_is_in_the_body(somebody: Caller):
    answer = await somebody.posts("/api/login", {**BOB, "cookie_only": True})
    assert "token" not in answer.body
    assert answer.cookies["callboard_session"].value


async def test_on_https_the_cookie_is_bound_to_the_host(open_board: OpenBoard, at):
    board = await open_board(public_url="https://board.example.org")
    cookie = (await at(board).posts("/api/login", BOB)).cookies["__Host-callboard_session"]
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


@pytest.mark.parametrize(
    "wrong", [{"password": "not it at all"}, {"email": "x@example.com"}, {"tenant": "other"}, {"password": "x" * 9000}]
)
async def test_what_does_not_belong_together_is_unauthenticated(somebody: Caller, wrong: dict[str, str]):
    answer = await somebody.posts("/api/login", {**BOB, **wrong})
    assert (answer.status, answer.code) == (401, "unauthenticated")


@pytest.mark.parametrize("wrong", [{"password": 7}, {"email": None}, {"cookie_only": "yes"}, {"admin": True}])
async def test_a_body_of_another_form_is_invalid_and_not_repeated(somebody: Caller, wrong: dict[str, object]):
    answer = await somebody.posts("/api/login", {**BOB, **wrong})
    assert (answer.status, list(answer.fields)) == (422, list(wrong))
    assert PASSWORD.encode() not in answer.raw


async def test_too_many_failures_are_told_to_wait(somebody: Caller):
    for _ in range(10):
        await somebody.posts("/api/login", {**BOB, "password": "wrong"})
    answer = await somebody.posts("/api/login", BOB)
    assert (answer.status, answer.code) == (429, "rate_limited")
    assert int(answer.headers["Retry-After"]) > 0


async def test_behind_a_trusted_proxy_each_client_has_a_limit_of_his_own(open_board: OpenBoard, at):
    somebody = at(await open_board(trusted_proxies="1"))
    for _ in range(10):
        await somebody.posts("/api/login", {**BOB, "password": "wrong"}, X_Forwarded_For="6.6.6.6, 198.51.100.7")
    assert (await somebody.posts("/api/login", BOB, X_Forwarded_For="7.7.7.7, 198.51.100.7")).status == 429
    assert (await somebody.posts("/api/login", BOB, X_Forwarded_For="198.51.100.8")).status == 200


async def test_a_foreign_page_cannot_sign_anybody_in(somebody: Caller):
    assert (await somebody.posts("/api/login", BOB, Origin="https://evil.example")).code == "forbidden"
    assert (await somebody.posts("/api/login", BOB, Origin=somebody.base)).status == 200


async def test_me_is_who_i_am_and_where_the_journal_stands(bob: Caller, board: Callboard):
    me = (await bob.gets("/api/me")).body
    assert (me["user"]["display_name"], me["tenant"]["name"]) == ("Bob", "Main Street Repairs")
    assert board.desk_of_slug("main").journal.seq_of(me["cursor"]) is not None


async def test_after_signing_out_the_token_is_worth_nothing(bob: Caller):
    answer = await bob.posts("/api/logout")
    assert (answer.status, answer.raw) == (204, b"")
    assert answer.cookies["callboard_session"].value == ""
    assert (await bob.gets("/api/me")).code == "unauthenticated"


async def test_my_sessions_are_listed_with_the_one_i_use(somebody: Caller):
    await somebody.signs_in("bob")
    bob = await somebody.with_(User_Agent="a phone").signs_in("bob")
    await somebody.signs_in("carol")
    items = (await bob.gets("/api/me/sessions")).body["items"]
    assert [each["current"] for each in items] == [False, True]
    assert items[1]["agent"].startswith("a phone") or items[1]["address"] == "127.0.0.1"
    assert not any("token" in name for each in items for name in each)


async def test_i_end_one_of_my_sessions_but_nobody_elses(somebody: Caller, bob: Caller):
    other, carol = await somebody.signs_in("bob"), await somebody.signs_in("carol")
    mine = (await other.gets("/api/me/sessions")).body["items"]
    target = next(each["id"] for each in mine if not each["current"])
    assert (await carol.asks("DELETE", f"/api/me/sessions/{target}")).code == "not_found"
    assert (await other.asks("DELETE", f"/api/me/sessions/{target}")).status == 204
    assert (await bob.gets("/api/me")).status == 401
    assert (await other.gets("/api/me")).status == 200


async def test_i_end_all_my_sessions(somebody: Caller, bob: Caller):
    other, carol = await somebody.signs_in("bob"), await somebody.signs_in("carol")
    assert (await other.asks("DELETE", "/api/me/sessions")).status == 204
    assert [(await each.gets("/api/me")).status for each in (bob, other, carol)] == [401, 401, 200]


async def test_who_changes_his_password_signs_in_anew_with_it(somebody: Caller, bob: Caller):
    new = "quite another one"
    changed = await bob.posts(f"users/{id_of('bob')}/change_password", {"current": PASSWORD, "new": new})
    assert changed.status == 200
    assert (await bob.gets("/api/me")).status == 401
    assert (await somebody.posts("/api/login", BOB)).status == 401
    assert (await somebody.posts("/api/login", {**BOB, "password": new})).status == 200
