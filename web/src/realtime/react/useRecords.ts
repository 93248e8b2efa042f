// Records for the screen: chosen and ordered, and the same array for as long as nothing in it has changed, so that a
// component renders again only for what it shows (WEB U4).
import { useMemo } from "react";
import { useStore } from "zustand";
import type { Held, Plural, RecordOf } from "@/realtime";
import { useClient } from "./RealtimeProvider";

type Filter<R> = (record: R) => boolean;
type Order<R> = (a: R, b: R) => number;

const same = <R>(a: readonly R[], b: readonly R[]) =>
  a.length === b.length && a.every((record, at) => record === b[at]);

function choose<R>(records: ReadonlyMap<string, R>, filter?: Filter<R>, order?: Order<R>): readonly R[] {
  const chosen: R[] = [];
  for (const record of records.values()) if (filter === undefined || filter(record)) chosen.push(record);
  return order === undefined ? chosen : chosen.sort(order);
}

/** The records of one kind as the board holds them. */
export const heldOf = <P extends Plural>(held: Held, plural: P): ReadonlyMap<string, RecordOf<P>> =>
  held[plural] as unknown as ReadonlyMap<string, RecordOf<P>>;

function selection<P extends Plural>(plural: P, filter?: Filter<RecordOf<P>>, order?: Order<RecordOf<P>>) {
  let seen: ReadonlyMap<string, RecordOf<P>> | undefined;
  let chosen: readonly RecordOf<P>[] = [];
  return (held: Held) => {
    const records = heldOf(held, plural);
    if (records === seen) return chosen;
    seen = records;
    const next = choose(records, filter, order);
    if (!same(next, chosen)) chosen = next;
    return chosen;
  };
}

/** The records of one kind that pass the filter, in order. Pass functions that keep their identity (useCallback). */
export function useRecords<P extends Plural>(
  plural: P,
  filter?: Filter<RecordOf<P>>,
  order?: Order<RecordOf<P>>,
): readonly RecordOf<P>[] {
  const select = useMemo(() => selection(plural, filter, order), [plural, filter, order]);
  return useStore(useClient().records, select);
}
