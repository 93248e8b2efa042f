import { describe, expect, it } from "vitest";
import { faviconFor } from "./favicon";
import { titleOf } from "./useTitle";

describe("the title of the window (U1)", () => {
  it.each([
    ["/", "Calls · Callboard"],
    ["/calls/1042", "C-1042 · Calls · Callboard"],
    ["/services/317", "S-0317 · Repairs · Callboard"],
    ["/services/0190aa00-0000-7000-8000-000000000000", "Repairs · Callboard"],
    ["/users/3", "People · Callboard"],
    ["/nowhere", "Callboard"],
  ])("of %s is %s", (address, title) => {
    expect(titleOf(address)).toBe(title);
  });
});

describe("the icon of the tab (U1)", () => {
  it("is the plain one while nothing is unseen, and carries the count else", () => {
    expect(faviconFor(0)).toBe("/favicon.svg");
    expect(decodeURIComponent(faviconFor(3))).toContain(">3</text>");
    expect(decodeURIComponent(faviconFor(12))).toContain(">9+</text>");
  });
});
