// One record: by its id, or by the number that people use.
import { useMemo } from "react";
import { useStore } from "zustand";
import type { Held, Plural, RecordOf } from "@/realtime";
import { useClient } from "./RealtimeProvider";
import { heldOf } from "./useRecords";

/** The record with this id, live; undefined while there is none. */
export function useRecord<P extends Plural>(plural: P, id: string | null | undefined): RecordOf<P> | undefined {
  return useStore(useClient().records, (held) => (id ? heldOf(held, plural).get(id) : undefined));
}

function finder<P extends Plural>(plural: P, number: string | number | null | undefined) {
  let seen: ReadonlyMap<string, RecordOf<P>> | undefined;
  let found: RecordOf<P> | undefined;
  const wanted = number === null || number === undefined ? "" : String(number);
  const search = (records: ReadonlyMap<string, RecordOf<P>>) => {
    for (const record of records.values()) if (String(record.number) === wanted) return record;
    return undefined;
  };
  return (held: Held) => {
    const records = heldOf(held, plural);
    if (records === seen || wanted === "") return found;
    seen = records;
    found = records.get(found?.id ?? wanted) ?? search(records);
    return found;
  };
}

/** The record with this number, or with this id where it has no number yet (as the addresses of the board name it). */
export function useRecordByNumber<P extends Plural>(
  plural: P,
  number: string | number | null | undefined,
): RecordOf<P> | undefined {
  const find = useMemo(() => finder(plural, number), [plural, number]);
  return useStore(useClient().records, find);
}
