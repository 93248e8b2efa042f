"""One working day in the words of speech.py, through every door: what works without a network works the same with one.

After every action everyone's replica must equal a fresh snapshot (F7), and everyone heard the same in the same order.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from doorways import DOORS
from network import GoneError, as_said, url_of
from premises import TEAM, id_of
from speech import Heard, Office, Said

from server.http import routes_of

WITH_META = {"session_ended", "snapshot_required"}


class SocketDoor:
    """Everyone has a connection; a command is over when what it told has reached all of them."""

    def __init__(self, clients: Mapping[str, Any]) -> None:
        self.clients = clients

    async def command(self, user_id: str, name: str, message: Mapping[str, Any]) -> Said:
        """The ack."""
        ack = await self.clients[user_id].asks(name, **message)
        await self._reached_everyone()
        return ack

    async def snapshot(self, user_id: str) -> dict[str, list[Any]]:
        """All that this user may read."""
        (page,) = await self.clients[user_id].takes_snapshot()
        return page.records

    async def page(self, user_id: str, plural: str, wanted: Mapping[str, Any]) -> Said:
        """A page of a list."""
        return await self.clients[user_id].does("list", resource=plural, **wanted)

    def listen(self, user_id: str, hear: Any) -> None:
        """From now on."""

        def told(event: str, data: Said, meta: Said | None) -> None:
            if meta is not None or event in WITH_META:
                hear(Heard(event, data, meta or Said()))

        self.clients[user_id].on_event = told

    async def _reached_everyone(self) -> None:
        for client in self.clients.values():
            try:
                if client.is_open:
                    await client.settles()
            except GoneError:
                pass


class HttpDoor(SocketDoor):
    """Commands and reads by HTTP; what is told is heard by Socket.IO."""

    def __init__(self, clients: Mapping[str, Any], http: Any, base: str, catalog: Any) -> None:
        super().__init__(clients)
        self._http, self._base = http, f"{base}/api/tenants/main"
        self._routes = {command.name: place for place, command in routes_of(catalog).items()}

    async def command(self, user_id: str, name: str, message: Mapping[str, Any]) -> Said:
        """The body of the answer."""
        method, plural, action = self._routes[name]
        fields = dict(message)
        parts = [plural, *([fields.pop("id")] if "id" in fields and (method, action) != ("POST", "") else []), action]
        path = "/".join(part for part in parts if part)
        sent = {"params": fields} if method == "DELETE" else {"json": fields}
        answer = await self._asks(user_id, method, path, **sent)
        await self._reached_everyone()
        return answer

    async def snapshot(self, user_id: str) -> dict[str, list[Any]]:
        """All that this user may read."""
        return (await self._asks(user_id, "GET", "snapshot")).records

    async def page(self, user_id: str, plural: str, wanted: Mapping[str, Any]) -> Said:
        """A page of a list."""
        return await self._asks(user_id, "GET", plural, params=wanted)

    async def _asks(self, user_id: str, method: str, path: str, **sent: Any) -> Said:
        headers = {"Authorization": f"Bearer {self.clients[user_id].token}"}
        async with self._http.request(method, f"{self._base}/{path}", headers=headers, **sent) as answer:
            return as_said(await answer.json(content_type=None))


@pytest.fixture(params=[*DOORS, "http"])
async def office(request, comes, board, http) -> Office:
    """The whole team, each at this door."""
    how = "python websocket" if request.param == "http" else request.param
    clients = {id_of(name): await comes(name, how) for name in TEAM}
    door = HttpDoor(clients, http, url_of(board), board.catalog) if request.param == "http" else SocketDoor(clients)
    office = Office(door, {name: id_of(name) for name in TEAM})
    await office.opens()
    return office


async def test_p2_a_working_day_at_every_door(office: Office) -> None:
    alice, dora, bob, carol, fred, vera = (getattr(office, name) for name in TEAM)
    call = await fred.does("create_call", title="No power", customer_name="Ms. Gray", customer_phone="030 1234")
    for person in office.people.values():
        assert (await person.hears("call_created")).data == call
        await person.hears_nothing()
    assert (await vera.cannot("claim_call", call)).code == "forbidden"
    call = await bob.does("claim_call", call)
    assert (await vera.hears("call_assigned")).data.assignee_id == bob.id
    call = await bob.does("assign_call", call, assignee_id=carol.id)
    assert (await carol.cannot("complete_call", call)).code == "invalid"
    assert (await bob.cannot("complete_call", call, resolution="Not mine")).code == "forbidden"
    await carol.does("start_call", call)
    call = await carol.does("complete_call", call, resolution="A fuse.")
    assert (await dora.cannot("start_call", call)).code == "refused"
    assert [each.id for each in await vera.sees("calls", {"status": "completed"})] == [call.id]
    office.hush()
    category = await dora.does("create_category", name="Phones")
    other = await dora.does("create_category", name="Screens")
    assert (await dora.cannot("create_category", name="PHONES")).code == "taken"
    await dora.does("update_call", call, category_id=category.id)
    assert (await dora.cannot("delete_category", category)).code == "refused"
    await dora.does("delete_category", category, reassign_to=other.id)
    heard = [said.event for said in vera.unheard]
    assert heard == ["category_created", "category_created", "call_updated", "call_updated", "category_deleted"]
    office.hush()
    await alice.does("set_role", vera, role="engineer")
    assert [said.event for said in vera.unheard] == ["user_updated", "snapshot_required"]
    service = await vera.does("create_service", customer_name="Mr. Red", device_type="Kettle", reported_fault="Cold")
    await vera.does("claim_service", service)
    await vera.does("advance_service", service, status="in_repair")
    assert (await vera.cannot("complete_service", service, outcome="repaired")).code in {"invalid", "refused"}
    await vera.does("complete_service", service, outcome="repaired", work_done="A new fuse.")
    office.hush()
    assert (await alice.cannot("delete_user", alice)).code == "refused"
    await alice.does("delete_user", carol)
    assert [said.event for said in carol.unheard] == ["user_deleted", "session_ended"]
    assert [said.event for said in bob.unheard] == ["user_deleted_broadcast"]
    assert carol.gone


async def test_p2_everyone_hears_the_same_in_the_same_order_when_many_work_at_once(office: Office) -> None:
    people = [office.alice, office.dora, office.bob, office.fred]
    door = office.door
    done = await asyncio.gather(
        *(
            door.clients[person.id].asks("create_call", title=f"{person.name} {n}", customer_name="Ms. Gray")
            for n in range(25) for person in people
        )
    )  # fmt: skip
    assert all(ack.ok for ack in done)
    for client in door.clients.values():
        await client.settles()
    await office.verify()
    first, *others = ([said.data for said in person.unheard] for person in office.people.values())
    assert len(first) == 100
    assert all(heard == first for heard in others)
