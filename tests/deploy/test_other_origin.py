"""Pages of another origin, in a real browser (ALLOWED_ORIGINS): one that talks with the API by token, and the built board on
a static host: built to ask the server where that is, or with a host that passes on what it asks. A page that nobody allowed
gets nothing."""

from subprocess import CalledProcessError
from urllib.parse import urlsplit

import pytest
from browsing import a_browser
from elsewhere import FileHost, a_static_host, an_empty_page, built_for, hosted
from network import free_port
from people import Person
from premises import PASSWORD
from proxies import nginx

CALL = {"title": "Till is stuck", "customer_name": "Ms. Gray"}
REPAIR = {"device_type": "Laptop", "reported_fault": "Dark screen", "customer_name": "Ms. Gray"}

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
BY_COOKIE = """async ({url}) => {
  const me = await (await fetch(`${url}/api/me`, {credentials: "include"})).json();
  const address = `${url}/api/tenants/main/changes?since=${me.cursor}&wait=0`;
  const polled = await fetch(address, {credentials: "include"});
  const stream = new EventSource(`${url}/api/tenants/main/realtime`, {withCredentials: true});
  const opened = await new Promise((done) => {
    stream.addEventListener("ready", () => done("ready"));
    stream.onerror = () => done("refused");
  });
  stream.close();
  const socket = new WebSocket(`${url.replace("https:", "wss:")}/ws?tenant=main`);
  const greeted = await new Promise((done) => {
    socket.onmessage = ({data}) => done(JSON.parse(data).type);
    socket.onclose = socket.onerror = () => done("refused");
  });
  socket.close();
  const health = await fetch(`${url}/healthz`);
  return [polled.status, opened, greeted, health.ok];
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


@pytest.fixture(scope="module")
def port():
    """Where the server is reached: what the board is built with."""
    return free_port()


@pytest.fixture(scope="module")
def board(port, tmp_path_factory):
    """The board, built to ask the server there."""
    return built_for(f"https://localhost:{port}", tmp_path_factory.mktemp("board"))


@pytest.fixture
async def front(folder, server, elsewhere, port, _nginx_is_here):
    """One proxy with TLS, and the static host as a second one, for whoever comes through it."""
    async with nginx(folder, [server.port], 1, port) as front:
        origins = f"http://127.0.0.1:{elsewhere},https://localhost:{elsewhere}"
        server.environment |= {**front.environment, "ALLOWED_ORIGINS": origins}
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


async def signs_in(browser):
    await browser.writes("Email", "bob@example.com")
    await browser.writes("Password", PASSWORD)
    await browser.presses("Sign in")
    await browser.sees("Live")


@pytest.mark.parametrize(
    ("name", "reach"), [("https://localhost", "Lax"), ("http://127.0.0.1", "None")], ids=["our site", "another site"]
)
async def test_u6_a_board_built_for_a_server_elsewhere_is_worked_with_by_cookie(front, elsewhere, board, name, reach):
    origin = f"{name}:{elsewhere}"
    tls = front.certificate.shown if name.startswith("https:") else None
    async with hosted(FileHost(board).application, elsewhere, tls), a_browser() as browser:
        await browser.opens(f"{origin}/customers")
        await signs_in(browser)
        await browser.presses("Later")  # another password, which can wait
        (cookie,) = await browser.cookies()
        assert (cookie["name"], cookie["domain"]) == ("__Host-callboard_session", urlsplit(front.url).hostname)
        assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (True, True, reach)
        async with Person(front, "127.0.0.2") as dora:
            await dora.signs_in("dora")
            await dora.posts("/api/tenants/main/customers", {"name": "Ms. Gray"})
            await browser.sees("Ms. Gray")
        await browser.reloads()
        await browser.sees("Live")
        await browser.sees("Ms. Gray")
        assert await browser.runs(BY_COOKIE, url=front.url) == [204, "ready", "ready", True]
        await browser.presses("You: Bob")
        await browser.chooses("Sign out")
        await browser.sees("Sign in")
        assert await browser.cookies() == []
        await browser.reloads()
        await browser.sees("Password")
        assert await browser.complaints() == []


async def test_s3_a_customer_follows_his_repair_on_a_static_host(front, elsewhere, board):
    async with (
        hosted(FileHost(board).application, elsewhere),
        Person(front, "127.0.0.2") as dora,
        a_browser() as browser,
    ):
        await dora.signs_in("dora")
        _, made = await dora.posts("/api/tenants/main/services", REPAIR)
        repair = made["data"]
        await browser.opens(f"http://127.0.0.1:{elsewhere}/track/{repair['tracking_code']}")
        await browser.sees("Laptop")
        await browser.sees("We have received your device.")
        await dora.posts(f"/api/tenants/main/services/{repair['id']}/cancel", {"reason": "Beyond repair"})
        await browser.sees("The repair was cancelled.")
        assert await browser.complaints() == []


@pytest.mark.parametrize("told", ["api.example.org", "https://api.example.org/board", "ftp://api.example.org"])
def test_a_build_for_what_is_no_address_of_a_server_is_refused(told, tmp_path):
    with pytest.raises(CalledProcessError):
        built_for(told, tmp_path / "board")
    assert not (tmp_path / "board").exists()


async def test_the_built_board_on_a_static_host_that_passes_on_what_it_asks(front, elsewhere):
    async with a_static_host(front, elsewhere) as origin, a_browser() as browser:
        await browser.opens(origin)
        await signs_in(browser)
        async with Person(front, "127.0.0.2") as dora:
            await dora.signs_in("dora")
            await dora.posts("/api/tenants/main/calls", CALL)
            await browser.sees("Till is stuck")
