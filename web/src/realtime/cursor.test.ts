// @vitest-environment node
import { expect, it } from "vitest";
import { hasReached, seqOf } from "./cursor";

it("D7: a place is ordered by its number, whatever epoch it was written in", () => {
  expect(seqOf("lFHjat6y.1570")).toBe(1570);
  expect(hasReached("b.10", "a.9")).toBe(true);
  expect(hasReached("b.9", "a.10")).toBe(false);
  expect(hasReached("a.10", "b.10")).toBe(true);
});

it("holds nothing up to no place, and takes nonsense for none", () => {
  expect(seqOf(null)).toBe(-1);
  expect(seqOf("nonsense")).toBe(-1);
  expect(seqOf("a.1x")).toBe(-1);
  expect(hasReached(null, "a.0")).toBe(false);
});
