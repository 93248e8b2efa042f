import { expect, it } from "vitest";
import { countedKind, countedKinds, listed } from "./counted";

it("Counts stand with their word, in one or many", () => {
  expect(countedKind("calls", 1)).toBe("1 call");
  expect(countedKind("services", 2430)).toBe("2,430 repairs");
  expect(
    countedKinds([
      ["calls", 12],
      ["services", 0],
      ["notes", 1],
    ]),
  ).toBe("12 calls and 1 note");
  expect(countedKinds([["calls", 0]])).toBe("");
});

it("Words are listed as in a sentence", () => {
  expect(listed([])).toBe("");
  expect(listed(["a"])).toBe("a");
  expect(listed(["a", "b", "c"])).toBe("a, b and c");
});
