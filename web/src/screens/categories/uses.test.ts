import { expect, it } from "vitest";
import { usesByCategory } from "./uses";

it("The use of a category counts every record that names it, and none of those without one", () => {
  const found = usesByCategory([
    { category_id: "a" },
    { category_id: null },
    { category_id: "a" },
    { category_id: "b" },
  ]);
  expect([...found]).toEqual([
    ["a", 2],
    ["b", 1],
  ]);
});
