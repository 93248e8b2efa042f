import { expect, it } from "vitest";
import { NO_FILTERS, withFilters } from "./filters";
import { activeView, BUILT_IN, readViews, viewQuery, withView, withViewIn } from "./views";

const params = (query: string) => new URLSearchParams(query);
const view = (id: string) => BUILT_IN.find((one) => one.id === id) ?? BUILT_IN[0];

it("S2: a view puts its filters into the address and keeps layout and order", () => {
  const mine = view("mine");
  const next = mine && withViewIn(params("q=fan&priority=low&sort=title&as=list"), mine);
  expect(next?.get("assignee")).toBe("me");
  expect(next?.has("q") || next?.has("priority")).toBe(false);
  expect([next?.get("sort"), next?.get("as")]).toEqual(["title", "list"]);
});

it("S2: the view whose filters the address shows is the one marked", () => {
  expect(activeView(BUILT_IN, params(""))?.id).toBe("all");
  expect(activeView(BUILT_IN, params("overdue=yes&sort=title&new=call"))?.id).toBe("overdue");
  expect(activeView(BUILT_IN, params("overdue=yes&q=fan"))).toBe(null);
});

it("S2: a saved view keeps filters and order, and a second one of that name replaces it", () => {
  const address = withFilters(params("sort=due_at&as=list&new=call"), { ...NO_FILTERS, priorities: ["urgent"] });
  const one = withView([], " Burning ", viewQuery(address));
  expect(one).toEqual([{ id: "own:Burning", name: "Burning", query: "priority=urgent&sort=due_at", own: true }]);
  expect(withView(one, "Burning", "q=x")).toHaveLength(1);
  expect(activeView([...BUILT_IN, ...one], address)?.name).toBe("Burning");
});

it("S2: what a browser has kept is read with mistrust", () => {
  expect(readViews("{{{")).toEqual([]);
  expect(readViews('[{"id":"a","name":"A","query":"q=1"},{"id":7},null]')).toEqual([
    { id: "a", name: "A", query: "q=1", own: true },
  ]);
});
