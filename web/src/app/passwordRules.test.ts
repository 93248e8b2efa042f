import { describe, expect, it } from "vitest";
import { isAcceptable, passwordRules } from "./passwordRules";

const NAMES = ["Ada Lindqvist", "ada@example.org"];

describe("the rules of a password", () => {
  it.each([
    ["", false],
    ["nine chars", true],
    ["123456789", false],
    ["x".repeat(128), true],
    ["x".repeat(129), false],
    ["ADA@example.org", false],
  ])("take %j: %s", (password, taken) => {
    expect(isAcceptable(password, NAMES)).toBe(taken);
  });

  it("say which one is not met", () => {
    expect(passwordRules("Ada Lindqvist", NAMES).map(({ holds }) => holds)).toEqual([true, false]);
    expect(passwordRules("x".repeat(129), NAMES)[0]?.rule).toBe("At most 128 characters");
  });
});
