import { describe, expect, it } from "vitest";
import { initialsOf, TINTS, tintOf } from "./initials";

describe("initials", () => {
  it.each([
    ["Ada Lovelace", "AL"],
    ["Jean-Luc de la Tour", "JT"],
    ["grace", "G"],
    ["Дмитрий Иванов", "ДИ"],
    ["김은지", "김"],
    ["فريد الحسن", "ف"],
    ["👩‍🔧 Eva", "E"],
    ["Åsa Öberg", "ÅÖ"],
    ["", "?"],
    ["—", "?"],
  ])("of %s are %s", (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });

  it("keep their tint, and use all tints", () => {
    const ids = Array.from({ length: 200 }, (_, n) => `0193f0a0-0000-7000-8000-${String(n * 7919).padStart(12, "0")}`);
    expect(tintOf(ids[0] ?? "")).toBe(tintOf(ids[0] ?? ""));
    const most = Math.max(
      ...Array.from({ length: TINTS }, (_, tint) => ids.filter((id) => tintOf(id) === tint).length),
    );
    expect(new Set(ids.map(tintOf)).size).toBe(TINTS);
    expect(most).toBeLessThan(ids.length / 3);
  });
});
