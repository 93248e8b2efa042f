// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { returnAddress, signInAddress } from "./returning";

const back = (next: string) => returnAddress(new URLSearchParams({ next }));

describe("the way back after signing in (S1)", () => {
  it("keeps the page and its filters, and needs no words for the board", () => {
    expect(signInAddress({ pathname: "/calls/7", search: "?status=new" })).toBe(
      "/signin?next=%2Fcalls%2F7%3Fstatus%3Dnew",
    );
    expect(signInAddress({ pathname: "/", search: "" })).toBe("/signin");
    expect(back("/calls/7?status=new")).toBe("/calls/7?status=new");
    expect(returnAddress(new URLSearchParams())).toBe("/");
  });

  it.each([
    "https://evil.example/",
    "//evil.example/x",
    "/\\evil.example",
    "javascript:alert(1)",
    "/signin?next=/signin",
  ])("never leads to another site, nor in a circle: %s", (next) => {
    expect(back(next)).toBe("/");
  });
});
