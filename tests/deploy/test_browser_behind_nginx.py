"""A person's browser behind two proxies, the outer one with TLS."""

from browsing import a_browser
from premises import PASSWORD

CALL = {"title": "Till is stuck", "customer_name": "Ms. Gray"}


async def signs_in(browser, front):
    await browser.opens(front.url)
    await browser.writes("Email", "bob@example.com")
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
