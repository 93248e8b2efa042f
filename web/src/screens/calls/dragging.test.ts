import { expect, it } from "vitest";
import { nextTarget, type PlacedTarget } from "./dragging";

const targets: PlacedTarget[] = [
  { id: "user:bo", left: 900, top: 100 },
  { id: "column:assigned", left: 200, top: 0 },
  { id: "user:ana", left: 900, top: 50 },
  { id: "column:new", left: 0, top: 0 },
];
const next = (over: string | null, code: string) => nextTarget(targets, over, code)?.id ?? null;

it("U3: with the keyboard a call is carried from column to column, then to the people and back", () => {
  expect(next("column:new", "ArrowRight")).toBe("column:assigned");
  expect(next("column:assigned", "ArrowRight")).toBe("user:ana");
  expect(next("user:ana", "ArrowLeft")).toBe("column:assigned");
  expect(next("column:new", "ArrowLeft")).toBe(null);
});

it("U3: up and down go among the people", () => {
  expect(next("user:ana", "ArrowDown")).toBe("user:bo");
  expect(next("user:bo", "ArrowUp")).toBe("user:ana");
  expect(next("user:bo", "ArrowDown")).toBe(null);
  expect(next("column:new", "ArrowDown")).toBe(null);
});
