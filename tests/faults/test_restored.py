"""A backup put back: clients whose cursor is from after it are told to take a snapshot (D7), everybody signs in anew."""

import asyncio

from network import seq_of, sign_in

from server.backup import back_up
from server.restore import restore
from server.terminal import Bar

GRAY = {"customer_name": "Ms. Gray"}


async def titles(client):
    """Of the calls in a fresh snapshot."""
    return sorted(record["title"] for (plural, _), record in (await client.fresh()).items() if plural == "calls")


async def is_backed_up(url, path):
    await asyncio.to_thread(back_up, url, path, Bar("rows"))


async def is_put_back(url, path):
    await asyncio.to_thread(restore, url, path, Bar("rows"), yes=True)


async def comes_back(client, http, program, name):
    """His session has ended with the old database: he signs in, and comes with the cursor that he had."""
    await client.until(lambda: not client.is_open)
    assert (await client.is_refused()).data.code == "unauthenticated"
    client.token = await sign_in(http, program.url, name)
    return (await client.connects()).data


async def test_d7_who_heard_what_is_not_there_any_more_takes_a_snapshot(program, board_url, tokens, http, tmp_path):
    await program.starts()
    async with await tokens.client("alice", program) as alice, await tokens.client("bob", program) as bob:
        for client in (alice, bob):
            await client.connects()
            await client.takes_snapshot()
        await alice.does("create_call", title="Before", **GRAY)
        await bob.until(lambda: len(bob.events()) == 1)
        await is_backed_up(board_url, tmp_path / "board.bak")
        await alice.does("create_call", title="After", op_id="after", **GRAY)
        await bob.until(lambda: len(bob.events()) == 2)
        lost = seq_of(bob.cursor)
        assert await program.stops() == 0

        await is_put_back(board_url, tmp_path / "board.bak")
        await program.starts()

        # What was lost is not taken for done: sent again, it happens. It takes the place that the lost one had.
        ready = await comes_back(alice, http, program, "alice")
        assert (ready.resumed, ready.snapshot_required) == (False, True)
        assert await titles(alice) == ["Before"]
        again = await alice.asks("create_call", title="After, again", op_id="after", **GRAY)
        assert again.ok
        assert not again.get("repeated")
        assert seq_of(again.cursor) == lost

        # And who comes with the cursor of the lost one is not taken for one who has heard this one.
        ready = await comes_back(bob, http, program, "bob")
        assert (ready.resumed, ready.snapshot_required) == (False, True)
        assert await titles(bob) == ["After, again", "Before"]
    assert await program.stops() == 0


async def test_d7_who_heard_nothing_after_the_backup_resumes(program, board_url, tokens, http, tmp_path):
    """His place is in the restored journal, under the epoch that he knows it by."""
    await program.starts()
    async with await tokens.client("bob", program) as bob:
        await bob.connects()
        await bob.takes_snapshot()
        await is_backed_up(board_url, tmp_path / "board.bak")
        assert await program.stops() == 0
        await is_put_back(board_url, tmp_path / "board.bak")
        await program.starts()
        ready = await comes_back(bob, http, program, "bob")
        assert (ready.resumed, ready.snapshot_required) == (True, False)
    assert await program.stops() == 0
