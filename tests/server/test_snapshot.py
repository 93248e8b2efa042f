"""A snapshot over HTTP: whole, of one moment, and the reader's own."""

from caller import Caller
from premises import TEAM, id_of


async def everything(caller: Caller, query: str = "") -> dict:
    answer = await caller.gets(f"snapshot{query}")
    assert answer.status == 200
    return answer.body


async def test_it_holds_all_records_at_one_cursor(bob: Caller):
    made = (await bob.posts("calls", {"title": "x", "customer_name": "y"})).body
    body = await everything(bob)
    assert body["cursor"] == made["cursor"]
    assert body["records"]["calls"] == [made["data"]]
    assert {user["display_name"] for user in body["records"]["users"]} == {name.title() for name in TEAM}
    assert (body["former_users"], body["next"]) == ([], None)


async def test_it_may_be_of_some_resources(bob: Caller):
    assert list((await everything(bob, "?resources=calls,users"))["records"]) == ["calls", "users"]
    assert (await bob.gets("snapshot?resources=calls,former_users")).code == "not_found"


async def test_r5_it_holds_nothing_hidden(bob: Caller):
    assert b"argon2" not in (await bob.gets("snapshot")).raw


async def test_it_names_former_users(alice: Caller):
    await alice.asks("DELETE", f"users/{id_of('bob')}")
    assert (await everything(alice))["former_users"] == [{"id": id_of("bob"), "display_name": "Bob"}]


async def test_many_records_come_compressed_where_that_is_taken(bob: Caller):
    for number in range(150):
        await bob.does("calls", title=f"Call {number}", customer_name="y", description="x" * 2000)
    plain = await bob.gets("snapshot?resources=calls", Accept_Encoding="identity")
    packed = await bob.gets("snapshot?resources=calls", Accept_Encoding="gzip")
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert plain.raw == packed.raw
    assert [call["title"] for call in plain.body["records"]["calls"]] == [f"Call {number}" for number in range(150)]
