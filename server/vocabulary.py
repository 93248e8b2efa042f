"""The words that a connection has beside those of the resources: its own commands, what it is told without meta, and the
schemas of both (PROTOCOL section 4).

The published descriptions are made from these and the catalog. A test holds them against the commands that the doors take.
"""

from dataclasses import dataclass, field

from events.catalog import Catalog
from events.resource import Command
from server.components import FLAG, MOMENT, TEXT, TEXT_OR_NULL, WHOLE, Schema, listing, nullable, ref, thing

ANY: Schema = {}
NOTHING: Schema = {"type": "null"}
CURSOR: Schema = {"type": "string", "description": "a place in the feed: `<epoch>.<seq>`"}
ID: Schema = {"type": "string", "description": "of the record"}
KIND: Schema = ref("Plural")
ID_CHOSEN: Schema = {"type": "string", "description": "a UUID, where the client chooses it; else the server makes one"}
CHANNEL: Schema = {"type": "string", "description": "`team`, or a record: `<resource>/<id>`"}
OP_ID: Schema = {
    "type": "string", "minLength": 1, "maxLength": 64,
    "description": "makes the command happen once, however often it is sent",
}  # fmt: skip
VERSION_SEEN: Schema = {"type": "integer", "description": "the version that was seen: an older one may be a conflict"}


@dataclass(frozen=True, slots=True)
class Word:
    """A command of a connection: `takes` is its payload, `answer` the ack's `data` (None: the ack of a change)."""

    name: str
    help: str
    takes: Schema
    answer: Schema | None


@dataclass(frozen=True, slots=True)
class Signal:
    """What a connection is told without meta; `doors` leaves out those that do not tell it."""

    name: str
    help: str
    data: Schema
    doors: frozenset[str] = field(default_factory=lambda: frozenset(("socketio", "websocket")))


EVERY_DOOR = frozenset(("socketio", "websocket", "sse"))


def takes(*needed: str, **properties: Schema) -> Schema:
    """A payload; those not `needed` may be left out."""
    return {"type": "object", "required": list(needed), "properties": properties, "additionalProperties": False}


def filters(**properties: Schema) -> Schema:
    """A payload with a `resource`, these, and any field of its records."""
    return {**takes("resource", **properties), "additionalProperties": True}


def words() -> tuple[Word, ...]:
    """The commands of a connection."""
    return (*_reading(), *_together(), _undo())


def _undo() -> Word:
    help_ = "Take back the change set that ended at this cursor: one's own within ten minutes, an admin any."
    return Word("undo", help_, takes("cursor", cursor=CURSOR, op_id=OP_ID), None)


def _reading() -> tuple[Word, ...]:
    kinds = listing(KIND)
    page = thing(items=listing({"type": "object"}), next=TEXT_OR_NULL, total=WHOLE, cursor=CURSOR)
    by_field = "any public field of the record, as over HTTP, with"
    return (
        Word("snapshot", "All that I may read of one moment, in pages; it replaces what I held of these resources.",
             takes(resources=kinds, after=TEXT), ref("Snapshot")),
        Word("subscribe", "Listen to these resources from here on; brings the records of what is newly heard.",
             takes("resources", resources=kinds), ref("Subscribed")),
        Word("list", f"A page of records: {by_field} `q`, `sort`, `limit`, `after`.",
             filters(resource=KIND, q=TEXT, sort=TEXT, limit=WHOLE, after=TEXT_OR_NULL), page),
        Word("get", "One record.", takes("resource", "id", resource=KIND, id=ID),
             thing(data={"type": "object"}, cursor=CURSOR)),
        Word("count", f"How many records there are: {by_field} `q`.", filters(resource=KIND, q=TEXT),
             thing(total=WHOLE, cursor=CURSOR)),
        Word("search", "Everything that holds the words, best first.", takes("q", q=TEXT, limit=WHOLE),
             thing(items=listing(ref("Found")), cursor=CURSOR)),
        Word("activity", "Who did what, newest first.",
             takes(resource=KIND, id=ID, actor=TEXT, after=TEXT, limit=WHOLE),
             thing(items=listing(ref("Activity")), next=TEXT_OR_NULL)),
        Word("explain", "What I may do now, with this record or with none, and why not.",
             takes("resource", resource=KIND, id=ID), listing(ref("Allowed"))),
    )  # fmt: skip


def _together() -> tuple[Word, ...]:
    """Presence, typing, broadcast and locks (F6)."""
    present = listing(ref("Present"))
    one = {"resource": KIND, "id": ID}
    return (
        Word("join_channel", "Be present there. Whoever may read the record may join.",
             takes("channel", channel=CHANNEL, state=ANY), present),
        Word("set_presence", "What I am doing there, in at most 256 bytes.",
             takes("channel", channel=CHANNEL, state=ANY), present),
        Word("leave_channel", "Be present there no more.", takes("channel", channel=CHANNEL), present),
        Word("typing", "I am typing; it ends by itself after 6 s.",
             takes("channel", "on", channel=CHANNEL, field=TEXT_OR_NULL, on=FLAG), NOTHING),
        Word("broadcast", "Tell all who are there something, in at most 8 KiB; nobody keeps it.",
             takes("channel", "event", channel=CHANNEL, event=TEXT, data=ANY), NOTHING),
        Word("lock_record", "Say that I am editing this, for 30 s; ask again to go on. A hint to people, never a bar.",
             takes("resource", "id", **one, take_over=FLAG), ref("Lease")),
        Word("unlock_record", "I am no longer editing it.", takes("resource", "id", **one), NOTHING),
    )  # fmt: skip


def signals() -> tuple[Signal, ...]:
    """What is told without meta."""
    locked = thing(resource=KIND, id=TEXT)
    where = ref("PresentAt")
    return (
        Signal("ready", "What was missed has been told; what follows is live.", ref("Ready"), EVERY_DOOR),
        Signal("cursor", "After 15 s of silence: all up to here has been told.", thing(cursor=CURSOR), EVERY_DOOR),
        Signal("snapshot_required", "What is held is no base to go on from.", thing(reason=TEXT), EVERY_DOOR),
        Signal("session_ended", "The session is over; the connection closes.", thing(reason=TEXT), EVERY_DOOR),
        Signal("server_draining", "The server restarts: come back after so many milliseconds.",
               thing(reconnect_in_ms=WHOLE), EVERY_DOOR),
        Signal("presence_state", "All who are there.", thing(channel=CHANNEL, list=listing(ref("Present")))),
        Signal("presence_joined", "Somebody is there whom nobody saw there before.", where),
        Signal("presence_updated", "His state, or how many connections he has.", where),
        Signal("presence_left", "His last connection is gone from there.", where),
        Signal("typing", "Somebody types, or has stopped.",
               thing(channel=CHANNEL, user=ref("Person"), field=TEXT_OR_NULL, on=FLAG)),
        Signal("broadcast", "What somebody told the channel.",
               thing(channel=CHANNEL, event=TEXT, data=ANY, user=ref("Person"))),
        Signal("record_locked", "Somebody is editing this.",
               thing(**locked["properties"], holder=ref("Person"), until=MOMENT)),
        Signal("record_unlocked", "Nobody is editing it any more.", locked),
    )  # fmt: skip


def wording(catalog: Catalog) -> dict[str, Schema]:
    """Name → schema, for what these words are made of."""
    records = {
        plural: listing(ref(catalog.resources[plural].record.__name__)) for plural in catalog.wire_plurals
    }  # fmt: skip
    person = thing(id=TEXT, name=TEXT)
    present = thing(user=ref("Person"), state=ANY, since=MOMENT, connections=WHOLE)
    snapshot = thing(
        cursor=CURSOR, records={"type": "object", "properties": records, "additionalProperties": False},
        former_users=listing(thing(id=TEXT, display_name=TEXT)), next=TEXT_OR_NULL,
    )  # fmt: skip
    return {
        "Plural": {"type": "string", "enum": list(catalog.wire_plurals)}, "Person": person,
        "Present": present, "PresentAt": thing(channel=CHANNEL, **present["properties"]),
        "Lease": thing(holder=ref("Person"), until=MOMENT), "Meta": _meta(), "Ready": _ready(),
        "Snapshot": snapshot, "Subscribed": thing(resources=listing(KIND), **snapshot["properties"]),
        "Hidden": thing(resource=KIND, id=TEXT),
    }  # fmt: skip


def _meta() -> Schema:
    """What is said beside every event (PROTOCOL section 3)."""
    meta = thing(
        cursor=CURSOR, resource=KIND, action={"type": "string", "description": "the command as it was sent"},
        id=ID, version=WHOLE, actor=ref("Person"), at=MOMENT, changed=listing(TEXT),
        set={**thing(first=WHOLE, last=WHOLE), "description": "the change set: all of one command"},
    )  # fmt: skip
    meta["properties"]["op_id"] = {"type": "string", "description": "as the command had it"}
    return meta


def _ready() -> Schema:
    return thing(
        cursor=CURSOR, resumed=FLAG, snapshot_required=FLAG, user=ref("User"), tenant=ref("Tenant"), heartbeat_s=WHOLE
    )


def command_schema(command: Command, payload: Schema) -> Schema:
    """A command of a resource as a connection sends it: its payload, and around it id, op_id and expected_version."""
    is_new = command.kind == "create"
    properties = {"id": ID, **payload.get("properties", {})}
    for name, refers in command.references.items():
        properties[name] = {**properties[name], "description": f"the id of {refers.need}"}
    if is_new:
        properties |= {"id": ID_CHOSEN, "op_id": OP_ID}
        return {**takes(*payload.get("required", ())), "properties": properties}
    properties |= {"op_id": OP_ID, "expected_version": VERSION_SEEN}
    return {**takes("id", *payload.get("required", ())), "properties": properties}


def answer_schema(data: Schema | None) -> Schema:
    """The ack of a command, carried out or not. None: the record, or whatever it was about."""
    carried_out = ref("Ack") if data is None else thing(ok={"const": True}, data=data)
    return {"oneOf": [carried_out, ref("Failure")]}


def changed_schema(record: str) -> Schema:
    """The ack of a command about records of this kind."""
    ack = {"allOf": [ref("Ack"), {"type": "object", "properties": {"data": nullable(ref(record))}}]}
    return {"oneOf": [ack, ref("Failure")]}
