"""The board's types are those of the server, and are types."""

from pathlib import Path

import pytest
from nodetools import ROOT, TOOLS, needs_node, node

from events.catalog import Catalog
from server.typescript import document, maps
from stores.record import encode

SCHEMA = ROOT / "web" / "src" / "realtime" / "schema.ts"
USES = """
import type { Call, Commands, Events, Meta, Records, Signals, Snapshot } from "./schema";

function send<Name extends keyof Commands>(name: Name, payload: Commands[Name]["payload"]): Commands[Name]["data"] {
  throw [name, payload];
}
function on<Name extends keyof Events>(name: Name, hears: (record: Events[Name], meta: Meta) => void): void {
  throw [name, hears];
}
const call: Call | null = send("assign_call", { id: "1", assignee_id: "2", expected_version: 7 });
send("create_call", { title: "no heat", customer_name: "Ms. Gray" });
on("call_assigned", (record, meta) => [record.assignee_id, meta.set.last, meta.op_id?.length]);
on("record_hidden", (record) => record.resource);
const typing: Signals["typing"]["on"] = true;
const held: Records["calls"] | undefined = ({} as Snapshot).records.calls?.[0];
const status: "new" | "assigned" | "in_progress" | "on_hold" | "completed" | "closed" | "cancelled" = call!.status;
export { held, status, typing };
"""
MISUSES = {
    "an unknown command": 'send("assign_cal", { id: "1" });',
    "a field that is missing": 'send("assign_call", { id: "1" });',
    "a field that is none": 'send("claim_call", { id: "1", status: "closed" });',
    "a value that is none": 'send("hold_call", { id: "1", reason: "tired" });',
    "an unknown event": 'on("call_vanished", () => {});',
    "a field that no record has": 'on("call_created", (record) => record.password_hash);',
    "null where it may be": 'on("call_created", (record) => record.resolution.length);',
}


def test_the_maps_name_all_commands_events_and_records(catalog: Catalog):
    said = {name: set(schema["properties"]) for name, schema in maps(catalog).items()}
    assert {name for name, command in catalog.commands.items() if command.on_wire} <= said["Commands"]
    assert {name for name, of in catalog.events.items() if not of.private} | {"record_hidden"} == said["Events"]
    assert set(catalog.wire_plurals) == said["Records"]


@needs_node
def test_the_file_is_what_make_schema_would_write_now(catalog: Catalog):
    written = node("schema.mjs", given=encode(document(catalog)))
    assert written.returncode == 0, written.stderr.decode()
    assert SCHEMA.read_bytes() == written.stdout, "web/src/realtime/schema.ts is stale: run `make schema`"


def compiled(folder: Path, source: str) -> str:
    """What the compiler finds wrong with a file beside the types."""
    (folder / "schema.ts").write_bytes(SCHEMA.read_bytes())
    (folder / "uses.ts").write_text(source)
    options = ("--strict", "--noEmit", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler")
    return node(str(TOOLS / "node_modules/typescript/bin/tsc"), *options, str(folder / "uses.ts")).stdout.decode()


@needs_node
def test_the_types_are_types_and_say_what_may_be_sent_and_heard(tmp_path: Path):
    assert compiled(tmp_path, USES) == ""


@needs_node
def test_what_the_server_would_refuse_does_not_compile(tmp_path: Path):
    first = len(USES.splitlines()) + 1
    said = compiled(tmp_path, "\n".join([USES.removesuffix("\n"), *MISUSES.values()]) + "\n")
    lines = {int(line.split("(")[1].split(",")[0]) for line in said.splitlines() if line.startswith(("uses", "/", "."))}
    missed = [name for line, name in enumerate(MISUSES, first) if line not in lines]
    assert not missed, said


def test_r5_nothing_hidden_has_a_type():
    assert "password_hash" not in SCHEMA.read_text()


@pytest.mark.parametrize("line", ["Do not edit.", "export type Commands", "export type Events"])
def test_the_file_says_what_it_is(line: str):
    assert line in SCHEMA.read_text()
