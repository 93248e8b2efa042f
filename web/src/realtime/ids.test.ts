// @vitest-environment node
import { expect, it } from "vitest";
import { Ids } from "./ids";

it("makes UUIDs of version 7 in canonical text", () => {
  const id = new Ids(() => Date.UTC(2026, 10, 20)).next();
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replace("-", "").slice(0, 12), 16)).toBe(Date.UTC(2026, 10, 20));
});

it("sorts them by the time they were made, also within a millisecond and when the clock goes back", () => {
  let now = 1_000;
  const ids = new Ids(() => now);
  const made = Array.from({ length: 10_000 }, (_, place) => {
    if (place === 5_000) now = 500;
    return ids.next();
  });
  expect(made).toEqual([...made].sort());
  expect(new Set(made).size).toBe(made.length);
});
