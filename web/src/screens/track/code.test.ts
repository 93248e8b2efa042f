import { describe, expect, it } from "vitest";
import { readCode, sayCode, whatIsWrong } from "./code";

describe("the code on the slip", () => {
  it("is read in small letters and in groups", () => {
    expect(readCode(" txz7-gaxt qdqt ")).toBe("TXZ7GAXTQDQT");
    expect(sayCode("TXZ7GAXTQDQT")).toBe("TXZ7-GAXT-QDQT");
  });

  it("is no code with a sign that people mix up, or of another length", () => {
    expect(readCode("TXZ7GAXTQDQ0")).toBeNull();
    expect(readCode("TXZ7GAXTQDQL")).toBeNull();
    expect(readCode("TXZ7")).toBeNull();
  });

  it("says what is wrong with what was typed", () => {
    expect(whatIsWrong("txz7-gaxt-qdqt")).toBeNull();
    expect(whatIsWrong("  ")).toBe("Type the code on your slip.");
    expect(whatIsWrong("TXZ7GAXTQDQ1")).toBe("Codes have no 0, 1, O, I or L: look at the slip again.");
    expect(whatIsWrong("TXZ7")).toBe("A code has 12 letters and digits; this one has 4.");
  });
});
