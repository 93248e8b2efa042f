import { expect, it } from "vitest";
import { NO_FILTERS } from "./filters";
import { filterPhrases } from "./filterWords";

const names = {
  person: (id: string) => (id === "bo" ? "Bo" : ""),
  category: (id: string) => (id === "net" ? "Network" : ""),
};
const words = (filters: Partial<typeof NO_FILTERS>) =>
  filterPhrases({ ...NO_FILTERS, ...filters }, names).map((phrase) => phrase.words);

it("S2: every filter is said in words of the trade, ids never", () => {
  expect(
    words({
      text: " fan ",
      assignees: ["me", "nobody", "bo", "gone"],
      categories: ["net", "none", "gone"],
      overdue: true,
    }),
  ).toEqual([
    "“fan”",
    "Assigned to me, nobody, Bo, somebody who left",
    "Network, No category, Former category",
    "Overdue",
  ]);
  expect(words({ from: "2026-11-01" })).toEqual(["Created since 2026-11-01"]);
  expect(words({ to: "2026-11-01", from: "2026-11-01" })).toEqual(["Created on 2026-11-01"]);
  expect(words({})).toEqual([]);
});

it("S2: a phrase takes its own filter away and no other", () => {
  const filters = { ...NO_FILTERS, text: "fan", overdue: true };
  expect(filterPhrases(filters, names)[0]?.without).toEqual({ ...filters, text: "" });
});
