// @vitest-environment node
import { describe, expect, test } from "vitest";
import { dueChoices, toIso } from "./dueChoices";

const at = (local: string) => dueChoices(new Date(local));

describe("the due times to choose from", () => {
  test("what lies in the past is left out: no end of today in the evening", () => {
    expect(at("2026-11-19T18:30:00").map((choice) => choice.label)).not.toContain("Today, 17:00");
    expect(at("2026-11-19T10:30:00")).toContainEqual({ label: "Today, 17:00", value: "2026-11-19 17:00:00" });
  });

  test("on a Friday the next day is Monday", () => {
    expect(at("2026-11-20T10:00:00")).toContainEqual({ label: "Monday, 09:00", value: "2026-11-23 09:00:00" });
  });

  test("on a Thursday it is tomorrow", () => {
    expect(at("2026-11-19T10:00:00")).toContainEqual({ label: "Tomorrow, 09:00", value: "2026-11-20 09:00:00" });
  });

  test("a chosen local time goes on the wire in UTC", () => {
    expect(new Date(toIso("2026-11-20 09:00:00")).getTime()).toBe(new Date(2026, 10, 20, 9).getTime());
  });
});
