// From all calls to what is shown (S2): filtered, ordered, laid into columns; and what every view holds, in one pass over
// the calls. Typing goes before filtering: the filter follows as soon as there is time (V5).
import { useDeferredValue, useMemo, useState } from "react";
import { useMe, useRecords } from "@/realtime/react";
import type { Call } from "@/realtime/schema";
import { useNow } from "@/widgets/useNow";
import { type CallFilters, spelled } from "./filters";
import { type Column, columnsOf, grouped } from "./grouping";
import { makeSearchText, matcher } from "./matching";
import { type Names, ordering, type Sort } from "./sorting";
import { filtersOf, type View } from "./views";

const MINUTE = 60_000;

/** Names by id, live: only what sorts by a name or says one needs them. */
export function useNames(): Names {
  const users = useRecords("users");
  const categories = useRecords("categories");
  return useMemo(() => {
    const people = new Map(users.map((user) => [user.id, user.display_name]));
    const kinds = new Map(categories.map((category) => [category.id, category.name]));
    return { person: (id) => people.get(id) ?? "", category: (id) => kinds.get(id) ?? "" };
  }, [users, categories]);
}

/** What a filter is asked with; it changes with the minute, because being overdue does. */
function useAsking() {
  const me = useMe().id;
  const now = Math.floor(useNow() / MINUTE) * MINUTE;
  const [textOf] = useState(makeSearchText);
  return useMemo(() => ({ me, now, textOf }), [me, now, textOf]);
}

function makeGrouper() {
  let before: readonly Column[] = [];
  return (calls: readonly Call[], filters: CallFilters) => {
    before = grouped(calls, columnsOf(filters), before);
    return before;
  };
}

/** What is shown of the calls. */
export interface CallsShown {
  calls: readonly Call[];
  columns: readonly Column[];
  /** Changes with the filter and the order, not with the calls. */
  viewKey: string;
}

/** The calls that the filters let through, in order and in columns. */
export function useCallsShown(wanted: CallFilters, order: Sort, names: Names): CallsShown {
  const asking = useAsking();
  const spelling = useDeferredValue(spelled(wanted));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the spelling stands for the filters
  const filters = useMemo(() => wanted, [spelling]);
  const { key, down } = order;
  const named = key === "assignee" || key === "category" ? names : NAMELESS;
  // Only what is overdue changes with the minute: nothing else is filtered again for it.
  const now = filters.overdue ? asking.now : 0;
  const { me, textOf } = asking;
  const filter = useMemo(() => matcher(filters, { me, now, textOf }), [filters, me, now, textOf]);
  const compare = useMemo(() => ordering({ key, down }, named), [key, down, named]);
  const calls = useRecords("calls", filter, compare);
  const [group] = useState(makeGrouper);
  const columns = useMemo(() => group(calls, filters), [group, calls, filters]);
  return { calls, columns, viewKey: `${spelling} ${key} ${down}` };
}

const NAMELESS: Names = { person: () => "", category: () => "" };

/** How many calls each view holds, by its id. */
export function useViewCounts(views: readonly View[], all: readonly Call[]): ReadonlyMap<string, number> {
  const asking = useAsking();
  return useMemo(() => {
    const tests = views.map((view) => ({ id: view.id, test: matcher(filtersOf(view), asking) }));
    const counts = new Map(views.map((view) => [view.id, 0]));
    for (const call of all) {
      for (const { id, test } of tests) if (test(call)) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
  }, [views, all, asking]);
}
