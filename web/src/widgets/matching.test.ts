import { describe, expect, it } from "vitest";
import { fold, matches } from "./matching";

const found = (typed: string) => matches(fold(typed), ["José Ångström", "jose@example.org"], ["+34 600-123 456"]);

describe("what somebody types (U2)", () => {
  it.each(["jose", "ANG jos", "600123", "600 12 34 56", "(600) 123", "", "example.org"])("finds by %s", (typed) => {
    expect(found(typed)).toBe(true);
  });

  it.each(["josef", "600 124", "jose müller"])("does not find by %s", (typed) => {
    expect(found(typed)).toBe(false);
  });
});
