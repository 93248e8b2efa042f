// @vitest-environment node
import { describe, expect, test } from "vitest";
import { actionBar, type CallAction, nextActions } from "./callActions";

type Call = Parameters<typeof actionBar>[0];
type Me = Parameters<typeof actionBar>[1];

const call = (status: Call["status"], assignee_id: string | null = null) => ({ status, assignee_id }) as Call;
const me = (role: Me["role"]) => ({ id: "me", role }) as Me;
const only =
  (...allowed: CallAction[]) =>
  (action: CallAction) =>
    allowed.includes(action);

describe("the actions of a call (S2)", () => {
  test("who repairs takes a new call, who dispatches assigns it", () => {
    expect(nextActions(call("new"), me("engineer"))[0]).toBe("claim_call");
    expect(nextActions(call("new"), me("dispatcher"))[0]).toBe("assign_call");
  });

  test("a dispatcher gets on with a call of her own", () => {
    expect(nextActions(call("assigned", "me"), me("dispatcher"))[0]).toBe("start_call");
    expect(nextActions(call("assigned", "other"), me("dispatcher"))[0]).toBe("assign_call");
  });

  test("only what the server allows is a button", () => {
    const bar = actionBar(call("new"), me("front_desk"), only("complete_call", "cancel_call"));
    expect(bar.buttons).toEqual(["complete_call"]);
    expect(bar.menu).toEqual(["cancel_call"]);
    expect(bar.barred).toContain("delete_call");
  });

  test("every action stands in the bar exactly once", () => {
    const bar = actionBar(call("in_progress", "me"), me("admin"), () => true);
    const all = [...bar.buttons, ...bar.menu, ...bar.barred];
    expect(new Set(all).size).toBe(all.length);
    expect(all).toHaveLength(12);
  });
});
