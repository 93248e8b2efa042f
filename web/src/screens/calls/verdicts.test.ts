import { expect, it } from "vitest";
import { aCall, aUser } from "./aCall";
import { type Permission, verdictOnColumn, verdictOnPerson } from "./verdicts";

const all: Permission = { allowed: () => true, why: () => null };
const none: Permission = { allowed: () => false, why: (command) => `No ${command} for you.` };
const call = aCall({ number: 1, status: "assigned", assignee_id: "bo" });

it("S2: a target says what a drop on it would do", () => {
  expect(verdictOnColumn(call, "in_progress", all)).toMatchObject({ mark: "allowed", sentence: "Start" });
  expect(verdictOnColumn(call, "completed", all)).toMatchObject({ mark: "allowed", sentence: "Complete…" });
  expect(verdictOnPerson(call, aUser("ana"), all)).toMatchObject({ mark: "allowed", sentence: "Assign to Ana" });
});

it("S2: where the server would refuse it says the server's sentence", () => {
  expect(verdictOnColumn(call, "in_progress", none)).toMatchObject({
    mark: "refused",
    sentence: "No start_call for you.",
  });
  expect(verdictOnPerson(call, aUser("ana"), none)).toMatchObject({
    mark: "refused",
    sentence: "No assign_call for you.",
  });
});

it("S2: where it makes no sense it says what to do instead, and its own place says nothing", () => {
  expect(verdictOnColumn(call, "closed", all).sentence).toBe("Complete the call first, then close it.");
  expect(verdictOnColumn(call, "assigned", all)).toMatchObject({ mark: "nothing", sentence: "" });
  expect(verdictOnPerson(call, aUser("bo"), all).mark).toBe("nothing");
});
