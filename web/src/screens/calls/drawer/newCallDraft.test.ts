// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from "vitest";
import { EMPTY_DRAFT, faultsOf, isWritten, keepDraft, keptDraft, missing, steps } from "./newCallDraft";

const ids = { call: "call-1", customer: "customer-1" };
const written = { ...EMPTY_DRAFT, title: "No dial tone", customerName: "Bo Li", customerPhone: "0163" };

describe("the commands of a new call", () => {
  test("a new customer is created first and named by the call", () => {
    const made = steps(written, ids);
    expect(made.map((step) => step.command)).toEqual(["create_customer", "create_call"]);
    expect(made[0]?.payload).toEqual({ id: "customer-1", name: "Bo Li", phone: "0163", address: null });
    expect(made[1]?.payload).toMatchObject({ id: "call-1", customer_id: "customer-1", customer_name: "Bo Li" });
  });

  test("a caller who is not kept stands on the call alone", () => {
    const made = steps({ ...written, keepCustomer: false }, ids);
    expect(made.map((step) => step.command)).toEqual(["create_call"]);
    expect(made[0]?.payload).toMatchObject({ customer_id: null, customer_name: "Bo Li", customer_phone: "0163" });
  });

  test("a customer of ours is named and not made again", () => {
    const made = steps({ ...written, customerId: "ours" }, ids);
    expect(made.map((step) => step.command)).toEqual(["create_call"]);
    expect(made[0]?.payload).toMatchObject({ customer_id: "ours" });
  });

  test("solved on the phone is created and completed in one go, assigned to nobody", () => {
    const made = steps({ ...written, solved: true, resolution: "Restarted", assigneeId: "u1" }, ids);
    expect(made.at(-1)).toEqual({ command: "complete_call", payload: { id: "call-1", resolution: "Restarted" } });
    expect(made.at(-2)?.payload).not.toHaveProperty("assignee_id");
  });

  test("an assignee is named at creation", () => {
    expect(steps({ ...written, assigneeId: "u1" }, ids).at(-1)?.payload).toMatchObject({ assignee_id: "u1" });
  });
});

describe("what is missing", () => {
  test("a title and a caller, and what solved it where it was solved", () => {
    expect(Object.keys(missing(EMPTY_DRAFT))).toEqual(["title", "customerName"]);
    expect(Object.keys(missing({ ...written, solved: true }))).toEqual(["resolution"]);
    expect(missing({ ...written, customerId: "ours", customerName: "" })).toEqual({});
  });

  test("the server's faults stand beside the form's own fields", () => {
    expect(faultsOf({ due_at: "is in the past", name: "is too long", other: "?" })).toEqual({
      dueAt: "Is in the past.",
      customerName: "Is too long.",
    });
  });
});

describe("the draft", () => {
  beforeEach(() => sessionStorage.clear());

  test("is kept for one person until nothing is written any more", () => {
    keepDraft(sessionStorage, "ana", written);
    expect(keptDraft(sessionStorage, "ana")).toEqual(written);
    expect(keptDraft(sessionStorage, "bo")).toEqual(EMPTY_DRAFT);
    keepDraft(sessionStorage, "ana", EMPTY_DRAFT);
    expect(sessionStorage).toHaveLength(0);
  });

  test("an unreadable one is as good as none", () => {
    sessionStorage.setItem("callboard.new-call.ana", "{");
    expect(keptDraft(sessionStorage, "ana")).toEqual(EMPTY_DRAFT);
    expect(isWritten(EMPTY_DRAFT)).toBe(false);
  });
});
