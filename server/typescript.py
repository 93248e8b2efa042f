"""What the board's types are made from: the schemas of all that is asked and told, as one OpenAPI document of components.

`make schema` hands it to `tools/schema.mjs`, which writes `web/src/realtime/schema.ts`:

    python -m server.typescript | node tools/schema.mjs
"""

import sys
from typing import Any

from events.catalog import Catalog, discover
from server.asyncapi import schemas, shown_commands, shown_events, type_name
from server.components import Schema, nullable, ref, thing
from server.schema import VERSION
from server.vocabulary import signals, words
from stores.record import encode


def document(catalog: Catalog) -> dict[str, Any]:
    """An OpenAPI document without addresses: every schema, and the maps of names to them."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Callboard", "version": VERSION},
        "paths": {},
        "components": {"schemas": schemas(catalog) | maps(catalog)},
    }


def maps(catalog: Catalog) -> dict[str, Schema]:
    """`Commands`: name → payload and the ack's data; `Events`: name → record; `Signals`: name → data; `Records`: plural →
    record."""
    asked = {
        command.name: thing(
            payload=ref(type_name(command.name)), data=nullable(ref(catalog.resources[command.plural].record.__name__))
        )
        for command in shown_commands(catalog)
    }
    asked |= {
        word.name: thing(payload=word.takes, data=word.answer or nullable({"type": "object"})) for word in words()
    }
    told = {name: ref(resource.record.__name__) for name, resource in shown_events(catalog).items()}
    records = {plural: ref(catalog.resources[plural].record.__name__) for plural in catalog.wire_plurals}
    return {
        "Commands": thing(**asked), "Events": thing(**told, record_hidden=ref("Hidden")), "Records": thing(**records),
        "Signals": thing(**{signal.name: signal.data for signal in signals()}),
    }  # fmt: skip


if __name__ == "__main__":
    sys.stdout.buffer.write(encode(document(discover())))
