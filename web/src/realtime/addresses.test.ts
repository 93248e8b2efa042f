// @vitest-environment node
import { describe, expect, it } from "vitest";
import { pathOf, pluralOf, requestOf } from "./addresses";

describe("a command over HTTP (PROTOCOL section 2)", () => {
  const sent = (command: Parameters<typeof requestOf>[0], payload: Record<string, unknown>) =>
    requestOf(command, { op_id: "o1", payload });

  it("creates by POST to the plural, with the id that the client chose", () => {
    expect(sent("create_call", { id: "c1", title: "No power" })).toEqual({
      method: "POST",
      path: "/calls",
      headers: { "Idempotency-Key": "o1" },
      body: { id: "c1", title: "No power" },
    });
  });

  it("updates by PATCH, the version seen in If-Match", () => {
    expect(sent("update_service_category", { id: "k1", name: "TV", expected_version: 7 })).toEqual({
      method: "PATCH",
      path: "/service_categories/k1",
      headers: { "Idempotency-Key": "o1", "If-Match": '"7"' },
      body: { name: "TV" },
    });
  });

  it("deletes by DELETE, its options in the query", () => {
    const { method, path, body } = sent("delete_user", { id: "u1", reassign_to: "u2", release: false });
    expect([method, path, body]).toEqual(["DELETE", "/users/u1?reassign_to=u2&release=false", undefined]);
  });

  it.each([
    ["assign_call", "/calls/x/assign"],
    ["merge_customer", "/customers/x/merge"],
    ["advance_service", "/services/x/advance"],
    ["set_availability", "/users/x/set_availability"],
    ["change_email", "/users/x/change_email"],
    ["deactivate_user", "/users/x/deactivate"],
  ] as const)("%s is an action of its record", (command, path) => {
    expect(sent(command, { id: "x" })).toMatchObject({ method: "POST", path });
  });

  it("knows the kind of record by the last word, the longest first", () => {
    expect(pluralOf("delete_service_category")).toBe("service_categories");
    expect(pluralOf("delete_category")).toBe("categories");
    expect(pluralOf("set_role")).toBe("users");
  });
});

describe("a question over HTTP", () => {
  it.each([
    [
      "list",
      { resource: "calls", status: ["new", "assigned"], assignee_id: null },
      "/calls?status=new%2Cassigned&assignee_id=",
    ],
    ["count", { resource: "calls", open: true }, "/calls?open=true&limit=1"],
    ["get", { resource: "users", id: "u 1" }, "/users/u%201"],
    ["search", { q: "kettle", limit: 5 }, "/search?q=kettle&limit=5"],
    ["activity", { resource: "calls", id: "c1" }, "/calls/c1/activity"],
    ["activity", { actor: "me" }, "/activity?actor=me"],
    ["activity", {}, "/activity"],
    ["explain", { resource: "calls", id: "c1" }, "/calls/c1/explain"],
    ["explain", { resource: "calls" }, "/calls/explain"],
  ] as const)("%s %j", (question, payload, path) => {
    expect(pathOf(question, payload)).toBe(path);
  });
});
