"""The description of the doors through which events come, as AsyncAPI 3.0, for `/asyncapi.json`, the page `/docs` and
generated clients (PROTOCOL sections 2 to 5).

What a resource has comes from the catalog, what a connection has from `vocabulary.py`. There is no binding for Socket.IO:
as others do, it is described as a WebSocket whose messages are the arguments of its events, with their acks in `x-ack`.
"""

import inspect
from collections.abc import Iterable
from typing import Any

from events.catalog import Catalog
from events.errors import CallboardError
from events.resource import Command, Resource
from server.components import FLAG, TEXT, Schema, components, listing, ref, thing
from server.http import BASE, routes_of
from server.schema import VERSION
from server.vocabulary import ANY, CURSOR, Word, answer_schema, changed_schema, command_schema, signals, wording, words

Message = dict[str, Any]
Messages = dict[str, Message]


def asyncapi(catalog: Catalog) -> dict[str, Any]:
    """The whole document."""
    channels = _channels(catalog)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Callboard", "version": VERSION,
            "description": "Every door gives the same events, to the same people, in the same order, with the same cursor.",
        },
        "defaultContentType": "application/json",
        "servers": {
            "live": {"host": "localhost:8000", "protocol": "ws", "description": "Socket.IO and plain WebSocket"},
            "streams": {"host": "localhost:8000", "protocol": "http", "description": "SSE and polling"},
        },
        "channels": channels,
        "operations": _operations(channels),
        "components": {"schemas": schemas(catalog)},
        "x-errors": errors(),
    }  # fmt: skip


def type_name(name: str) -> str:
    """What the schema of a command or an event is called: `assign_call` → `AssignCall`."""
    return "".join(part.capitalize() for part in name.split("_"))


def shown_events(catalog: Catalog) -> dict[str, Resource]:
    """The events that clients may hear: name → resource."""
    return {name: resource for name, resource in catalog.events.items() if not resource.private}


def shown_commands(catalog: Catalog) -> list[Command]:
    """The commands that clients may send."""
    return list(routes_of(catalog).values())


def schemas(catalog: Catalog) -> dict[str, Schema]:
    """Name → schema, for records, commands, events and what a connection asks and is told."""
    found, commands = components(catalog), shown_commands(catalog)
    sent = {type_name(each.name): command_schema(each, found[each.payload.__name__]) for each in commands}
    payloads = {each.payload.__name__ for each in commands}
    told = {type_name(name): _event(name, resource.record.__name__) for name, resource in shown_events(catalog).items()}
    told["RecordHidden"] = _event("record_hidden", "Hidden")
    return {
        **{name: schema for name, schema in found.items() if name not in payloads},
        **wording(catalog), **sent, **told,
        "Event": {"oneOf": [ref(name) for name in told]},
    }  # fmt: skip


def _event(name: str, record: str) -> Schema:
    """An event as polling gives it."""
    return thing(event={"const": name}, data=ref(record), meta=ref("Meta"))


def errors() -> list[dict[str, Any]]:
    """Every code of a failure, in the order in which they are said, with its HTTP status and what it means."""
    tree = [each for each in CallboardError.__subclasses__() if each.__module__ == CallboardError.__module__]
    return [
        {"code": each.code, "status": each.status, "retry": each.retry, "when": inspect.getdoc(each) or ""} for each in tree
    ]  # fmt: skip


# -- channels --------------------------------------------------------------------------------------------------------


def _channels(catalog: Catalog) -> dict[str, Any]:
    slug = {"slug": {"description": "of the tenant"}}
    plural = {"plural": {"description": "a kind of record", "enum": list(catalog.wire_plurals)}}
    ws = {"bindings": {"ws": {"method": "GET", "bindingVersion": "0.1.0"}}}
    page, status = _message("changes", _changes()), _message("status", _status(catalog))
    stream = _told(catalog, "sse", lambda _, data, meta: thing(data=data, meta=meta) if meta else data)
    return {
        "socketio": _channel("live", "/socket.io/", _SOCKETIO, _socketio(catalog), **ws),
        "websocket": _channel("live", "/ws", _WEBSOCKET, _websocket(catalog), **ws),
        "sse": _channel("streams", f"{BASE}/realtime", _SSE, stream, parameters=slug),
        "sse_one": _channel("streams", BASE + "/realtime/{plural}", _SSE, stream, parameters=slug | plural),
        "polling": _channel("streams", f"{BASE}/changes", _POLLING, {"changes": page}, parameters=slug),
        "polling_one": _channel(
            "streams", BASE + "/{plural}/realtime-status", "The records of one kind that have changed, each once.",
            {"status": status}, parameters=slug | plural,
        ),
    }  # fmt: skip


_SOCKETIO = "Socket.IO 4: a message is the arguments of an event, in order."
_WEBSOCKET = "Plain WebSocket: a message is a JSON object with a `type`."
_SSE = "Server-sent events: `event` is the name, `id` the cursor; resumes by Last-Event-ID or `since`."
_POLLING = "Long polling: 204 with the header Callboard-Cursor where there is nothing, 410 where a snapshot is needed."


def _channel(server: str, address: str, said: str, messages: Messages, **more: Any) -> dict[str, Any]:
    servers = [{"$ref": f"#/servers/{server}"}]
    return {"address": address, "description": said, "servers": servers, "messages": messages, **more}


def _message(name: str, payload: Schema, summary: str = "", **more: Any) -> Message:
    return {"name": name, "summary": summary or name.replace("_", " "), "payload": payload, **more}


def arguments(*args: Schema) -> Schema:
    """The arguments of a Socket.IO event, in order."""
    return {"type": "array", "items": list(args), "minItems": len(args), "maxItems": len(args)}


def _socketio(catalog: Catalog) -> Messages:
    auth = {"token": TEXT, "tenant": TEXT, "cursor": CURSOR, "resources": listing(TEXT)}
    refused = thing(message=TEXT, data=thing(code=TEXT, retry=FLAG))
    found = {
        "connect": _message("connect", thing_of(auth), "Who I am, and how far I have heard"),
        "connect_error": _message("connect_error", refused, "Not let in; the connection closes"),
    }
    for word in _sent(catalog):
        found[word.name] = _message(
            word.name, arguments(word.takes), word.summary, **word.more, **{"x-ack": {"args": [word.answer]}}
        )
        found[f"{word.name}_ack"] = _message(f"{word.name}_ack", arguments(word.answer), f"What came of {word.name}")
    return found | _told(catalog, "socketio", lambda _, data, meta: arguments(data, meta) if meta else arguments(data))


def _websocket(catalog: Catalog) -> Messages:
    auth = {"type": {"const": "auth"}, "token": TEXT, "tenant": TEXT, "since": CURSOR, "resources": listing(TEXT)}
    refused = thing(type={"const": "error"}, error=ref("Error"))
    found = {
        "auth": _message("auth", thing_of(auth, "type"), "Who I am, and how far I have heard"),
        "error": _message("error", refused, "Not let in; the connection closes"),
    }
    for word in _sent(catalog):
        payload = thing(type={"const": word.name}, data=word.takes)
        payload["properties"]["ref"] = ANY
        found[word.name] = _message(word.name, payload, word.summary, **word.more)
        found[f"{word.name}_ack"] = _message("ack", _plain_ack(word.answer), f"What came of {word.name}")
    return found | _told(
        catalog, "websocket",
        lambda name, data, meta: thing(type={"const": name}, data=data, **({"meta": meta} if meta else {})),
    )  # fmt: skip


def _plain_ack(answer: Schema) -> Schema:
    return {"allOf": [thing(type={"const": "ack"}, ref=ANY), answer]}


def thing_of(properties: dict[str, Schema], *needed: str) -> Schema:
    """An object of which only some members are needed."""
    return {"type": "object", "required": list(needed), "properties": properties}


def _changes() -> Schema:
    return thing(cursor=CURSOR, events=listing(ref("Event")), more=FLAG)


def _status(catalog: Catalog) -> Schema:
    records = [ref(catalog.resources[plural].record.__name__) for plural in catalog.wire_plurals]
    return thing(cursor=CURSOR, changed=listing({"oneOf": records}), deleted=listing(TEXT), more=FLAG)


# -- what is sent ----------------------------------------------------------------------------------------------------


class _Sent:
    """One command, of a resource or of the connection, as both doors describe it."""

    def __init__(self, name: str, summary: str, sent: Schema, answer: Schema, **more: Any) -> None:
        self.name, self.summary, self.takes, self.answer, self.more = name, summary, sent, answer, more


def _sent(catalog: Catalog) -> Iterable[_Sent]:
    for (method, plural, action), command in routes_of(catalog).items():
        yield _of_resource(catalog.resources[plural], command, method, action)
    yield from map(_of_connection, words())


def _of_resource(resource: Resource, command: Command, method: str, action: str) -> _Sent:
    path = f"{BASE}/{resource.plural}" + "/{id}" * (command.kind != "create") + f"/{action}" * bool(action)
    return _Sent(
        command.name, command.help, ref(type_name(command.name)), changed_schema(resource.record.__name__),
        tags=[{"name": resource.plural}],
        **{"x-may": str(command.may), "x-http": {"method": method, "path": path}, "x-tells": command.event},
    )  # fmt: skip


def _of_connection(word: Word) -> _Sent:
    return _Sent(word.name, word.help, word.takes, answer_schema(word.answer), tags=[{"name": "connection"}])


# -- what is told ----------------------------------------------------------------------------------------------------


def _told(catalog: Catalog, door: str, wrapped: Any) -> Messages:
    """Events and signals, their payloads wrapped as this door does: (name, data, meta or None) → schema."""
    meta, found = ref("Meta"), dict[str, Message]()
    for name, resource in shown_events(catalog).items():
        payload = wrapped(name, ref(resource.record.__name__), meta)
        found[name] = _message(name, payload, _happened(name, resource), **_about(name, resource))
    hidden = "A record that was readable no longer is: drop it."
    found["record_hidden"] = _message(
        "record_hidden", wrapped("record_hidden", ref("Hidden"), meta), hidden, tags=[{"name": "feed"}]
    )
    for signal in signals():
        if door in signal.doors:
            # A signal may be called as a command is: `typing` is both said and told.
            key = f"{signal.name}_told" if signal.name in {word.name for word in words()} else signal.name
            found[key] = _message(
                signal.name, wrapped(signal.name, signal.data, None), signal.help, tags=[{"name": "signals"}]
            )
    return found


def _happened(name: str, resource: Resource) -> str:
    """`A service category was updated.`"""
    noun = resource.noun.replace("_", " ")
    done = name.removeprefix(f"{resource.noun}_").removesuffix("_broadcast").replace("_", " ")
    return f"{'An' if noun[0] in 'aeio' else 'A'} {noun} was {done}."


def _about(name: str, resource: Resource) -> dict[str, Any]:
    """Who hears it, and which commands say it."""
    causes = [command for command in resource.commands.values() if name in {command.event, command.personal}]
    told_to = str(resource.read)
    if any(command.personal == name for command in causes):
        told_to = f"only the {resource.noun} it is about"
    elif any(command.personal for command in causes):
        told_to += f", except the {resource.noun} it is about"
    return {
        "tags": [{"name": resource.plural}], "x-told-to": told_to,
        "x-caused-by": [command.name for command in causes if command.on_wire],
    }  # fmt: skip


# -- operations ------------------------------------------------------------------------------------------------------


def _operations(channels: dict[str, Any]) -> dict[str, Any]:
    """For each door: the commands of each kind of record with their acks as the reply, and all that it tells.

    Not one for each command: a parser puts the whole channel into each operation, and took half a minute over it."""
    found: dict[str, Any] = {}
    for name, channel in channels.items():
        asked, told = dict[str, list[str]](), list[str]()
        for key, message in channel["messages"].items():
            if f"{key}_ack" in channel["messages"]:
                asked.setdefault(message["tags"][0]["name"], []).append(key)
            elif key not in {"connect", "auth"} and not key.endswith("_ack"):
                told.append(key)
        found |= {f"{name}_{tag}": _asked(name, commands) for tag, commands in asked.items()}
        found[f"{name}_tells"] = {"action": "send", **_place(name, *told), **_QUERIES.get(name, {})}
    found["socketio_connect"] = {"action": "receive", **_place("socketio", "connect")}
    found["websocket_auth"] = {"action": "receive", **_place("websocket", "auth")}
    return found


def _asked(door: str, commands: list[str]) -> dict[str, Any]:
    answers = (f"{command}_ack" for command in commands)
    return {"action": "receive", **_place(door, *commands), "reply": _place(door, *answers)}


def _place(channel: str, *messages: str) -> dict[str, Any]:
    named = [{"$ref": f"#/channels/{channel}/messages/{message}"} for message in messages]
    return {"channel": {"$ref": f"#/channels/{channel}"}, "messages": named}


def _query(**properties: Schema) -> dict[str, Any]:
    query = {"type": "object", "properties": properties}
    return {"bindings": {"http": {"method": "GET", "query": query, "bindingVersion": "0.3.0"}}}


_KINDS: Schema = {"type": "string", "description": "kinds of record, with commas between them"}
_WAIT: Schema = {"type": "integer", "minimum": 0, "maximum": 25, "description": "seconds to wait for news"}
_QUERIES = {
    "sse": _query(since=CURSOR, resources=_KINDS), "sse_one": _query(since=CURSOR),
    "polling": _query(since=CURSOR, resources=_KINDS, wait=_WAIT), "polling_one": _query(since=CURSOR),
}  # fmt: skip
