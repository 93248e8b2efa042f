"""The description of the HTTP doors as OpenAPI 3.1, for `/openapi.json`, the page `/docs` and generated clients (PROTOCOL
section 6). What a resource has comes from the catalog; the addresses that every installation has are listed here.
"""

from datetime import date, datetime
from typing import Any

from aiohttp import hdrs

from events.catalog import Catalog
from events.query import plain_type, scalar_fields
from events.resource import Command, Resource
from server.components import FLAG, MOMENT, TEXT, TEXT_OR_NULL, WHOLE, Schema, components, listing, nullable, ref, thing
from server.http import BASE, routes_of

VERSION = "0.1.0"
JSON = "application/json"


def openapi(catalog: Catalog) -> dict[str, Any]:
    """The whole document."""
    paths: dict[str, dict[str, Any]] = (
        _signing_in() | _tenant_wide() | _without_end() | _by_websocket() | _for_customers() | _about_itself()
    )
    for resource in catalog.resources.values():
        if not resource.private:
            _add(paths, _reads(resource))
            _add(paths, _follows(resource))
    for (method, plural, action), command in routes_of(catalog).items():
        _add(paths, _performs(catalog.resources[plural], method, action, command))
    schemes = {
        "bearer": {"type": "http", "scheme": "bearer"},
        "cookie": {"type": "apiKey", "in": "cookie", "name": "callboard_session"},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Callboard", "version": VERSION, "description": "Service calls and repairs of a team, live."},
        "security": [{"bearer": []}, {"cookie": []}],
        "paths": paths,
        "components": {"schemas": components(catalog), "securitySchemes": schemes},
    }


def _add(paths: dict[str, dict[str, Any]], more: dict[str, dict[str, Any]]) -> None:
    for path, operations in more.items():
        paths.setdefault(path, {}).update(operations)


# -- words of the description ----------------------------------------------------------------------------------------


def _operation(
    tag: str, summary: str, answer: Schema | None, *, status: int = 200, body: Schema | None = None,
    query: dict[str, Schema] | None = None, path: tuple[str, ...] = (), headers: tuple[str, ...] = (),
    anybody: bool = False, **more: str,
) -> dict[str, Any]:  # fmt: skip
    parameters = [_parameter(name, "path", TEXT) for name in path]
    parameters += [_parameter(name, "query", schema) for name, schema in (query or {}).items()]
    parameters += [_parameter(name, "header", TEXT) for name in headers]
    said = {"description": "Done"} if answer is None else {"description": "Done", "content": {JSON: {"schema": answer}}}
    problem = {"application/problem+json": {"schema": ref("Problem")}}
    operation = {
        "tags": [tag], "summary": summary, "parameters": parameters,
        "responses": {str(status): said, "default": {"description": "It was not carried out", "content": problem}},
    }  # fmt: skip
    if body is not None:
        operation["requestBody"] = {"required": True, "content": {JSON: {"schema": body}}}
    if anybody:
        operation["security"] = []
    return operation | more


def _parameter(name: str, place: str, schema: Schema) -> dict[str, Any]:
    return {"name": name, "in": place, "required": place == "path", "schema": schema}


# -- what a resource has ---------------------------------------------------------------------------------------------


def _performs(resource: Resource, method: str, action: str, command: Command) -> dict[str, dict[str, Any]]:
    """One command of a resource."""
    with_id, status = (False, 201) if method == hdrs.METH_POST and not action else (True, 200)
    is_delete = method == hdrs.METH_DELETE
    ack = {"allOf": [ref("Ack"), {"properties": {"data": nullable(ref(resource.record.__name__))}}]}
    operation = _operation(
        resource.plural, command.help.partition("\n")[0], ack, status=status, operationId=command.name,
        description=f"May be done by {command.may}.", path=("slug", "id") if with_id else ("slug",),
        headers=("Idempotency-Key", "If-Match") if with_id else ("Idempotency-Key",),
        body=None if is_delete else ref(command.payload.__name__), query=_options(command) if is_delete else None,
    )  # fmt: skip
    path = f"{BASE}/{resource.plural}" + "/{id}" * with_id + f"/{action}" * bool(action)
    return {path: {method.lower(): operation}}


def _options(command: Command) -> dict[str, Schema]:
    return {
        name: FLAG if plain_type(field.annotation) is bool else TEXT for name, field in command.payload.model_fields.items()
    }  # fmt: skip


def _reads(resource: Resource) -> dict[str, dict[str, Any]]:
    tag, record, noun = resource.plural, ref(resource.record.__name__), resource.noun.replace("_", " ")
    base, both = f"{BASE}/{tag}", ("slug", "id")
    page = thing(items=listing(record), next=TEXT_OR_NULL, total=WHOLE, cursor=TEXT)
    one = thing(data=record, cursor=TEXT)
    activity = _operation(tag, f"Who did what with the {noun}", _activity_page(), query=_pages("actor"), path=both)
    making = _operation(tag, f"Whether a {noun} may be made, and why not", listing(ref("Allowed")), path=("slug",))
    explain = _operation(tag, "What may be done with it now, and why not", listing(ref("Allowed")), path=both)
    return {
        base: {"get": _operation(tag, f"A page of {tag}", page, query=_filters(resource), path=("slug",))},
        base + "/{id}": {"get": _operation(tag, f"One {noun}; its ETag is its version", one, path=both)},
        base + "/{id}/activity": {"get": activity},
        base + "/{id}/explain": {"get": explain},
        base + "/explain": {"get": making},
    }


def _follows(resource: Resource) -> dict[str, dict[str, Any]]:
    """What has happened to the records of one resource, told or asked for."""
    tag, path = resource.plural, ("slug",)
    status = thing(cursor=TEXT, changed=listing(ref(resource.record.__name__)), deleted=listing(TEXT), more=FLAG)
    asked = _operation(tag, f"Which {tag} have changed since a cursor", status, query={"since": TEXT}, path=path)
    return {
        f"{BASE}/{tag}/realtime-status": {"get": asked},
        f"{BASE}/realtime/{tag}": {"get": _stream(tag, f"The events of {tag}", {"since": TEXT})},
    }


def _stream(tag: str, summary: str, query: dict[str, Schema]) -> dict[str, Any]:
    operation = _operation(tag, summary, None, query=query, path=("slug",), headers=("Last-Event-ID",))
    return _streamed(operation, "Server-sent events; each `id` is a cursor")


def _streamed(operation: dict[str, Any], said: str) -> dict[str, Any]:
    told = {"description": said, "content": {"text/event-stream": {"schema": TEXT}}}
    return operation | {"responses": {**operation["responses"], "200": told}}


def _without_end() -> dict[str, dict[str, Any]]:
    """All that happens in the team, told or asked for."""
    tag, since = "the team", {"since": TEXT, "resources": TEXT}
    event = thing(event=TEXT, data={"type": "object"}, meta={"type": "object"})
    wait = {"type": "integer", "minimum": 0, "maximum": 25, "description": "seconds to wait for news"}
    found = thing(cursor=TEXT, events=listing(event), more=FLAG)
    changes = _operation(tag, "What has happened since a cursor", found, query={**since, "wait": wait}, path=("slug",))
    cursor = {"Callboard-Cursor": {"schema": TEXT, "description": "the place to ask from next"}}
    changes["responses"]["204"] = {"description": "Nothing has happened", "headers": cursor}
    return {
        f"{BASE}/changes": {"get": changes},
        f"{BASE}/realtime": {"get": _stream(tag, "All events as they happen", since)},
    }


def _filters(resource: Resource) -> dict[str, Schema]:
    """Every public scalar field, from and to where it has an order; comma means any of, empty means null."""
    found: dict[str, Schema] = {}
    for name, kind in scalar_fields(resource).items():
        found[name] = TEXT
        if kind in {int, datetime, date}:
            found |= {f"{name}.from": TEXT, f"{name}.to": TEXT}
    if resource.open_states:
        found["open"] = FLAG
    return found | {"q": TEXT, "sort": TEXT} | _pages()


def _pages(*more: str) -> dict[str, Schema]:
    return dict.fromkeys((*more, "after"), TEXT) | {"limit": WHOLE}


def _activity_page() -> Schema:
    return thing(items=listing(ref("Activity")), next=TEXT_OR_NULL)


# -- what every installation has -------------------------------------------------------------------------------------


def _signing_in() -> dict[str, dict[str, Any]]:
    tag, me = "signing in", thing(user=ref("User"), tenant=ref("Tenant"), cursor=TEXT)
    first_run = _operation(
        tag, "Make the first tenant and its admin", ref("SignedIn"), status=201, body=ref("FirstRun"), anybody=True
    )
    return {
        "/api/login": {"post": _operation(tag, "Sign in", ref("SignedIn"), body=ref("Login"), anybody=True)},
        "/api/logout": {"post": _operation(tag, "Sign out", None, status=204)},
        "/api/me": {"get": _operation(tag, "Who I am", me)},
        "/api/me/sessions": {
            "get": _operation(tag, "My sessions", thing(items=listing(ref("Session")))),
            "delete": _operation(tag, "End all my sessions", None, status=204),
        },
        "/api/me/sessions/{id}": {
            "delete": _operation(tag, "End one of my sessions", None, status=204, path=("id",)),
        },
        "/api/setup": {
            "get": _operation(tag, "Whether nobody is there yet", thing(needed=FLAG), anybody=True),
            "post": first_run,
        },
    }


def _tenant_wide() -> dict[str, dict[str, Any]]:
    tag, path = "the team", ("slug",)
    snapshot = thing(
        cursor=TEXT, records={"type": "object", "additionalProperties": listing({"type": "object"})},
        former_users=listing(thing(id=TEXT, display_name=TEXT)), next={"type": "null"},
    )  # fmt: skip
    found, words = thing(items=listing(ref("Found")), cursor=TEXT), {"q": TEXT, "limit": WHOLE}
    span, who = {"from": MOMENT, "to": MOMENT}, _pages("actor", "resource", "id")
    return {
        f"{BASE}/activity": {"get": _operation(tag, "Who did what", _activity_page(), query=who, path=path)},
        f"{BASE}/search": {"get": _operation(tag, "Search everything", found, query=words, path=path)},
        f"{BASE}/undo": {
            "post": _operation(tag, "Take a change set back", ref("Ack"), body=thing(cursor=TEXT), path=path)
        },
        f"{BASE}/insights": {"get": _operation(tag, "Figures about calls", ref("Insights"), query=span, path=path)},
        f"{BASE}/snapshot": {
            "get": _operation(tag, "All records of one moment", snapshot, query={"resources": TEXT}, path=path)
        },
    }


def _by_websocket() -> dict[str, dict[str, Any]]:
    """Only the handshake: what is said then stands in /asyncapi.json."""
    words = {"tenant": TEXT, "since": TEXT, "resources": TEXT}
    summary = "The feed and all commands over a plain WebSocket"
    return {"/ws": {"get": _operation("the feed", summary, None, status=101, query=words, anybody=True)}}


def _for_customers() -> dict[str, dict[str, Any]]:
    steps = listing(thing(at=MOMENT, what=TEXT))
    repair = thing(number=TEXT, device_type=TEXT, status=TEXT, promised_on=TEXT_OR_NULL, steps=steps)
    page = _operation("customers", "Where a repair stands", repair, path=("code",), anybody=True)
    live = _operation("customers", "Where a repair stands, live", None, path=("code",), anybody=True)
    said = "Server-sent events: `tracked` with the same, at once and whenever it changes; `ended` when it is over"
    return {"/api/track/{code}": {"get": page}, "/api/track/{code}/realtime": {"get": _streamed(live, said)}}


def _about_itself() -> dict[str, dict[str, Any]]:
    tag, state = "the server", thing(ok=FLAG)
    return {
        "/healthz": {"get": _operation(tag, "Whether it lives", state, anybody=True)},
        "/readyz": {"get": _operation(tag, "Whether it can serve", state, anybody=True)},
        "/openapi.json": {"get": _operation(tag, "This description", {"type": "object"}, anybody=True)},
        "/asyncapi.json": {
            "get": _operation(tag, "The description of the doors for events", {"type": "object"}, anybody=True)
        },
    }
