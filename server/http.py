"""Commands and reads over HTTP, all made from the catalog (PROTOCOL section 2).

No route names a kind of record: the address says the plural and the action, the catalog says what there is. The body of
an answer is what the desk gave; what fails is answered by the middleware.
"""

from collections.abc import Mapping
from typing import Any

from aiohttp import hdrs, web

from events.activity import activity_page
from events.catalog import Catalog
from events.errors import Invalid, Unknown
from events.insights import insights, period
from events.query import plain_type
from events.request import Request
from events.resource import Command
from server.body import ANOTHER_LOOK, check_size, envelope, json_object, only, query_of, resources_of, whole_number
from server.gate import Gate
from server.identity import counted_as
from server.limits import Limits
from server.snapshot import send_snapshot
from stores.clock import Clock
from stores.record import encode

BASE = "/api/tenants/{slug}"


class HttpDoor:
    """Everything below `/api/tenants/{slug}` that is not a stream. Attach it last: its addresses are general."""

    def __init__(self, gate: Gate, catalog: Catalog, limits: Limits, clock: Clock) -> None:
        self._gate, self._catalog, self._limits, self._clock = gate, catalog, limits, clock
        self._commands = routes_of(catalog)

    def attach(self, application: web.Application) -> None:
        """Serve these addresses."""
        record = BASE + "/{plural}/{id}"
        application.add_routes([
            web.get(f"{BASE}/activity", self._activity),
            web.get(f"{BASE}/search", self._search),
            web.get(f"{BASE}/insights", self._insights),
            web.get(f"{BASE}/snapshot", self._snapshot),
            web.post(f"{BASE}/undo", self._undo),
            web.get(BASE + "/{plural}", self._list),
            web.get(BASE + "/{plural}/explain", self._explain),  # no id looks like this
            web.get(record, self._get),
            web.get(f"{record}/activity", self._activity_of),
            web.get(f"{record}/explain", self._explain),
            web.post(BASE + "/{plural}", self._perform),
            web.patch(record, self._perform),
            web.delete(record, self._perform),
            web.post(record + "/{action}", self._perform),
        ])  # fmt: skip

    # -- commands --------------------------------------------------------------------------------------------------

    async def _perform(self, request: web.Request) -> web.Response:
        place = request.match_info
        command = self._commands.get((request.method, place["plural"], place.get("action", "")))
        if command is None:
            raise Unknown("There is no such command.")
        check_size(request)
        who = self._gate.member(request)
        self._limits.count_command(counted_as(who.desk, who.caller))
        message = await self._message(request, command)
        asked = Request.of(who.caller, command, message)
        self._limits.count_guess(counted_as(who.desk, who.caller), asked)
        outcome = await who.desk.submit(asked)
        return _json(outcome.json(), 201 if request.method == hdrs.METH_POST and "id" not in place else 200)

    async def _undo(self, request: web.Request) -> web.Response:
        check_size(request)
        who = self._gate.member(request)
        self._limits.count_command(counted_as(who.desk, who.caller))
        message = {**await json_object(request), **envelope(request)}
        return _json((await who.desk.undo(who.caller, message)).json())

    async def _message(self, request: web.Request, command: Command) -> dict[str, Any]:
        """The command as a connection would send it: the payload, and around it what stands in address and headers."""
        is_delete = request.method == hdrs.METH_DELETE
        payload = _options(command, query_of(request)) if is_delete else await json_object(request)
        around = envelope(request)
        if "id" in request.match_info:
            around["id"] = request.match_info["id"]
        twice = {name: "is given twice" for name in around if name in payload}
        if twice:
            raise Invalid(ANOTHER_LOOK, twice)
        return {**payload, **around}

    # -- reads -----------------------------------------------------------------------------------------------------

    async def _list(self, request: web.Request) -> web.Response:
        who, plural, query = self._gate.member(request), request.match_info["plural"], query_of(request)
        page, cursor = await who.desk.read(who.caller, lambda view: (view.page(plural, query), view.cursor))
        return _json(encode({"items": page.items, "next": page.next, "total": page.total, "cursor": cursor}))

    async def _get(self, request: web.Request) -> web.Response:
        who, (plural, record_id) = self._gate.member(request), _place(request)
        only(query_of(request))
        record, cursor = await who.desk.read(who.caller, lambda view: (view.get(plural, record_id), view.cursor))
        response = _json(encode({"data": record, "cursor": cursor}))
        response.headers[hdrs.ETAG] = f'"{record.version}"'
        return response

    async def _activity(self, request: web.Request) -> web.Response:
        who = self._gate.member(request)
        return _json(encode(await activity_page(who.desk, who.caller, query_of(request))))

    async def _activity_of(self, request: web.Request) -> web.Response:
        who, (plural, record_id), query = self._gate.member(request), _place(request), query_of(request)
        only(query, "actor", "after", "limit")
        await who.desk.read(who.caller, lambda view: view.get(plural, record_id))
        wanted = {**query, "resource": plural, "id": record_id}
        return _json(encode(await activity_page(who.desk, who.caller, wanted)))

    async def _explain(self, request: web.Request) -> web.Response:
        """Of one record, or without an id of making a new one."""
        who, place = self._gate.member(request), request.match_info
        only(query_of(request))
        return _json(
            encode(await who.desk.read(who.caller, lambda view: view.explain(place["plural"], place.get("id"))))
        )

    async def _search(self, request: web.Request) -> web.Response:
        who, query = self._gate.member(request), query_of(request)
        only(query, "q", "limit")
        words, limit = query.get("q", ""), whole_number(query, "limit", default=20, most=100)
        found, cursor = await who.desk.read(who.caller, lambda view: (view.search(words, limit), view.cursor))
        return _json(encode({"items": found, "cursor": cursor}))

    async def _insights(self, request: web.Request) -> web.Response:
        who, query = self._gate.member(request), query_of(request)
        only(query, "from", "to")
        first, last = period(query.get("from"), query.get("to"), self._clock.now())
        found = await who.desk.read(who.caller, lambda view: insights(view, first, last))
        return _json(encode(found))

    async def _snapshot(self, request: web.Request) -> web.StreamResponse:
        who, query = self._gate.member(request), query_of(request)
        only(query, "resources")
        plurals = resources_of(query, self._catalog)
        cursor, records, former = await who.desk.read(
            who.caller, lambda view: (view.cursor, view.snapshot(plurals), view.former_users())
        )
        who.desk.measures.snapshots += 1
        return await send_snapshot(request, cursor, records, former)


def routes_of(catalog: Catalog) -> dict[tuple[str, str, str], Command]:
    """(method, plural, action) → command, for every command on the wire; the free three have no action."""
    found: dict[tuple[str, str, str], Command] = {}
    for resource in catalog.resources.values():
        free = {
            f"create_{resource.noun}": hdrs.METH_POST, f"update_{resource.noun}": hdrs.METH_PATCH,
            f"delete_{resource.noun}": hdrs.METH_DELETE,
        }  # fmt: skip
        for command in resource.commands.values():
            if command.on_wire:
                method = free.get(command.name)
                found[method or hdrs.METH_POST, resource.plural, "" if method else command.path] = command
    return found


def _options(command: Command, query: Mapping[str, str]) -> dict[str, Any]:
    """A deletion's options as its payload has them: `true` and `false` are flags, empty is null."""
    flags = {name for name, field in command.payload.model_fields.items() if plain_type(field.annotation) is bool}
    spoken = {"true": True, "false": False}
    return {name: spoken.get(value, value) if name in flags else value or None for name, value in query.items()}


def _place(request: web.Request) -> tuple[str, str]:
    return request.match_info["plural"], request.match_info["id"]


def _json(body: bytes, status: int = 200) -> web.Response:
    return web.Response(body=body, status=status, content_type="application/json")
