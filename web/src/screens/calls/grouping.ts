// The calls laid into columns by status (S2). A column whose calls are the same as before keeps its very list, so that
// an event in one column draws that column alone (U4).
import type { Call } from "@/realtime/schema";
import { type CallFilters, SHOWN_AT_FIRST, type Status } from "./filters";

/** A column of the board and what stands in it, in order. */
export interface Column {
  status: Status;
  calls: readonly Call[];
}

/** The columns that a filter shows: the ones it names, else those the board shows at first. */
export function columnsOf(filters: CallFilters): readonly Status[] {
  return filters.statuses.length > 0 ? filters.statuses : SHOWN_AT_FIRST;
}

const same = (a: readonly Call[], b: readonly Call[]) =>
  a.length === b.length && a.every((call, index) => call === b[index]);

/** Lays sorted calls into columns; `before` is the former answer, whose unchanged columns are kept. */
export function grouped(
  calls: readonly Call[],
  statuses: readonly Status[],
  before: readonly Column[] = [],
): readonly Column[] {
  const lists = new Map<Status, Call[]>(statuses.map((status) => [status, []]));
  for (const call of calls) lists.get(call.status)?.push(call);
  return statuses.map((status) => {
    const list = lists.get(status) ?? [];
    const former = before.find((column) => column.status === status);
    return former && same(former.calls, list) ? former : { status, calls: list };
  });
}
