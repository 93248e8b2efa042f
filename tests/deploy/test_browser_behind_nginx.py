"""A person's browser behind two proxies, the outer one with TLS: what it is given there, and what somebody at the board
notices when the instance behind is replaced (D8, O7)."""

import asyncio

import pytest
from browsing import a_browser
from people import Person
from premises import PASSWORD
from writers import Regular, Writer

CALL = {"title": "Till is stuck", "customer_name": "Ms. Gray"}
WRITERS = ("alice", "bob", "fred")

# From here on the page remembers whatever it says of its connection, and whether it is ever another page.
WATCHES = """async () => {
  const states = /^(Connecting|Live|Reconnecting|Polling|Offline|Signed out)/;
  window.heard = new Set();
  const look = () => {
    for (const each of document.querySelectorAll("[role=status]")) {
      const [state] = states.exec(each.textContent) ?? [];
      if (state) window.heard.add(state);
    }
  };
  look();
  new MutationObserver(look).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""
HEARD = "async () => [...window.heard].sort()"
LEAVES_THE_FIELD = "async () => document.activeElement.blur()"


async def signs_in(browser, front, name="bob", at="/"):
    await browser.opens(front.url + at)
    await browser.writes("Email", f"{name}@example.com")
    await browser.writes("Password", PASSWORD)
    await browser.presses("Sign in")
    await browser.sees("Live")


async def test_a_browser_signs_in_and_sees_what_happens(people, front):
    async with a_browser() as browser:
        await signs_in(browser, front)
        (cookie,) = await browser.cookies()
        assert cookie["name"] == "__Host-callboard_session"
        assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (True, True, "Lax")
        dora = people.at("127.0.0.2")
        await dora.signs_in("dora")
        await dora.posts("/api/tenants/main/calls", CALL)
        await browser.sees("Till is stuck")
        assert await browser.complaints() == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_d8_an_instance_replaced_while_many_write_is_a_moment_for_a_person(places):
    await places.one.starts()
    async with a_browser() as browser, Person(places.front, "127.0.0.2") as dora:
        await signs_in(browser, places.front)
        await browser.runs(WATCHES)
        await dora.signs_in("dora")
        writers = [Writer(await regular(places.front, name), name) for name in WRITERS]
        writing = [asyncio.create_task(writer.writes()) for writer in writers]
        await places.other.runs()
        await browser.sees("fred-5")
        assert await places.one.stops() == 0
        await places.other.says(places.other.serving)
        for writer in writers:
            writer.stop = True
        await asyncio.gather(*writing)
        answer, _ = await dora.posts("/api/tenants/main/calls", CALL)
        assert answer.status == 201
        await browser.sees("Till is stuck")
        await browser.sees("Live")
        assert set(await browser.runs(HEARD)) <= {"Live", "Reconnecting", "Connecting"}
        assert await browser.complaints() == []
        for writer in writers:
            await writer.client.close()
    assert await places.other.stops() == 0


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_l4_what_was_typed_while_no_instance_served_arrives(places):
    await places.one.starts()
    async with a_browser() as browser, Person(places.front, "127.0.0.2") as dora:
        await dora.signs_in("dora")
        _, made = await dora.posts("/api/tenants/main/calls", CALL)
        call = made["data"]
        await signs_in(browser, places.front, "alice", f"/calls/{call['number']}")
        await browser.presses("Later")  # another password, which can wait
        assert await places.one.stops() == 0
        await browser.sees("Reconnecting")
        await browser.writes("Description", "The drawer does not open")
        await browser.runs(LEAVES_THE_FIELD)
        await browser.sees("1 waiting")
        await places.other.starts()
        await browser.sees("Live")
        await arrives(dora, call["id"], "The drawer does not open")
        assert await browser.complaints() == []
    assert await places.other.stops() == 0


async def regular(front, name):
    async with Person(front, "127.0.0.1") as person:
        await person.signs_in(name)
        return await Regular(front, person.token).comes_in()


async def arrives(somebody, call_id, words):
    async with asyncio.timeout(30):
        while True:
            _, said = await somebody.gets(f"/api/tenants/main/calls/{call_id}")
            if words in said.decode():
                return
            await asyncio.sleep(0.05)
