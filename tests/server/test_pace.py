"""How much one address may ask over HTTP: through a whole server."""

import pytest
from aiohttp import ClientSession
from network import token_of, url_of
from opening import OpenBoard

from server import pace
from server.pace import BURST_S


async def statuses(http: ClientSession, url: str, count: int, **headers: str) -> list[int]:
    found = []
    for _ in range(count):
        async with http.get(url, headers=headers) as answer:
            found.append(answer.status)
    return found


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time stands, so that nothing flows in."""
    monkeypatch.setattr(pace, "monotonic", lambda: 100.0)


@pytest.mark.usefixtures("still")
async def test_too_many_requests_of_one_address_are_refused_and_others_are_not(open_board: OpenBoard):
    board = await open_board(requests_per_second=1, trusted_proxies="1")
    url = f"{url_of(board)}/healthz"
    async with ClientSession() as http:
        one = await statuses(http, url, BURST_S + 2, **{"X-Forwarded-For": "10.0.0.1"})
        assert one == [200] * BURST_S + [429] * 2
        assert await statuses(http, url, 1, **{"X-Forwarded-For": "10.0.0.2"}) == [200]
        async with http.get(url, headers={"X-Forwarded-For": "10.0.0.1"}) as answer:
            assert answer.headers["Retry-After"] == "1"
            assert (await answer.json())["error"]["code"] == "rate_limited"
    assert board.refusals.counts["request", "too_often"] == 3


@pytest.mark.usefixtures("still")
@pytest.mark.parametrize("is_chunked", [False, True])
async def test_too_many_bytes_of_one_address_are_refused_and_nothing_of_them_happens(open_board: OpenBoard, is_chunked):
    board = await open_board(incoming_kb_per_second=1)
    (desk,) = board.desks.values()
    headers = {"Authorization": f"Bearer {await token_of(board, 'dora')}", "Content-Type": "application/json"}
    call = b'{"title": "A call", "customer_name": "Ms. Gray", "description": "%b"}' % (b"x" * 3_900)

    async def chunks():
        yield call

    found = []
    async with ClientSession() as http:
        for _ in range(5):
            url = f"{url_of(board)}/api/tenants/{desk.tenant.slug}/calls"
            async with http.post(url, data=chunks() if is_chunked else call, headers=headers) as answer:
                found.append(answer.status)
    refused = 4 if is_chunked else 2
    assert found == [201] * (5 - refused) + [429] * refused
    assert len(list(desk.stores["calls"].all())) == 5 - refused
    assert board.refusals.counts == {("request", "too_much"): refused}


async def test_without_limits_nothing_is_looked_at(open_board: OpenBoard):
    board = await open_board()
    async with ClientSession() as http:
        assert await statuses(http, f"{url_of(board)}/healthz", 200) == [200] * 200
