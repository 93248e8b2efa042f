// @vitest-environment node
import { describe, expect, test } from "vitest";
import { aCall, aUser } from "@/realtime/fixtures/sampleRecords";
import { assignees, matching, openLoad } from "./assignees";

const anyone = [
  aUser({ id: "away", display_name: "Ada", availability: "away" }),
  aUser({ id: "full", display_name: "Bo", skills: ["Printers"] }),
  aUser({ id: "free", display_name: "Zoë" }),
  aUser({ id: "out", display_name: "Cy" }),
  aUser({ id: "desk", display_name: "Di", role: "front_desk" }),
  aUser({ id: "gone", display_name: "Ed", active: false }),
];
const load = openLoad([
  aCall({ id: "1", status: "assigned", assignee_id: "full" }),
  aCall({ id: "2", status: "on_hold", assignee_id: "full" }),
  aCall({ id: "3", status: "completed", assignee_id: "free" }),
]);
const best = assignees(anyone, load, new Set(["away", "full", "free"]));

describe("whom a call can be given to", () => {
  test("who is here and free comes first, the least busy before the busy, and who is not here last", () => {
    expect(best.map((one) => one.user.id)).toEqual(["free", "full", "away", "out"]);
  });

  test("only what is open counts as load", () => {
    expect(best.map((one) => one.load)).toEqual([0, 2, 0, 0]);
  });

  test("typing finds by name, whatever the accents, and by skill", () => {
    expect(matching(best, "zoe").map((one) => one.user.id)).toEqual(["free"]);
    expect(matching(best, "print").map((one) => one.user.id)).toEqual(["full"]);
  });
});
