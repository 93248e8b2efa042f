"""Commands and reads over HTTP (PROTOCOL section 2)."""

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from caller import Caller
from opening import OpenBoard
from premises import PASSWORD, id_of

from events.catalog import Catalog
from server.app import Callboard
from server.http import routes_of
from stores.clock import new_id

CALL = {"title": "No power", "customer_name": "Ms. Gray"}
BOB, CAROL = id_of("bob"), id_of("carol")


@pytest.fixture
async def call(bob: Caller) -> Any:
    return await bob.does("calls", **CALL)


# -- commands ----------------------------------------------------------------------------------------------------------


def test_every_command_on_the_wire_has_one_address_and_no_other_has(catalog: Catalog):
    routed = [command.name for command in routes_of(catalog).values()]
    assert sorted(routed) == sorted(name for name, command in catalog.commands.items() if command.on_wire)
    assert not {"import_service", "create_admin"} & set(routed)


@pytest.mark.parametrize(
    ("address", "command"),
    [
        (("POST", "calls", ""), "create_call"),
        (("PATCH", "calls", ""), "update_call"),
        (("DELETE", "service_categories", ""), "delete_service_category"),
        (("POST", "calls", "assign"), "assign_call"),
        (("POST", "users", "set_availability"), "set_availability"),
        (("POST", "customers", "merge"), "merge_customer"),
    ],
)
def test_addresses_are_named_as_the_protocol_says(catalog: Catalog, address: tuple[str, str, str], command: str):
    assert routes_of(catalog)[address].name == command


async def test_creating_answers_201_and_the_ack(bob: Caller):
    answer = await bob.posts("calls", CALL)
    assert answer.status == 201
    assert answer.body.keys() == {"ok", "data", "also", "also_total", "cursor"}
    assert (answer.body["data"]["title"], answer.body["data"]["status"]) == ("No power", "new")


async def test_changing_and_acting_answer_200(bob: Caller, call: Any):
    changed = await bob.asks("PATCH", f"calls/{call['id']}", {"title": "Still no power"})
    assert (changed.status, changed.body["data"]["title"]) == (200, "Still no power")
    claimed = await bob.posts(f"calls/{call['id']}/claim")
    assert (claimed.status, claimed.body["data"]["assignee_id"]) == (200, BOB)


async def test_what_a_command_moved_along_is_in_its_answer(bob: Caller, call: Any):
    await bob.does(f"calls/{call['id']}/claim")
    body = (await bob.posts(f"calls/{call['id']}/convert", {"device_type": "Laptop"})).body
    assert [(each["resource"], each["event"]) for each in body["also"]] == [("services", "service_created")]


async def test_deleting_takes_its_options_from_the_query(alice: Caller, bob: Caller, call: Any):
    await bob.does(f"calls/{call['id']}/claim")
    refused = await alice.asks("DELETE", f"users/{BOB}")
    assert (refused.status, refused.code) == (409, "refused")
    given = await alice.asks("DELETE", f"users/{BOB}?reassign_to={CAROL}&release=false")
    assert (given.status, given.body["data"]) == (200, None)
    assert (await alice.gets(f"calls/{call['id']}")).body["data"]["assignee_id"] == CAROL


async def test_a_flag_in_the_query_is_true_or_false_and_nothing_else(alice: Caller):
    answer = await alice.asks("DELETE", f"users/{BOB}?release=yes")
    assert (answer.status, list(answer.fields)) == (422, ["release"])
    assert (await alice.asks("DELETE", f"users/{BOB}?release=true&reassign_to=")).status == 200


async def test_a_client_may_choose_the_id_and_it_is_taken_then(bob: Caller):
    own = new_id()
    assert (await bob.does("calls", **CALL, id=own))["id"] == own
    assert (await bob.posts("calls", {**CALL, "id": own})).code == "taken"


async def test_d5_the_same_idempotency_key_happens_once(bob: Caller):
    first = await bob.posts("calls", CALL, Idempotency_Key="once")
    second = await bob.posts("calls", CALL, Idempotency_Key="once")
    assert second.body == {**first.body, "repeated": True}
    assert (await bob.gets("calls")).body["total"] == 1


@pytest.mark.parametrize("key", ["", "x" * 65, "tab\there"])
async def test_a_malformed_idempotency_key_is_invalid(bob: Caller, key: str):
    answer = await bob.posts("calls", CALL, Idempotency_Key=key)
    assert (answer.status, list(answer.fields)) == (422, ["op_id"])


async def test_t14_bytes_that_are_no_text_in_a_header_are_invalid(board: Callboard, bob: Caller):
    """Sent by hand: no client library lets one send them."""
    reader, writer = await asyncio.open_connection("127.0.0.1", board.settings.port)
    head = f"POST /api/tenants/main/calls HTTP/1.1\r\nHost: x\r\nAuthorization: {bob.headers['Authorization']}\r\n"
    writer.write(head.encode() + b"Idempotency-Key: a\xffb\r\nContent-Length: 0\r\n\r\n")
    assert b" 422 " in await asyncio.wait_for(reader.readline(), 5)
    writer.close()
    assert (await bob.posts("calls", CALL)).status == 201


async def test_d6_if_match_of_a_stale_version_is_a_conflict_that_says_who_changed_what(
    alice: Caller, bob: Caller, call: Any
):
    await alice.asks("PATCH", f"calls/{call['id']}", {"title": "Alice was here"})
    answer = await bob.asks("PATCH", f"calls/{call['id']}", {"title": "Bob too"}, If_Match=f'"{call["version"]}"')
    assert (answer.status, answer.code) == (409, "conflict")
    error = answer.body["error"]
    assert error["current"]["title"] == "Alice was here"
    [change] = error["changes"]
    assert (change["field"], change["was"], change["now"], change["by"]["name"]) == (
        "title", "No power", "Alice was here", "Alice"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("POST", "calls/{id}/frobnicate", 404, "unknown"),
        ("POST", "frobs", 404, "unknown"),
        ("POST", "former_users", 404, "unknown"),
        ("POST", "services/{id}/import", 404, "unknown"),
        ("POST", "calls/{id}/assign/now", 404, "unknown"),
        ("PUT", "calls/{id}", 405, "unknown"),
        ("PATCH", "calls/nonsense", 404, "not_found"),
        ("POST", "calls/{id}/close", 403, "forbidden"),
        ("POST", "calls/{id}/release", 403, "forbidden"),
        ("PATCH", "users/{id}", 404, "not_found"),
    ],
)
async def test_refusals_are_told_as_problems(bob: Caller, call: Any, method: str, path: str, status: int, code: str):
    answer = await bob.asks(method, path.format(id=call["id"]), {})
    assert (answer.status, answer.code) == (status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.body["ok"] is False
    assert answer.body["status"] == status


async def test_an_unknown_field_is_invalid_and_not_ignored(bob: Caller):
    answer = await bob.posts("calls", {**CALL, "status": "completed"})
    assert answer.fields == {"status": "is not a field of this command"}


async def test_without_a_session_nothing_is_done(somebody: Caller):
    assert (await somebody.posts("calls", CALL)).code == "unauthenticated"
    assert (await somebody.gets("calls")).code == "unauthenticated"


async def test_more_commands_in_a_second_than_allowed_are_rate_limited(open_board: OpenBoard, at: Any):
    bob = await at(await open_board(commands_per_second=2)).signs_in("bob")
    answers = [await bob.posts("calls", CALL) for _ in range(3)]
    assert [each.status for each in answers] == [201, 201, 429]
    assert answers[2].headers["Retry-After"] == "1"


async def test_r5_a_password_is_in_no_answer(alice: Caller):
    new = {"email": "new@example.com", "display_name": "New", "role": "viewer", "password": "canary canary"}
    made = await alice.posts("users", new)
    assert made.status == 201
    weak = await alice.posts("users", {**new, "password": "canary"})
    assert weak.code == "invalid"
    assert not any(secret in each.raw for each in (made, weak) for secret in (b"canary", b"argon2", PASSWORD.encode()))


# -- reads -------------------------------------------------------------------------------------------------------------


async def test_a_record_comes_with_its_version_as_etag(bob: Caller, call: Any):
    answer = await bob.gets(f"calls/{call['id']}")
    assert answer.headers["ETag"] == f'"{call["version"]}"'
    assert answer.body["data"] == call
    assert answer.headers["Cache-Control"] == "no-store"


async def test_a_list_is_filtered_sorted_and_paged(bob: Caller):
    for number in range(5):
        await bob.does("calls", title=f"Call {number}", customer_name="x")
    mine = (await bob.gets("calls?sort=number&limit=1")).body["items"][0]
    await bob.does(f"calls/{mine['id']}/claim")
    assert [each["id"] for each in (await bob.gets("calls?assignee_id=me")).body["items"]] == [mine["id"]]
    page = (await bob.gets("calls?status=new&open=true&sort=-number&limit=3")).body
    assert ([each["title"] for each in page["items"]], page["total"]) == (["Call 4", "Call 3", "Call 2"], 4)
    rest = (await bob.gets(f"calls?status=new&open=true&sort=-number&limit=3&after={page['next']}")).body
    assert ([each["title"] for each in rest["items"]], rest["next"]) == (["Call 1"], None)


@pytest.mark.parametrize("query", ["limit=201", "limit=0", "sort=colour", "after=x", "created_at.from=yesterday"])
async def test_a_list_that_cannot_be_made_is_invalid(bob: Caller, query: str):
    answer = await bob.gets(f"calls?{query}")
    assert (answer.status, list(answer.fields)) == (422, [query.partition("=")[0]])


@pytest.mark.parametrize("query", ["password_hash=x", "sort=password_hash", "rights_seq.from=0"])
async def test_r5_nobody_can_ask_about_what_is_hidden(bob: Caller, query: str):
    assert (await bob.gets(f"users?{query}")).code == "invalid"


async def test_activity_is_paged_until_the_end(bob: Caller, call: Any):
    for number in range(5):
        await bob.asks("PATCH", f"calls/{call['id']}", {"title": f"Title {number}"})
    told, after = [], ""
    while after is not None:
        page = (await bob.gets(f"calls/{call['id']}/activity?limit=2&after={after}" if after else
                               f"calls/{call['id']}/activity?limit=2")).body  # fmt: skip
        told += [item["action"] for item in page["items"]]
        after = page["next"]
    assert told == ["update_call"] * 5 + ["create_call"]


async def test_activity_says_who_changed_what(alice: Caller, bob: Caller, call: Any):
    await bob.does(f"calls/{call['id']}/claim")
    await alice.does("categories", name="Power")
    by_bob = (await alice.gets(f"activity?actor={BOB}&resource=calls")).body["items"]
    assert [item["action"] for item in by_bob] == ["claim_call", "create_call"]
    assert {"field": "assignee_id", "was": None, "now": BOB} in by_bob[0]["changed"]


async def test_activity_of_what_is_not_there_is_not_found(bob: Caller):
    assert (await bob.gets("calls/nonsense/activity")).code == "not_found"
    assert (await bob.gets("former_users/nonsense/activity")).code == "not_found"


async def test_explain_says_what_i_may_do_now_and_why_not(bob: Caller, call: Any):
    said = {each["command"]: each for each in (await bob.gets(f"calls/{call['id']}/explain")).body}
    assert said["claim_call"] == {"command": "claim_call", "allowed": True, "why": None}
    assert not said["close_call"]["allowed"]
    refusal = await bob.posts(f"calls/{call['id']}/close")
    assert said["close_call"]["why"] == refusal.body["error"]["message"]


async def test_explain_says_whether_i_may_make_one(bob: Caller, alice: Caller):
    assert (await alice.gets("users/explain")).body == [{"command": "create_user", "allowed": True, "why": None}]
    (said,) = (await bob.gets("users/explain")).body
    refusal = await bob.posts("users", {})
    assert (said["allowed"], said["why"]) == (False, refusal.body["error"]["message"])


@pytest.mark.parametrize(("words", "found"), [("gray", True), ("GRÄY", True), ("C-0001", True), ("purple", False)])
async def test_search_finds_words_and_numbers(bob: Caller, call: Any, words: str, found: bool):
    body = (await bob.gets(f"search?q={quote(words)}")).body
    assert [item["id"] for item in body["items"]] == ([call["id"]] if found else [])
    assert body["cursor"]


@pytest.mark.parametrize("limit", ["0", "101", "x"])
async def test_search_has_a_limit(bob: Caller, limit: str):
    assert list((await bob.gets(f"search?q=x&limit={limit}")).fields) == ["limit"]


async def test_insights_are_of_the_period_asked_for(bob: Caller, call: Any):
    body = (await bob.gets("insights")).body
    assert (body["created"], body["open"]["total"], body["open"]["status"]) == (1, 1, {"new": 1})
    long_ago = (await bob.gets("insights?from=2020-01-01&to=2020-01-31")).body
    assert (long_ago["created"], len(long_ago["days"])) == (0, 31)


@pytest.mark.parametrize(
    "path", ["frobs", "former_users", "former_users/x", "calls/nonsense", "calls/x/explain", "frobs/explain"]
)
async def test_what_is_not_there_is_not_found(bob: Caller, path: str):
    assert (await bob.gets(path)).code == "not_found"


async def test_an_answer_waits_until_what_it_tells_is_durable(board: Callboard, bob: Caller, monkeypatch: Any):
    """D3: while the batch is with the writer, a read waits as the command does."""
    commit: Callable[..., None] = board.database.commit
    heads: list[int] = []

    def slow(batch: Any) -> None:
        heads.append(board.desk_of_slug("main").journal.head)
        commit(batch)

    monkeypatch.setattr(board.database, "commit", slow)
    made = (await bob.posts("calls", CALL)).body
    assert heads == [board.desk_of_slug("main").journal.head - 1]
    assert (await bob.gets(f"calls/{made['data']['id']}")).body["cursor"] == made["cursor"]


async def test_undo_takes_a_change_set_back(bob: Caller, call: Any):
    done = await bob.posts(f"calls/{call['id']}/claim")
    back = await bob.posts("undo", {"cursor": done.body["cursor"]}, Idempotency_Key="back")
    assert (back.status, back.body["data"]["status"], back.body["data"]["assignee_id"]) == (200, "new", None)
    assert (await bob.posts("undo", {"cursor": done.body["cursor"]}, Idempotency_Key="back")).body["repeated"] is True
    assert (await bob.posts("undo", {"cursor": done.body["cursor"]})).code == "refused"
    assert (await bob.posts("undo", {"cursor": "x.1"})).fields.keys() == {"cursor"}
