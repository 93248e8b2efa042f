"""Pages of another origin, in a real browser (ALLOWED_ORIGINS): one that talks with the API by token, and the built board on
a static host that passes on what it asks. A page that nobody allowed gets nothing."""

import pytest
from browsing import a_browser
from elsewhere import a_static_host, an_empty_page
from network import free_port
from people import Person
from premises import PASSWORD
from proxies import nginx

CALL = {"title": "Till is stuck", "customer_name": "Ms. Gray"}

# What the page's own script does: sign in for a token, listen on each door, take a call, and say what it heard.
SIGNS_IN = """async ({url, email, password}) => {
  const body = JSON.stringify({email, password});
  const headers = {"Content-Type": "application/json"};
  const answer = await fetch(`${url}/api/login`, {method: "POST", headers, body});
  return (await answer.json()).token;
}"""
BY_SOCKET = """async ({url, token, call}) => {
  const socket = new WebSocket(`${url.replace("https:", "wss:")}/ws`);
  const heard = [];
  await new Promise((done, failed) => {
    socket.onerror = failed;
    socket.onopen = () => socket.send(JSON.stringify({type: "auth", token}));
    socket.onmessage = ({data}) => {
      const said = JSON.parse(data);
      heard.push(said.type);
      if (said.type === "ready") socket.send(JSON.stringify({type: "create_call", ref: 1, data: call}));
      if (said.type === "ack") done();
    };
  });
  socket.close();
  return heard.filter((type) => !type.startsWith("presence"));
}"""
BY_STREAM = """async ({url, token, call}) => {
  const headers = {Authorization: `Bearer ${token}`, "Content-Type": "application/json"};
  const stream = await fetch(`${url}/api/tenants/main/realtime`, {headers});
  const reader = stream.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const until = async (words) => { while (!text.includes(words)) text += (await reader.read()).value; };
  await until("event: ready");
  await fetch(`${url}/api/tenants/main/calls`, {method: "POST", headers, body: JSON.stringify(call)});
  await until("event: call_created");
  await reader.cancel();
  return "heard";
}"""
BY_POLL = """async ({url, token}) => {
  const headers = {Authorization: `Bearer ${token}`};
  const me = await (await fetch(`${url}/api/me`, {headers})).json();
  const answer = await fetch(`${url}/api/tenants/main/changes?since=${me.cursor}&wait=0`, {headers});
  return [answer.status, answer.headers.get("Callboard-Cursor") === me.cursor];
}"""
IN_VAIN = """async ({url}) => {
  const asked = await fetch(`${url}/api/me`).then(() => "answered", () => "refused");
  const opened = await new Promise((done) => {
    const socket = new WebSocket(`${url.replace("https:", "wss:")}/ws`);
    socket.onopen = () => done("answered");
    socket.onerror = () => done("refused");
  });
  return [asked, opened];
}"""


@pytest.fixture
def elsewhere():
    """The port of a host of pages that the server allows."""
    return free_port()


@pytest.fixture
async def front(folder, server, elsewhere, _nginx_is_here):
    """One proxy with TLS, and the static host as a second one, for whoever comes through it."""
    async with nginx(folder, [server.port], 1) as front:
        server.environment |= {**front.environment, "ALLOWED_ORIGINS": f"http://127.0.0.1:{elsewhere}"}
        await server.starts()
        yield front
        assert await server.stops() == 0


async def test_a_page_of_an_allowed_origin_uses_the_api_by_token(front, elsewhere):
    async with an_empty_page(elsewhere) as origin, a_browser() as browser:
        await browser.opens(origin)
        token = await browser.runs(SIGNS_IN, url=front.url, email="bob@example.com", password=PASSWORD)
        asks = {"url": front.url, "token": token, "call": CALL}
        assert await browser.runs(BY_SOCKET, **asks) == ["ready", "call_created", "ack"]
        assert await browser.runs(BY_STREAM, **asks) == "heard"
        assert await browser.runs(BY_POLL, **asks) == [204, True]


async def test_a_page_of_another_origin_gets_nothing(front):
    async with an_empty_page(free_port()) as origin, a_browser() as browser:
        await browser.opens(origin)
        assert await browser.runs(IN_VAIN, url=front.url) == ["refused", "refused"]


async def test_the_built_board_on_a_static_host_that_passes_on_what_it_asks(front, elsewhere):
    async with a_static_host(front, elsewhere) as origin, a_browser() as browser:
        await browser.opens(origin)
        await browser.writes("Email", "bob@example.com")
        await browser.writes("Password", PASSWORD)
        await browser.presses("Sign in")
        await browser.sees("Live")
        async with Person(front, "127.0.0.2") as dora:
            await dora.signs_in("dora")
            await dora.posts("/api/tenants/main/calls", CALL)
            await browser.sees("Till is stuck")
