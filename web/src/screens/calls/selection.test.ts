import { expect, it } from "vitest";
import { limited, NOTHING, ranged, toggled } from "./selection";

const order = ["a", "b", "c", "d", "e"];

it("S2: x ticks and unticks", () => {
  const one = toggled(NOTHING, "b");
  expect([...one.ids]).toEqual(["b"]);
  expect([...toggled(one, "b").ids]).toEqual([]);
});

it("S2: shift ticks the run from the last touched one, upwards too", () => {
  expect([...ranged(toggled(NOTHING, "b"), order, "d").ids]).toEqual(["b", "c", "d"]);
  expect([...ranged(toggled(NOTHING, "d"), order, "b").ids].sort()).toEqual(["b", "c", "d"]);
  expect([...ranged(NOTHING, order, "c").ids]).toEqual(["c"]);
});

it("S2: what is shown no longer is ticked no longer", () => {
  const all = ranged(toggled(NOTHING, "a"), order, "c");
  expect([...limited(all, new Set(["a", "c"])).ids]).toEqual(["a", "c"]);
  expect(limited(all, new Set(order))).toBe(all);
});
