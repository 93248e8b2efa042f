// @vitest-environment node
import { describe, expect, test } from "vitest";
import { type Activity, activityOf, joined, type Note, newestSeq, timeline } from "./timelineEntries";

const change = (seq: number, at: string, more: Partial<Activity> = {}): Activity => ({
  cursor: `ep.${seq}`,
  at,
  actor: { id: "u1", name: "Ana" },
  action: "update_call",
  resource: "calls",
  id: "c1",
  changed: [],
  ...more,
});

const note = (id: string, at: string): Note => ({
  id,
  tenant_id: "t",
  number: 1,
  version: 1,
  created_at: at,
  created_by: "u1",
  updated_at: at,
  updated_by: "u1",
  resource: "calls",
  record_id: "c1",
  text: "Called back",
});

describe("the time line (S2)", () => {
  test("notes stand among the changes by time, newest first", () => {
    const lines = timeline([change(9, "T3"), change(4, "T1")], [note("n1", "T2")], false);
    expect(lines.map((line) => line.key)).toEqual(["c9", "n1", "c4"]);
  });

  test("changes of one moment keep the order of the journal, newest first", () => {
    const lines = timeline(joined([change(4, "T1"), change(5, "T1"), change(6, "T1")], []), [], false);
    expect(lines.map((line) => line.key)).toEqual(["c6", "c5", "c4"]);
  });

  test("a change that was heard live and fetched as well is shown once, as the journal has it", () => {
    const heard = change(7, "T2", { changed: [{ field: "priority", was: null, now: "high" }] });
    const fetched = change(7, "T2", { cursor: "later.7", changed: [{ field: "priority", was: "low", now: "high" }] });
    expect(joined([fetched], [heard])).toEqual([fetched]);
  });

  test("a change heard live stands above what was fetched before it", () => {
    const all = joined([change(7, "T2"), change(5, "T1")], [change(8, "T3")]);
    expect(all.map((one) => one.cursor)).toEqual(["ep.8", "ep.7", "ep.5"]);
    expect(newestSeq(all)).toBe(8);
  });

  test("notes older than the fetched page wait until the earlier changes are there", () => {
    const [changes, notes] = [[change(9, "T5")], [note("young", "T6"), note("old", "T1")]];
    expect(timeline(changes, notes, true).map((line) => line.key)).toEqual(["young", "c9"]);
    expect(timeline(changes, notes, false).map((line) => line.key)).toEqual(["young", "c9", "old"]);
  });

  test("a live event says what each field was and is", () => {
    const meta = {
      cursor: "ep.8",
      resource: "calls",
      action: "update_call",
      id: "c1",
      version: 8,
      actor: { id: "u1", name: "Ana" },
      at: "T3",
      changed: ["priority"],
      set: { first: 8, last: 8 },
    } as const;
    const told = activityOf({ ...meta, changed: [...meta.changed] }, { priority: "high" }, { priority: "low" });
    expect(told.changed).toEqual([{ field: "priority", was: "low", now: "high" }]);
    expect(told.actor.name).toBe("Ana");
  });
});
