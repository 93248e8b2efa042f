// @vitest-environment node
import { expect, it } from "vitest";
import { aCall } from "./fixtures/records";
import { nothingHeld } from "./held";
import { truthOf } from "./truth";
import type { Ack } from "./wire";

const held = { ...nothingHeld(), calls: new Map([["a", aCall("a", 1)]]) };
const ack = (more: Partial<Ack>): Ack => ({ data: null, also: [], also_total: 0, cursor: "e.9", ...more });
const shown = (given: Ack) => truthOf(given, held).map(({ plural, id, make }) => [plural, id, make(undefined)]);

it("L2: an ack says what its record is now, and what else the change set made, changed and deleted", () => {
  const after = aCall("a", 9, { title: "After" });
  const also = [
    { resource: "services", id: "s", event: "service_created", data: { id: "s" } },
    { resource: "notes", id: "n", event: "note_deleted", data: { id: "n" } },
  ];
  expect(shown(ack({ data: after, also }))).toEqual([
    ["calls", "a", after],
    ["services", "s", { id: "s" }],
    ["notes", "n", undefined],
  ]);
});

it("says nothing where the sender may not read it, or where nobody knows what it is", () => {
  expect(shown(ack({}))).toEqual([]);
  expect(shown(ack({ data: aCall("unknown", 1) }))).toEqual([]);
});
