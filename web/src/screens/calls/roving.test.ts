import { expect, it } from "vitest";
import { nearest, spotOf, stepOf, stepped } from "./roving";

const grid = [["a1", "a2", "a3"], [], ["c1", "c2"]];

it("U2: j and k lead like the arrows", () => {
  expect([stepOf("j"), stepOf("k"), stepOf("ArrowLeft"), stepOf("q")]).toEqual(["down", "up", "left", null]);
});

it("U2: up and down stay within the column and stop at its ends", () => {
  expect(stepped(grid, "a1", "down")).toBe("a2");
  expect(stepped(grid, "a1", "up")).toBe("a1");
  expect(stepped(grid, "a3", "down")).toBe("a3");
  expect(stepped(grid, "a2", "last")).toBe("a3");
});

it("U2: left and right skip empty columns and keep the height where they can", () => {
  expect(stepped(grid, "a2", "right")).toBe("c2");
  expect(stepped(grid, "a3", "right")).toBe("c2");
  expect(stepped(grid, "c1", "left")).toBe("a1");
  expect(stepped(grid, "c1", "right")).toBe("c1");
});

it("U2: from nowhere the first card is taken", () => {
  expect(stepped([[], ["b1"]], null, "down")).toBe("b1");
  expect(stepped([[], []], null, "down")).toBe(null);
});

it("U2: when a card goes, the one that takes its place is next", () => {
  expect(nearest([["a1", "a3"]], spotOf(grid, "a2"))).toBe("a3");
  expect(nearest([["a1"]], spotOf(grid, "a3"))).toBe("a1");
  expect(nearest([[], [], ["c1"]], spotOf(grid, "a3"))).toBe("c1");
});
