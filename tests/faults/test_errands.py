"""Errands beside a running server are done by it: who is connected notices at once (D8)."""

from commandline import beside


async def test_d8_the_password_is_reset_by_the_running_server_and_the_user_is_out_at_once(program, tokens, http):
    await program.starts()
    async with await tokens.client("bob", program) as bob:
        await bob.connects()
        said = await beside(program, "reset-password", "bob@example.com", stdin="another for tests\n")
        assert said.code == 0, said.err
        await bob.until(lambda: not bob.is_open)
        assert (await bob.is_refused()).data.code == "unauthenticated"
        body = {"email": "bob@example.com", "password": "another for tests"}
        async with http.post(f"{program.url}/api/login", json=body) as answer:
            assert (await answer.json())["user"]["must_change_password"]
    assert await program.stops() == 0
