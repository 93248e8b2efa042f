// @vitest-environment node
import { describe, expect, it } from "vitest";
import { recordedDay, type Stretch } from "./fixtures/feed";
import { oneOf, seeded } from "./fixtures/random";
import { aCall, aSnapshot, told } from "./fixtures/records";
import { Replica } from "./replica";
import { PLURALS, type Told, type WholeSnapshot } from "./wire";

const day = recordedDay().flatMap((stretch) => (stretch.after ? [{ ...stretch, after: stretch.after }] : []));

function started(snapshot: WholeSnapshot): Replica {
  const replica = new Replica();
  replica.replace(snapshot);
  return replica;
}

function heldBy(replica: Replica) {
  const { tables, former } = replica.now;
  return { ...Object.fromEntries(PLURALS.map((plural) => [plural, tables[plural]])), former };
}

/** The recorded feed as a bad network brings it: cut anywhere, resumed at the cursor or before it, by changing doors. */
function brought({ events }: Stretch, random: () => number): Told[] {
  const all: Told[] = [];
  let next = 0;
  while (next < events.length) {
    const from = Math.max(0, next - Math.floor(random() * 4));
    const to = Math.min(events.length, next + 1 + Math.floor(random() * 6));
    all.push(...events.slice(from, to));
    next = oneOf(random, [to, to, Math.max(from, to - 1)]);
  }
  return all;
}

describe("the replica", () => {
  it.each(day)(
    "F7: the events recorded for $name lead from his one snapshot to the other",
    ({ before, events, after }) => {
      const replica = started(before);
      replica.apply(events);
      expect(heldBy(replica)).toEqual(heldBy(started(after)));
    },
  );

  it.each(day)("F7: event by event it is the same for $name", ({ before, events, after }) => {
    const replica = started(before);
    for (const event of events) replica.apply([event]);
    expect(heldBy(replica)).toEqual(heldBy(started(after)));
  });

  it.each(day)("F5: doubled, cut and resumed feeds end the same for $name", (stretch) => {
    for (let seed = 0; seed < 50; seed += 1) {
      const replica = started(stretch.before);
      const fresh = brought(stretch, seeded(seed)).flatMap((event) => replica.apply([event]).fresh);
      expect(heldBy(replica), `seed ${seed}`).toEqual(heldBy(started(stretch.after)));
      expect(fresh, `seed ${seed}`).toEqual(stretch.events);
    }
  });

  it("F5: ignores what is at or below its place, whatever it says", () => {
    const replica = started(aSnapshot(5, [aCall("a", 5)]));
    const { fresh } = replica.apply([
      told("call_updated", aCall("a", 5, { title: "late" })),
      told("call_deleted", aCall("a", 4)),
    ]);
    expect(fresh).toEqual([]);
    expect(replica.now.tables.calls.get("a")?.title).toBe("No power");
  });

  it("F5: a place is ordered by its number alone, also across a restart of the server", () => {
    const replica = started(aSnapshot(9, [aCall("a", 9)]));
    const after = told("call_updated", aCall("a", 10, { title: "ten" }));
    replica.apply([{ ...after, meta: { ...after.meta, cursor: "another.10" } }]);
    expect(replica.now.tables.calls.get("a")?.title).toBe("ten");
    expect(replica.now.cursor).toBe("another.10");
  });

  it("V3: what may not be read any more is gone", () => {
    const replica = started(aSnapshot(1, [aCall("a", 1)]));
    const hidden = told("record_hidden", aCall("a", 2));
    replica.apply([{ ...hidden, data: { resource: "calls", id: "a" } }]);
    expect(replica.now.tables.calls.size).toBe(0);
  });

  it("F5: a heartbeat moves the place, and never backwards", () => {
    const replica = started(aSnapshot(5));
    expect(replica.reach("e.9")).toBe(true);
    expect(replica.reach("e.7")).toBe(false);
    expect(replica.now.cursor).toBe("e.9");
  });

  it("F4: a snapshot replaces everything, also where the server went back to an older copy", () => {
    const replica = started(aSnapshot(9, [aCall("a", 9)]));
    replica.replace(aSnapshot(3, [aCall("b", 3)]));
    expect([...replica.now.tables.calls.keys()]).toEqual(["b"]);
    expect(replica.now.cursor).toBe("e.3");
  });

  it("leaves maps that nothing touched the same objects", () => {
    const replica = started(aSnapshot(1, [aCall("a", 1)]));
    const before = replica.now.tables;
    replica.apply([told("call_updated", aCall("a", 2))]);
    expect(replica.now.tables.users).toBe(before.users);
    expect(replica.now.tables.calls).not.toBe(before.calls);
    expect(before.calls.get("a")?.version).toBe(1);
  });

  it("U4: takes in 1,000 events over 10,000 calls well within a second", () => {
    const calls = Array.from({ length: 10_000 }, (_, place) => aCall(`c${place}`, 1));
    const replica = started(aSnapshot(1, calls));
    const events = Array.from({ length: 1_000 }, (_, place) => told("call_updated", aCall(`c${place * 7}`, place + 2)));
    const begun = performance.now();
    replica.apply(events);
    expect(performance.now() - begun).toBeLessThan(500);
    expect(replica.now.tables.calls.get("c6993")?.version).toBe(1001);
  });
});
