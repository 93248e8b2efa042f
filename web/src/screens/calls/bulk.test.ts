import { expect, it } from "vitest";
import { type Doer, forEachOf, type Progress, summary, undoOrder } from "./bulk";

const does: Doer = async (id) => {
  if (id === "bad") throw new Error("Only a completed call can be closed.");
  if (id === "later") return { state: "held" };
  return { state: "acknowledged", ack: { cursor: id === "same" ? null : `at-${id}` } };
};

it("S2: one that is refused stops no other, and says why", async () => {
  const results = await forEachOf(["a", "bad", "later", "b"], does, () => undefined);
  expect(results).toEqual([
    { id: "a", state: "done", cursor: "at-a" },
    { id: "bad", state: "refused", why: "Only a completed call can be closed." },
    { id: "later", state: "held" },
    { id: "b", state: "done", cursor: "at-b" },
  ]);
  expect(summary(results, "closed")).toBe(
    "2 calls closed, 1 call will be sent when you are back online, 1 call refused",
  );
});

it("U5: progress is told after every answer", async () => {
  const told: Progress[] = [];
  const ids = Array.from({ length: 30 }, (_, at) => String(at));
  await forEachOf(ids, does, (progress) => told.push(progress));
  expect(told).toHaveLength(30);
  expect(told.at(-1)).toEqual({ done: 30, of: 30 });
});

it("U5: it is taken back last first, but for what was so already", async () => {
  const results = await forEachOf(["a", "bad", "same", "b"], does, () => undefined);
  expect(undoOrder(results)).toEqual(["at-b", "at-a"]);
});

it("S2: no more than a few are under way at once", async () => {
  let now = 0;
  let most = 0;
  const slow: Doer = async (id) => {
    most = Math.max(most, ++now);
    await Promise.resolve();
    now -= 1;
    return does(id);
  };
  await forEachOf(
    Array.from({ length: 50 }, (_, at) => String(at)),
    slow,
    () => undefined,
  );
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(8);
});
