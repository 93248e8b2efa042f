"""The JSON schemas of what goes over the wire: records without their hidden fields, payloads of commands, failures.

Made from the catalog for the published description (`server/schema.py`); nothing is listed by hand that the catalog knows.
"""

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from events.catalog import Catalog
from events.errors import CallboardError
from events.resource import Resource
from server.signin import FirstRun, Login

Schema = dict[str, Any]

REF = "#/components/schemas/{model}"
TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
WHOLE: Schema = {"type": "integer"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}


def ref(name: str) -> Schema:
    """A reference to one of the schemas."""
    return {"$ref": REF.format(model=name)}


def listing(items: Schema) -> Schema:
    """A list of these."""
    return {"type": "array", "items": items}


def thing(**properties: Schema) -> Schema:
    """An object that has all of these."""
    return {"type": "object", "required": list(properties), "properties": properties}


def nullable(schema: Schema) -> Schema:
    """This, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def components(catalog: Catalog) -> dict[str, Schema]:
    """Name → schema, for all that is told and taken."""
    shown = [resource for resource in catalog.resources.values() if not resource.private]
    payloads = [command.payload for resource in shown for command in resource.commands.values() if command.on_wire]
    taken = _schemas([*payloads, Login, FirstRun])
    return taken | {resource.record.__name__: _record(resource) for resource in shown} | _fixed()


def _schemas(models: list[type[BaseModel]]) -> dict[str, Schema]:
    _, whole = models_json_schema([(model, "validation") for model in models], ref_template=REF)
    found: dict[str, Schema] = whole.get("$defs", {})
    return {name: _without_null_defaults(schema) for name, schema in found.items()}


def _without_null_defaults(schema: Schema) -> Schema:
    """A field that may be left out says so by not being required; null is something else."""
    for each in schema.get("properties", {}).values():
        if each.get("default", ...) is None:
            del each["default"]
    return schema


def _record(resource: Resource) -> Schema:
    schema = _without_null_defaults(resource.record.model_json_schema(mode="serialization", ref_template=REF))
    public = {name: schema["properties"][name] for name in resource.public_fields}
    return {**schema, "properties": public, "required": list(public)}


def _fixed() -> dict[str, Schema]:
    codes = [error.code for error in CallboardError.__subclasses__() if error.__module__ == CallboardError.__module__]
    error = thing(code={"type": "string", "enum": codes}, message=TEXT, retry=FLAG)
    error["properties"] |= {
        "fields": {"type": "object", "additionalProperties": TEXT, "description": "field → what is wrong with it"},
        "current": {"type": "object", "description": "with `conflict`: the record as it is"},
        "changes": listing({"type": "object"}), "ref": {"type": "string", "description": "found in the log"},
    }  # fmt: skip
    other = thing(resource=TEXT, id=TEXT, event=TEXT, data={"type": "object"})
    ack = thing(ok={"const": True}, data=nullable({"type": "object"}), also=listing(other))
    ack["properties"] |= {"also_total": WHOLE, "cursor": TEXT, "repeated": {"const": True}}
    ack["required"] += ["also_total", "cursor"]
    session = thing(
        id=TEXT, created_at=MOMENT, seen_at=MOMENT, expires_at=MOMENT, address=TEXT, agent=TEXT, current=FLAG
    )
    tenant = thing(id=TEXT, slug=TEXT, name=TEXT)
    signed_in = thing(expires_at=MOMENT, user=ref("User"), tenant=ref("Tenant"))
    signed_in["properties"] |= {"token": {"type": "string", "description": "left out with `cookie_only`"}}
    return {
        "Error": error, "Failure": thing(ok={"const": False}, error=ref("Error")),
        "Problem": thing(ok={"const": False}, error=ref("Error"), status=WHOLE), "Ack": ack, "Session": session,
        "Tenant": tenant, "SignedIn": signed_in, "Activity": _activity(), "Insights": _insights(),
        "Found": thing(resource=TEXT, id=TEXT, number=TEXT, title=TEXT, subtitle=TEXT),
        "Allowed": thing(command=TEXT, allowed=FLAG, why=TEXT_OR_NULL),
    }  # fmt: skip


def _activity() -> Schema:
    changed = listing(thing(field=TEXT, was={}, now={}))
    return thing(
        cursor=TEXT, at=MOMENT, actor=thing(id=TEXT, name=TEXT), action=TEXT, resource=TEXT, id=TEXT, changed=changed
    )


def _insights() -> Schema:
    spread = thing(count=WHOLE, median={"type": ["number", "null"]}, p90={"type": ["number", "null"]})
    counts = listing({"type": "object"})
    status = {"type": "object", "additionalProperties": WHOLE}
    schema = thing(
        cursor=TEXT, to=MOMENT, open=thing(total=WHOLE, status=status, category=counts, assignee=counts),
        created=WHOLE, completed=WHOLE, time_to_assign_s=spread, time_to_complete_s=spread,
        days=listing(thing(day={"type": "string", "format": "date"}, created=WHOLE, completed=WHOLE)),
    )  # fmt: skip
    schema["properties"]["from"] = MOMENT
    schema["required"].append("from")
    return schema
