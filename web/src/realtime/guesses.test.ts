// @vitest-environment node
import { describe, expect, it } from "vitest";
import { aCall, aSnapshot, aUser } from "./fixtures/records";
import { guessesFor } from "./guesses";
import { type Held, nothingHeld } from "./held";
import { Replica } from "./replica";
import type { Call, CommandName, PayloadOf, User } from "./wire";

const AT = "2026-11-20T10:00:00.000Z";
const EVA = aUser("eva", { role: "engineer" });
const ADA = aUser("ada");

function heldWith(...calls: Call[]): Held {
  const replica = new Replica();
  replica.replace(aSnapshot(9, calls, [EVA, ADA]));
  return { ...nothingHeld(), ...replica.now.tables };
}

function becomes<C extends CommandName>(command: C, payload: PayloadOf<C>, call: Call | null, me: User = ADA) {
  const held = call ? heldWith(call) : heldWith();
  const [guess] = guessesFor(command, payload, { me, held, at: AT });
  return guess?.make(call ?? undefined);
}

describe("what a command will do", () => {
  it.each([
    ["assign_call", { id: "c", assignee_id: "eva" }, { status: "assigned", assignee_id: "eva", assigned_at: AT }],
    ["claim_call", { id: "c" }, { status: "assigned", assignee_id: "ada", assigned_at: AT }],
    ["cancel_call", { id: "c", reason: "by mistake" }, { status: "cancelled", status_reason: "by mistake" }],
    ["complete_call", { id: "c", resolution: "Done" }, { status: "completed", resolution: "Done", completed_at: AT }],
    ["update_call", { id: "c", title: "New title", expected_version: 3 }, { title: "New title", status: "new" }],
  ] as const)("%s", (command, payload, expected) => {
    expect(becomes(command, payload as never, aCall("c", 3))).toMatchObject(expected);
  });

  it.each([
    ["start_call", { id: "c" }, { status: "in_progress", started_at: AT, status_reason: null }],
    ["hold_call", { id: "c", reason: "waiting_parts" }, { status: "on_hold", status_reason: "waiting_parts" }],
    ["release_call", { id: "c", reason: "ill" }, { status: "new", assignee_id: null, assigned_at: null }],
    ["assign_call", { id: "c", assignee_id: "ada" }, { status: "assigned", assignee_id: "ada" }],
  ] as const)("%s of an assigned call", (command, payload, expected) => {
    const call = aCall("c", 3, { status: "assigned", assignee_id: "eva", assigned_at: "before" });
    expect(becomes(command, payload as never, call)).toMatchObject(expected);
  });

  it("assigning again to the same engineer changes nothing of work under way", () => {
    const call = aCall("c", 3, { status: "in_progress", assignee_id: "eva" });
    expect(becomes("assign_call", { id: "c", assignee_id: "eva" }, call)).toEqual(call);
  });

  it("an engineer who solves a new call becomes its assignee, a dispatcher does not", () => {
    const solve = { id: "c", resolution: "By phone" };
    expect(becomes("complete_call", solve, aCall("c", 3), EVA)).toMatchObject({ assignee_id: "eva", assigned_at: AT });
    expect(becomes("complete_call", solve, aCall("c", 3), ADA)).toMatchObject({ assignee_id: null });
  });

  it("a reopened call goes back to its assignee while he is active, else to everyone", () => {
    const again = { id: "c", reason: "It smokes" };
    const closed = { status: "closed", completed_at: AT, closed_at: AT } as const;
    const his = aCall("c", 3, { ...closed, assignee_id: "eva" });
    expect(becomes("reopen_call", again, his)).toMatchObject({
      status: "assigned",
      reopened_count: 1,
      closed_at: null,
    });
    const former = aCall("c", 3, { ...closed, assignee_id: "gone" });
    expect(becomes("reopen_call", again, former)).toMatchObject({ status: "new", assignee_id: null });
  });

  it("a new call is whole, without a number, and takes the name of its customer", () => {
    const made = becomes("create_call", { id: "n", title: "No power", assignee_id: "eva", customer_name: "Ann" }, null);
    expect(made).toMatchObject({ id: "n", number: 0, version: 0, status: "assigned", customer_name: "Ann" });
    expect(made).toMatchObject({ created_by: "ada", created_at: AT, reopened_count: 0 });
    expect(Object.keys(made ?? {}).sort()).toEqual(Object.keys(aCall("n", 0)).sort());
  });

  it("a record that is deleted takes its notes with it", () => {
    const note = { ...aUser("n"), resource: "calls", record_id: "c", text: "Rang back." };
    const held = { ...heldWith(aCall("c", 3)), notes: new Map([["n", note as never]]) };
    const guesses = guessesFor("delete_call", { id: "c" }, { me: ADA, held, at: AT });
    expect(guesses.map(({ plural, id, make }) => [plural, id, make(undefined)])).toEqual([
      ["calls", "c", undefined],
      ["notes", "n", undefined],
    ]);
  });

  it("a record that has gone meanwhile stays gone", () => {
    const [guess] = guessesFor("start_call", { id: "c" }, { me: ADA, held: heldWith(), at: AT });
    expect(guess?.make(undefined)).toBeUndefined();
  });

  it("says nothing of commands whose result only the server knows", () => {
    const payload = { id: "c", device_type: "Radio" };
    expect(guessesFor("convert_call", payload, { me: ADA, held: heldWith(), at: AT })).toEqual([]);
  });
});
