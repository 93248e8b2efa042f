// @vitest-environment node
import { beforeEach, describe, expect, it } from "vitest";
import { aCall, aSnapshot, told } from "./fixtures/records";
import { type Guess, Optimistic } from "./optimistic";
import { Replica } from "./replica";
import type { AnyRecord } from "./wire";

let replica: Replica;
let layers: Optimistic;

beforeEach(() => {
  replica = new Replica();
  replica.replace(aSnapshot(5, [aCall("a", 1), aCall("b", 2)]));
  layers = new Optimistic();
});

const shown = () => layers.over(replica.now, true);
const title = (id: string) => shown().calls.get(id)?.title;
const says = (id: string, words: string): Guess => ({
  plural: "calls",
  id,
  make: (record) => record && ({ ...record, title: words } as AnyRecord),
});
const gone = (id: string): Guess => ({ plural: "calls", id, make: () => undefined });

describe("the optimistic layers (L2)", () => {
  it("lie over the replica and never write it", () => {
    layers.add("o1", [says("a", "guess")]);
    expect(title("a")).toBe("guess");
    expect([...shown().pending]).toEqual(["a"]);
    expect(replica.now.tables.calls.get("a")?.title).toBe("No power");
  });

  it("lie one over the other in the order given, and each goes alone", () => {
    layers.add("o1", [says("a", "one")]);
    layers.add("o2", [says("a", "two")]);
    expect(title("a")).toBe("two");
    layers.drop("o2");
    expect(title("a")).toBe("one");
    layers.drop("o1");
    expect(title("a")).toBe("No power");
    expect(shown().calls).toBe(replica.now.tables.calls);
  });

  it("follow the replica below them", () => {
    layers.add("o1", [says("a", "guess")]);
    replica.apply([told("call_updated", aCall("a", 6, { priority: "urgent" }))]);
    expect(shown().calls.get("a")).toMatchObject({ title: "guess", priority: "urgent" });
  });

  it("show what the ack says until the replica has reached its cursor, then nothing", () => {
    layers.add("o1", [says("a", "guess")]);
    layers.settle("o1", "e.7", [says("a", "truth")]);
    expect(title("a")).toBe("truth");
    expect(shown().pending.size).toBe(0);
    layers.reached("e.6");
    expect(title("a")).toBe("truth");
    layers.reached("e.7");
    expect(title("a")).toBe("No power");
  });

  it("keep a guess that the ack says nothing of, as of a deletion", () => {
    layers.add("o1", [gone("a")]);
    layers.settle("o1", "e.7", []);
    expect(shown().calls.has("a")).toBe(false);
  });

  it("are gone with the replica they lay over where the server says so", () => {
    layers.add("o1", [says("a", "done")]);
    layers.add("o2", [says("b", "under way")]);
    layers.settle("o1", "e.99", []);
    layers.replaced();
    expect(title("a")).toBe("No power");
    expect(title("b")).toBe("under way");
  });

  it("give the same objects while nothing changed", () => {
    layers.add("o1", [says("a", "guess")]);
    const before = shown();
    expect(shown()).toBe(before);
    replica.apply([told("call_updated", aCall("b", 6))]);
    expect(shown().calls.get("a")).toBe(before.calls.get("a"));
    expect(shown().users).toBe(before.users);
    replica.reach("e.9");
    expect(shown().calls).toBe(shown().calls);
  });

  it("leave the map of calls the same when only the place moved", () => {
    layers.add("o1", [says("a", "guess")]);
    const before = shown().calls;
    replica.reach("e.9");
    expect(shown().calls).toBe(before);
  });
});
